from dataclasses import replace
from datetime import date

import pytest

from app.domain import closing
from app.domain.application import HandedIn, Page
from app.domain.case import CaseState
from app.domain.errors import (
    LimitExceeded,
    NothingNamed,
    ReasonMissing,
    SamePerson,
    WrongState,
)
from app.domain.facts import PaperVoided
from app.domain.outcomes import Result
from tests.domain.samples import APPLICATION, AT, paper
from tests.domain.stages import CERTIFICATE, COMMITTED, ONE, accepted, decided, delivered, issued, received

COPY = HandedIn(copies=1)


def owing():
    promised = replace(APPLICATION, materials={"id_card": ONE, "photo": HandedIn(promised_by=date(2026, 6, 1))})
    return accepted(received(promised))


# --- certificate and delivery ----------------------------------------------------------------------------------


def test_a_refusal_is_delivered_and_gets_no_certificate():
    refused = decided(Result.REFUSED)
    with pytest.raises(WrongState):
        closing.issue(refused, CERTIFICATE)
    assert refused.after(closing.deliver(refused, COMMITTED, "林", True), AT).state is CaseState.DELIVERED


def test_what_was_granted_is_not_delivered_without_its_certificate():
    with pytest.raises(WrongState):
        closing.deliver(decided(), COMMITTED, "林", True)


def test_somebody_must_have_collected_it():
    with pytest.raises(ReasonMissing):
        closing.deliver(issued(), COMMITTED, " ", True)


def test_a_voided_certificate_is_made_anew_and_names_the_old_one():
    void = PaperVoided(CERTIFICATE.number.text, "打印错位", "shen")
    case = issued().after(void, AT)
    assert (case.state, case.certificate, case.voided_certificate) == (
        CaseState.DECIDED,
        None,
        CERTIFICATE.number.text,
    )
    again = replace(CERTIFICATE, number=paper("certificate", 2), replaces=case.voided_certificate)
    assert case.after(closing.issue(case, again), AT).certificate == again


def test_a_certificate_that_is_voided_after_delivery_leaves_the_case_closed():
    case = delivered().after(PaperVoided(CERTIFICATE.number.text, "信息有误", "shen"), AT)
    assert (case.state, case.certificate) == (CaseState.DELIVERED, None)


def test_voiding_another_paper_leaves_the_case_alone():
    assert issued().after(PaperVoided("云溪3收〔2026〕000001号", "污损", "shen"), AT) == issued()


# --- materials that may follow ---------------------------------------------------------------------------------


def test_a_promised_material_comes_in_later():
    case = owing()
    fact = closing.take_in_following(case, COMMITTED, {"photo": COPY}, paper("r"))
    assert case.after(fact, AT).owed == {}
    assert case.after(fact, AT).state is case.state


def test_what_follows_keeps_no_picture_that_a_page_was_made_from():
    scanned = HandedIn(pages=(Page("ab" * 32, "image/jpeg", original="cd" * 32),))
    fact = closing.take_in_following(owing(), COMMITTED, {"photo": scanned}, paper("r"))
    assert fact.materials["photo"].pages == (Page("ab" * 32, "image/jpeg"),)


@pytest.mark.parametrize("materials", [{}, {"photo": HandedIn()}, {"lease": COPY}, {"photo": COPY, "id_card": ONE}])
def test_only_what_is_owed_can_follow(materials):
    with pytest.raises(NothingNamed):
        closing.take_in_following(owing(), COMMITTED, materials, paper("r"))


# --- voiding, rating, archive ----------------------------------------------------------------------------------


def test_voiding_takes_two_persons_and_a_reason():
    with pytest.raises(SamePerson):
        closing.void(accepted(), Result.VOIDED, "作废", by="lin", approved_by="lin")
    with pytest.raises(ReasonMissing):
        closing.void(accepted(), Result.VOIDED, "作废", by="lin", approved_by="")
    with pytest.raises(ReasonMissing):
        closing.void(accepted(), Result.VOIDED, "", by="lin", approved_by="shen")
    with pytest.raises(WrongState):
        closing.void(accepted(), Result.GRANTED, "作废", by="lin", approved_by="shen")


@pytest.mark.parametrize(("result", "code"), [(Result.VOIDED, "2"), (Result.MISTAKEN_ENTRY, "3")])
def test_a_voided_case_carries_its_code(result, code):
    fact = closing.void(accepted(), result, "作废", by="lin", approved_by="shen")
    assert accepted().after(fact, AT).header()["result"] == code


@pytest.mark.parametrize("grade", [0, 6])
def test_a_rating_has_a_grade_that_exists(grade):
    with pytest.raises(LimitExceeded):
        closing.rate(delivered(), grade)


def test_a_case_is_rated_once():
    rated = delivered().after(closing.rate(delivered(), 1, " 很好 "), AT)
    assert rated.grade == 1
    with pytest.raises(WrongState):
        closing.rate(rated, 5)
