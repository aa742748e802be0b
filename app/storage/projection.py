"""Builds the views from entries, one at a time; appending and rebuilding use the same code.

A view holds nothing that the journal does not say, so ``rebuild`` after any change of this file gives the same as
having had it from the beginning.
"""

import json
from collections.abc import Callable, Mapping
from heapq import merge
from typing import Any

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from app.domain.case import OPEN, RUNNING, Case, CaseState
from app.domain.clock import parse_stamp, stamp
from app.domain.facts import (
    CaseAccepted,
    CaseCorrected,
    CaseDeemedAccepted,
    CaseDelivered,
    CaseExtended,
    CaseHandedOver,
    CaseReceived,
    CaseResumed,
    CaseTakenOver,
    Fact,
    MaterialsFollowed,
    NumbersSkipped,
    SupplementAsked,
    SupplementReceived,
    read_fact,
)
from app.domain.foreign import UNREADABLE, read_foreign
from app.domain.journal import Entry
from app.domain.numbering import daily_sequence, daily_series
from app.domain.skipping import given_series, skipped_series
from app.domain.used_numbers import numbers_used
from app.services.ports import Pinyin, Waits
from app.services.progress import Tell, silent, told
from app.storage.blank_projection import apply_to_blanks
from app.storage.case_history import entries_of_case
from app.storage.day_projection import apply_to_days, apply_to_inquiries
from app.storage.image_projection import apply_to_images
from app.storage.paper_projection import apply_to_papers, use_number, use_numbers
from app.storage.people_projection import see, see_corrected
from app.storage.schema import CASE_SEARCH, ELSEWHERE, ORGANISATION_SEARCH, PEOPLE_SEARCH, VIEWS
from app.storage.search import case_tokens

Body = Mapping[str, Any]
UNFIT = (dbapi2.InterfaceError, dbapi2.ProgrammingError, dbapi2.IntegrityError, dbapi2.DataError)
"""What the database raises for a value that no column takes; a fault of the disk is another class."""

_OWN = "SELECT place, 0, 0, coalesce(leaves, 0), body FROM journal LEFT JOIN set_aside USING (place) ORDER BY journal.place"
_RECEIVED = (
    "SELECT r.after_place, r.rank, r.id, -1, r.body FROM received AS r"
    " LEFT JOIN set_aside AS s ON s.place = r.after_place AND r.rank = 0 AND s.leaves = 1"
    " WHERE (r.waits = '' OR (r.rank = 0 AND r.waits = 'order')) AND s.place IS NULL"
    " ORDER BY r.after_place, r.rank, r.id"
)
_READ_BACK = "SELECT station, epoch, seq, prev, hash, signature, body FROM received WHERE rank = 0 AND body != ''"
_TOTAL = "SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM received)"
_STATION = "SELECT station FROM journal LIMIT 1"
_HOLDER = "SELECT holder FROM cases WHERE number = ?"
_HOLD_UP = "UPDATE received SET waits = CASE WHEN rank = 0 THEN 'order' ELSE ? END WHERE id = ?"
_LET_GO = "UPDATE received SET waits = '' WHERE rank = 0 AND waits = 'order'"
_INSERT_CASE = (
    "INSERT INTO cases (number, item, title, department, applicant, id_number, phone, state, immediate, holder,"
    " clerk, started_at, received_at, entered_at, representative, agent, late, deemed, open, running, silence_until,"
    " owed_by, standing, taken_here, delivered_here, apart, awaits_taking_over, collect_at, collected_here)"
    " VALUES (:number, :item, :title, :department, :applicant, :id_number, :phone, :state, :immediate, :holder,"
    " :clerk, :started_at, :received_at, :received_at, :representative, :agent, 0, 0, :open, 0, :silence_until,"
    " :owed_by, :standing, :taken_here, 0, :apart, 0, :collect_at, :collected_here)"
)
_SORT = "SELECT item, department, clerk, standing, late FROM cases WHERE number = ?"
_MOVE_CASE = (
    "UPDATE cases SET state = :state, standing = :standing, holder = :holder, received_at = :received_at,"
    " accepted_at = :accepted_at, apart = CASE WHEN taken_here THEN :late ELSE 1 END,"
    " due = :due, late = :late, deemed = :deemed, open = :open, running = :running, suspended_at = :suspended_at,"
    " silence_until = CASE WHEN :state = 'received' THEN silence_until END,"
    " reply_by = CASE WHEN :state = 'supplement' THEN reply_by END,"
    " closed_at = CASE WHEN :is_open THEN NULL ELSE coalesce(closed_at, :at) END,"
    " collect_at = :collect_at, collected_here = :collected_here"
    " WHERE number = :number"
)
_NEAR_DUE = "UPDATE cases SET near_due_from = ? WHERE number = ?"
_ASK_REPLY = "UPDATE cases SET reply_by = ? WHERE number = ? AND state = 'supplement'"
_SILENCE = "UPDATE cases SET silence_until = ? WHERE number = ?"
_HAND_OVER = "UPDATE cases SET awaits_taking_over = ? WHERE number = ?"
_DELIVER_CASE = "UPDATE cases SET delivered_at = ?, delivered_here = ? WHERE number = ?"
_MEND_CASE = (
    "UPDATE cases SET applicant = :applicant, id_number = :id_number, phone = :phone, agent = :agent,"
    " representative = :representative, owed_by = :owed_by WHERE number = :number RETURNING id"
)
_DELETE_SEARCH = "DELETE FROM case_search WHERE rowid = ?"
_COUNT = (
    "INSERT INTO case_counts (item, department, clerk, state, late, count) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (item, department, clerk, state, late) DO UPDATE SET count = count + excluded.count"
)
_COUNT_ITEM = (
    "INSERT INTO item_days (day, item, count) VALUES (?, ?, 1) ON CONFLICT (day, item) DO UPDATE SET count = count + 1"
)
_SKIP = (
    "INSERT INTO series (key, last, used) VALUES (?, ?, 0)"
    " ON CONFLICT (key) DO UPDATE SET last = max(last, excluded.last)"
)
_INSERT_SEARCH = "INSERT INTO case_search (rowid, name, ini, num, rev) VALUES (:id, :name, :ini, :num, :rev)"

