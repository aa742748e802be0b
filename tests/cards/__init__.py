"""Fictitious resident cards and business licences: ``people`` makes them up, ``drawing`` and ``licence_drawing`` draw them,
``qualities`` spoils them as scanners, copiers and telephones do.

``python -m tests.cards DIR`` writes some of each to look at. Nobody in them exists: their area codes belong to no
province, only the check digits are right.
"""
