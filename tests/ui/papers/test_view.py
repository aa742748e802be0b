"""The screen of all papers: its rows, its keys, and the ways from it and back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.demonstration import CLERK
from app.domain.paper import PaperKind
from app.domain.people import Agent, Person
from app.services.listed_papers import PaperScope
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.support import COMMITTED, accepted, filled, handed_over_certificate
from tests.ui.case.test_presenter import Outlet
from tests.ui.windows import shown_in_window
from ui.navigation import Session
from ui.papers.presenter import PapersPresenter
from ui.papers.view import PapersRoom
from ui.surroundings import Surroundings


class Opened:
    """The room over a real counter; answers come when the window would handle them."""

    def __init__(self, counter, qtbot):
        self.navigator, self.room, self.outlet = WrittenNavigator(), PapersRoom(), Outlet()
        self.runner = PatientRunner()
        around = Surroundings(counter, Session(CLERK), self.runner, self.navigator)
        self.presenter = PapersPresenter(around, self.room, self.outlet)
        self.room.connect_to(self.presenter)
        self.window = shown_in_window(self.room, qtbot)
        self.do("start", PaperScope.ALL)

    def do(self, act, *values):
        getattr(self.presenter, act)(*values)
        self.settle()

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.window.focusWidget(), key, modifier)
        self.settle()

    def settle(self):
        for _answer in range(4):  # the overview, the rows, the chosen paper, and what was asked of that
            self.runner.work()

    @property
    def table(self):
        return self.room._table


@pytest.fixture
def certificate(counter):
    return handed_over_certificate(counter)


@pytest.fixture
def papers(counter, certificate, qtbot):
    return Opened(counter, qtbot)


def test_the_first_row_is_chosen_and_shown_beside_the_list(papers):
    assert papers.table.currentIndex().row() == 0
    assert papers.presenter.state.chosen.paper.number == papers.table.current_key()


def test_a_row_tells_state_number_name_and_masked_holder(papers, certificate):
    papers.do("choose_sort", "certificate/")
    cells = papers.room._model.row(0).cells
    assert cells[:5] == ("已打印", certificate.number, "林**", "居住证明", "2026-05-18")
    assert cells[6] == CLERK.name


def test_enter_opens_the_case_at_the_paper(papers):
    papers.press(Qt.Key.Key_Down)
    papers.press(Qt.Key.Key_Return)
    ((name, paper),) = papers.navigator.went
    assert (name, paper.number) == ("open_case_of", papers.table.current_key())


def test_keys_open_the_paper_and_print_it_again(papers, certificate):
    papers.do("choose_sort", "certificate/")
    papers.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert [name for name, _pdf in papers.outlet.opened] == [certificate.number]
    papers.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert [name for name, *_values in papers.navigator.went] == ["open_case_of"]


def test_an_empty_list_says_why_and_takes_every_key(papers):
    papers.do("search", "没有这个人")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown):
        QTest.keyClick(papers.room, key)
    assert not papers.room._empty.isHidden()
    papers.press(Qt.Key.Key_Escape)
    assert papers.table.model().rowCount() > 0


def test_parts_that_have_nothing_are_left_out_where_they_are_rare(papers):
    chips = papers.room._filters._chips._buttons
    assert chips[PaperScope.TO_RECALL].isHidden()
    assert not chips[PaperScope.VOIDED].isHidden()


# --- in the window -------------------------------------------------------------------------------------------------


def test_f6_leads_to_the_papers_from_the_counter_and_from_the_cases(window):
    for go in (window.home, window.open_desk):
        go()
        window.idle()
        QTest.keyClick(window._window, Qt.Key.Key_F6)
        assert window.current_name == "PapersRoom"


def test_from_a_case_the_way_leads_back_to_the_papers_and_then_to_the_cases(window, counter):
    case = accepted(counter)
    paper = counter.papers.of_case(case.number)[-1]
    for go in (window.open_desk, window.open_papers, lambda: window.open_case_of(paper)):
        go()
        window.idle()
    assert window.current_name == "CaseRoom"
    assert paper.number in window._window.focusWidget().accessibleName()
    shown = []
    for _step in range(3):
        window.back()
        window.idle()
        shown.append(window.current_name)
    assert shown == ["PapersRoom", "DeskRoom", "CounterRoom"]


def test_a_print_from_the_list_asks_why_on_the_page_of_the_case(window, counter, certificate):
    window.open_papers()
    window.open_case_of(certificate, reprint=True)
    assert window.built.case.forms.is_open
    window.built.case.leave()
    window.built.case.leave()
    window.idle()
    assert window.current_name == "PapersRoom"


def test_the_board_leads_to_what_waits_for_a_printer(window, counter):
    accepted(counter)
    window.home()
    window.idle()
    window.built.counter_room.papers_asked.emit(PaperScope.TO_PRINT)
    window.idle()
    assert window.built.papers.state.wanted.scope is PaperScope.TO_PRINT
    assert window.built.papers.state.count == 2


def test_the_ledger_of_mandates_is_what_a_chosen_kind_is_exported_as(window, counter, tmp_path, monkeypatch):
    agent = Agent(Person("王知远", "519900198501010332"), relation="同事", scope="领取结果")
    draft = filled(counter, COMMITTED)
    draft = replace(draft, application=replace(draft.application, agent=agent))
    paper = counter.forms.prepare(PaperKind.MANDATE, draft, counter.catalogue.item(COMMITTED), CLERK)
    names = []
    outlet = window.built.papers.exporting._outlet
    monkeypatch.setattr(outlet, "choose_target", lambda name, _kinds: names.append(name) or tmp_path / "a.csv")
    window.open_papers()
    window.idle()
    window.built.papers_room._filters.sort_chosen.emit("mandate/")
    window.idle()
    QTest.keyClick(window._window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "委托书台账" in window.built.papers_room._export._about.text()
    QTest.keyClick(window._window, Qt.Key.Key_F9)
    window.idle()
    assert names[0].startswith("委托书台账 ")
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert f"{paper.number},委托书," in text
    assert "领取结果" in text
    assert "王知远" not in text
