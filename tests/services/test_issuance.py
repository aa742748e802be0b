import io

import pypdfium2
import pytest

from app.demonstration import CLERK
from app.domain.case import CaseState
from app.domain.errors import MayNotIssue, WrongState
from app.domain.outcomes import Result
from app.services.errors import NotFound, ReadOnlyStore
from tests.support import COMMITTED, accepted

ANOTHER_LEVEL = "510117051001"
WITHOUT_CERTIFICATE = "510117057000"


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_an_immediate_case_is_granted_issued_and_delivered_in_one_visit(counter):
    case = accepted(counter)
    issued = counter.issuance.issue(case.number, CLERK)
    assert issued.state is CaseState.ISSUED
    assert issued.certificate.number.text == "云溪3证〔2026〕000001号"
    done = counter.issuance.deliver(case.number, CLERK, "林𬱖宁", in_person=True)
    assert done.state is CaseState.DELIVERED


def test_the_acceptance_stands_in_the_journal_before_the_decision(counter):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    kinds = [type(event.fact).__name__ for event in counter.desk.file(case.number).events]
    assert kinds.index("CaseAccepted") < kinds.index("CaseDecided") < kinds.index("CertificateIssued")


def test_issuing_twice_makes_one_certificate(counter):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    with pytest.raises(WrongState):
        counter.issuance.issue(case.number, CLERK)
    assert len(counter.papers.of_case(case.number)) == 3


def test_nothing_is_delivered_before_it_is_issued(counter):
    case = accepted(counter)
    with pytest.raises(WrongState):
        counter.issuance.deliver(case.number, CLERK, "林𬱖宁", in_person=True)


def test_a_committed_case_is_not_decided_at_the_counter(counter):
    case = accepted(counter, COMMITTED)
    with pytest.raises(MayNotIssue):
        counter.issuance.issue(case.number, CLERK)
    assert counter.issuance.open(case.number)[0].state is CaseState.ACCEPTED


def test_what_was_decided_and_has_no_certificate_is_not_issued(counter):
    case = accepted(counter, COMMITTED)
    counter.review.decide(case.number, CLERK, Result.GRANTED, decided_by="沈青")
    with pytest.raises(WrongState):
        counter.issuance.issue(case.number, CLERK)


def test_an_item_of_another_level_is_not_issued_here(counter):
    case = accepted(counter, ANOTHER_LEVEL)
    with pytest.raises(MayNotIssue):
        counter.issuance.issue(case.number, CLERK)


def test_the_certificate_says_in_full_what_the_applicant_needs_it_for(counter):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    paper = counter.papers.of_case(case.number)[2]
    text = text_of(counter.papers.pdf(paper, CLERK))
    for words in ("林𬱖宁", "519900199203070323", "云溪镇青杠路18号", "2021年3月15日", "子女入学", "2026年11月18日"):
        assert words in text.replace("\r\n", "").replace(" ", "") or words in text


def test_every_paper_of_a_case_carries_the_witness_of_its_acceptance(counter):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    events = counter.desk.file(case.number).events
    witness = next(event.witness for event in events if type(event.fact).__name__ == "CaseAccepted")
    grouped = " ".join(witness[n : n + 4] for n in range(0, 16, 4))
    for paper in counter.papers.of_case(case.number):
        assert grouped in text_of(counter.papers.pdf(paper, CLERK))


def test_a_paper_is_drawn_once_and_kept(counter):
    case = accepted(counter)
    paper = counter.papers.of_case(case.number)[0]
    first = counter.papers.pdf(paper, CLERK)
    entries = counter.ledger.verify().entries
    assert counter.papers.pdf(counter.papers.of_case(case.number)[0], CLERK) == first
    assert counter.ledger.verify().entries == entries


def test_a_paper_that_a_crash_left_undrawn_is_drawn_when_it_is_asked_for(counter, place):
    case = accepted(counter)
    counter.close()
    with place.opened() as again:
        paper = again.papers.of_case(case.number)[0]
        assert paper.digest == ""
        assert again.papers.pdf(paper, CLERK).startswith(b"%PDF")
        assert again.papers.of_case(case.number)[0].digest


def test_a_paper_is_saved_where_the_clerk_wants_it(counter, tmp_path):
    paper = counter.papers.of_case(accepted(counter).number)[0]
    counter.papers.save(paper, tmp_path / "回执.pdf", CLERK)
    assert (tmp_path / "回执.pdf").read_bytes() == counter.papers.pdf(paper, CLERK)
    with pytest.raises(ReadOnlyStore):
        counter.papers.save(paper, tmp_path / "missing" / "回执.pdf", CLERK)


def test_a_case_that_is_not_there_is_not_found(counter):
    with pytest.raises(NotFound):
        counter.issuance.issue("2" * 20, CLERK)
