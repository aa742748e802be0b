"""The rules of the counter as plain Python: no I/O, no clock, no database, no window."""
