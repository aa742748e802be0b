"""Papers that somebody brings are judged by the counter's own centre and what its store knows of them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from app.demonstration import CLERK, STATION
from app.domain.case import Result
from app.domain.operators import Operator, Role
from app.domain.paper import PaperKind
from app.domain.verdict import Finality, Reason, Standing
from app.security.authority import Authority, serial_of
from app.security.documents import DocumentKey
from app.security.pades_checking import checked
from app.security.proof_text import as_text
from app.security.proofs import ProofReader, ProofWriter
from app.services.errors import NotInvited
from app.services.membership import Certified, certified_in, keep_certified
from app.services.ports import Bulletin
from app.services.revocations import TOPIC, revocations_payload
from app.services.verifying import KnownHere
from tests.security.example import ROOT, steps
from tests.support import MONDAY, accepted, certify, new_place

SECOND = Operator("shen.qing", "沈青", frozenset({Role.SUPERVISOR}))


@pytest.fixture(scope="module")
def authority():
    return Authority.make("示例市政务服务中心", MONDAY - timedelta(days=10))


@pytest.fixture(scope="module")
def certified(tmp_path_factory, cache, authority):
    place = new_place(tmp_path_factory.mktemp("verifying") / "profile", cache)
    certify(place, authority)
    with place.opened() as counter:
        yield counter


@pytest.fixture
def issued(certified):
    case = accepted(certified)
    certified.issuance.issue(case.number, CLERK)
    paper = next(one for one in certified.papers.of_case(case.number) if one.kind is PaperKind.CERTIFICATE)
    return paper, certified.papers._drawn(paper).proof


def test_an_own_certificate_is_genuine_and_provisional_until_the_centre_has_it(certified, issued):
    verdict = certified.verifying.of_text(issued[1])
    assert (verdict.reason, verdict.finality) == (Reason.GENUINE, Finality.PROVISIONAL)
    assert verdict.station == STATION.code


def test_a_void_one_counts_no_more(certified, issued):
    paper, proof = issued
    certified.papers.void(paper, CLERK, "写错了", SECOND)
    assert certified.verifying.of_text(proof).reason is Reason.VOID


def test_another_centres_and_a_damaged_one_are_told(certified, issued):
    assert certified.verifying.of_text(steps()["text"]).reason is Reason.OTHER_CENTRE
    assert certified.verifying.of_text(issued[1][:-1]).reason is Reason.CHANGED


def test_a_counter_without_a_centre_has_nobody_to_believe(counter):
    with pytest.raises(NotInvited):
        counter.verifying.of_text(steps()["text"])


def test_a_demonstration_believes_its_own_authority(counter):
    with counter.intake._store.write() as uow:
        keep_certified(uow, Certified(ROOT, "", MONDAY))
        uow.commit()
    assert counter.verifying.of_text(steps()["text"]).said["证照名称"]


@pytest.mark.parametrize(
    ("text", "is_proof"),
    [("LDV1:", True), (" LDV1:7A\n", True), ("https://a.example/#LDV1:7", True), ("林LDV1:", False)],
)
def test_a_proof_is_known_by_its_beginning(counter, text, is_proof):
    assert counter.verifying.is_proof(text) is is_proof


def test_the_counter_knows_its_own_papers_and_no_others(certified, issued, authority):
    claims = ProofReader(authority.root).read(issued[1]).claims
    known = KnownHere(certified.papers._store, STATION.code)
    assert known.standing(claims.number, claims.entry, STATION.code).finality is Finality.PROVISIONAL
    for number, entry in (("none", claims.entry), (claims.number, bytes(32)), (claims.number, b"")):
        other = (number, entry, STATION.code)
        assert known.standing(*other) == Standing(is_missing=True)
    assert known.standing(claims.number, claims.entry, "000999") == Standing()


def test_a_certificate_in_this_windows_name_that_its_journal_does_not_have_is_in_doubt(certified, issued, authority):
    with certified.papers._store.read() as uow:
        kept = certified_in(uow)
    claims = ProofReader(authority.root).read(issued[1]).claims
    keys = certified.papers._signing._keys
    forged = ProofWriter(kept.root, bytes.fromhex(kept.certificate), keys.sign).write(replace(claims, entry=bytes(32)))
    assert certified.verifying.of_text(as_text(forged)).reason is Reason.UNRECORDED


def test_a_signed_decision_is_known_by_its_entry_and_not_by_the_digits_of_the_acceptance(certified, authority):
    case = accepted(certified)
    certified.review.decide(case.number, CLERK, Result.GRANTED, decided_by="覃守田", reason="符合条件")
    papers = {one.kind: one for one in certified.papers.of_case(case.number)}
    paper = papers[PaperKind.GRANT_DECISION]
    said = json.loads(checked(certified.papers.pdf(paper, CLERK), authority.root).claims)
    known = KnownHere(certified.papers._store, STATION.code)
    assert known.standing(paper.number, bytes.fromhex(said["存证"]), STATION.code).finality is Finality.PROVISIONAL
    assert said["存证码"] != said["存证"][:16]
    certified.papers.void(papers[PaperKind.ACCEPTANCE_NOTICE], CLERK, "写错了", SECOND)
    assert known.standing(paper.number, bytes.fromhex(said["存证"]), STATION.code).end is None


def test_the_old_certificate_of_a_window_that_was_shut_out_and_came_back_is_good_no_more(certified, issued, authority):
    key = DocumentKey(b"\7" * 32)
    certificate = authority.sign_request(key.request("000999"), "000999", MONDAY - timedelta(days=9))
    claims = replace(ProofReader(authority.root).read(issued[1]).claims, number="别处1号", entry=b"\7" * 32)
    stolen = as_text(ProofWriter(authority.root, certificate, key.sign).write(claims))
    assert certified.verifying.of_text(stolen).reason is Reason.GENUINE
    since = MONDAY - timedelta(days=2)
    crl = authority.revocations([(serial_of(certificate), since)], 1, MONDAY)
    payload = revocations_payload({}, [serial_of(certificate)], crl)  # the station itself is let in again
    with certified.papers._store.write() as uow:
        uow.directory.keep_bulletin(Bulletin(1, TOPIC, 1, MONDAY, payload, b""))
        uow.commit()
    assert certified.verifying.of_text(stolen).reason is Reason.STATION_REVOKED
