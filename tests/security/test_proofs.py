"""Proofs of certificates: what is believed, what not and why; the worked example of docs/verification.md."""

import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import cbor2
import pytest
from base45 import b45decode, b45encode

from app.domain.claims import CODE_TYPES, Claims
from app.security.authority import Authority
from app.security.cose import claims_of, said_by
from app.security.documents import DocumentKey
from app.security.proof_text import LONGEST_TEXT, SCHEME, NoProofText, as_address, as_text, packed_proof
from app.security.proofs import BadProof, ProofFault, ProofReader, ProofWriter
from app.services.paper_people import DOCUMENT_WORDS, ORGANISATION_CODE
from tests.campaigns import proofs as campaign
from tests.security import example
from tests.security.example import CERTIFICATE, CLAIMS, ROOT, SCALAR

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "verification.md"
NOW = datetime(2026, 5, 18, 2, tzinfo=UTC)


def proof_of(claims=CLAIMS, root=ROOT, certificate=CERTIFICATE, scalar=SCALAR):
    return ProofWriter(root, certificate, DocumentKey(scalar).sign).write(claims)


def fault_of(text, root=ROOT):
    with pytest.raises(BadProof) as refused:
        ProofReader(root).read(text)
    return refused.value.fault


def packed(data):
    return SCHEME + b45encode(data).decode()


# --- beside an independent implementation ------------------------------------------------------------------------


def test_a_proof_is_byte_by_byte_what_other_libraries_make_of_the_same_claims():
    steps, proof = example.steps(), proof_of()
    assert proof.hex() == steps["proof"]
    assert as_text(proof) == steps["text"]
    assert as_address(proof, "https://example.cn/v") == steps["address"]


def test_the_documentation_has_the_example_as_it_is_recomputed():
    assert example.as_text() in DOCUMENTATION.read_text()
    assert ROOT.strip() in DOCUMENTATION.read_text()


def test_what_is_signed_is_as_the_working_group_for_cose_has_it():
    """Its example sign-pass-01 (github.com/cose-wg/Examples), whose protected header is empty."""
    from app.security.cose import _statement  # noqa: PLC0415

    signed = "846A5369676E61747572653140405454686973206973207468652063 6F6E74656E742E"
    assert _statement(b"", b"This is the content.") == bytes.fromhex(signed)


# --- what is believed --------------------------------------------------------------------------------------------


def test_a_proof_is_believed_with_the_root_alone_as_text_and_as_address():
    for text in (as_text(proof_of()), as_address(proof_of(), "https://example.cn/v"), as_text(proof_of()) + "\r\n"):
        checked = ProofReader(ROOT).read(text)
        assert checked.claims == CLAIMS
        assert checked.certificate.station == "000731"
        assert checked.proof == proof_of()


def test_no_day_of_issue_is_a_crash():
    for key, number in ((9, 0), (9, 2932897), (10, 0), (9, 1 << 60)):
        with pytest.raises(ValueError, match=r"day|known"):
            claims_of(said_by(CLAIMS) | {key: number}, CLAIMS.station)
    assert fault_of(as_text(proof_of(replace(CLAIMS, issued_on=date.max)))) is ProofFault.TIME


def test_the_same_claims_give_the_same_proof():
    assert proof_of() == proof_of()


@pytest.mark.parametrize("kind", ["", *CODE_TYPES])
@pytest.mark.parametrize("until", [None, date(2026, 5, 18), date(9999, 12, 31)])
def test_every_kind_of_claims_comes_back(kind, until):
    claims = replace(CLAIMS, holder_code_type=kind, valid_until=until, issuer_code="91510100MA00000000", holder="𬱖*")
    assert ProofReader(ROOT).read(as_text(proof_of(claims))).claims == claims


def test_every_document_of_a_person_has_its_type_of_code():
    assert {*DOCUMENT_WORDS.values(), ORGANISATION_CODE} == set(CODE_TYPES)


def test_a_certificate_that_has_no_short_form_is_carried_whole():
    writer = ProofWriter(ROOT, CERTIFICATE, DocumentKey(SCALAR).sign)
    writer._certificate = CERTIFICATE
    checked = ProofReader(ROOT).read(as_text(writer.write(CLAIMS)))
    assert checked.claims == CLAIMS
    assert checked.certificate == ProofReader(ROOT).read(as_text(proof_of())).certificate


def test_a_proof_is_small_enough_for_a_code_on_paper():
    assert len(as_text(proof_of())) < 700


# --- what is not believed, and why -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "20260518000731004297", "LD1:M:x", "https://example.cn/v#top", "x" * 5000])
def test_what_claims_nothing_is_no_proof(text):
    assert fault_of(text) is ProofFault.KIND


@pytest.mark.parametrize("text", [SCHEME, SCHEME + "AB", SCHEME + "林", SCHEME + "A" * 300, SCHEME + "::::::"])
def test_a_beginning_without_a_proof_is_damaged(text):
    assert fault_of(text) is ProofFault.FORM


def test_any_single_letter_that_is_changed_is_found():
    text = as_text(proof_of())
    for place in range(len(SCHEME), len(text), 7):
        letter = "0" if text[place] != "0" else "1"
        assert fault_of(text[:place] + letter + text[place + 1 :]) is not ProofFault.KIND


