"""Papers on the page of a case and after acceptance: printed, spoiled, printed again, void."""

from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.case import CaseState
from app.domain.operators import Operator, Role
from app.domain.outcomes import Result
from app.domain.paper import PaperKind, PaperState
from app.services.errors import PrinterTrouble
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.printing.counters import choose, with_printers
from tests.support import COMMITTED, accepted
from tests.ui.case.test_presenter import Opened, Outlet
from ui.case.forms.papers import ReprintForm
from ui.forms.form import Filled
from ui.issue.presenter import IssuePresenter
from ui.navigation import Session
from ui.paper_titles import print_words
from ui.printing import Done
from ui.surroundings import Surroundings

SUPERVISOR = Operator("ouwanqing", "欧晚晴", (Role.SUPERVISOR,))


class Screen:
    paper_width_px = 300

    def render(self, state):
        self.state = state

    def focus_next(self):
        pass


class Issuing:
    """The room after acceptance with all that its presenter talks to."""

    def __init__(self, counter):
        self.runner, self.navigator, self.screen, self.outlet = PatientRunner(), WrittenNavigator(), Screen(), Outlet()
        self.presenter = IssuePresenter(
            Surroundings(counter, Session(CLERK), self.runner, self.navigator), self.screen, self.outlet
        )

    @property
    def state(self):
        return self.screen.state

    def work(self):
        self.runner.work()
        self.runner.work()
        assert not self.navigator.errors

    def open(self, number):
        self.presenter.open(number)
        self.work()


@pytest.fixture
def opened(counter):
    return Opened(counter)


@pytest.fixture
def issuing(counter):
    return Issuing(counter)


def said(opened):
    return [print_words(paper)[1] for paper in opened.state.file.papers]


def decided(counter, result=Result.GRANTED):
    case = accepted(counter, COMMITTED)
    return counter.review.decide(case.number, CLERK, result, decided_by="欧镇长", reason="不符", basis="第九条")


def test_papers_are_printed_and_the_clerk_says_that_they_came_out(counter, opened):
    opened.open(accepted(counter))
    assert said(opened) == ["待打印", "待打印"]
    opened.presenter.printing.send(opened.state.file.papers)
    opened.runner.work()
    assert [number for number, _pdf in opened.outlet.opened] == [p.number for p in opened.state.file.papers]
    assert said(opened) == ["打好了吗", "打好了吗"]
    opened.presenter.printing.confirm(opened.state.file.papers)
    opened.runner.work()
    assert said(opened) == ["已打印", "已打印"]


def test_a_spoiled_print_is_printed_again_and_is_no_reprint(counter, opened):
    opened.open(accepted(counter))
    receipt = opened.state.file.papers[:1]
    opened.presenter.printing.send(receipt)
    opened.runner.work()
    opened.presenter.printing.spoil(receipt)
    opened.runner.work()
    opened.runner.work()
    assert len(opened.outlet.opened) == 2
    assert opened.outlet.opened[0] == opened.outlet.opened[1]


def test_one_of_several_papers_is_printed_again_and_the_others_still_wait(counter, issuing):
    issuing.open(accepted(counter).number)
    issuing.presenter.print_papers()
    issuing.work()
    issuing.presenter.choose_paper(1)
    issuing.work()
    notice = issuing.state.papers[1]
    issuing.presenter.print_again()
    issuing.work()
    assert [number for number, _pdf in issuing.outlet.opened[2:]] == [notice.number]
    issuing.presenter.print_all_again()
    issuing.work()
    assert len(issuing.outlet.opened) == 5


def test_a_reprint_asks_why_and_says_that_it_is_one(counter, opened):
    opened.open(accepted(counter))
    paper = opened.state.file.papers[0]
    counter.papers.to_print(paper, CLERK)
    counter.papers.confirm(paper, CLERK)
    opened.presenter.reprint(paper)
    opened.presenter.forms.submit()
    assert opened.presenter.forms.state.problems == {"reason": "请填写原因"}
    opened.presenter.forms.edit("reason", "申请人遗失")
    opened.presenter.forms.submit()
    opened.runner.work()
    counter.papers.confirm(paper, CLERK)
    opened.presenter.reread()
    assert said(opened)[0] == "补打第 1 次"
    assert opened.outlet.opened[-1][0] == paper.number


def test_a_void_certificate_is_issued_anew(counter, opened, issuing):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    opened.open(case)
    certificate = opened.state.file.papers[-1]
    opened.presenter.void_paper(certificate)
    opened.presenter.forms.edit("reason", "内容有误")
    opened.presenter.forms.submit()
    _asked, what, then = opened.navigator.went[-1]
    assert certificate.number in what
    then(SUPERVISOR)
    opened.runner.work()
    assert said(opened)[-1] == "已作废"
    issuing.open(case.number)
    assert issuing.state.step == "issue"
    issuing.presenter.go_on()
    issuing.work()
    assert issuing.state.case.certificate.replaces == certificate.number


