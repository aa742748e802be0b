"""What a supervisor is promised of every case at a centre; the model in memory is held against the real one."""

from datetime import timedelta

import pytest

from app.central.supervision import Supervision
from app.domain.numbering import case_number
from app.services.errors import CentreDeclined
from app.services.ports import CasesBy, CasesOf, CaseWish, CentreDesk
from tests.central.server import PostgresCentre
from tests.domain.samples import AT
from tests.fakes.central import MemoryCentre
from tests.fakes.centre_cases import CasesOfCentre, desk
from tests.fakes.chains import AT_TEXT, Chain

TOWN, VILLAGE, CITY, FAR = "000731", "000732", "000733", "000734"
DIVISIONS = {TOWN: "519901101000", VILLAGE: "519901101201", CITY: "519900000000", FAR: ""}
PAST, SOON, LATER = "2020-01-06T17:00:00.000+08:00", "2098-01-06T17:00:00.000+08:00", "2099-01-06T17:00:00.000+08:00"
TAKEN_IN = {"title": "居住证明", "applicant": {"name": "张小明"}, "organisation": None}


@pytest.fixture(scope="module")
def postgres(server):
    made = PostgresCentre(server)
    made.execute("create role wang_min login in role lideng_supervisor")
    yield made
    made.close()
    server.execute("drop role wang_min")


@pytest.fixture(params=["memory", "postgres"])
def centre(request):
    if request.param == "memory":
        made = MemoryCentre()
    else:
        made = request.getfixturevalue("postgres")
        made.empty()
    for station, division in DIVISIONS.items():
        made.enrol(station)
        if request.param == "postgres" and division:
            made.administration.place_station(station, division)
    return made


@pytest.fixture
def cases(centre):
    if isinstance(centre, MemoryCentre):
        yield CasesOfCentre(centre, [desk(code, division=division) for code, division in DIVISIONS.items()])
        return
    made = Supervision(centre.address("wang_min"))
    yield made
    made.close()


class Laid:
    """Stations that push case after case; each case gets the next number of its station."""

    def __init__(self, centre):
        self.centre = centre
        self.chains = {}
        self.pushed = {}

    def chain(self, station):
        return self.chains.setdefault(station, Chain(station))

    def case(self, station, state="accepted", holder="", data=None, **header):
        chain = self.chain(station)
        number = case_number(AT.date(), station, len(chain.entries))
        header = {"number": number, "state": state, "holder": holder or station, "item": "510117051000"} | header
        chain.says("CaseReceived", number, header, data or TAKEN_IN)
        self.push(station)
        return number

    def push(self, station):
        chain = self.chain(station)
        self.centre.connect(station).push(chain.batch(self.pushed.get(station, 0) + 1))
        self.pushed[station] = len(chain.entries)


@pytest.fixture
def laid(centre):
    return Laid(centre)


def numbers(cases, wish=None, **wanted):
    return [row.number for row in cases.cases(wish or CaseWish(**wanted), None, 50).cases]


def test_an_empty_centre_has_empty_lists(cases):
    page = cases.cases(CaseWish(), None, 50)
    assert (list(page.cases), page.goes_on) == ([], None)
    assert cases.case_counts("", "", 6) == []
    assert [one.code for one in cases.desks()] == sorted(DIVISIONS)


def test_a_row_says_what_the_centre_knows_and_masks_the_applicant(centre, cases, laid):
    number = laid.case(TOWN, due=LATER, received=AT_TEXT, accepted=AT_TEXT)
    (row,) = cases.cases(CaseWish(), None, 50).cases
    assert (row.number, row.item, row.title, row.applicant) == (number, "510117051000", "居住证明", "张**")
    assert (row.state, row.is_open, row.taker.code, row.holder.code) == ("accepted", True, TOWN, TOWN)
    assert (row.taker.name, row.received_at, row.accepted_at) == (f"窗口 {TOWN}", AT, AT)
    assert (row.due.year, row.handed_at, row.suspended_at, row.claimed_at) == (2099, None, None, AT)
    assert row.proven.not_before is None
    assert row.proven.not_after == row.moved_at
    assert (row.is_confirmed, row.is_aside) == (False, False)
    centre.verify(TOWN)
    assert cases.cases(CaseWish(), None, 50).cases[0].is_confirmed