def test_a_proof_of_another_centre_says_whose_root_it_names():
    authority = Authority.make("示例市政务服务中心", NOW)
    key = DocumentKey(b"\7" * 32)
    certificate = authority.sign_request(key.request("000731"), "000731", NOW)
    foreign = ProofWriter(authority.root, certificate, key.sign)
    assert fault_of(as_text(foreign.write(CLAIMS))) is ProofFault.ROOT
    foreign._certificate = certificate
    assert fault_of(as_text(foreign.write(CLAIMS))) is ProofFault.CERTIFICATE  # it has this root's very name


def test_a_whole_certificate_of_a_centre_with_another_name_is_of_another_root():
    authority = Authority.make("别处政务服务中心", NOW)
    key = DocumentKey(b"\7" * 32)
    foreign = ProofWriter(authority.root, authority.sign_request(key.request("000731"), "000731", NOW), key.sign)
    foreign._certificate = authority.sign_request(key.request("000731"), "000731", NOW)
    assert fault_of(as_text(foreign.write(CLAIMS))) is ProofFault.ROOT


def test_a_certificate_that_claims_this_root_and_is_not_of_it_is_found():
    parts = list(cbor2.loads(proof_of()).value)
    header = cbor2.loads(parts[0])
    header[-65537] = [*header[-65537][:1], "000732", *header[-65537][2:]]
    parts[0] = cbor2.dumps(header, canonical=True)
    assert fault_of(as_text(cbor2.dumps(cbor2.CBORTag(18, parts)))) is ProofFault.CERTIFICATE


def test_claims_signed_with_another_key_are_found():
    assert fault_of(as_text(proof_of(scalar=b"\5" * 32))) is ProofFault.SIGNATURE


def test_the_other_form_of_a_signature_is_not_taken():
    parts = list(cbor2.loads(proof_of()).value)
    s = int.from_bytes(parts[3][32:], "big")
    parts[3] = parts[3][:32] + (example.ORDER - s).to_bytes(32, "big")
    assert fault_of(as_text(cbor2.dumps(cbor2.CBORTag(18, parts)))) is ProofFault.SIGNATURE


@pytest.mark.parametrize("days", [-1, 3 * 365 + 1])
def test_what_was_issued_outside_the_certificates_time_is_not_believed(days):
    issued = date(2026, 5, 18) + timedelta(days=days)
    claims = replace(CLAIMS, issued_on=issued, valid_until=None)
    assert fault_of(as_text(proof_of(claims))) is ProofFault.TIME


def test_an_unknown_way_of_signing_is_told_as_such():
    parts = list(cbor2.loads(proof_of()).value)
    parts[0] = cbor2.dumps({**cbor2.loads(parts[0]), 1: -48}, canonical=True)
    assert fault_of(as_text(cbor2.dumps(cbor2.CBORTag(18, parts)))) is ProofFault.SUITE


def test_claims_beyond_those_that_are_known_are_not_believed():
    for more in ({12: "x"}, {6: 99}, {9: "x"}, {10: 10**9}, {8: ""}, {11: b"short"}):
        with pytest.raises(ValueError, match=r"."):
            claims_of({**said_by(CLAIMS), **more}, "000731")
    with pytest.raises(ValueError, match=r"."):
        claims_of({}, "000731")


def test_claims_without_a_name_or_with_a_text_without_end_are_none():
    for wrong in ({"name": ""}, {"holder": "林" * 201}, {"entry": b""}, {"holder_code_type": "学生证"}):
        with pytest.raises(ValueError, match=r"."):
            Claims(**{**{name: getattr(CLAIMS, name) for name in Claims.__slots__}, **wrong})


# --- the text ----------------------------------------------------------------------------------------------------


def test_what_is_compressed_without_end_is_not_taken():
    assert fault_of(packed(zlib.compress(bytes(10_000_000), 9))[:LONGEST_TEXT]) is ProofFault.FORM


def test_a_text_has_one_writing_alone():
    proof = proof_of(replace(CLAIMS, holder="林" * 60))  # so that it is compressed, not stored
    good = b45decode(as_text(proof).removeprefix(SCHEME))
    assert packed_proof(packed(good)) == proof
    for place in range(len(good)):
        for bit in range(8):
            other = bytearray(good)
            other[place] ^= 1 << bit
            with pytest.raises(ValueError, match=r"."):
                packed_proof(packed(bytes(other)))
    with pytest.raises(ValueError, match=r"."):
        packed_proof(packed(good + b"\0"))


def test_a_stored_block_has_one_writing_too():
    good = bytearray(b45decode(as_text(proof_of()).removeprefix(SCHEME)))
    assert good[2] == 1
    for bit in range(3, 8):
        other = bytearray(good)
        other[2] ^= 1 << bit
        with pytest.raises(ValueError, match=r"."):
            packed_proof(packed(bytes(other)))


def test_an_address_is_escaped_in_one_way():
    address = as_address(proof_of(), "https://example.cn/v")
    assert packed_proof(address) == proof_of()
    for other in (address.replace("%20", " "), address.replace("%20", "+"), address + "%", address + "%2"):
        with pytest.raises((ValueError, NoProofText)):
            packed_proof(other)


def test_no_proof_of_a_hundred_that_were_changed_is_believed():
    told = campaign.run(range(400))
    assert told["form"] > 100
    assert told["signature"] > 20
