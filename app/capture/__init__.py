"""Pages from files and pictures of pages.

``pages`` is the port's implementation; ``decode`` runs in a process of its own for each file from outside, so that a
hostile file costs a sentence and not the window.
"""
