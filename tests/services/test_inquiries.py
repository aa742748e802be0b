from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.errors import WrongState
from app.domain.inquiry import InquiryState
from app.domain.operators import Operator, Role
from app.services.errors import NotFound, NotPermitted
from app.services.snapshots import InquiryFilter
from tests.support import CERTIFICATE, MONDAY

COLLEAGUE = Operator("colleague", "同事")


@pytest.fixture
def asked(counter):
    return counter.inquiries.ask(CLERK, "居住证明要带什么", CERTIFICATE, "林𬱖宁", "13805555270")


def test_an_inquiry_gets_a_number_of_its_own_series_without_a_gap(counter, asked):
    second = counter.inquiries.ask(CLERK, "几点下班")
    assert [one.number for one in (asked, second)] == ["云溪3咨〔2026〕000001号", "云溪3咨〔2026〕000002号"]


def test_it_is_on_the_list_until_it_is_answered(counter, asked):
    assert counter.inquiries.page(InquiryFilter(), 0, 5) == [asked]
    counter.inquiries.answer(asked.number, CLERK, "身份证")
    assert counter.inquiries.count(InquiryFilter()) == 0
    assert counter.inquiries.page(InquiryFilter(only_open=False), 0, 5)[0].outcome == "身份证"


def test_its_file_tells_who_was_asked_first_and_every_step(counter, place, asked):
    place.clock.set(MONDAY + timedelta(hours=1))
    counter.inquiries.hand_on(asked.number, COLLEAGUE, "派出所", "要查户籍", "0899-5550110")
    counter.inquiries.close(asked.number, CLERK, "派出所已答复")
    file = counter.inquiries.file(asked.number)
    assert (file.responsible, file.inquiry.state) == (CLERK.name, InquiryState.CLOSED)
    assert [event.fact.kind for event in file.events] == ["InquiryOpened", "InquiryHandedOn", "InquiryClosed"]


@pytest.mark.parametrize("typed", ["000001", "林", "5270", "带什么"])
def test_it_is_found_by_any_part_of_it(counter, asked, typed):
    counter.inquiries.ask(CLERK, "几点下班")
    assert counter.inquiries.page(InquiryFilter(text=typed), 0, 5) == [asked]


def test_a_closed_one_is_not_answered_twice(counter, asked):
    counter.inquiries.answer(asked.number, CLERK, "身份证")
    with pytest.raises(WrongState):
        counter.inquiries.answer(asked.number, CLERK, "身份证")


def test_only_clerks_answer(counter):
    with pytest.raises(NotPermitted):
        counter.inquiries.ask(Operator("admin", "管理员", (Role.ADMINISTRATOR,)), "几点下班")


def test_there_is_no_file_of_what_was_never_asked(counter):
    with pytest.raises(NotFound):
        counter.inquiries.file("云溪3咨〔2026〕000099号")
