"""What the counter decides for what is typed, without Qt."""

from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.numbering import grouped
from app.domain.outcomes import Defect
from app.services.errors import StoreBusy
from app.services.snapshots import CaseScope
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.support import CERTIFICATE, COMMITTED, FORBIDDEN, MONDAY, accepted, filled
from tests.ui.case.test_presenter import Outlet
from ui.counter.presenter import CounterPresenter
from ui.navigation import Session
from ui.outcome_words import reminder_words
from ui.surroundings import Surroundings
from ui.words import light_words


class Screen:
    """A screen that keeps what it was told to show."""

    focused = 0

    def render(self, state):
        self.state = state

    def focus_field(self):
        self.focused += 1


class Counting:
    """A presenter with all that it talks to."""

    def __init__(self, counter):
        self.runner, self.navigator, self.screen = PatientRunner(), WrittenNavigator(), Screen()
        self.outlet = Outlet()
        self.presenter = CounterPresenter(
            Surroundings(counter, Session(CLERK), self.runner, self.navigator), self.screen, self.outlet
        )
        self.presenter.start()
        self.runner.work()

    @property
    def state(self):
        return self.screen.state

    @property
    def went(self):
        return self.navigator.went

    def type(self, text):
        self.presenter.type(text)
        self.runner.work()


@pytest.fixture
def at(counter):
    return Counting(counter)


def test_the_counter_opens_with_an_empty_field_that_has_the_focus(at):
    assert (at.state.text, at.screen.focused) == ("", 1)
    assert len(at.state.tiles) == 9


def test_a_new_board_leaves_field_and_results_as_they_are(at, counter):
    at.type("jzzm")
    filled(counter)
    at.presenter.show_board(counter.desk.board())
    assert len(at.state.board.drafts) == 1
    assert (at.state.text, at.state.is_searched) == ("jzzm", True)
    assert len(at.state.found) > 0


def test_enter_opens_what_was_found(at):
    at.type("jzzm")
    at.presenter.take()
    assert at.went == [("open_item", CERTIFICATE)]


def test_enter_before_the_answer_opens_the_first_result(at):
    at.presenter.type("jzzm")
    at.presenter.take()
    assert at.went == []
    at.runner.work()
    assert at.went == [("open_item", CERTIFICATE)]


def test_enter_before_the_answer_is_forgotten_when_the_clerk_types_on(at):
    at.presenter.type("j")
    at.presenter.take()
    at.type("jz")
    assert at.went == []


def test_the_answer_to_an_older_text_is_dropped(at):
    at.presenter.type("jzzm")
    at.presenter.type("qqqq")
    at.runner.work()
    assert at.state.text == "qqqq"
    assert len(at.state.found) == 0


def test_an_answer_after_the_field_was_emptied_is_dropped(at):
    at.presenter.type("jzzm")
    at.presenter.escape()
    at.runner.work()
    assert at.state.text == ""
    assert len(at.state.found) == 0


@pytest.mark.parametrize("written", [str, grouped])
def test_a_scanned_case_number_opens_its_case_before_any_search(counter, at, written):
    case = accepted(counter)
    at.presenter.type(written(case.number))
    at.presenter.take()
    assert at.went == [("open_case", case.number)]


def test_a_case_number_of_no_case_finds_nothing(at):
    at.presenter.type("20260518000731000153")
    at.presenter.take()
    at.runner.work()
    assert at.went == []
    assert at.state.is_searched


@pytest.mark.parametrize("typed", ["林", "519900199203070323", "0323", "13805555270", "13805555"])
def test_a_citizen_is_found_by_name_identity_number_or_telephone(counter, at, typed):
    case = accepted(counter)
    at.type(typed)
    assert [lit.row.number for lit in at.state.found.cases] == [case.number]
    at.presenter.choose(len(at.state.found.items))
    assert at.went == [("open_case", case.number)]


