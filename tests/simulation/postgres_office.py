"""The centre with its real SQL in a real PostgreSQL, which can also take its time over a commit.

A push may be held between its last statement and its commit, while others go on: so what two transactions do at once is
decided by the seed too. Whoever meets a lock of a held one is told soon that the centre is busy, and tries again.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import psycopg

from app.central.client import PostgresCentral
from app.domain.journal import Entry
from app.security.keys import verify
from app.services.directories import TOPIC
from app.services.errors import CentralUnavailable
from tests.simulation.machine import AUTHORITY
from tests.simulation.offices import Folder, directory

_JOURNAL = """
    select j.epoch, j.seq, j.prev, j.hash, j.signature, j.body, coalesce(j.case_number, q.case_number, ''), coalesce(q.reason, '')
    from core.journal j join core.station s on s.id = j.station
    left join core.quarantine q on (q.station, q.epoch, q.seq) = (j.station, j.epoch, j.seq) and q.settled_at is null
    where s.code = '{code}' order by j.epoch, j.seq"""
_INBOX = """
    select f.code, i.epoch, i.seq from core.inbox i join core.station s on s.id = i.station
    join core.station f on f.id = i.from_station where s.code = '{code}' order by i.n"""
_FOLDERS = """
    select c.number, h.code,
        (select array_agg(s.code) from core.case_party p join core.station s on s.id = p.station where p.case_number = c.number)
    from core.case_file c join core.station h on h.id = c.holder"""
_ENTRIES = """
    select j.case_number, s.code, j.epoch, j.seq from core.journal j join core.station s on s.id = j.station
    where j.case_n is not null order by j.case_number, j.case_n"""

_NEWEST, _LAST = "select payload, published_at from core.bulletin", "order by n desc limit 1"


@dataclass(frozen=True)
class Stored:
    """An entry as the real centre has it."""

    station: str
    epoch: int
    seq: int
    prev: bytes
    hash: bytes
    signature: bytes
    body: str | None
    case: str
    quarantined: str

    def entry(self):
        return Entry(self.station, self.epoch, self.seq, self.prev, self.hash, self.signature, self.body or "")


class PostgresOffice:
    """Runs a real centre for one world; a backup is what stands in its tables."""

    def __init__(self, centre, codes, at):
        self.now = at
        self.codes = codes
        self.centre = centre
        self.holding = 0
        self._publications = 0
        self._doors = []
        centre.bring_back(centre.untouched)
        for code in codes:
            centre.enrol(code)
            centre.role(f"station_{code}")

    def pass_by(self, time):
        """Let stations be told another time; what the database itself writes down has the real one."""
        self.now += time

    def connect(self, code):
        door = Door(self, code)
        self._doors.append(door)
        return door

    def backup(self):
        return self.centre.content()

    def restore(self, backup):
        self._hang_up()
        self.centre.bring_back(backup)

    def _hang_up(self):
        for door in self._doors:
            door.close()
        self._doors.clear()
        self.centre.hang_up()

    def watch(self):
        with suppress(CentralUnavailable):  # the one who waits for a held push gives up
            for waiting in self.centre.administration.waiting_keys():
                self.centre.administration.believe_key(waiting.station, waiting.epoch, "asked by telephone")
            self.centre.watch.verify_signatures(verify)
            self.centre.watch.admit()
            keys = {
                (code, epoch): key
                for code, epoch, key in self._rows(
                    "select s.code, e.epoch, e.public_key from core.epoch e join core.station s on s.id = e.station"
                )
            }
            payload = directory(self.codes, keys)
            newest = self._rows(f"{_NEWEST} {_LAST}")
            if not newest or newest[0][0] != payload:
                self._publish(payload, AUTHORITY)

    def forge(self):
        with suppress(CentralUnavailable):  # the one who waits for a held push gives up
            self._publish(b"[]", bytes(64))

    def _publish(self, payload, signature):
        self._publications += 1  # each later than the one before, by the time that stations are told
        at = self.now + timedelta(milliseconds=self._publications)
        version = self.centre.administration.published(TOPIC) + 1
        self.centre.administration.publish(TOPIC, version, at, payload, signature)

    # --- what the invariants look at ---------------------------------------------------------------------------

    def _rows(self, statement):
        return self.centre.rows(statement)

    def journal(self, code):
        return [
            Stored(code, epoch, seq, prev, digest, signature, None if body is None else body.decode(), case, reason)
            for epoch, seq, prev, digest, signature, body, case, reason in self._rows(_JOURNAL.format(code=code))
        ]

    def published(self):
        (newest,) = self._rows(f"{_NEWEST} where signature = '\\x{AUTHORITY.hex()}' {_LAST}")
        return newest

    def inbox(self, code):
        return self._rows(_INBOX.format(code=code))

    def folders(self):
        entries = {}
        for number, *place in self._rows(_ENTRIES):
            entries.setdefault(number, []).append(tuple(place))
        return {
            number: Folder(holder, frozenset(parties), tuple(entries.get(number, ())))
            for number, holder, parties in self._rows(_FOLDERS)
        }

    def close(self):
        self._hang_up()


class Door:
    """A station's own connection to the centre."""

    def __init__(self, office, code):
        self._office = office
        self._central = PostgresCentral(office.centre.station_address(code))

    def __getattr__(self, name):
        return getattr(self._central, name)

    def hello(self):
        return replace(self._central.hello(), now=self._office.now)

    def held(self, method, arguments, meanwhile):
        """Do a call in a transaction that is committed when ``meanwhile`` is over."""
        connection = self._central._link._opened()
        connection.autocommit = False
        self._office.holding += 1
        try:
            answer = getattr(self._central, method)(*arguments)
            meanwhile()
            connection.commit()
        except psycopg.Error:
            raise CentralUnavailable("network") from None  # the station was killed meanwhile, and its link with it
        finally:
            self._office.holding -= 1
            if not connection.closed:
                connection.rollback()
                connection.autocommit = True
        return answer
