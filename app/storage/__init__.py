"""The counter's encrypted database: all SQL lives here.

``schema`` names the tables, ``engine`` opens the file, ``errors`` maps what the driver raises. ``journal`` keeps the
entries and ``projection`` builds the views from them; ``views`` and ``search`` read those for screens. ``tables`` keeps
what is no fact: drafts, half-filled forms, blobs, item versions, accounts, preferences. ``store`` puts it all behind the port.
"""
