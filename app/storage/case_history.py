"""The entries of one case in the order in which they became part of the views here: own and received ones."""

from sqlcipher3.dbapi2 import Connection

from app.domain.journal import Entry

_OF_CASE = """
    SELECT station, epoch, seq, prev, hash, signature, body FROM (
        SELECT place AS at, 0 AS rank, 0 AS n, station, epoch, seq, prev, hash, signature, body FROM journal
        WHERE "case" = :number AND NOT EXISTS (SELECT 1 FROM set_aside AS s WHERE s.place = journal.place AND leaves = 1)
        UNION ALL
        SELECT after_place, rank, id, station, epoch, seq, prev, hash, signature, body FROM received
        WHERE "case" = :number AND waits = ''
        AND NOT (rank = 0 AND EXISTS (SELECT 1 FROM set_aside AS s WHERE s.place = after_place AND leaves = 1))
    ) ORDER BY at, rank, n
"""


def entries_of_case(connection: Connection, number: str) -> list[Entry]:
    """Return the entries of one case; an own one that the centre set aside for good is left out, one that waits too."""
    return [Entry(*row) for row in connection.execute(_OF_CASE, {"number": number})]
