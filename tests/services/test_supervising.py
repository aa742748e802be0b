"""How a supervisor's days become moments, which light a case at the centre has, and what an opened one tells."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.domain.clock import CHINA, ProvenInterval, stamp
from app.domain.deadline import Calendar, Light
from app.domain.facts import CaseHandedOver
from app.services.ports import CaseEntry, CasesOf, CentreCase, CentreDesk, OpenedCase
from app.services.supervising import CaseSearch, SupervisingService
from tests.domain.samples import AT, NUMBER
from tests.fakes.centre_cases import desk

HOLIDAY = date(2026, 5, 19)
CALENDAR = Calendar(frozenset({HOLIDAY}), frozenset(), frozenset({2026}))
TOWN = desk("000731")
ROW = CentreCase(
    number=NUMBER,
    item="510117051000",
    title="居住证明",
    applicant="张**",
    state="accepted",
    is_open=True,
    taker=TOWN,
    holder=TOWN,
    received_at=AT,
    accepted_at=AT,
    due=None,
    suspended_at=None,
    handed_at=None,
    moved_at=AT,
    claimed_at=AT,
    proven=ProvenInterval(None, AT),
    is_confirmed=True,
    is_aside=False,
)


def day(month, of_month, hour=0):
    return datetime(2026, month, of_month, hour, tzinfo=CHINA)


@pytest.fixture
def supervising():
    return SupervisingService(lambda: AT, CALENDAR)


def test_due_within_some_working_days_ends_with_the_last_of_them(supervising):
    assert AT.date() == date(2026, 5, 18)  # a Monday, with a holiday after it
    assert supervising.wish(CaseSearch(due_within=0)).due_before == day(5, 19)
    assert supervising.wish(CaseSearch(due_within=1)).due_before == day(5, 21)
    assert supervising.wish(CaseSearch(is_overdue=True)).due_before == AT
    assert supervising.wish(CaseSearch(still_days=3)).still_since == AT - timedelta(days=3)


def test_a_number_is_looked_for_among_all_cases_whatever_else_is_chosen(supervising):
    wish = supervising.wish(CaseSearch(NUMBER, held="000731", is_overdue=True))
    assert (wish.number, wish.scope, wish.held, wish.due_before) == (NUMBER, CasesOf.ALL, "", None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (None, 0)),
        ({"due": day(5, 25, 17)}, (Light.GREEN, 4)),
        ({"due": day(5, 20, 17)}, (Light.YELLOW, 1)),
        ({"due": day(5, 18, 9)}, (Light.RED, 0)),
        ({"due": day(5, 11, 17)}, (Light.ESCALATED, -5)),
        ({"due": day(5, 11, 17), "suspended_at": AT, "state": "suspended"}, (Light.PAUSED, 0)),
        ({"due": day(5, 11, 17), "state": "decided"}, (None, 0)),
        ({"due": day(5, 11, 17), "state": "delivered", "is_open": False, "suspended_at": AT}, (None, 0)),
    ],
)
def test_the_light_of_a_case_at_the_centre(supervising, changes, expected):
    lit = supervising.lit(replace(ROW, **changes))
    assert (lit.light, lit.days_left) == expected


def entry(n, body, *, kept=True):
    return CaseEntry(n, TOWN, 1, n, AT, is_confirmed=True, body=json.dumps(body).encode() if kept else None)


def body(kind, data, **more):
    at = stamp(AT)
    return {"at": at, "operator": "shen", "kind": kind, "data": data, "header": None, "anchor": {"at": at}} | more


def opened(*entries):
    return OpenedCase(ROW, entries, (), ())


def test_what_was_handed_over_is_told_with_where_and_when(supervising):
    slip = {"series": "x", "serial": 1, "text": "交字 1"}
    data = {"to": "000732", "to_name": "云溪镇", "purpose": "review", "reason": "", "slip": slip, "from_name": "柳湾村"}
    file = supervising.read(opened(entry(1, body("CaseHandedOver", data))))
    (event,) = file.events
    assert isinstance(event.fact, CaseHandedOver)
    assert (event.desk, event.operator, event.at) == (CentreDesk("000731", "窗口 000731"), "shen", AT)
    assert event.proven.is_closed
    assert file.case is None  # it begins with no case that was received


@pytest.mark.parametrize("strange", [{}, [], "text", 7, None, {"at": 1}, body("NoSuchKind", {})])
def test_what_cannot_be_read_is_an_event_without_a_fact(supervising, strange):
    (event,) = supervising.read(opened(entry(1, strange))).events
    assert event.fact is None
    assert not event.is_erased


def test_an_erased_body_is_told_as_such(supervising):
    (event,) = supervising.read(opened(entry(1, {}, kept=False))).events
    assert (event.is_erased, event.fact, event.at) == (True, None, None)
