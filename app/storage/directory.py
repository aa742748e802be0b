"""The stations that the centre names, and the bulletins that were taken in, inside one transaction."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlcipher3.dbapi2 import Connection

from app.domain.clock import parse_stamp, stamp
from app.domain.plain import from_plain, to_plain
from app.domain.station import KnownStation
from app.services.ports import Bulletin, LeftBulletin

_KEEP = "INSERT OR REPLACE INTO bulletins (topic, version, published_at, payload) VALUES (?, ?, ?, ?)"
_TAKEN_IN = "SELECT version, published_at FROM bulletins WHERE topic = ?"
_LEFT_ASIDE = "SELECT topic, n, why, program FROM left_bulletins ORDER BY topic"
_LEAVE_ASIDE = "INSERT OR REPLACE INTO left_bulletins (topic, n, why, program) VALUES (?, ?, ?, ?)"


class StoredDirectory:
    """Implements the port ``Directory``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def everyone(self) -> list[KnownStation]:
        """Return all stations by code."""
        rows = self._connection.execute("SELECT station FROM known_stations ORDER BY code")
        return [_station(text) for (text,) in rows]

    def count(self) -> int:
        """Return how many stations the centre names."""
        (count,) = self._connection.execute("SELECT count(*) FROM known_stations").fetchone()
        return int(count)

    def get(self, code: str) -> KnownStation | None:
        """Return one station, None when the centre named none of that code."""
        row = self._connection.execute("SELECT station FROM known_stations WHERE code = ?", (code,)).fetchone()
        return _station(row[0]) if row else None

    def replace(self, stations: Iterable[KnownStation]) -> None:
        """Keep the whole list in place of the one before."""
        rows = [(station.code, json.dumps(to_plain(station), ensure_ascii=False)) for station in stations]
        self._connection.execute("DELETE FROM known_stations")
        self._connection.executemany("INSERT INTO known_stations (code, station) VALUES (?, ?)", rows)

    def taken_in(self, topic: str) -> tuple[int, datetime] | None:
        """Return version and time of publication of what was taken in last of a topic, None when nothing was."""
        row = self._connection.execute(_TAKEN_IN, (topic,)).fetchone()
        return (row[0], parse_stamp(row[1])) if row else None

    def payload(self, topic: str) -> bytes | None:
        """Return what was taken in last of a topic, None when nothing was."""
        row = self._connection.execute("SELECT payload FROM bulletins WHERE topic = ?", (topic,)).fetchone()
        return bytes(row[0]) if row else None

    def keep_bulletin(self, bulletin: Bulletin) -> None:
        """Keep a bulletin as the newest of its topic; nothing of the topic counts as left aside any more."""
        row = (bulletin.topic, bulletin.version, stamp(bulletin.published_at), bulletin.payload)
        self._connection.execute(_KEEP, row)
        self.forget_left(bulletin.topic)

    def left_aside(self) -> list[LeftBulletin]:
        """Return the last bulletin of each topic that could not be used."""
        return [LeftBulletin(*row) for row in self._connection.execute(_LEFT_ASIDE)]

    def leave_aside(self, one: LeftBulletin) -> None:
        """Note a bulletin that could not be used in place of the one before of its topic."""
        self._connection.execute(_LEAVE_ASIDE, (one.topic, one.n, one.why, one.program))

    def forget_left(self, topic: str) -> None:
        """Forget what was left aside of a topic."""
        self._connection.execute("DELETE FROM left_bulletins WHERE topic = ?", (topic,))


def _station(text: str) -> KnownStation:
    return from_plain(KnownStation, json.loads(text))
