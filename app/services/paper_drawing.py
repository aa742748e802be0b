"""What a numbered paper is drawn from, which is the journal alone: the entry that uses its number, and the case around it."""

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.clock import parse_stamp
from app.domain.facts import (
    CaseAccepted,
    CaseDeemedAccepted,
    CaseEnteredLate,
    DayClosed,
    Fact,
    InquiryOpened,
    NumberedPaper,
    numbered_papers,
    read_fact,
)
from app.domain.journal import Entry
from app.domain.operators import SYSTEM
from app.domain.paper import PaperKind
from app.services.errors import NotFound
from app.services.paper_told import OfCase, Told, Witness
from app.services.ports import UnitOfWork
from app.services.recording import load_item
from app.services.snapshots import PaperRow

BY_ITSELF = "系统自动记录"


@dataclass(frozen=True, slots=True)
class _Recorded:
    """An entry with its fact."""

    entry: Entry
    fact: Fact


def told(uow: UnitOfWork, row: PaperRow) -> Told:
    """Return what a paper is made from, as it was when its number was used; NotFound when the journal has no such paper."""
    origin = _read(uow.journal.at(row.epoch, row.seq))
    kind, number = _paper(origin.fact, row.number)
    history = [_read(entry) for entry in uow.journal.of_case(row.case_number)] if row.case_number else []
    return Told(
        kind=kind,
        number=number,
        fact=origin.fact,
        witness=_witness(uow, origin.entry, history),
        of_case=_of_case(uow, row, history) if history else None,
        item=_item_asked_about(uow, origin.fact),
        second_person=_name(uow, origin.fact.approved_by) if isinstance(origin.fact, DayClosed) else "",
        entry=origin.entry.hash,
    )


def imagine(case: Case, before: Case, item: ServiceItem, fact: Fact, witness: Witness) -> Told:
    """Return what the paper of a fact would be made from that is not recorded; NotFound when it uses no number."""
    for kind, number, _name_of_kind in numbered_papers(fact):
        return Told(kind, number, fact, witness, OfCase(case, before, item, case.late_entry))
    raise NotFound("paper")


def _read(entry: Entry) -> _Recorded:
    return _Recorded(entry, read_fact(entry.read()))


def _paper(fact: Fact, text: str) -> tuple[PaperKind, NumberedPaper]:
    for kind, number, _name_of_kind in numbered_papers(fact):
        if number.text == text:
            return kind, number
    raise NotFound("paper")


def _of_case(uow: UnitOfWork, row: PaperRow, history: list[_Recorded]) -> OfCase:
    """Return the case as it stood right before and right after the paper's own entry."""
    facts = [(one.fact, parse_stamp(one.entry.read()["at"])) for one in history]
    places = [(one.entry.station, one.entry.epoch, one.entry.seq) for one in history]
    own = places.index((row.station, row.epoch, row.seq))
    before = Case.of(row.case_number, facts[: max(own, 1)])
    after = before if own == 0 else before.after(*facts[own])
    late = next((fact for fact, _ in facts if isinstance(fact, CaseEnteredLate)), None)
    return OfCase(after, before, load_item(uow, after), late)


def _witness(uow: UnitOfWork, origin: Entry, history: list[_Recorded]) -> Witness:
    """Return who acted and when; the digits are those of the acceptance, else of the entry that uses the number."""
    body = origin.read()
    accepted = (one.entry for one in history if isinstance(one.fact, CaseAccepted | CaseDeemedAccepted))
    return Witness(_name(uow, body["operator"]), parse_stamp(body["at"]), next(accepted, origin).witness)


def _name(uow: UnitOfWork, login: str) -> str:
    if login == SYSTEM:
        return BY_ITSELF
    account = uow.accounts.get(login)
    return account.operator.name if account else login


def _item_asked_about(uow: UnitOfWork, fact: Fact) -> ServiceItem | None:
    """Return the item that an inquiry is about, None where it names none that is known here."""
    if not isinstance(fact, InquiryOpened) or not fact.item:
        return None
    return next((item for item in uow.items.current() if item.code == fact.item), None)
