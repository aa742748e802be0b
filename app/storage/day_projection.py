"""Builds the views of inquiries and of days from entries; ``projection`` calls it for each of them.

A day's row says where in the journal the day begins and ends, where its last work stands, and where it was closed:
what a closing has to tell is read from there without going through the whole journal.
"""

from collections.abc import Mapping
from typing import Any

from sqlcipher3.dbapi2 import Connection

from app.domain.facts import (
    DayClosed,
    Fact,
    FormPrepared,
    InquiryAnswered,
    InquiryClosed,
    InquiryHandedOn,
    InquiryOpened,
)
from app.storage.schema import PLACE

Body = Mapping[str, Any]

WORK_WITHOUT_CASE = (InquiryOpened, InquiryAnswered, InquiryHandedOn, InquiryClosed, FormPrepared)
"""What a day has to be closed for, beside everything that belongs to a case."""

_OPEN_INQUIRY = (
    "INSERT INTO inquiries (number, place, subject, item, asked_by, phone, clerk, opened_at, state, handed_to,"
    " handed_phone, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', '', '', '')"
)
_HAND_ON = "UPDATE inquiries SET state = 'handed_on', handed_to = ?, handed_phone = ? WHERE number = ?"
_SETTLE = "UPDATE inquiries SET state = 'closed', outcome = ?, closed_at = ? WHERE number = ?"
_EXTEND_DAY = (
    "INSERT INTO days (day, first, last, work, closed) VALUES (:day, :place, :place, :work, 0)"
    " ON CONFLICT (day) DO UPDATE SET last = excluded.last, work = max(work, excluded.work)"
)
_CLOSE_DAY = "UPDATE days SET closed = :place WHERE day = :day OR (day < :day AND closed > 0)"


def apply_to_inquiries(connection: Connection, body: Body, fact: Fact) -> None:
    """Bring the view of inquiries up to an entry."""
    match fact:
        case InquiryOpened():
            asked = (fact.subject, fact.item, fact.asked_by, fact.phone, body["operator"], body["at"])
            connection.execute(_OPEN_INQUIRY, (fact.number.text, _place(body), *asked))
        case InquiryHandedOn():
            connection.execute(_HAND_ON, (fact.to, fact.phone, fact.number))
        case InquiryAnswered():
            connection.execute(_SETTLE, (fact.answer, body["at"], fact.number))
        case InquiryClosed():
            connection.execute(_SETTLE, (fact.outcome, body["at"], fact.number))


def apply_to_days(connection: Connection, body: Body, fact: Fact) -> None:
    """Bring the view of days up to an entry."""
    place = _place(body)
    is_work = body["case"] is not None or isinstance(fact, WORK_WITHOUT_CASE)
    row = {"day": body["at"][:10], "place": place, "work": place if is_work else 0}
    connection.execute(_EXTEND_DAY, row)
    if isinstance(fact, DayClosed):
        connection.execute(_CLOSE_DAY, {"day": fact.day.isoformat(), "place": place})


def _place(body: Body) -> int:
    place: int = body["epoch"] * PLACE + body["seq"]
    return place
