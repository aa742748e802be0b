"""Two fictitious counters and their centre on one machine, for ``demo --central``: a village, its town, PostgreSQL.

Everything is real but the people: enrolment by invitation, encrypted stores, sync over a line that can be cut, custody,
the watch and the audit. All of it lies in one folder and is gone at the end.
"""
