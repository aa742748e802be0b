"""What the list of cases decides, without Qt."""

from operator import attrgetter

import pytest

from app.demonstration import CLERK
from app.domain.numbering import grouped
from app.domain.outcomes import HandOverPurpose
from app.domain.station import KnownStation
from app.services.errors import DamagedStore, StoreBusy
from app.services.snapshots import CaseScope
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.fakes.sync_service import at_a_centre
from tests.support import CERTIFICATE, COMMITTED, PERSON, accepted
from tests.ui.case.test_presenter import Outlet
from ui.desk.presenter import DeskPresenter
from ui.navigation import Session
from ui.surroundings import Surroundings


class Screen:
    """A screen that keeps what it was told to show, and asks for rows when it is told to."""

    def render(self, state, load):
        self.state, self.load = state, load


class Listing:
    """A presenter with all that it talks to."""

    def __init__(self, counter):
        self.runner, self.navigator, self.screen = PatientRunner(), WrittenNavigator(), Screen()
        self.outlet = Outlet()
        self.presenter = DeskPresenter(
            Surroundings(counter, Session(CLERK), self.runner, self.navigator), self.screen, self.outlet
        )
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
        attrgetter(act)(self.presenter)(*values, **named)
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
    presenter = DeskPresenter(Surroundings(counter, Session(CLERK), runner, WrittenNavigator()), screen, Outlet())
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
    listing.do("choose_period", "today")
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
    listing.presenter.show(round=listing.state.round + 1)
    listing.runner.work()
    assert came == []


def test_escape_empties_the_filters_and_then_leads_home(listing):
    listing.do("choose_item", CERTIFICATE)
    listing.do("search", "林")
    listing.do("escape")
    assert (listing.state.wanted.item, listing.state.wanted.text) == ("", "")
    listing.do("escape")
    assert [name for name, *_values in listing.navigator.went] == ["notify", "home"]


def test_an_emptied_filter_comes_back_with_one_key(listing):
    listing.do("search", "林")
    listing.do("choose_period", "month")
    listing.do("escape")
    undo = listing.navigator.went[-1][-1]
    undo()
    listing.runner.work()
    assert (listing.state.wanted.text, listing.state.period) == ("林", "month")


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


# --- filters, saved searches, files ----------------------------------------------------------------------------


def test_filters_add_up_and_escape_empties_them(listing, cases):
    listing.do("choose_department", "示范县民政局")
    assert listing.rows() == [cases[1].number]
    listing.do("choose_clerk", "nobody")
    assert listing.state.count == 0
    listing.do("escape")
    assert (listing.state.count, listing.state.wanted.department, listing.state.wanted.clerk) == (2, "", "")


def test_what_can_be_filtered_by_is_offered(listing):
    assert (CLERK.login, CLERK.name) in listing.state.choices.clerks
    assert "示范县民政局" in dict(listing.state.choices.departments)


@pytest.mark.parametrize(("period", "count"), [("today", 2), ("yesterday", 0), ("month", 2), ("last_month", 0)])
def test_a_period_follows_the_calendar(listing, period, count):
    listing.do("choose_period", period)
    assert listing.state.count == count


def test_chosen_days_are_typed_and_told_when_they_are_wrong(listing):
    listing.do("choose_period", "chosen")
    listing.do("choose_days", "2026-05-01", "2026-05-17")
    assert (listing.state.count, listing.state.days_problem) == (0, "")
    listing.do("choose_days", "2026-05-32", "")
    assert listing.state.days_problem
    listing.do("choose_days", "2026-05-18", "2026-05-01")
    assert listing.state.days_problem
    listing.do("choose_days", "2026-05-18", "")
    assert (listing.state.count, listing.state.days_problem) == (2, "")


def test_a_search_is_saved_and_found_again(listing):
    listing.do("choose_item", CERTIFICATE)
    listing.do("save_search", "居住证明")
    listing.do("start", CaseScope.ALL)
    assert (listing.state.search, listing.state.count) == ("", 2)
    listing.do("apply_search", "居住证明")
    assert (listing.state.search, listing.state.wanted.item) == ("居住证明", CERTIFICATE)


def test_a_saved_search_that_was_deleted_or_renamed_comes_back(listing):
    listing.do("save_search", "居住证明")
    for act in (("delete_search", "居住证明"), ("rename_search", "居住证明", "另一个")):
        listing.do(*act)
        assert [one.name for one in listing.state.searches] != ["居住证明"]
        name, _words, _act, undo = listing.navigator.went[-1]
        assert name == "notify"
        undo()
        assert [one.name for one in listing.state.searches] == ["居住证明"]


def test_a_search_without_a_name_is_not_saved(listing):
    listing.do("save_search", "  ")
    assert listing.state.searches == ()


def test_the_filtered_list_is_written_to_the_file_that_was_named(listing, tmp_path):
    listing.outlet.target = tmp_path / "a.xlsx"
    listing.do("choose_item", CERTIFICATE)
    listing.do("exporting.open")
    listing.do("exporting.save")
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"
    assert "1 件" in listing.navigator.went[-1][1]


def test_whole_names_need_a_purpose(listing, tmp_path):
    listing.outlet.target = tmp_path / "a.csv"
    listing.do("exporting.open")
    listing.do("exporting.edit", is_whole=True, purpose=" ")
    listing.do("exporting.save")
    assert listing.state.export.problem
    assert not (tmp_path / "a.csv").exists()
    listing.do("exporting.edit", is_whole=True, purpose="年度检查")
    listing.do("exporting.save")
    assert PERSON.id_number in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_the_list_is_printed_as_a_paper(listing):
    listing.do("exporting.open")
    listing.do("exporting.make_paper")
    ((_name, pdf),) = listing.outlet.opened
    assert pdf[:5] == b"%PDF-"


def test_a_file_that_cannot_be_written_is_told_and_can_be_tried_again(listing, tmp_path):
    listing.outlet.target = tmp_path / "none" / "a.xlsx"
    listing.do("exporting.open")
    listing.do("exporting.save")
    assert len(listing.navigator.errors) == 1
    assert not listing.state.export.is_busy


def test_what_lies_between_stations_is_shown_where_there_are_others(counter, cases):
    assert not Listing(counter).state.has_others
    with counter.intake._store.write() as uow:
        uow.directory.replace([KnownStation("000732", "云溪镇")])
        uow.commit()
    assert Listing(counter).state.has_others


def test_marks_are_shown_at_a_counter_that_has_a_centre(counter, cases):
    assert not Listing(counter).state.has_centre
    assert Listing(at_a_centre(counter)).state.has_centre


def test_who_holds_a_case_is_named(counter, cases):
    counter.custody.hand_over(cases[0].number, CLERK, "000732", "云溪镇", HandOverPurpose.REVIEW, "超出权限")
    listing = Listing(counter)
    listing.do("choose_scope", CaseScope.ELSEWHERE)
    listing.do("choose", cases[0].number)
    assert listing.rows() == [cases[0].number]
    assert listing.state.chosen.holder_name == "云溪镇"
