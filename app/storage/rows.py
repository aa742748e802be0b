"""How a row of a view becomes what a screen reads; the queries stand in ``views``."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.domain.case import CaseState
from app.domain.clock import parse_stamp
from app.domain.inquiry import Inquiry, InquiryState
from app.domain.paper import PaperKind, PaperState
from app.domain.people import Organisation, Person
from app.domain.plain import from_plain
from app.services.snapshots import CaseRow, KnownOrganisation, KnownPerson, PaperRow, PaperSignature


def case_row(row: Row[*tuple[Any, ...]]) -> CaseRow:
    """Return a row of the list of cases."""
    return CaseRow(
        number=row.number,
        item=row.item,
        title=row.title,
        department=row.department,
        applicant=row.applicant,
        id_number=row.id_number,
        phone=row.phone,
        state=CaseState(row.state),
        is_immediate=bool(row.immediate),
        holder=row.holder,
        received_at=parse_stamp(row.received_at),
        entered_at=parse_stamp(row.entered_at),
        accepted_at=_moment(row.accepted_at),
        due=_moment(row.due),
        near_due_from=_moment(row.near_due_from),
        delivered_at=_moment(row.delivered_at),
        representative=row.representative,
        agent=row.agent,
        is_late=bool(row.late),
        is_deemed=bool(row.deemed),
        suspended_at=_moment(row.suspended_at),
        silence_until=_moment(row.silence_until),
        reply_by=_day(row.reply_by),
        owed_by=_day(row.owed_by),
        closed_at=_moment(row.closed_at),
        clerk=row.clerk,
        awaits_taking_over=bool(row.awaits_taking_over),
        collect_at=row.collect_at,
    )


def inquiry(row: Row[*tuple[Any, ...]]) -> Inquiry:
    """Return a row of the list of inquiries."""
    return Inquiry(
        number=row.number,
        subject=row.subject,
        item=row.item,
        asked_by=row.asked_by,
        phone=row.phone,
        clerk=row.clerk,
        opened_at=parse_stamp(row.opened_at),
        state=InquiryState(row.state),
        handed_to=row.handed_to,
        handed_phone=row.handed_phone,
        outcome=row.outcome,
        closed_at=_moment(row.closed_at),
    )


def paper_row(row: Row[*tuple[Any, ...]]) -> PaperRow:
    """Return a row of the list of papers."""
    return PaperRow(
        kind=PaperKind(row.kind),
        number=row.number,
        case_number=row.case_number,
        made_at=parse_stamp(row.made_at),
        digest=row.digest,
        name=row.name,
        epoch=row.epoch,
        seq=row.seq,
        state=PaperState(row.state),
        sent=row.sent,
        printed=row.printed,
        void_reason=row.void_reason,
        voided_by=row.voided_by,
        station=row.station,
        signatures=tuple(from_plain(PaperSignature, one) for one in json.loads(row.signatures)),
        still_open=row.still_open,
        valid_until=_day(row.valid_until),
        ended_at=parse_stamp(row.ended_at) if row.ended_at else None,
        ground=row.ground,
        replaced_by=row.replaced_by,
        clerk=row.clerk,
        template=row.template,
    )


def known_person(row: Row[*tuple[Any, ...]]) -> KnownPerson:
    """Return somebody who applied before."""
    return KnownPerson(from_plain(Person, json.loads(row.person)), row.cases, parse_stamp(row.last_seen))


def known_organisation(row: Row[*tuple[Any, ...]]) -> KnownOrganisation:
    """Return an organisation that applied before."""
    return KnownOrganisation(
        from_plain(Organisation, json.loads(row.organisation)),
        from_plain(Person, json.loads(row.representative)),
        row.cases,
        parse_stamp(row.last_seen),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return parse_stamp(text) if text else None
