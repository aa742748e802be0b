"""Scanners behind the port ``Scanner``.

``scanners`` is the port's implementation: it starts ``process`` for every list and every scan, and watches over it.
In that process works one driver: ``sane`` (libsane through ctypes: ``sane_library``, ``sane_terms``, ``sane_options``), ``escl`` (scanners
of the network, by address) or ``wia`` (scanners of Windows). ``driver`` says what a driver is; ``raw_pages`` makes
pictures of raw lines.
"""
