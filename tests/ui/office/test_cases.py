"""The part 办件 of the office: what its presenter decides, over cases that were laid out."""

from dataclasses import replace

import pytest

from app.domain.operators import Operator, Role
from app.services.errors import CentralUnavailable
from app.services.ports import CaseEntry
from tests.fakes.centre_cases import FAR, TOWN, VILLAGE, row
from tests.fakes.office import furnished
from tests.support import accepted
from tests.ui.office.opened import Opened
from ui.office.presenter import CASES, PARTS, Stage
from ui.office.presenters import cases as cases_module
from ui.office.presenters.cases import ASIDE, CLOSED, HELD, OVERDUE, SOON, STILL, TAKEN_IN, UNTAKEN
from ui.supervising_words import case_facts, centre_light, entry_words, marks_of, row_facts, states_words

SUPERVISOR = Operator("lin", "林", (Role.SUPERVISOR,))


@pytest.fixture
def opened(counter):
    return Opened(counter, furnished(counter.desk.now())).connect()


@pytest.fixture
def part(opened):
    return opened.go(CASES)


def serials(part):
    return [int(lit.case.number[14:18]) for lit in part.state.rows]


def choose(opened, act, *arguments):
    act(*arguments)
    opened.work()


def test_open_cases_are_listed_the_most_urgent_first_with_counts(part):
    assert serials(part) == [1, 2, 3, 4, 5, 6, 7]
    assert part.state.counts == {"open": 7, "overdue": 2, "untaken": 1}
    assert part.state.totals.states["accepted"] == 4
    assert [centre_light(lit)[0] for lit in part.state.rows[:4]] == ["danger", "danger", "warn", "good"]
    assert [centre_light(lit)[1] for lit in part.state.rows[5:]] == ["停表中", "收件"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [(OVERDUE, [1, 2]), (SOON, [1, 2, 3]), (UNTAKEN, [3]), (STILL, []), (ASIDE, [1]), (CLOSED, [8])],
)
def test_a_filter_shows_the_cases_of_its_kind(opened, part, name, expected):
    choose(opened, part.filter, name)
    assert serials(part) == expected


def test_a_state_narrows_the_list_and_closed_ones_have_none(opened, part):
    choose(opened, part.choose_state, "review")
    assert serials(part) == [2]
    choose(opened, part.filter, OVERDUE)
    assert serials(part) == [2]
    choose(opened, part.filter, CLOSED)
    assert (part.state.chosen_state, serials(part)) == ("", [8])


def test_a_whole_number_is_found_whatever_else_was_chosen_and_half_a_one_is_not_asked_for(opened, part):
    closed = opened.office.every_case.rows[-1].number
    choose(opened, part.filter, ASIDE)
    choose(opened, part.search, closed[:10])
    choose(opened, part.find)
    assert "20 位" in opened.said
    assert serials(part) == [1]
    choose(opened, part.search, f"{closed[:8]} {closed[8:14]} {closed[14:]}")
    assert serials(part) == [8]
    assert part.step_back()
    opened.work()
    assert serials(part) == [1]


def test_a_place_is_chosen_by_name_from_what_is_suggested_or_by_its_code(opened, part):
    choose(opened, part.edit_place, TAKEN_IN, "石桥")
    assert serials(part) == [1, 2, 3, 4, 5, 6, 7]
    (suggested,) = (one for one in part.state.suggested[TAKEN_IN] if FAR.code in one)
    choose(opened, part.edit_place, TAKEN_IN, suggested)
    assert serials(part) == [6, 7]
    assert part.state.counts["open"] == 2
    choose(opened, part.edit_place, TAKEN_IN, "")
    choose(opened, part.edit_place, HELD, "519900101000")
    assert serials(part) == [1, 2, 3, 4, 5]
    choose(opened, part.edit_place, HELD, TOWN.code)
    assert serials(part) == [1, 2, 3, 4]


def test_the_list_goes_on_where_it_ended_and_each_case_comes_once(opened, part, monkeypatch):
    monkeypatch.setattr(cases_module, "PAGE", 3)
    choose(opened, part.refresh)
    assert (serials(part), bool(part.state.goes_on)) == ([1, 2, 3], True)
    choose(opened, part.more)
    choose(opened, part.more)
    assert (serials(part), part.state.goes_on) == ([1, 2, 3, 4, 5, 6, 7], None)
    choose(opened, part.more)
    assert len(part.state.rows) == 7


def test_an_answer_that_is_late_is_not_shown(opened, part):
    part.filter(OVERDUE)
    part.filter(ASIDE)
    opened.work()
    assert serials(part) == [1]


