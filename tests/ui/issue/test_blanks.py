"""Certificates on blank forms, from the room after acceptance: the next number, one key, and what is said afterwards."""

import pytest
from PySide6.QtCore import Qt

from app.demonstration import CLERK
from app.domain.blanks import BlankState
from app.domain.operators import Operator, Role
from app.domain.paper import PaperKind, PaperState
from app.services.errors import PrinterTrouble
from tests.papers.samples import text_of
from tests.printing.counters import choose, with_printers
from tests.services.said_papers import homestead
from tests.ui.hands import CTRL, press
from tests.ui.opened import Folder
from tests.ui.test_printing import Issuing

FORM = "农村宅基地批准书用纸"
SECOND = Operator("second", "邓复核", (Role.SUPERVISOR,))


@pytest.fixture
def office(counter):
    made = with_printers(counter)
    choose(made)
    return made


@pytest.fixture
def issuing(office):
    made = Issuing(office)
    made.open(office.issuance.issue(homestead(office).number, CLERK).number)
    return made


def stock(counter):
    counter.blanks.receive(CLERK, FORM, "A0001", "A0005", "县自然资源局")


def certificate(issuing):
    return next(row for row in issuing.state.papers if row.kind is PaperKind.CERTIFICATE)


def reopen(issuing):
    issuing.open(issuing.state.case.number)


def test_one_key_prints_onto_the_next_blank_and_the_clerk_looks_at_its_number(office, issuing):
    stock(office)
    reopen(issuing)
    assert issuing.state.blank.number == "A0001"
    issuing.presenter.print_onto_blank()
    issuing.presenter.print_onto_blank()
    issuing.work()
    (job,) = office.printing.printers.jobs.values()
    assert "户主姓名" not in text_of(job.pdf, 0)
    assert (issuing.state.blank, certificate(issuing).state) == (None, PaperState.SENT)
    assert issuing.navigator.went[-1] == ("notify", "已送去打印，看看号码对不对")
    issuing.presenter.confirm_print()
    issuing.work()
    assert (certificate(issuing).state, issuing.state.blank) == (PaperState.PRINTED, None)
    assert office.blanks.held_by(certificate(issuing).number) == "A0001"


def test_a_spoiled_one_leads_to_where_its_blank_becomes_void(office, issuing):
    stock(office)
    reopen(issuing)
    issuing.presenter.print_onto_blank()
    issuing.work()
    issuing.presenter.print_again()
    assert issuing.navigator.went[-1] == ("print_onto_blank", certificate(issuing))


def test_what_goes_onto_a_blank_is_not_printed_with_the_plain_papers(office, issuing):
    stock(office)
    reopen(issuing)
    issuing.presenter.print_papers()
    issuing.work()
    assert certificate(issuing).state is PaperState.TO_PRINT
    issuing.presenter.confirm_print()
    issuing.work()
    issuing.presenter.print_papers()
    assert issuing.navigator.went[-1] == ("notify", "剩下的印在空白凭证上，请用“套打”")


def test_without_any_blank_it_is_printed_whole_and_the_key_does_nothing(office, issuing):
    assert (issuing.state.blank.form, issuing.state.blank.number) == (FORM, "")
    issuing.presenter.print_onto_blank()
    issuing.presenter.print_papers()
    issuing.work()
    assert certificate(issuing).state is PaperState.SENT


def test_a_blank_of_which_the_printer_made_nothing_is_taken_again(office, issuing):
    stock(office)
    reopen(issuing)
    office.printing.printers.suffer(PrinterTrouble.PAUSED)
    issuing.presenter.print_onto_blank()
    issuing.work()
    (job,) = office.printing.printers.jobs
    office.printing.printers.cancel(job)
    office.printing.look()
    reopen(issuing)
    assert (issuing.state.blank.number, certificate(issuing).state) == ("A0001", PaperState.TO_PRINT)
    office.blanks.give_back(CLERK, FORM, "A0002", "A0005", "用不完", SECOND)
    assert office.overlays.with_blanks(issuing.state.papers) == {certificate(issuing).number}


def test_an_error_leaves_the_blank_unused_and_the_key_alive(office, issuing):
    stock(office)
    reopen(issuing)
    office.printing.printers.suffer(PrinterTrouble.REJECTING)
    issuing.presenter.print_onto_blank()
    issuing.runner.work()
    (error,) = issuing.navigator.errors
    assert error.trouble is PrinterTrouble.REJECTING
    office.printing.printers.suffer(None)
    issuing.navigator.errors.clear()
    issuing.presenter.print_onto_blank()
    issuing.work()
    assert office.blanks.next(FORM) == "A0002"


def test_another_number_and_a_spoiled_blank_are_told_on_the_page_of_the_case_which_leads_back(
    window, counter, monkeypatch
):
    monkeypatch.setattr(Folder, "opened", [])
    stock(counter)
    number = counter.issuance.issue(homestead(counter).number, CLERK).number
    window.open_issue(number)
    window.idle()
    press(Qt.Key.Key_B, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert window.current_name == "CaseRoom"
    press(Qt.Key.Key_Escape)
    assert window.current_name == "IssueRoom"
    press(Qt.Key.Key_B, CTRL)
    window.idle()
    press(Qt.Key.Key_R, CTRL)
    window.idle()
    forms = window.built.case.forms
    assert (window.current_name, forms.state.filled.value("number")) == ("CaseRoom", "A0002")
    forms.edit("spoiled", "卡纸")
    form = forms._form
    forms._do(SECOND)
    window.idle()
    assert (window.current_name, forms.is_open) == ("IssueRoom", False)
    assert [blank.state for blank in counter.blanks.of_paper(form.about.number)] == [
        BlankState.SPOILED,
        BlankState.USED,
    ]
    assert window.built.issue.state.blank is None
