"""The central database (PostgreSQL) seen from a station, and its administration. All PostgreSQL of the program is here.

``connection`` logs in and maps failures; ``client`` is the centre as a station reaches it; ``schema`` and
``administration`` set it up and run it, ``audit`` checks it, ``watch`` looks after it. What may happen to an entry is
decided in SQL, in ``migrations/central``: nothing on this side is believed there.
"""