def test_an_organisation_is_named_in_full(cases, laid):
    laid.case(TOWN, data=TAKEN_IN | {"organisation": {"name": "云溪竹编合作社"}})
    assert cases.cases(CaseWish(), None, 50).cases[0].applicant == "云溪竹编合作社"


def test_open_cases_come_by_their_due_date_and_those_without_a_running_clock_last(cases, laid):
    stopped = laid.case(TOWN, "suspended", due=PAST)
    later, late, soon = laid.case(TOWN, due=LATER), laid.case(TOWN, due=PAST), laid.case(VILLAGE, due=SOON)
    closed = laid.case(TOWN, "delivered", due=PAST)
    assert numbers(cases) == [late, soon, later, stopped]
    assert numbers(cases, scope=CasesOf.CLOSED) == [closed]
    assert set(numbers(cases, scope=CasesOf.ALL)) == {late, soon, later, stopped, closed}


def test_a_list_is_read_page_by_page_and_each_case_once(cases, laid):
    for due in (LATER, PAST, LATER, SOON, None, LATER, None):
        laid.case(TOWN, due=due)
    wishes = (
        CaseWish(),
        CaseWish(scope=CasesOf.ALL),
        CaseWish(still_since=cases.cases(CaseWish(), None, 50).cases[0].moved_at + timedelta(days=1)),
    )
    assert {wish.order for wish in wishes} == {CasesBy.DUE, CasesBy.NUMBER, CasesBy.STILL}
    for wish in wishes:
        seen, marker = [], None
        while True:
            page = cases.cases(wish, marker, 2)
            seen += [row.number for row in page.cases]
            marker = page.goes_on
            if marker is None:
                break
        assert seen == numbers(cases, wish)
        assert len(set(seen)) == 7


def test_a_case_is_found_by_its_whole_number_whatever_its_state(cases, laid):
    number = laid.case(TOWN, "delivered")
    laid.case(TOWN)
    assert numbers(cases, number=number, scope=CasesOf.ALL) == [number]
    assert numbers(cases, number=number[:19], scope=CasesOf.ALL) == []


def test_a_division_stands_for_all_stations_below_it(cases, laid):
    town, village, city = laid.case(TOWN), laid.case(VILLAGE), laid.case(CITY)
    far = laid.case(FAR)
    for place, expected in (
        ("519900000000", {town, village, city}),
        ("519901000000", {town, village}),
        ("519901101000", {town, village}),
        ("519901101201", {village}),
        ("520000000000", set()),
        (FAR, {far}),
        (TOWN, {town}),
    ):
        assert set(numbers(cases, taken_in=place)) == expected, place
        assert set(numbers(cases, held=place)) == expected, place


def test_what_was_taken_in_here_may_be_held_there_and_is_on_its_way_until_it_is_taken_over(cases, laid):
    number = laid.case(VILLAGE, holder=TOWN, handed=PAST)
    laid.case(VILLAGE)
    assert numbers(cases, is_untaken=True) == [number]
    assert numbers(cases, taken_in=VILLAGE, held=TOWN) == [number]
    assert cases.cases(CaseWish(is_untaken=True), None, 9).cases[0].handed_at.year == 2020
    town = laid.chain(TOWN)
    town.moves(number, TOWN)
    laid.push(TOWN)
    assert numbers(cases, is_untaken=True) == []