def test_looking_at_the_list_opens_nothing(opened, part):
    part.choose(part.state.rows[0].case.number)
    opened.work()
    assert part.state.opened is None
    assert opened.office.every_case.opened == []
    assert "张**" in dict(row_facts(part.state.case.case)).values()


def test_a_case_is_opened_with_its_history_which_is_on_record_and_esc_closes_it(opened, part, counter):
    case = accepted(counter)
    with counter.intake._store.read() as uow:
        entries = uow.journal.of_case(case.number)
    there = opened.office.every_case
    number = there.rows[0].number
    there.histories[number] = [
        CaseEntry(n, VILLAGE, 1, n, there.now, is_confirmed=True, body=entry.body.encode())
        for n, entry in enumerate(entries, start=1)
    ]
    part.choose(number)
    choose(opened, part.open_case)
    assert [one.number for one in there.opened] == [number]
    file = part.state.opened
    assert dict(case_facts(file))["申请人"] == case.applicant.name
    assert "*" in dict(case_facts(file))["证件号码"]
    assert [entry_words(event, part.state.item)[1] for event in file.events][:2] == ["收件", "受理"]
    assert part.step_back()
    assert part.state.opened is None
    assert opened.state.stage is Stage.INSIDE


def test_a_case_that_was_left_before_it_came_is_not_shown(opened, part):
    first, second = (lit.case.number for lit in part.state.rows[:2])
    part.choose(first)
    part.open_case()
    part.choose(second)
    opened.work()
    assert part.state.opened is None


def test_where_cases_pile_up_is_shown_from_county_to_window_and_leads_to_the_list(opened, part):
    choose(opened, part.show_piles)
    assert [(one.count.place, one.count.total) for one in part.state.piles] == [("519900", 5), ("", 2)]
    choose(opened, part.go_into, "519900")
    assert [(one.count.place, one.count.total) for one in part.state.piles] == [("519900101", 5)]
    choose(opened, part.go_into, "519900101")
    assert [one.count.place for one in part.state.piles] == [TOWN.code, "000734"]
    assert states_words(part.state.piles[0].count.states) == "在办 3、审查中 1"
    choose(opened, part.go_into, TOWN.code)
    assert not part.state.is_piled
    assert part.state.places[HELD].code == TOWN.code
    assert serials(part) == [1, 2, 3, 4]


def test_esc_goes_out_of_places_one_by_one_and_then_takes_the_choice_back(opened, part):
    choose(opened, part.show_piles)
    choose(opened, part.go_into, "519900")
    choose(opened, part.list_at, "519900101")
    assert part.state.places[HELD].code == "519900101000"
    choose(opened, part.show_piles)
    choose(opened, part.go_into, "519900")
    for _step in range(3):
        assert part.step_back()
        opened.work()
    assert (part.state.is_piled, part.state.places[HELD].code) == (False, "")
    assert not part.step_back()


def test_a_log_in_that_is_no_supervisors_is_told_and_nothing_is_asked(counter):
    office = furnished(counter.desk.now())
    office.may_supervise = False
    opened = Opened(counter, office).connect()
    part = opened.go(CASES)
    assert "lideng_supervisor" in part.state.why_not
    choose(opened, part.refresh)
    assert (part.state.rows, opened.said) == (None, "")


def test_a_supervisor_sees_the_cases_and_no_other_part(counter):
    office = furnished(counter.desk.now())
    office.may_run = False
    opened = Opened(counter, office, SUPERVISOR).connect()
    assert (opened.state.stage, opened.state.parts, opened.state.part) == (Stage.INSIDE, (CASES,), CASES)
    assert len(opened.presenter.cases.state.rows) == 7
    for other in set(PARTS) - {CASES}:
        opened.presenter.choose_part(other)
        assert opened.state.part == CASES
    opened.presenter.ask_authority()
    assert not opened.state.is_asking
    opened.presenter.step(1)
    assert opened.state.part == CASES


def test_what_is_known_stays_while_the_centre_cannot_be_read(opened, part):
    opened.office.error = CentralUnavailable("network")
    choose(opened, part.refresh)
    assert len(part.state.rows) == 7
    assert "连不上" in opened.said


def test_what_was_read_at_one_centre_is_forgotten_at_the_next(opened, part):
    opened.presenter.disconnect()
    assert part.state.rows is None
    assert part.state.totals.total == 0


def test_marks_say_what_somebody_must_look_at(counter):
    now = counter.desk.now()
    case = row("20260518000731000100", now, handed_at=now, is_aside=True, is_confirmed=False)
    assert marks_of(case) == ("待接收", "有搁置", "已到中心")
    assert marks_of(replace(case, handed_at=None, is_aside=False, is_confirmed=True)) == ("已确认",)
