"""A stack of mixed papers at the desk: it sorts itself, what is left is told, and everything can be undone."""

import pytest

from app.demonstration import CLERK
from app.domain.separators import CaseSeparator, MaterialSeparator, written
from app.services.ports.page_cleaning import FoundCode
from app.services.ports.scanning import Feeding
from app.services.stacks import COMING, STACK, STACK_FORM
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.support import COMMITTED
from tests.ui.case.test_forms import begin, received
from tests.ui.case.test_presenter import Opened, Outlet, Place
from tests.ui.scans import scans_of, with_scanner
from ui.case.act_kinds import CaseAct
from ui.navigation import Session
from ui.stack.form import TO
from ui.stack.presenter import StackPresenter
from ui.surroundings import Surroundings

HEAD, SHEET, A, B, C = b"sheet of the case", b"sheet of a material", b"page a", b"page b", b"page c"


class Room:
    def __init__(self):
        self.form_view = Place()

    def render_afresh(self):
        """Build nothing."""


class Table:
    def __init__(self, counter):
        self.counter, self.runner, self.navigator = counter, PatientRunner(), WrittenNavigator()
        self.scans = scans_of(counter, self.runner, self.navigator)
        self.presenter = StackPresenter(
            Surroundings(counter, Session(CLERK), self.runner, self.navigator), Room(), Outlet(), self.scans
        )
        self.presenter.open()

    def work(self, rounds=9):
        for _ in range(rounds):
            self.runner.work()
            self.scans.tick()
        return self

    def scan(self):
        self.presenter.forms.pages.scan(COMING)
        return self.work()

    @property
    def lines(self):
        return [(line.name, line.why) for line in self.presenter.forms.state.handed]


@pytest.fixture
def asked(counter):
    """A case that waits for two of its materials, and their codes."""
    codes = [one.code for one in counter.catalogue.item(COMMITTED).materials][:2]
    case = received(counter, *codes)
    defects = counter.acceptance.suggested_defects(case, counter.catalogue.item(COMMITTED))
    return counter.acceptance.ask_supplement(case.number, CLERK, defects, None), codes


@pytest.fixture
def laid(counter, asked):
    case, codes = asked

    def lay(*feeder):
        sheets = {HEAD: CaseSeparator(case.number), SHEET: MaterialSeparator(COMMITTED, codes[1])}
        found = {sheet: ((), [FoundCode("QRCode", written(code))]) for sheet, code in sheets.items()}
        with_it = with_scanner(counter, *feeder, found=found)
        with_it.devices.keep(feeding=Feeding.FEEDER)
        return Table(with_it)

    return lay


def kept(counter, case):
    found = counter.form_drafts.find(case.number, "TakeInSupplementForm")
    return {code: len(one["pages"]) for code, one in found.filled["handed"].items()} if found else {}


def test_a_stack_sorts_itself_and_what_is_left_is_told(laid, asked, counter):
    case, codes = asked
    table = laid(A, HEAD, SHEET, B, C).scan()
    assert kept(counter, case) == {codes[1]: 2}
    assert table.lines == [("扫进来的纸", "按 F10 扫描"), ("1 页", "前面没有办件的分隔页")]
    assert table.navigator.went[-1][1] == "2 页放进了 1 件办件，到各件去收下"
    later = Table(counter).work()
    assert len(later.lines) == 2
    assert counter.stacks.count() == 1


def test_sorting_is_undone_and_is_not_done_again(laid, asked, counter):
    case, _codes = asked
    table = laid(HEAD, SHEET, B).scan()
    table.navigator.went[-1][-1]()
    table.work()
    table.presenter.open()
    table.work()
    assert (kept(counter, case), counter.stacks.count()) == ({}, 3)


def test_a_form_of_the_case_that_lies_open_shows_what_came_and_loses_nothing(laid, asked, counter):
    case, codes = asked
    table = laid(HEAD, SHEET, B)
    opened = Opened(counter)
    opened.presenter.forms.pages._scans = table.scans
    table.scans.follow(opened.presenter.forms.pages.look_at_scans)
    forms = begin(opened, case, CaseAct.TAKE_IN_SUPPLEMENT)
    forms.set_count(codes[0], 1, 0)
    table.scan()
    assert len(forms.state.filled.handed[codes[1]].pages) == 1
    forms.save_now()
    undo = table.navigator.went[-1][-1]
    undo()
    table.work()
    assert forms.state.filled.handed[codes[1]].pages == ()
    forms.save_now()
    assert kept(counter, case) == {codes[0]: 0, codes[1]: 0}
    assert counter.stacks.count() == 3


def test_a_clerk_puts_what_is_left_where_it_belongs(laid, asked, counter):
    case, codes = asked
    table = laid(A).scan()
    forms = table.presenter.forms
    forms.submit()
    assert forms.state.problems["handed"] == "先选这些纸放进哪一件"
    (field,) = forms.state.fields
    assert field.code.startswith(TO)
    forms.edit(field.code, next(code for code, _words in field.choices if code.endswith(codes[0])))
    forms.submit()
    table.work()
    assert (kept(counter, case), counter.stacks.count()) == ({codes[0]: 1}, 0)
    assert len(table.lines) == 1
    forms.edit("to.nothing", "x")
    forms.save_now()
    assert counter.stacks.count() == 0


def test_a_page_that_was_removed_comes_back_with_one_key(laid, counter):
    table = laid(A).scan()
    pages = table.presenter.forms.pages
    (line,) = [line.code for line in table.presenter.forms.state.handed if line.code != COMING]
    pages.remove(line, 0)
    table.presenter.forms.save_now()
    assert counter.stacks.count() == 0
    table.navigator.went[-1][-1]()
    table.presenter.forms.save_now()
    assert counter.stacks.count() == 1


def test_a_failure_is_told_and_loses_nothing(laid, counter, monkeypatch):
    table = laid(A, B)
    monkeypatch.setattr(type(counter.stacks), "sort", lambda _self: 1 / 0)
    table.scan()
    assert len([error for error in table.navigator.errors if isinstance(error, ZeroDivisionError)]) == 1
    assert counter.stacks.count() == 2
    assert counter.form_drafts.begun(STACK) == {STACK_FORM}
