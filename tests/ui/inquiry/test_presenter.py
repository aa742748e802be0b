"""What the room of inquiries decides, without Qt."""

from dataclasses import replace

import pytest

from app.demonstration import CLERK
from app.services.errors import StoreBusy
from app.services.snapshots import InquiryFilter
from tests.fakes.navigator import WrittenNavigator
from tests.fakes.runner import ImmediateRunner
from tests.support import CERTIFICATE, FORBIDDEN
from tests.ui.case.test_presenter import Outlet
from ui.inquiry.presenter import InquiryPresenter, Way, Written
from ui.navigation import Session
from ui.surroundings import Surroundings

ASKED = Written("居住证明要带什么", "林𬱖宁", "13805555270")


class Screen:
    focused = 0

    def render(self, state):
        self.state = state

    def focus_first(self):
        self.focused += 1


class Asking:
    """A presenter with all that it talks to."""

    def __init__(self, counter):
        self.counter, self.navigator, self.screen, self.outlet = counter, WrittenNavigator(), Screen(), Outlet()
        self.presenter = InquiryPresenter(
            Surroundings(counter, Session(CLERK), ImmediateRunner(), self.navigator), self.screen, self.outlet
        )
        self.presenter.open()

    @property
    def state(self):
        return self.screen.state

    def ask(self, written=ASKED):
        self.presenter.edit(written)
        self.presenter.go_on()

    def all(self):
        return self.counter.inquiries.page(InquiryFilter(only_open=False), 0, 10)


@pytest.fixture
def asking(counter):
    return Asking(counter)


def test_a_question_is_written_down_and_shown_for_what_comes_next(asking):
    asking.ask()
    assert asking.state.chosen.inquiry.subject == ASKED.subject
    assert [inquiry.clerk for inquiry in asking.state.rows] == [CLERK.login]
    assert asking.navigator.went[-1][0] == "notify"


def test_a_question_that_is_answered_at_once_is_closed_and_the_form_is_empty_again(asking):
    asking.ask(replace(ASKED, words="身份证和租房合同"))
    assert (asking.state.is_new, asking.state.written, asking.state.count) == (True, Written(), 0)
    assert [inquiry.outcome for inquiry in asking.all()] == ["身份证和租房合同"]


@pytest.mark.parametrize(("written", "field"), [(Written(), "subject"), (replace(ASKED, phone="123"), "phone")])
def test_what_stands_in_the_way_is_told_at_its_field(asking, written, field):
    asking.ask(written)
    assert asking.state.problem[0] == field
    assert asking.all() == []


def test_what_was_typed_stays_when_the_clerk_looks_at_another_one_and_comes_back(asking):
    asking.ask()
    asking.presenter.begin()
    asking.presenter.edit(Written("几点下班"))
    asking.presenter.choose(asking.state.rows[0].number)
    asking.presenter.escape()
    assert asking.state.written.subject == "几点下班"
    asking.presenter.open()
    assert asking.state.written.subject == "几点下班"


@pytest.mark.parametrize(
    ("way", "written", "open_after"),
    [
        (Way.ANSWER, Written(words="带身份证"), False),
        (Way.HAND_ON, Written(to="派出所", to_phone="0899-5550110"), True),
        (Way.SETTLE, Written(words="本人说不用了"), False),
    ],
)
def test_a_question_goes_the_way_that_was_chosen(asking, way, written, open_after):
    asking.ask()
    asking.presenter.choose_way(way)
    asking.presenter.edit(written)
    asking.presenter.go_on()
    assert asking.state.chosen.inquiry.is_open is open_after
    assert asking.state.can_act is open_after


@pytest.mark.parametrize(("way", "field"), [(Way.ANSWER, "words"), (Way.HAND_ON, "to"), (Way.SETTLE, "words")])
def test_each_way_needs_its_words(asking, way, field):
    asking.ask()
    asking.presenter.choose_way(way)
    asking.presenter.go_on()
    assert asking.state.problem[0] == field


def test_a_question_about_an_item_becomes_an_intake_with_one_key(asking):
    asking.presenter.open(item=CERTIFICATE)
    asking.ask()
    asking.presenter.take_item()
    assert asking.navigator.went[-1] == ("open_item", CERTIFICATE)
    assert [inquiry.is_open for inquiry in asking.all()] == [False]


def test_what_was_not_written_down_yet_is_written_down_with_the_intake(asking):
    asking.presenter.open(item=CERTIFICATE)
    asking.presenter.edit(ASKED)
    asking.presenter.take_item()
    (inquiry,) = asking.all()
    assert (inquiry.item, inquiry.is_open) == (CERTIFICATE, False)
    asking.presenter.open()
    assert asking.state.written == Written()


def test_no_intake_is_begun_when_its_question_cannot_be_written_down(asking, monkeypatch):
    def busy(*_values):
        raise StoreBusy

    asking.presenter.open(item=CERTIFICATE)
    asking.presenter.edit(ASKED)
    monkeypatch.setattr(asking.counter.inquiries, "ask", busy)
    asking.presenter.take_item()
    assert isinstance(asking.navigator.errors[-1], StoreBusy)
    assert asking.navigator.went == []
    assert (asking.state.written, asking.state.is_busy) == (ASKED, False)


def test_an_item_that_nobody_may_ask_for_becomes_no_intake(asking):
    asking.presenter.open(item=FORBIDDEN)
    asking.presenter.take_item()
    assert asking.navigator.went == []


def test_a_question_can_be_about_no_item_after_all(asking):
    asking.presenter.open(item=CERTIFICATE)
    asking.presenter.drop_item()
    asking.ask()
    assert asking.all()[0].item == ""


def test_the_guide_of_the_item_and_the_slip_open_where_they_are_printed(asking):
    asking.presenter.open(item=CERTIFICATE)
    asking.presenter.open_guide()
    asking.ask()
    asking.presenter.open_slip()
    assert [pdf[:5] for _name, pdf in asking.outlet.opened] == [b"%PDF-", b"%PDF-"]


def test_closed_questions_are_found_in_the_whole_list(asking):
    asking.ask(replace(ASKED, words="身份证"))
    asking.presenter.show_only_open(only_open=False)
    asking.presenter.search("带什么")
    assert asking.state.count == 1
    asking.presenter.search("没问过的")
    assert asking.state.count == 0


def test_escape_leads_back_to_a_new_question_and_then_home(asking):
    asking.ask()
    asking.presenter.escape()
    assert asking.state.is_new
    asking.presenter.escape()
    assert asking.navigator.went[-1] == ("home",)


def test_a_failure_is_told_and_loses_nothing(asking, monkeypatch):
    def busy(*_values):
        raise StoreBusy

    monkeypatch.setattr(asking.counter.inquiries, "ask", busy)
    asking.ask()
    assert isinstance(asking.navigator.errors[-1], StoreBusy)
    assert (asking.state.written, asking.state.is_busy) == (ASKED, False)


def test_one_that_is_gone_is_told(asking):
    asking.presenter.choose("云溪3咨〔2026〕000099号")
    assert len(asking.navigator.errors) == 1
