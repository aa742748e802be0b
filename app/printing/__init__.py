"""Printers.

``cups`` is the port ``Printers`` on Linux: it speaks IPP (``ipp`` has the bytes, ``cups_line`` the line) to CUPS, which has
the drivers. ``windows`` reads the list of printers that Windows keeps; what prints there needs Qt and lives in ``ui``.
``listing`` is for whoever only wants names.
"""
