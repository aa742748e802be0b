"""The window. Each room has a Qt-free ``presenter`` that decides and a passive ``view`` that shows.

Rooms never import each other: ``ui.rooms`` builds them and leads from one to the next. ``ui.widgets`` are the controls
that every room shares; they know nothing of ``app``.
"""
