"""Builds the views from entries, one at a time; appending and rebuilding use the same code.

A view holds nothing that the journal does not say, so ``rebuild`` after any change of this file gives the same as
having had it from the beginning.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

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
from app.storage.schema import CASE_SEARCH, PEOPLE_SEARCH, VIEWS, case_counts, cases, item_days, papers, people, series
from app.storage.search import case_tokens, characters

Body = Mapping[str, Any]

_INSERT_CASE = insert(cases)
_CASE_ID = select(cases.c.id).where(cases.c.number == bindparam("number"))
_INSERT_SEARCH = text("INSERT INTO case_search (rowid, name, ini, num, rev) VALUES (:id, :name, :ini, :num, :rev)")
_DELETE_PERSON = text("DELETE FROM people_search WHERE rowid = :id")
_INSERT_PERSON = text("INSERT INTO people_search (rowid, name, ini, num) VALUES (:id, :name, :ini, :num)")
_PERSON = select(people.c.id, people.c.cases).where(people.c.id_number == bindparam("id_number"))
_LAST_PERSON = select(people.c.id).order_by(people.c.id.desc()).limit(1)
_REPLACE_PERSON = upsert(people).prefix_with("OR REPLACE")
_INSERT_PAPER = insert(papers)
_COUNT = upsert(case_counts).on_conflict_do_update(
    index_elements=["state"], set_={"count": case_counts.c.count + upsert(case_counts).excluded.count}
)
_COUNT_ITEM = upsert(item_days).on_conflict_do_update(
    index_elements=["day", "item"], set_={"count": item_days.c.count + 1}
)
_USE_NUMBER = upsert(series).on_conflict_do_update(index_elements=["key"], set_={"last": upsert(series).excluded.last})


class Projection:
    """Brings the views up to an entry."""

    def __init__(self, pinyin: Pinyin) -> None:
        self._pinyin = pinyin
        self._appliers: dict[type[Fact], Callable[[Connection, Body, Any], None]] = {
            CaseReceived: self._received,
            CaseAccepted: self._accepted,
            CaseDecided: self._decided,
            CertificateIssued: self._issued,
            CaseDelivered: self._delivered,
            PaperMade: self._paper_made,
        }

    def apply(self, connection: Connection, body: Body) -> None:
        """Bring every view up to the entry with this body."""
        fact = read_fact(body)
        applier = self._appliers.get(type(fact))
        if applier:
            applier(connection, body, fact)

    def clear(self, connection: Connection) -> None:
        """Throw every view away."""
        for view in VIEWS:
            connection.execute(delete(view))
        for name, ddl in (("case_search", CASE_SEARCH), ("people_search", PEOPLE_SEARCH)):
            connection.exec_driver_sql(f"DROP TABLE {name}")
            connection.exec_driver_sql(ddl)

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
        _count(connection, CaseState.RECEIVED, 1)
        connection.execute(_COUNT_ITEM, {"day": body["at"][:10], "item": fact.item, "count": 1})
        connection.execute(_USE_NUMBER, {"key": daily_series(number), "last": daily_sequence(number)})
        self._use(connection, body, PaperKind.MATERIALS_RECEIPT, fact.receipt)

    def _accepted(self, connection: Connection, body: Body, fact: CaseAccepted) -> None:
        changes = {
            "accepted_at": stamp(fact.accepted_at),
            "due": stamp(fact.due) if fact.due else None,
            "near_due_from": stamp(fact.near_due_from) if fact.near_due_from else None,
        }
        self._move(connection, body, CaseState.RECEIVED, CaseState.ACCEPTED, changes)
        self._use(connection, body, PaperKind.ACCEPTANCE_NOTICE, fact.notice)

    def _decided(self, connection: Connection, body: Body, _fact: CaseDecided) -> None:
        self._move(connection, body, CaseState.ACCEPTED, CaseState.DECIDED, {})

    def _issued(self, connection: Connection, body: Body, fact: CertificateIssued) -> None:
        self._move(connection, body, CaseState.DECIDED, CaseState.ISSUED, {})
        self._use(connection, body, PaperKind.CERTIFICATE, fact.number, fact.name)

    def _delivered(self, connection: Connection, body: Body, _fact: CaseDelivered) -> None:
        before = connection.execute(select(cases.c.state).where(cases.c.number == body["case"])).scalar_one()
        self._move(connection, body, CaseState(before), CaseState.DELIVERED, {"delivered_at": body["at"]})

    def _paper_made(self, connection: Connection, _body: Body, fact: PaperMade) -> None:
        drawn = update(papers).where(papers.c.number == fact.paper_number).values(digest=fact.digest)
        connection.execute(drawn)

    def _move(
        self, connection: Connection, body: Body, before: CaseState, after: CaseState, changes: dict[str, str | None]
    ) -> None:
        moved = update(cases).where(cases.c.number == body["case"]).values(state=after.value, **changes)
        connection.execute(moved)
        _count(connection, before, -1)
        _count(connection, after, 1)

    def _use(self, connection: Connection, body: Body, kind: PaperKind, paper: NumberedPaper, name: str = "") -> None:
        connection.execute(_USE_NUMBER, {"key": paper.series, "last": paper.serial})
        row = {
            "number": paper.text,
            "kind": kind.value,
            "name": name,
            "case_number": body["case"],
            "made_at": stamp(parse_stamp(body["at"])),
            "digest": "",
        }
        connection.execute(_INSERT_PAPER, row)

    def _see(self, connection: Connection, person: Person, initials: tuple[str, ...], at: str) -> None:
        """Remember an applicant as last typed; the row's id grows with the last visit."""
        known = connection.execute(_PERSON, {"id_number": person.id_number}).first()
        last = connection.execute(_LAST_PERSON).scalar() or 0
        row = {
            "id": last + 1,
            "id_number": person.id_number,
            "name": person.name,
            "phone": person.phone,
            "address": person.address,
            "cases": known.cases + 1 if known else 1,
            "last_seen": at,
        }
        if known:
            connection.execute(_DELETE_PERSON, {"id": known.id})
        connection.execute(_REPLACE_PERSON, row)
        tokens = {"name": characters(person.name), "ini": " ".join(initials), "num": person.id_number}
        connection.execute(_INSERT_PERSON, {"id": last + 1, **tokens})


def _count(connection: Connection, state: CaseState, change: int) -> None:
    connection.execute(_COUNT, {"state": state.value, "count": change})
