"""What the list of papers decides, without Qt."""

from operator import attrgetter

import pytest

from app.demonstration import CLERK, SUPERVISOR
from app.domain.numbering import grouped
from app.domain.paper import PaperKind
from app.services.errors import DamagedStore, StoreBusy
from app.services.listed_papers import Behind, PaperScope
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.support import COMMITTED, PERSON, accepted, handed_over_certificate
from tests.ui.case.test_presenter import Outlet
from ui.navigation import Session
from ui.papers.presenter import PapersPresenter
from ui.papers.words import sort_value
from ui.surroundings import Surroundings


class Screen:
    """A screen that keeps what it was told to show, and asks for rows when it is told to."""

    def render(self, state, load):
        self.state, self.load = state, load


class Listing:
    """A presenter with all that it talks to."""

    def __init__(self, counter, scope=PaperScope.ALL):
        self.runner, self.navigator, self.screen = PatientRunner(), WrittenNavigator(), Screen()
        self.outlet = Outlet()
        around = Surroundings(counter, Session(CLERK), self.runner, self.navigator)
        self.presenter = PapersPresenter(around, self.screen, self.outlet)
        self.presenter.start(scope)
        self.runner.work()

    @property
    def state(self):
        return self.screen.state

    def rows(self, offset=0, limit=100):
        came = []
        self.screen.load(offset, limit, came.extend)
        self.runner.work()
        return [one.paper.number for one in came]

    def do(self, act, *values, **named):
        attrgetter(act)(self.presenter)(*values, **named)
        self.runner.work()


@pytest.fixture
def certificate(counter):
    """A certificate that was handed over, printed; beside it a case that goes on."""
    made = handed_over_certificate(counter)
    accepted(counter, COMMITTED)
    return made


@pytest.fixture
def listing(counter, certificate):
    return Listing(counter)


def broken(error):
    def fail(*_values):
        raise error

    return fail


def test_nothing_is_read_on_the_thread_of_the_window(counter, certificate, monkeypatch):
    listing = Listing(counter)
    for name in ("overview", "page", "find"):
        monkeypatch.setattr(counter.paper_lists, name, broken(AssertionError(name)))
    listing.presenter.start(PaperScope.ALL)
    listing.presenter.choose(certificate.number)
    listing.screen.load(0, 100, list)
    assert listing.state.is_searching


def test_rows_come_by_page_each_behind_the_one_before(counter, listing, monkeypatch):
    whole = listing.rows()
    assert len(whole) == listing.state.count > 4
    asked = []
    read = counter.paper_lists.page
    monkeypatch.setattr(
        counter.paper_lists, "page", lambda wanted, behind, limit: asked.append(behind) or read(wanted, behind, limit)
    )
    listing.do("refresh")
    assert [*listing.rows(0, 2), *listing.rows(2, 2)] == whole[:4]
    assert listing.rows(len(whole) - 1, 2) == whole[-1:]
    assert asked == [Behind(), Behind(whole[1]), Behind(whole[3], len(whole) - 5)]


def test_part_sort_text_clerk_and_day_narrow_the_list(listing, certificate):
    listing.do("choose_sort", sort_value(PaperKind.CERTIFICATE, certificate.template))
    assert listing.rows() == [certificate.number]
    listing.do("choose_sort", "")
    listing.do("search", certificate.number[-7:])
    assert certificate.number in listing.rows()
    listing.do("search", "没有这个人")
    assert (listing.state.count, listing.rows()) == (0, [])
    listing.do("search", "")
    listing.do("choose_clerk", "nobody")
    assert listing.state.count == 0
    listing.do("choose_clerk", CLERK.login)
    listing.do("choose_period", "yesterday")
    assert listing.state.count == 0
    listing.do("choose_period", "today")
    assert listing.state.count > 0
    listing.do("choose_scope", "revoked")
    assert listing.state.count == 0


def test_sorts_are_offered_whatever_is_chosen(listing, certificate):
    before = listing.state.overview.sorts
    listing.do("choose_sort", sort_value(PaperKind.CERTIFICATE, ""))
    assert listing.state.overview.sorts == before
    assert (PaperKind.CERTIFICATE, certificate.template) in [(sort.kind, sort.template) for sort in before]


def test_how_soon_a_certificate_runs_out_is_chosen(listing):
    listing.do("choose_soon", "7")
    listing.do("choose_scope", "expiring")
    assert (listing.state.wanted.soon_days, listing.state.wanted.scope) == (7, PaperScope.EXPIRING)
    listing.do("choose_soon", "")
    assert listing.state.wanted.soon_days == 7


def test_chosen_days_are_typed_and_told_when_they_are_wrong(listing):
    listing.do("choose_period", "chosen")
    listing.do("choose_days", "2026-05-01", "2026-05-17")
    assert (listing.state.count, listing.state.days_problem) == (0, "")
    listing.do("choose_days", "2026-05-32", "")
    assert listing.state.days_problem
    listing.do("choose_days", "2026-05-18", "")
    assert (listing.state.count > 0, listing.state.days_problem) == (True, "")