def test_cases_are_chosen_by_state_due_date_and_standing_still(cases, laid):
    late, later = laid.case(TOWN, due=PAST), laid.case(TOWN, "review", due=LATER)
    paused = laid.case(TOWN, "suspended", due=PAST)
    rows = {row.number: row for row in cases.cases(CaseWish(), None, 50).cases}
    assert numbers(cases, state="review") == [later]
    assert numbers(cases, due_before=AT) == [late]
    assert set(numbers(cases, due_before=rows[later].due + timedelta(days=1))) == {late, later}
    assert numbers(cases, still_since=rows[late].moved_at) == []
    assert numbers(cases, still_since=rows[paused].moved_at + timedelta(days=1))[0] == late


def test_what_was_set_aside_marks_its_case(cases, laid):
    number = laid.case(TOWN)
    laid.case(TOWN)
    village = laid.chain(VILLAGE)
    village.moves(number, VILLAGE)
    laid.push(VILLAGE)
    assert numbers(cases, is_aside=True) == [number]
    assert cases.cases(CaseWish(number), None, 1).cases[0].is_aside
    (one,) = cases.open_case(number).aside
    assert (one.desk.code, one.epoch, one.seq, one.reason, one.settled_at) == (VILLAGE, 1, 2, "not_the_holder", None)


def test_open_cases_are_counted_by_the_place_that_holds_them(cases, laid):
    laid.case(TOWN, due=PAST)
    laid.case(VILLAGE, "suspended", due=PAST)
    laid.case(VILLAGE, holder=CITY, handed=PAST)
    laid.case(VILLAGE, "delivered")
    laid.case(FAR)
    counts = {one.place: one for one in cases.case_counts("", "", 6)}
    assert set(counts) == {"519900", "519901", ""}
    assert counts["519901"].states == {"accepted": 1, "suspended": 1}
    assert (counts["519901"].overdue, counts["519901"].untaken, counts["519901"].total) == (1, 0, 2)
    assert (counts["519900"].overdue, counts["519900"].untaken) == (0, 1)
    assert [(one.place, one.total) for one in cases.case_counts("519901000000", "", 0)] == [
        (TOWN, 1),
        (VILLAGE, 1),
        (CITY, 1),
    ]
    assert [(one.place, one.total) for one in cases.case_counts("", "519901101201", 9)] == [("519901101", 1)]


def test_opening_a_case_shows_its_history_and_is_written_down(cases, laid):
    number = laid.case(VILLAGE, holder=TOWN)
    town = laid.chain(TOWN)
    town.moves(number, TOWN)
    laid.push(TOWN)
    assert cases.open_case(number).openings[0].number == number
    opened = cases.open_case(number)
    assert [(one.n, one.desk, one.epoch, one.seq) for one in opened.entries] == [
        (1, CentreDesk(VILLAGE, f"窗口 {VILLAGE}"), 1, 2),
        (2, CentreDesk(TOWN, f"窗口 {TOWN}"), 1, 2),
    ]
    assert "张小明" in opened.entries[0].body.decode()
    assert [one.by for one in opened.openings] == ["wang_min", "wang_min"]
    assert opened.case.number == number


def test_looking_at_lists_writes_nothing_down_and_a_case_that_there_is_not_is_declined(cases, laid):
    number = laid.case(TOWN)
    cases.cases(CaseWish(number), None, 1)
    with pytest.raises(CentreDeclined) as caught:
        cases.open_case("20260518000731999999")
    assert caught.value.why == "case"
    assert len(cases.open_case(number).openings) == 1


@pytest.mark.parametrize("place", ["51", "51990110100", "51990110100x", "'; drop table core.act; --"])
def test_what_is_no_place_is_declined(cases, laid, place):
    laid.case(TOWN)
    for ask in (lambda: cases.cases(CaseWish(held=place), None, 9), lambda: cases.case_counts(place, "", 6)):
        with pytest.raises(CentreDeclined):
            ask()


def test_pages_and_levels_are_bounded(cases):
    for ask in (
        lambda: cases.cases(CaseWish(), None, 0),
        lambda: cases.cases(CaseWish(), None, 201),
        lambda: cases.case_counts("", "", 5),
    ):
        with pytest.raises(CentreDeclined):
            ask()