def test_the_arrows_go_round_items_and_cases(counter, at):
    accepted(counter)
    at.type("jzzm")
    last = len(at.state.found) - 1
    at.presenter.move(-1)
    assert at.state.current == last
    at.presenter.move(1)
    assert at.state.current == 0


def test_the_arrows_do_nothing_where_nothing_was_found(at):
    at.type("qqqq")
    at.presenter.move(1)
    assert at.state.current == 0


def test_a_forbidden_proof_shows_who_is_competent_and_opens_no_case(at):
    at.type(FORBIDDEN)
    at.presenter.take()
    assert at.went == []
    assert at.state.guide.competent
    assert at.state.guide.legal_basis
    at.presenter.take_guide()
    assert at.went == []
    assert at.state.guide is None


def test_the_page_of_an_item_leads_on_to_the_intake(at):
    at.type("jzzm")
    at.presenter.show_guide()
    assert at.state.guide.code == CERTIFICATE
    at.presenter.take_guide()
    assert at.went == [("open_item", CERTIFICATE)]


def test_closing_the_page_of_an_item_leaves_the_results_and_the_cursor(at):
    at.type("jzzm")
    at.presenter.show_guide()
    at.presenter.escape()
    assert at.state.guide is None
    assert (at.state.text, at.screen.focused) == ("jzzm", 2)
    at.presenter.escape()
    assert at.state.text == ""


def test_typing_on_closes_the_page_of_an_item(at):
    at.type("jzzm")
    at.presenter.show_guide()
    at.type("jz")
    assert at.state.guide is None


def test_tiles_drafts_and_what_is_due_lead_where_they_say(counter, at):
    draft = filled(counter)
    at.presenter.start()
    at.presenter.open_tile(0)
    at.presenter.open_draft(0)
    at.presenter.open_due("1")
    at.presenter.open_all()
    assert at.went == [
        ("open_item", at.state.tiles[0][0].code),
        ("open_draft", draft.draft_id),
        ("open_case", "1"),
        ("open_desk", CaseScope.OPEN),
    ]


def test_keys_of_tiles_and_drafts_that_are_not_there_do_nothing(at):
    at.presenter.open_tile(20)
    at.presenter.open_draft(0)
    assert at.went == []


def test_what_is_used_most_comes_first(counter, at):
    for _ in range(2):
        accepted(counter)
    at.presenter.start()
    assert (at.state.tiles[0][0].code, at.state.tiles[0][1]) == (CERTIFICATE, 2)


def test_a_search_that_fails_is_told_and_the_text_stays(counter, at, monkeypatch):
    def fail(*_values):
        raise StoreBusy

    monkeypatch.setattr(counter.desk, "find", fail)
    at.type("jzzm")
    assert isinstance(at.navigator.errors[0], StoreBusy)
    assert not at.presenter.has_found


def test_a_case_that_waits_for_somebody_is_opened_by_its_key(at, counter, place):
    draft = filled(counter, COMMITTED)
    case = counter.intake.receive(draft, counter.catalogue.item(COMMITTED), CLERK).case
    place.clock.set(MONDAY + timedelta(days=10))
    assert counter.acceptance.sweep() == [case.number]
    at.presenter.show_board(counter.desk.board())
    at.presenter.open_reminder(0)
    at.presenter.open_reminder(1)
    assert at.went == [("open_case", case.number)]


def test_a_supplement_that_is_late_says_the_same_on_the_counter_and_in_every_list(at, counter, place):
    draft, item = filled(counter, COMMITTED), counter.catalogue.item(COMMITTED)
    asked = (Defect("materials.id_card", "身份证", "原件"),)
    number = counter.intake.ask_supplement(draft, item, CLERK, asked, MONDAY.date() + timedelta(days=3)).case.number
    assert light_words(counter.desk.find(number, 1)[0]) == ("plain", "等补正")
    place.clock.set(MONDAY + timedelta(days=10))
    lit = counter.desk.board().reminders[0]
    assert light_words(lit) == reminder_words(lit.row, place.clock.now().date()) == ("danger", "补正已过期")
