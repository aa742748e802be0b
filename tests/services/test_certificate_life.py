"""What becomes of a certificate after it was issued: revoked, made anew, run out; on a real counter."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.demonstration import CLERK
from app.domain.case import CaseState
from app.domain.errors import AlreadyDone, CertificateExpired, ReasonMissing, SamePerson, WrongState
from app.domain.facts import CertificateIssued, PaperReplaced, PaperRevoked
from app.domain.operators import Operator, Role
from app.domain.outcomes import Result
from app.domain.paper import PaperState
from app.domain.paper_ends import ReplacementGround, RevocationGround
from app.services.certificate_life import Replacement, Revocation
from app.services.errors import NotPermitted, PaperVoid
from app.services.paper_numbers import PaperNumbers
from tests.services.test_papers import text_of
from tests.support import MONDAY, accepted, handed_over_certificate

SHEN = Operator("shenqing", "沈青", tuple(Role))
WHY = Revocation(RevocationGround.FRAUD, "租赁合同是伪造的", "示范撤〔2026〕3号")
LOST = Replacement(ReplacementGround.LOST, "搬家时丢了", original_recovered=False)


@pytest.fixture
def certificate(counter):
    return handed_over_certificate(counter)


def facts_of(counter, paper):
    return [event.fact for event in counter.desk.file(paper.case_number).events]


def test_a_certificate_that_was_handed_over_is_revoked_with_ground_and_basis(counter, certificate):
    case = counter.certificates.revoke(certificate, CLERK, WHY, SHEN)
    assert (case.state, case.certificate) == (CaseState.DELIVERED, None)
    row = counter.papers.find(certificate.number)
    assert (row.state, row.ground, row.voided_by) == (PaperState.REVOKED, "fraud", SHEN.login)
    assert row.ended_at is not None
    assert PaperRevoked(row.number, WHY.ground, WHY.reason, WHY.basis, SHEN.login) in facts_of(counter, certificate)
    assert all("撤销：租赁合同是伪造的" in page for page in text_of(counter.papers.pdf(row, CLERK)))
    with pytest.raises(PaperVoid) as refused:
        counter.papers.to_print(row, CLERK)
    assert (refused.value.state, refused.value.ground) == (PaperState.REVOKED, "fraud")


def test_a_revoked_certificate_ends_once(counter, certificate):
    counter.certificates.revoke(certificate, CLERK, WHY, SHEN)
    for act in (
        lambda: counter.certificates.revoke(certificate, CLERK, WHY, SHEN),
        lambda: counter.certificates.replace(certificate, CLERK, LOST, SHEN),
        lambda: counter.papers.void(certificate, CLERK, "再次", SHEN),
    ):
        with pytest.raises(AlreadyDone):
            act()


def test_what_was_revoked_before_it_was_handed_over_closes_its_case_as_void(counter):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    paper = counter.papers.of_case(case.number)[-1]
    after = counter.certificates.revoke(paper, CLERK, replace(WHY, ground=RevocationGround.HOLDER_GONE), SHEN)
    assert (after.state, after.result) == (CaseState.VOIDED, Result.VOIDED)
    assert text_of(counter.papers.pdf(paper, CLERK))[0].endswith("注销")


def test_revoking_needs_a_decision_a_reason_a_basis_and_another_person_who_may(counter, certificate):
    administrator = Operator("guan", "管", (Role.ADMINISTRATOR,))
    for refused, operator, why, second in (
        (NotPermitted, administrator, WHY, SHEN),
        (NotPermitted, CLERK, WHY, Operator("wen", "文", (Role.CLERK,))),
        (SamePerson, CLERK, WHY, replace(SHEN, login=CLERK.login)),
        (ReasonMissing, CLERK, replace(WHY, reason=" "), SHEN),
        (ReasonMissing, CLERK, replace(WHY, basis=""), SHEN),
    ):
        with pytest.raises(refused):
            counter.certificates.revoke(certificate, operator, why, second)
    assert counter.papers.find(certificate.number).state is PaperState.PRINTED


def test_only_the_certificate_that_counts_is_revoked(counter, certificate):
    receipt = counter.papers.of_case(certificate.case_number)[0]
    with pytest.raises(WrongState):
        counter.certificates.revoke(receipt, CLERK, WHY, SHEN)


def test_a_lost_certificate_is_made_anew_under_another_number_and_the_case_stays_closed(counter, place, certificate):
    before = counter.issuance.open(certificate.case_number)[0].certificate
    place.clock.set(MONDAY + timedelta(days=3))
    case = counter.certificates.replace(certificate, CLERK, LOST, SHEN)
    new = counter.papers.find(case.certificate.number.text)
    old = counter.papers.find(certificate.number)
    assert (case.state, new.state) == (CaseState.DELIVERED, PaperState.TO_PRINT)
    assert (old.state, old.replaced_by, old.ground) == (PaperState.REPLACED, new.number, "lost")
    assert case.certificate.valid_until == before.valid_until == new.valid_until
    assert case.certificate.issued_on == before.issued_on + timedelta(days=3)
    assert f"本证代替{old.number}，原证作废" in text_of(counter.papers.pdf(new, CLERK))[0]
    assert f"已由{new.number}代替" in text_of(counter.papers.pdf(old, CLERK))[0]
    kinds = [type(fact) for fact in facts_of(counter, old)]
    assert kinds[kinds.index(PaperReplaced) + 1] is CertificateIssued


def test_what_was_wrong_is_corrected_in_the_case_and_the_new_one_says_so(counter, certificate):
    number = certificate.case_number
    wrong = Replacement(ReplacementGround.WRONG, "地址写错")
    counter.closing.correct(number, CLERK, {"applicant.address": "云溪镇柳湾村9组1号"}, "地址写错")
    case = counter.certificates.replace(certificate, CLERK, wrong, SHEN)
    assert "云溪镇柳湾村9组1号" in case.certificate.values.values()
    preview = counter.certificates.preview(counter.papers.find(case.certificate.number.text), wrong.ground, CLERK)
    assert preview.remarks == (f"本证代替 {case.certificate.number.text}，原证作废",)


def test_nothing_of_a_replacement_stands_there_when_a_part_of_it_fails(counter, certificate, monkeypatch):
    monkeypatch.setattr(PaperNumbers, "ensure_printable", lambda _numbers, fact: 1 / isinstance(fact, PaperReplaced))
    with pytest.raises(ZeroDivisionError):
        counter.certificates.replace(certificate, CLERK, LOST, SHEN)
    assert counter.papers.find(certificate.number).state is PaperState.PRINTED
    assert not any(isinstance(fact, PaperReplaced) for fact in facts_of(counter, certificate))


def test_a_certificate_that_ran_out_or_was_not_handed_over_is_not_replaced(counter, place, certificate):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    with pytest.raises(WrongState):
        counter.certificates.replace(counter.papers.of_case(case.number)[-1], CLERK, LOST, SHEN)
    place.clock.set(MONDAY + timedelta(days=200))
    with pytest.raises(CertificateExpired) as refused:
        counter.certificates.replace(certificate, CLERK, LOST, SHEN)
    assert refused.value.until == certificate.valid_until


def test_a_certificate_is_good_up_to_its_last_day(certificate):
    until = certificate.valid_until
    assert isinstance(until, date)
    assert not certificate.is_expired(until)
    assert certificate.is_expired(until + timedelta(days=1))
    assert not replace(certificate, state=PaperState.VOIDED).is_expired(until + timedelta(days=1))