def test_a_refusal_is_served_with_a_receipt(counter, issuing):
    issuing.open(decided(counter, Result.REFUSED).number)
    assert issuing.state.step == "deliver"
    issuing.presenter.go_on()
    issuing.work()
    assert issuing.state.case.state is CaseState.DELIVERED
    assert issuing.state.papers[-1].kind is PaperKind.SERVICE_RECEIPT


def test_the_applicant_gets_one_slip_to_collect_the_result_with(counter, issuing):
    issuing.open(decided(counter).number)
    assert issuing.state.may_have_slip
    issuing.presenter.make_slip()
    issuing.work()
    assert issuing.state.papers[-1].kind is PaperKind.COLLECTION_SLIP
    assert not issuing.state.may_have_slip


def test_everything_that_waits_is_printed_at_once_after_acceptance(counter, issuing):
    issuing.open(accepted(counter).number)
    issuing.presenter.print_papers()
    issuing.work()
    assert {paper.state for paper in issuing.state.papers} == {PaperState.SENT}
    issuing.presenter.confirm_print()
    issuing.work()
    issuing.presenter.print_papers()
    assert issuing.navigator.went[-1] == ("notify", "都打印过了；补打请到办件页，写明原因")


def test_a_case_that_was_only_taken_in_waits_for_the_page_of_the_case(counter, issuing):
    issuing.open(accepted(counter, COMMITTED).number)
    assert issuing.state.step == "next"


# --- printers that were chosen ------------------------------------------------------------------------------------


@pytest.fixture
def office(counter):
    made = with_printers(counter)
    choose(made)
    return made


def test_a_printer_that_was_chosen_prints_without_the_systems_viewer(office):
    opened = Opened(office)
    opened.open(accepted(office))
    opened.presenter.printing.send(opened.state.file.papers)
    opened.presenter.printing.send(opened.state.file.papers)
    opened.runner.work()
    assert opened.outlet.opened == []
    assert len(office.printing.printers.came_out()) == len(opened.state.file.papers)
    assert said(opened) == ["打好了吗", "打好了吗"]
    assert [name for name, *_ in opened.navigator.went].count("follow_prints") == 1


def test_what_could_not_be_sent_is_reported_and_still_says_that_it_waits(office):
    opened = Opened(office)
    opened.open(accepted(office))
    office.printing.printers.suffer(PrinterTrouble.REJECTING)
    opened.presenter.printing.send(opened.state.file.papers)
    opened.runner.work()
    (error,) = opened.navigator.errors
    assert error.trouble is PrinterTrouble.REJECTING
    assert said(opened) == ["待打印", "待打印"]
    opened.navigator.errors.clear()
    office.printing.printers.suffer(None)
    opened.presenter.printing.send(opened.state.file.papers)
    opened.runner.work()
    assert said(opened) == ["打好了吗", "打好了吗"]


def test_a_reprint_goes_to_the_printer_too(office):
    opened = Opened(office)
    case = accepted(office)
    paper = office.papers.of_case(case.number)[0]
    office.printing.send(paper, CLERK)
    office.papers.confirm(paper, CLERK)
    opened.open(case)
    sent = ReprintForm(paper, office).do(Filled({"reason": "申请人遗失"}), CLERK, None)
    opened.presenter.printing.show(Done((sent,)))
    assert opened.outlet.opened == []
    assert len(office.printing.printers.came_out()) == 2


@pytest.mark.parametrize("by_itself", [True, False])
def test_what_was_just_made_is_printed_without_a_key_where_that_was_chosen(office, by_itself):
    office.printing.settings.keep_by_itself(by_itself=by_itself)
    issuing = Issuing(office)
    issuing.open(accepted(office).number)
    assert len(office.printing.printers.came_out()) == (2 if by_itself else 0)
    issuing.presenter.go_on()
    issuing.work()
    issuing.runner.work()
    assert len(office.printing.printers.came_out()) == (3 if by_itself else 0)


def test_opening_a_case_of_which_a_paper_was_left_unprinted_prints_nothing(office, place):
    case = accepted(office)
    office.printing.settings.keep_by_itself(by_itself=True)
    place.clock.set(place.clock.now() + timedelta(hours=1))
    issuing = Issuing(office)
    issuing.open(case.number)
    assert office.printing.printers.came_out() == []
