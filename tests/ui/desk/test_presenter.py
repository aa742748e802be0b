"""What the list of cases decides, without Qt."""

import pytest

from app.demonstration import CLERK
from app.domain.numbering import grouped
from app.services.errors import DamagedStore, StoreBusy
from app.services.snapshots import CaseScope
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.support import CERTIFICATE, COMMITTED, accepted
from ui.desk.presenter import DeskPresenter


class Screen:
    """A screen that keeps what it was told to show, and asks for rows when it is told to."""

    def render(self, state, load):
        self.state, self.load = state, load


class Listing:
    """A presenter with all that it talks to."""

    def __init__(self, counter):
        self.runner, self.navigator, self.screen = PatientRunner(), WrittenNavigator(), Screen()
        self.presenter = DeskPresenter(counter, self.runner, self.navigator, self.screen)
        self.presenter.start(CaseScope.OPEN)
        self.runner.work()

    @property
    def state(self):
        return self.screen.state

    def rows(self, offset=0, limit=100):
        came = []
        self.screen.load(offset, limit, came.extend)
        self.runner.work()
        return [lit.row.number for lit in came]

    def do(self, act, *values, **named):
        getattr(self.presenter, act)(*values, **named)
        self.runner.work()


@pytest.fixture
def cases(counter):
    return [accepted(counter), accepted(counter, COMMITTED)]


@pytest.fixture
def listing(counter, cases):
    return Listing(counter)


def broken(error):
    def fail(*_values):
        raise error

    return fail


def test_nothing_is_read_on_the_thread_of_the_window(counter, cases, monkeypatch):
    for name in ("count", "counts", "page", "file"):
        monkeypatch.setattr(counter.desk, name, broken(AssertionError(name)))
    runner, screen = PatientRunner(), Screen()
    presenter = DeskPresenter(counter, runner, WrittenNavigator(), screen)
    presenter.start(CaseScope.ALL)
    presenter.choose(cases[0].number)
    screen.load(0, 100, list)
    assert screen.state.is_searching


def test_the_list_comes_with_its_counts(listing):
    assert (listing.state.count, listing.state.counts.open, listing.state.is_searching) == (2, 2, False)


def test_rows_come_by_page(listing, cases):
    assert len(listing.rows()) == 2
    assert len(listing.rows(offset=1, limit=1)) == 1
    assert listing.rows(offset=2) == []


def test_scope_item_text_and_day_narrow_the_list(counter, listing, cases):
    counter.issuance.issue(cases[0].number, CLERK)
    listing.do("choose_scope", "to_deliver")
    assert listing.rows() == [cases[0].number]
    listing.do("choose_scope", "all")
    listing.do("choose_item", COMMITTED)
    assert listing.rows() == [cases[1].number]
    listing.do("choose_today", only_today=True)
    assert listing.state.count == 1
    listing.do("search", "王")
    assert (listing.state.count, listing.rows()) == (0, [])


def test_an_answer_for_an_older_filter_is_dropped(listing):
    listing.presenter.search("王")
    listing.presenter.search("林")
    listing.runner.work()
    assert listing.state.wanted.text == "林"
    assert listing.state.count == 2


def test_rows_of_an_older_list_are_dropped(listing):
    came = []
    listing.screen.load(0, 100, came.extend)
    listing.presenter._show(round=listing.state.round + 1)
    listing.runner.work()
    assert came == []


def test_escape_empties_the_filters_and_then_leads_home(listing):
    listing.do("choose_item", CERTIFICATE)
    listing.do("search", "林")
    listing.do("escape")
    assert (listing.state.wanted.item, listing.state.wanted.text, listing.navigator.went) == ("", "", [])
    listing.do("escape")
    assert listing.navigator.went == [("home",)]


def test_escape_keeps_the_part_of_the_list_that_was_chosen(listing):
    listing.do("choose_scope", "all")
    listing.do("search", "林")
    listing.do("escape")
    assert listing.state.wanted.scope is CaseScope.ALL


def test_reading_again_keeps_filter_place_and_the_chosen_case(counter, listing, cases):
    listing.do("search", "林")
    listing.do("choose", cases[0].number)
    turn = listing.state.round
    accepted(counter)
    listing.do("refresh")
    assert (listing.state.wanted.text, listing.state.count) == ("林", 3)
    assert (listing.state.keeps_place, listing.state.chosen.case.number) == (True, cases[0].number)
    assert listing.state.round == turn + 1


def test_another_filter_begins_at_the_top_with_nothing_chosen(listing, cases):
    listing.do("choose", cases[0].number)
    listing.do("choose_scope", "all")
    assert (listing.state.keeps_place, listing.state.chosen) == (False, None)


def test_the_chosen_case_shows_its_history(listing, cases):
    listing.do("choose", cases[0].number)
    assert len(listing.state.chosen.events) == 2


def test_only_the_last_of_many_chosen_cases_is_shown(listing, cases):
    listing.presenter.choose(cases[0].number)
    listing.presenter.choose(cases[1].number)
    listing.runner.work()
    assert listing.state.chosen.case.number == cases[1].number


@pytest.mark.parametrize("written", [str, grouped])
def test_a_scanned_number_opens_its_case(listing, cases, written):
    listing.do("take", written(cases[0].number))
    assert listing.navigator.went == [("open_case", cases[0].number)]


def test_enter_searches_at_once(listing):
    listing.do("take", "王")
    assert (listing.state.count, listing.navigator.went) == (0, [])


def test_a_list_that_cannot_be_read_is_told_and_waits_no_more(counter, listing, monkeypatch):
    monkeypatch.setattr(counter.desk, "count", broken(StoreBusy()))
    listing.do("refresh")
    assert isinstance(listing.navigator.errors[0], StoreBusy)
    assert not listing.state.is_searching
    assert listing.state.count == 2


def test_rows_that_cannot_be_read_are_told(counter, listing, monkeypatch):
    monkeypatch.setattr(counter.desk, "page", broken(DamagedStore()))
    assert listing.rows() == []
    assert isinstance(listing.navigator.errors[0], DamagedStore)


def test_a_chosen_case_that_is_gone_is_told(listing):
    listing.do("choose", "2" * 20)
    assert len(listing.navigator.errors) == 1
    assert listing.state.chosen is None