SEARCHES = (
    ("case_search", CASE_SEARCH),
    ("people_search", PEOPLE_SEARCH),
    ("organisation_search", ORGANISATION_SEARCH),
)


class Projection:
    """Brings the views up to an entry."""

    def __init__(self, pinyin: Pinyin) -> None:
        self._pinyin = pinyin
        cases: dict[type[Fact], Callable[[Connection, Body, Any], None]] = {
            CaseAccepted: self._dated,
            CaseDeemedAccepted: self._dated,
            CaseResumed: self._dated,
            CaseExtended: self._dated,
            SupplementAsked: self._supplement_asked,
            SupplementReceived: self._supplement_received,
            MaterialsFollowed: self._mended,
            CaseCorrected: self._corrected,
            CaseHandedOver: self._handed_over,
            CaseTakenOver: self._handed_over,
        }
        self._cases = {kind.__name__: applier for kind, applier in cases.items()}
        self._counting: dict[str, Callable[[Connection, Body, Any], None]] = {
            CaseReceived.__name__: self._count_received,
            NumbersSkipped.__name__: self._skipped,
        }

    def apply(self, connection: Connection, body: Body, *, is_aside: bool = False) -> None:
        """Bring every view up to an own entry; those of cases are left alone by one that the centre set aside."""
        fact = read_fact(body)
        if not is_aside:
            self._apply_to_case(connection, body, fact, body["station"])
        applier = self._counting.get(body["kind"])
        if applier:
            applier(connection, body, fact)
        use_numbers(connection, fact)
        apply_to_papers(connection, body, fact, is_own=True)
        apply_to_blanks(connection, body, fact)
        apply_to_inquiries(connection, body, fact)
        apply_to_days(connection, body, fact)
        apply_to_images(connection, body, fact, is_own=True)

    def fold_received(self, connection: Connection, text: str) -> Waits | None:
        """Bring the views of cases, people and papers up to another station's body; else return why that cannot be.

        Numbers, days, questions and figures are those of this counter alone. Whatever a body says, it is no more than
        that the entry waits: only a fault of the disk or of the store is raised, and nothing is left behind.
        """
        try:
            body = json.loads(text)
            fact = read_foreign(body)
            holder = connection.execute(_HOLDER, (body["case"],)).fetchone()
        except (*UNREADABLE, *UNFIT):
            return Waits.KIND
        if body["case"] and (holder is not None) == isinstance(fact, CaseReceived):
            return Waits.ORDER
        if holder and body["header"] and holder != (body["station"],):
            return Waits.CUSTODY
        connection.execute("SAVEPOINT folding")
        try:
            self._apply_received(connection, body, fact)
        except (*UNREADABLE, *UNFIT):
            connection.execute("ROLLBACK TO folding")
            return Waits.KIND
        finally:
            connection.execute("RELEASE folding")
        return None

    def _apply_received(self, connection: Connection, body: Body, fact: Fact) -> None:
        (own,) = connection.execute(_STATION).fetchone()
        self._apply_to_case(connection, body, fact, own)
        apply_to_papers(connection, body, fact, is_own=False)
        apply_to_images(connection, body, fact, is_own=False)

    def count_numbers(self, connection: Connection, entry: Entry) -> None:
        """Count the numbers that an own entry used which was read back: they are not given out again."""
        for number in numbers_used(entry):
            use_number(connection, number.series, number.serial)

    def rebuild(self, connection: Connection, tell: Tell = silent) -> int:
        """Throw every view away and build it again from all entries in their order; return the entries read."""
        self.clear(connection)
        count, (total,) = 0, connection.execute(_TOTAL).fetchone()
        held_up: list[tuple[Waits, int]] = []
        own, received = connection.execute(_OWN), connection.execute(_RECEIVED)
        for _place, _rank, number, aside, text in told(merge(own, received), total, tell):
            count += 1
            if aside >= 0:
                self.apply(connection, json.loads(text), is_aside=bool(aside))
            elif why := self.fold_received(connection, text):
                held_up.append((why if why is Waits.CUSTODY else Waits.ORDER, number))
        for row in connection.execute(_READ_BACK):
            self.count_numbers(connection, Entry(*row))
        connection.execute(_LET_GO)
        connection.executemany(_HOLD_UP, held_up)
        return count

    def clear(self, connection: Connection) -> None:
        """Throw every view away."""
        for view in VIEWS:
            connection.execute(f"DELETE FROM {view.name}")
        for name, ddl in SEARCHES:
            connection.execute(f"DROP TABLE {name}")
            connection.execute(ddl)

    def _apply_to_case(self, connection: Connection, body: Body, fact: Fact, own: str) -> None:
        if isinstance(fact, CaseReceived):
            self._received(connection, body, fact, own)
            return
        if body["header"]:
            self._move(connection, body, own)
        if isinstance(fact, CaseDelivered):
            connection.execute(_DELIVER_CASE, (body["at"], int(body["station"] == own), body["case"]))
        elif applier := self._cases.get(body["kind"]):
            applier(connection, body, fact)

    def _received(self, connection: Connection, body: Body, fact: CaseReceived, own: str) -> None:
        case = Case.opened(body["case"], fact, parse_stamp(body["at"]))
        standing = case.state.value if fact.holder == own else ELSEWHERE
        row = {
            **_searched(case),
            "item": fact.item,
            "title": fact.title,
            "department": fact.department,
            "state": case.state.value,
            "immediate": int(case.is_immediate),
            "holder": fact.holder,
            "clerk": body["operator"],
            "started_at": stamp(fact.started_at) if fact.started_at else None,
            "received_at": body["at"],
            "silence_until": stamp(fact.silence_until) if fact.silence_until else None,
            "standing": standing,
            "open": int(fact.holder == own),
            "taken_here": int(body["station"] == own),
            "apart": int(body["station"] != own),
            "collect_at": fact.collect_at,
            "collected_here": int(fact.collect_at == own),
        }
        case_id = connection.execute(_INSERT_CASE, row).lastrowid
        self._index(connection, case_id, case)
        see(connection, self._pinyin, fact, body["at"])
        connection.execute(_COUNT, (fact.item, fact.department, body["operator"], standing, 0, 1))

    def _count_received(self, connection: Connection, body: Body, fact: CaseReceived) -> None:
        connection.execute(_COUNT_ITEM, (body["at"][:10], fact.item))
        use_number(connection, daily_series(body["case"]), daily_sequence(body["case"]))

    def _dated(
        self, connection: Connection, body: Body, fact: CaseAccepted | CaseDeemedAccepted | CaseResumed | CaseExtended
    ) -> None:
        near_due_from = stamp(fact.near_due_from) if fact.near_due_from else None
        connection.execute(_NEAR_DUE, (near_due_from, body["case"]))

    def _supplement_asked(self, connection: Connection, body: Body, fact: SupplementAsked) -> None:
        connection.execute(_ASK_REPLY, (fact.reply_by.isoformat() if fact.reply_by else None, body["case"]))

    def _supplement_received(self, connection: Connection, body: Body, fact: SupplementReceived) -> None:
        if fact.complete and fact.silence_until:
            connection.execute(_SILENCE, (stamp(fact.silence_until), body["case"]))
        self._mended(connection, body, fact)

    def _mended(self, connection: Connection, body: Body, _fact: Fact) -> None:
        self._read_anew(connection, body)

    def _corrected(self, connection: Connection, body: Body, _fact: CaseCorrected) -> None:
        see_corrected(connection, self._pinyin, *self._read_anew(connection, body))

    def _read_anew(self, connection: Connection, body: Body) -> tuple[Case, str]:
        """Read the case anew: what is seldom changed is not worth a statement of its own. Return it and its beginning."""
        bodies = [entry.read() for entry in entries_of_case(connection, body["case"])]
        case = Case.of(body["case"], [(read_fact(one), parse_stamp(one["at"])) for one in bodies])
        (case_id,) = connection.execute(_MEND_CASE, _searched(case)).fetchone()
        connection.execute(_DELETE_SEARCH, (case_id,))
        self._index(connection, case_id, case)
        return case, bodies[0]["at"]

    def _handed_over(self, connection: Connection, body: Body, fact: CaseHandedOver | CaseTakenOver) -> None:
        connection.execute(_HAND_OVER, (int(isinstance(fact, CaseHandedOver)), body["case"]))

    def _skipped(self, connection: Connection, _body: Body, fact: NumbersSkipped) -> None:
        connection.execute(_SKIP, (skipped_series(f"{fact.day:%Y%m%d}"), fact.day_share))
        connection.execute(_SKIP, (skipped_series(f"{fact.year}"), fact.year_share))
        connection.executemany(_SKIP, [(given_series(end.series), end.last) for end in fact.given])

    def _move(self, connection: Connection, body: Body, own: str) -> None:
        """Bring a case's row up to the header, which tells its state after the fact."""
        header, number = body["header"], body["case"]
        state, is_here = CaseState(header["state"]), header["holder"] == own
        standing = state.value if is_here or state not in OPEN else ELSEWHERE
        known = connection.execute(_SORT, (number,)).fetchone()
        if known is None:
            return  # its beginning was lost here and comes back from the centre; the views are built again then
        *sort, before, was_late = known
        row = {
            "number": number,
            "state": state.value,
            "holder": header["holder"],
            "received_at": header["received"],
            "accepted_at": header["accepted"],
            "due": header["due"],
            "late": int(header.get("late", False)),
            "deemed": int(header.get("deemed", False)),
            "standing": standing,
            "is_open": int(state in OPEN),
            "open": int(standing in OPEN),
            "running": int(standing in RUNNING),
            "suspended_at": header.get("suspended"),
            "at": body["at"],
            "collect_at": header.get("collect_at") or "",
            "collected_here": int(header.get("collect_at") == own and state in OPEN),
        }
        connection.execute(_MOVE_CASE, row)
        if (before, was_late) != (standing, row["late"]):
            connection.execute(_COUNT, (*sort, before, was_late, -1))
            connection.execute(_COUNT, (*sort, standing, row["late"], 1))

    def _index(self, connection: Connection, case_id: int, case: Case) -> None:
        """Let the case be found by whoever applies and by the representative."""
        names = dict.fromkeys((case.applicant_name, case.applicant.name))
        numbers = dict.fromkeys((case.applicant_number, case.applicant.id_number))
        initials = [way for name in names for way in self._pinyin.name_initials(name)]
        tokens = case_tokens(names, initials, case.number, numbers, case.applicant.phone)
        connection.execute(_INSERT_SEARCH, {"id": case_id, **tokens})


def _searched(case: Case) -> dict[str, str | None]:
    """Return the columns of a case that a correction or a later material can change."""
    return {
        "number": case.number,
        "applicant": case.applicant_name,
        "id_number": case.applicant_number,
        "phone": case.applicant.phone,
        "representative": case.applicant.name if case.organisation else "",
        "agent": case.agent.person.name if case.agent else "",
        "owed_by": min(case.owed.values()).isoformat() if case.owed else None,
    }