def test_escape_empties_the_filters_and_then_leads_back(listing):
    listing.do("search", "林")
    listing.do("choose_sort", sort_value(PaperKind.CERTIFICATE, ""))
    listing.do("escape")
    assert (listing.state.wanted.text, listing.state.wanted.kind) == ("", None)
    *_others, (_name, _words, _act, undo) = listing.navigator.went
    undo()
    listing.runner.work()
    assert (listing.state.wanted.text, listing.state.wanted.kind) == ("林", PaperKind.CERTIFICATE)
    listing.do("escape")
    listing.do("escape")
    assert listing.navigator.went[-1] == ("back",)


def test_an_answer_for_an_older_filter_or_list_is_dropped(listing):
    listing.presenter.search("没有这个人")
    listing.presenter.search("林")
    listing.runner.work()
    assert (listing.state.wanted.text, listing.state.count > 0) == ("林", True)
    came = []
    listing.screen.load(0, 100, came.extend)
    listing.presenter.show(round=listing.state.round + 1)
    listing.runner.work()
    assert came == []


def test_reading_again_keeps_filter_place_and_the_chosen_paper(counter, listing, certificate):
    listing.do("choose", certificate.number)
    count = listing.state.count
    accepted(counter)
    listing.do("refresh")
    assert (listing.state.keeps_place, listing.state.chosen.paper.number) == (True, certificate.number)
    assert listing.state.count > count


def test_only_the_last_of_many_chosen_papers_is_shown(listing, certificate):
    first, second, *_more = listing.rows()
    listing.presenter.choose(first)
    listing.presenter.choose(second)
    listing.runner.work()
    assert listing.state.chosen.paper.number == second


@pytest.mark.parametrize("written", [str, grouped])
def test_a_scanned_case_number_opens_its_case(listing, certificate, written):
    listing.do("take", written(certificate.case_number))
    assert listing.navigator.went == [("open_case", certificate.case_number)]


def test_enter_searches_at_once(listing):
    listing.do("take", "没有这个人")
    assert (listing.state.count, listing.navigator.went) == (0, [])


def test_a_paper_opens_its_case_at_the_paper(listing, certificate):
    listing.do("open", certificate.number)
    ((name, paper),) = listing.navigator.went
    assert (name, paper.number) == ("open_case_of", certificate.number)


def test_a_paper_without_a_case_opens_itself(counter, listing):
    report = counter.days.close(counter.desk.now().date(), CLERK, SUPERVISOR)
    listing.do("open", report.text)
    listing.runner.work()
    ((name, pdf),) = listing.outlet.opened
    assert (name, pdf[:5]) == (report.text, b"%PDF-")
    listing.do("choose", report.text)
    assert not listing.state.can_reprint


def test_the_pdf_of_a_paper_opens(listing, certificate):
    listing.do("open_pdf", certificate.number)
    ((name, pdf),) = listing.outlet.opened
    assert (name, pdf[:5]) == (certificate.number, b"%PDF-")


def test_only_what_came_out_of_a_printer_here_is_printed_again(counter, listing, certificate):
    listing.do("choose", certificate.number)
    assert listing.state.can_reprint
    listing.do("reprint")
    ((name, paper, how),) = listing.navigator.went
    assert (name, paper.number, how) == ("open_case_of", certificate.number, ("reprint", True))
    listing.do("choose_scope", "to_print")
    for number in listing.rows():
        listing.do("choose", number)
        assert not listing.state.can_reprint
    listing.do("reprint")
    assert len(listing.navigator.went) == 1


def test_the_list_is_written_to_the_file_that_was_named(listing, certificate, tmp_path):
    listing.outlet.target = tmp_path / "a.csv"
    listing.do("choose_sort", sort_value(PaperKind.CERTIFICATE, ""))
    listing.do("exporting.open")
    listing.do("exporting.save")
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert certificate.number in text
    assert PERSON.name not in text
    assert "1 份" in listing.navigator.went[-1][1]


def test_whole_names_need_a_purpose(listing, tmp_path):
    listing.outlet.target = tmp_path / "a.csv"
    listing.do("exporting.open")
    listing.do("exporting.edit", is_whole=True, purpose=" ")
    listing.do("exporting.save")
    assert listing.state.export.problem
    assert not (tmp_path / "a.csv").exists()
    listing.do("escape")
    assert listing.state.panel == "paper"


def test_what_cannot_be_read_is_told_and_waits_no_more(counter, listing, monkeypatch):
    monkeypatch.setattr(counter.paper_lists, "overview", broken(StoreBusy()))
    listing.do("refresh")
    assert not listing.state.is_searching
    monkeypatch.setattr(counter.paper_lists, "page", broken(DamagedStore()))
    assert listing.rows() == []
    listing.do("choose", "no such paper")
    assert len(listing.navigator.errors) == 3
    assert listing.state.chosen is None
