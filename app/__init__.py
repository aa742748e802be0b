"""Lideng's core, without a window.

Rooms and their direction: ``bootstrap`` wires the rooms that touch the world (``storage``, ``papers``,
``security``, ``capture``, ``definitions``) to the ``services``, which know only the ``domain``.
"""
