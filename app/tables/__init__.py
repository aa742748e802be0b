"""Tables as files for other programs: xlsx and CSV, written whole or not at all.

What stands in a table is decided by ``app.services``; printed tables are papers and made by ``app.papers``.
"""
