"""Scanners behind the port ``Scanner``.

``scanners`` is the port's implementation: it starts ``process`` for every list and every scan, and watches over it.
In that process works one driver: ``sane`` (libsane through ctypes, ``sane_library`` and ``sane_options``) or ``escl``
(scanners of the network, by address). ``driver`` says what a driver is; ``raw_pages`` makes pictures of raw lines.
"""
