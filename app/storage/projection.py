"""Builds the views from entries, one at a time; appending and rebuilding use the same code.

A view holds nothing that the journal does not say, so ``rebuild`` after any change of this file gives the same as
having had it from the beginning.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlcipher3.dbapi2 import Connection

from app.domain.case import CaseState
from app.domain.clock import parse_stamp, stamp
from app.domain.facts import (
    CaseAccepted,
    CaseDecided,
    CaseDelivered,
    CaseReceived,
    CertificateIssued,
    Fact,
    NumberedPaper,
    PaperMade,
    read_fact,
)
from app.domain.numbering import daily_sequence, daily_series
from app.domain.paper import PaperKind
from app.domain.people import Person
from app.services.ports import Pinyin
from app.storage.schema import CASE_SEARCH, PEOPLE_SEARCH, VIEWS
from app.storage.search import case_tokens, characters

Body = Mapping[str, Any]

_BODIES = "SELECT body FROM journal ORDER BY place"
_INSERT_CASE = (
    "INSERT INTO cases (number, item, title, department, applicant, id_number, phone, state, immediate, holder,"
    " started_at, received_at)"
    " VALUES (:number, :item, :title, :department, :applicant, :id_number, :phone, :state, :immediate, :holder,"
    " :started_at, :received_at)"
)
_ACCEPT_CASE = (
    "UPDATE cases SET accepted_at = :accepted_at, due = :due, near_due_from = :near_due_from WHERE number = :number"
)
_DELIVER_CASE = "UPDATE cases SET delivered_at = ? WHERE number = ?"
_STATE = "SELECT state FROM cases WHERE number = ?"
_MOVE_CASE = "UPDATE cases SET state = ? WHERE number = ?"
_COUNT = (
    "INSERT INTO case_counts (state, count) VALUES (?, ?)"
    " ON CONFLICT (state) DO UPDATE SET count = count + excluded.count"
)
_COUNT_ITEM = (
    "INSERT INTO item_days (day, item, count) VALUES (?, ?, 1) ON CONFLICT (day, item) DO UPDATE SET count = count + 1"
)
_USE_NUMBER = "INSERT INTO series (key, last) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET last = excluded.last"
_INSERT_PAPER = (
    "INSERT INTO papers (number, kind, name, case_number, made_at, digest)"
    " VALUES (:number, :kind, :name, :case, :made_at, '')"
)
_PAPER_MADE = "UPDATE papers SET digest = ? WHERE number = ?"
_INSERT_SEARCH = "INSERT INTO case_search (rowid, name, ini, num, rev) VALUES (:id, :name, :ini, :num, :rev)"
_KNOWN_PERSON = "SELECT id, cases FROM people WHERE id_number = ?"
_LAST_PERSON = "SELECT coalesce(max(id), 0) FROM people"
_REPLACE_PERSON = (
    "INSERT OR REPLACE INTO people (id_number, id, name, phone, address, cases, last_seen)"
    " VALUES (:id_number, :id, :name, :phone, :address, :cases, :last_seen)"
)
_DELETE_PERSON_SEARCH = "DELETE FROM people_search WHERE rowid = ?"
_INSERT_PERSON_SEARCH = "INSERT INTO people_search (rowid, name, ini, num) VALUES (?, ?, ?, ?)"


class Projection:
    """Brings the views up to an entry."""

    def __init__(self, pinyin: Pinyin) -> None:
        self._pinyin = pinyin
        appliers: dict[type[Fact], Callable[[Connection, Body, Any], None]] = {
            CaseReceived: self._received,
            CaseAccepted: self._accepted,
            CaseDecided: self._decided,
            CertificateIssued: self._issued,
            CaseDelivered: self._delivered,
            PaperMade: self._paper_made,
        }
        self._appliers = {kind.__name__: applier for kind, applier in appliers.items()}

    def apply(self, connection: Connection, body: Body) -> None:
        """Bring every view up to the entry with this body."""
        applier = self._appliers.get(body["kind"])
        if applier:
            applier(connection, body, read_fact(body))

    def rebuild(self, connection: Connection) -> int:
        """Throw every view away and build it again from the journal; return the entries read."""
        self.clear(connection)
        count = 0
        for count, (body,) in enumerate(connection.execute(_BODIES), start=1):  # noqa: B007  the last count is the result
            self.apply(connection, json.loads(body))
        return count

    def clear(self, connection: Connection) -> None:
        """Throw every view away."""
        for view in VIEWS:
            connection.execute(f"DELETE FROM {view.name}")
        for name, ddl in (("case_search", CASE_SEARCH), ("people_search", PEOPLE_SEARCH)):
            connection.execute(f"DROP TABLE {name}")
            connection.execute(ddl)

    def _received(self, connection: Connection, body: Body, fact: CaseReceived) -> None:
        person, number = fact.applicant, body["case"]
        row = {
            "number": number,
            "item": fact.item,
            "title": fact.title,
            "department": fact.department,
            "applicant": person.name,
            "id_number": person.id_number,
            "phone": person.phone,
            "state": CaseState.RECEIVED.value,
            "immediate": int(fact.project_type == "immediate"),
            "holder": fact.holder,
            "started_at": stamp(fact.started_at) if fact.started_at else None,
            "received_at": body["at"],
        }
        case_id = connection.execute(_INSERT_CASE, row).lastrowid
        initials = self._pinyin.name_initials(person.name)
        tokens = case_tokens(person.name, initials, number, person.id_number, person.phone)
        connection.execute(_INSERT_SEARCH, {"id": case_id, **tokens})
        self._see(connection, person, initials, body["at"])
        connection.execute(_COUNT, (CaseState.RECEIVED.value, 1))
        connection.execute(_COUNT_ITEM, (body["at"][:10], fact.item))
        connection.execute(_USE_NUMBER, (daily_series(number), daily_sequence(number)))
        self._use(connection, body, PaperKind.MATERIALS_RECEIPT, fact.receipt)

    def _accepted(self, connection: Connection, body: Body, fact: CaseAccepted) -> None:
        row = {
            "number": body["case"],
            "accepted_at": stamp(fact.accepted_at),
            "due": stamp(fact.due) if fact.due else None,
            "near_due_from": stamp(fact.near_due_from) if fact.near_due_from else None,
        }
        connection.execute(_ACCEPT_CASE, row)
        self._move(connection, body["case"], CaseState.ACCEPTED)
        self._use(connection, body, PaperKind.ACCEPTANCE_NOTICE, fact.notice)

    def _decided(self, connection: Connection, body: Body, _fact: CaseDecided) -> None:
        self._move(connection, body["case"], CaseState.DECIDED)

    def _issued(self, connection: Connection, body: Body, fact: CertificateIssued) -> None:
        self._move(connection, body["case"], CaseState.ISSUED)
        self._use(connection, body, PaperKind.CERTIFICATE, fact.number, fact.name)

    def _delivered(self, connection: Connection, body: Body, _fact: CaseDelivered) -> None:
        connection.execute(_DELIVER_CASE, (body["at"], body["case"]))
        self._move(connection, body["case"], CaseState.DELIVERED)

    def _paper_made(self, connection: Connection, _body: Body, fact: PaperMade) -> None:
        connection.execute(_PAPER_MADE, (fact.digest, fact.paper_number))

    def _move(self, connection: Connection, number: str, after: CaseState) -> None:
        (before,) = connection.execute(_STATE, (number,)).fetchone()
        connection.execute(_MOVE_CASE, (after.value, number))
        connection.execute(_COUNT, (before, -1))
        connection.execute(_COUNT, (after.value, 1))

    def _use(self, connection: Connection, body: Body, kind: PaperKind, paper: NumberedPaper, name: str = "") -> None:
        connection.execute(_USE_NUMBER, (paper.series, paper.serial))
        row = {
            "number": paper.text,
            "kind": kind.value,
            "name": name,
            "case": body["case"],
            "made_at": stamp(parse_stamp(body["at"])),
        }
        connection.execute(_INSERT_PAPER, row)

    def _see(self, connection: Connection, person: Person, initials: tuple[str, ...], at: str) -> None:
        """Remember an applicant as last typed; the row's id grows with the last visit."""
        known = connection.execute(_KNOWN_PERSON, (person.id_number,)).fetchone()
        (last,) = connection.execute(_LAST_PERSON).fetchone()
        row = {
            "id": last + 1,
            "id_number": person.id_number,
            "name": person.name,
            "phone": person.phone,
            "address": person.address,
            "cases": known[1] + 1 if known else 1,
            "last_seen": at,
        }
        if known:
            connection.execute(_DELETE_PERSON_SEARCH, (known[0],))
        connection.execute(_REPLACE_PERSON, row)
        searched = (last + 1, characters(person.name), " ".join(initials), person.id_number)
        connection.execute(_INSERT_PERSON_SEARCH, searched)
