"""Certificates and decisions of a station that its centre has certified are signed PDFs; what is copied from them is not."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest

from app.demonstration import CLERK, STATION
from app.domain.case import Result
from app.domain.facts import CaseDecided, NumberedPaper
from app.domain.paper import PaperKind
from app.security.authority import STATION_FOR, Authority
from app.security.pades_checking import NotSigned, checked
from app.services.document_signing import Standing
from tests.papers.samples import text_of
from tests.papers.test_seal import as_file, reds, seal
from tests.support import MONDAY, accepted, certify, copy_of, new_place
from ui.certificate_words import unsigned_words

needs_poppler = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")


@pytest.fixture(scope="module")
def authority():
    return Authority.make("示例市政务服务中心", MONDAY - timedelta(days=10))


@pytest.fixture(scope="module")
def certified(tmp_path_factory, cache, authority):
    place = new_place(tmp_path_factory.mktemp("certified") / "profile", cache)
    certify(place, authority)
    return place


@pytest.fixture
def counter(certified, tmp_path):
    with copy_of(certified, tmp_path / "profile").opened() as counter:
        yield counter


def certificate_of(counter):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    return next(one for one in counter.papers.of_case(case.number) if one.kind is PaperKind.CERTIFICATE)


def test_a_certificate_is_signed_by_the_station_and_says_the_same_to_machines(counter, authority):
    paper = certificate_of(counter)
    said = checked(counter.papers.pdf(paper, CLERK), authority.root)
    told = json.loads(said.claims)
    assert told["证照名称"] == "居住证明"
    assert told["证照编号"] == paper.number
    assert told["持证主体"] == "林**"
    assert told["证照颁发机构"] == STATION.body
    assert len(told["存证"]) == 64


def test_it_says_so_where_the_seal_belongs(counter):
    assert "已电子签名" in text_of(counter.papers.pdf(certificate_of(counter), CLERK), 0)


@needs_poppler
def test_another_program_calls_it_valid_and_with_the_root_trusted(counter, authority, tmp_path):
    file = tmp_path / "certificate.pdf"
    file.write_bytes(counter.papers.pdf(certificate_of(counter), CLERK))
    told = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in told


def test_what_is_kept_and_shown_again_is_the_signed_paper_byte_for_byte(counter):
    paper = certificate_of(counter)
    assert counter.papers.pdf(paper, CLERK) == counter.papers.pdf(paper, CLERK)


def test_a_decision_is_signed_too(counter, authority):
    case = accepted(counter)
    counter.review.decide(case.number, CLERK, Result.GRANTED, decided_by="覃守田", reason="符合条件")
    paper = next(one for one in counter.papers.of_case(case.number) if one.kind is PaperKind.GRANT_DECISION)
    told = json.loads(checked(counter.papers.pdf(paper, CLERK), authority.root).claims)
    assert told["文书编号"] == paper.number
    assert told["办件编号"] == case.number
    with counter.papers._store.read() as uow:
        entry = next(one for one in uow.journal.of_case(case.number) if paper.number in one.body)
    assert told["存证"] == entry.hash.hex()


def test_a_receipt_is_not_signed(counter, authority):
    case = accepted(counter)
    receipt = next(one for one in counter.papers.of_case(case.number) if one.kind is PaperKind.MATERIALS_RECEIPT)
    with pytest.raises(NotSigned):
        checked(counter.papers.pdf(receipt, CLERK), authority.root)


def test_a_copy_that_bears_a_mark_does_not_claim_to_be_signed(counter, authority):
    paper = certificate_of(counter)
    counter.papers.to_print(paper, CLERK)
    counter.papers.confirm(paper, CLERK)
    with pytest.raises(NotSigned):
        checked(counter.papers.to_print(paper, CLERK), authority.root)


def test_a_counter_that_no_centre_knows_signs_nothing_and_does_not_say_so(cache, tmp_path, authority):
    with new_place(tmp_path / "profile", cache).opened() as counter:
        pdf = counter.papers.pdf(certificate_of(counter), CLERK)
        assert "已电子签名" not in text_of(pdf, 0)
        assert unsigned_words(counter.papers.signing()) == ""
        with pytest.raises(NotSigned):
            checked(pdf, authority.root)


def test_the_seal_of_the_body_is_drawn_on_what_is_signed_and_on_nothing_else(certified, tmp_path):
    place = copy_of(certified, tmp_path / "profile")
    with place.opened() as counter:
        sealed = counter.stations.with_seal(CLERK, counter.station, STATION.body, as_file(seal()))
        counter.stations.change(CLERK, sealed)
    with place.opened() as counter:
        paper = certificate_of(counter)
        assert reds(counter.papers.pdf(paper, CLERK)) > 500
        receipt = next(
            one for one in counter.papers.of_case(paper.case_number) if one.kind is PaperKind.MATERIALS_RECEIPT
        )
        assert reds(counter.papers.pdf(receipt, CLERK)) < 500


def test_previews_keep_the_place_of_those_words(counter):
    case, item = counter.issuance.open(accepted(counter).number)
    assert counter.issuance.preview(case, item, CLERK).is_signed
    decided = CaseDecided(Result.GRANTED, "符合条件", "", "", "覃守田", NumberedPaper("s", 1, "1"))
    assert counter.papers.imagined(case, item, decided, CLERK).is_signed


# --- a certificate whose time is over, or has not come ---------------------------------------------------------------


def test_a_station_says_before_it_issues_whether_its_papers_will_be_signed(certified, tmp_path, authority):
    """What cannot be signed is issued all the same, and says nothing of a signature."""
    until = MONDAY + STATION_FOR
    place = copy_of(certified, tmp_path / "profile")
    with place.opened() as counter:
        number = accepted(counter).number
        for when, standing, said in (
            (MONDAY, Standing.SIGNS, ""),
            (until - timedelta(days=20), Standing.ENDS_SOON, "还没有更新"),
            (until + timedelta(days=1), Standing.ENDED, "已到期"),
        ):
            place.clock.set(when)
            signing = counter.papers.signing()
            assert (signing.standing, signing.at.date()) == (standing, until.date())
            assert said in unsigned_words(signing)
            assert bool(said) == bool(unsigned_words(signing))
            preview = counter.issuance.preview(*counter.issuance.open(number), CLERK)
            assert (preview.is_signed, bool(preview.proof)) == (signing.signs, signing.signs)
        pdf = counter.papers.pdf(certificate_of(counter), CLERK)
        assert "已电子签名" not in text_of(pdf, 0)
        with pytest.raises(NotSigned):
            checked(pdf, authority.root)


def test_a_paper_is_not_signed_with_a_certificate_whose_time_has_not_come(certified, tmp_path, authority):
    """Time goes back between the issue and the first drawing: a stranger would see a forgery."""
    place = copy_of(certified, tmp_path / "profile")
    with place.opened() as counter:
        paper = certificate_of(counter)
        place.clock.set(MONDAY - timedelta(days=3))
        assert counter.papers.signing().standing is Standing.TO_COME
        assert "早于窗口证书的生效时间" in unsigned_words(counter.papers.signing())
        with pytest.raises(NotSigned):
            checked(counter.papers.pdf(paper, CLERK), authority.root)


def test_a_counter_that_lost_its_key_says_so(certified, tmp_path):
    place = copy_of(certified, tmp_path / "keyless")
    place.custody.store(replace(place.custody.load(), central=None))
    with place.opened() as counter:
        assert counter.papers.signing().standing is Standing.KEYLESS
        assert unsigned_words(counter.papers.signing())
