"""A PDF that a station signed: every reader of PDFs and our own check agree on it, and on any that was changed."""

import json
import secrets
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from app.domain.clock import CHINA
from app.security.authority import Authority
from app.security.documents import DocumentKey
from app.security.pades import signed
from app.security.pades_checking import NotSigned, SignatureBroken, SignedByStranger, _has_shortest_lengths, checked
from app.security.suites import ORDER
from app.services.document_signing import Signature
from tests.campaigns import signed_pdfs as campaign
from tests.campaigns.pdf_attacks import ATTACKS
from tests.campaigns.pdf_papers import material
from tests.campaigns.pdf_readers import compared
from tests.papers.samples import certificate, maker

AT = datetime(2026, 5, 18, 9, 2, 11, tzinfo=CHINA)
BODY = "云溪镇人民政府"
CLAIMS = json.dumps({"证照名称": "居住证明"}, ensure_ascii=False).encode()
needs_poppler = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")


def chain(name="虚构市政务服务中心", at=AT - timedelta(days=1)):
    authority, key = Authority.make(name, at), DocumentKey(secrets.token_bytes(32))
    certificate = authority.sign_request(key.request("000731"), "000731", at)
    return Signature(authority.root, certificate, key.sign, AT, BODY)


@pytest.fixture(scope="module")
def ours():
    return chain()


@pytest.fixture(scope="module")
def drawn():
    return maker().make(certificate())


@pytest.fixture(scope="module")
def paper(ours, drawn):
    return signed(drawn, replace(ours, told=CLAIMS))


def test_what_a_station_signed_is_checked_with_the_root_alone(paper, ours):
    said = checked(paper, ours.root)
    assert said.certificate == ours.certificate
    assert said.signed_at == AT
    assert said.claims == CLAIMS


def test_the_paper_stands_unchanged_at_the_beginning(paper, drawn):
    assert paper.startswith(drawn)


def test_the_signature_is_where_the_first_seal_belongs(paper, ours):
    with pikepdf.open(BytesIO(paper)) as opened:
        field = opened.Root.AcroForm.Fields[0]
        place = opened.Root.Dests["/seal.1"]
        assert [round(float(edge)) for edge in field.Rect] == [round(float(edge)) for edge in place[2:]]
        assert field.P.objgen == opened.pages[0].objgen


@needs_poppler
def test_the_signature_names_no_font_so_all_are_embedded(paper, drawn):
    assert paper.count(b"/BaseFont") == drawn.count(b"/BaseFont")
    with pikepdf.open(BytesIO(paper)) as opened:
        shown = opened.Root.AcroForm.Fields[0].AP.N
        assert "/Font" not in shown.get("/Resources", {})
        assert shown.BBox[2] > shown.BBox[0]


def test_the_paper_looks_as_it_was_drawn(paper, drawn):
    seen = [
        subprocess.run(
            ["pdftoppm", "-r", "50", "-f", "1", "-l", "1"], input=pdf, capture_output=True, check=True
        ).stdout
        for pdf in (paper, drawn)
    ]
    assert seen[0] == seen[1]


def test_a_paper_without_a_place_for_a_seal_is_signed_all_the_same(ours):
    blank = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(blank)
    assert checked(signed(blank.getvalue(), ours), ours.root).claims == b""


@needs_poppler
def test_other_readers_of_pdfs_call_it_valid(paper, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper)
    told = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told


def test_one_byte_that_is_changed_is_found_wherever_it_is(paper, ours):
    step = max(1, len(paper) // 60)
    for place in range(0, len(paper), step):
        changed = bytearray(paper)
        changed[place] ^= 1
        with pytest.raises((SignatureBroken, NotSigned)):
            checked(bytes(changed), ours.root)


def test_one_byte_of_the_signature_that_is_changed_is_found(paper, ours):
    begin, end = paper.rindex(b"/Contents <") + 11, paper.index(b">", paper.rindex(b"/Contents <"))
    for place in range(begin, end, (end - begin) // 40):
        changed = bytearray(paper)
        changed[place] = b"0123456789ABCDEF"[b"123456789ABCDEF0".index(changed[place])]
        with pytest.raises((SignatureBroken, SignedByStranger)):
            checked(bytes(changed), ours.root)


def test_a_signature_that_is_written_in_other_letters_is_not_as_it_was_made(paper, ours):
    begin, end = paper.rindex(b"/Contents <") + 11, paper.index(b">", paper.rindex(b"/Contents <"))
    with pytest.raises(SignatureBroken):
        checked(paper[:begin] + paper[begin:end].lower() + paper[end:], ours.root)


def test_the_other_form_of_a_signature_which_ecdsa_takes_as_well_is_a_change(paper, ours):
    found = PdfFileReader(BytesIO(paper)).embedded_signatures[0].signed_data["signer_infos"][0]["signature"].native
    r, s = decode_dss_signature(found)
    other = encode_dss_signature(r, ORDER - s)
    begin = paper.index(found.hex().upper().encode())
    if len(other) == len(found):
        with pytest.raises(SignatureBroken):
            checked(paper[:begin] + other.hex().upper().encode() + paper[begin + 2 * len(found) :], ours.root)


def test_a_length_that_is_written_longer_than_it_has_to_be_is_a_change():
    assert _has_shortest_lengths(bytes.fromhex("3003020101"))
    for longer in ("308103020101", "30820003020101", "300402810101", "3004020101"):
        assert not _has_shortest_lengths(bytes.fromhex(longer))


def test_changed_pdfs_of_a_campaign_are_not_believed():
    told, asked = campaign.run(range(140))
    assert asked == 140
    assert sum(counts.total() for counts in told.values()) > 110
    assert set(told) == {attack.__name__ for attack in ATTACKS}


@needs_poppler
def test_what_is_believed_here_other_readers_believe_too_and_not_the_other_way_round():
    found = compared(range(2, 2 + 10 * len(ATTACKS), len(ATTACKS)), material())
    assert found[True, True, True] >= len(material().papers)
    assert not any(ours and not (pyhanko and poppler) for ours, pyhanko, poppler in found)
    assert any(poppler for ours, _pyhanko, poppler in found if not ours)


def test_who_signs_without_being_certified_for_that_day_is_a_stranger_whatever_the_key():
    """Somebody else's paper, however it is signed, is no changed one of ours."""
    forged = {"our certificate, another key", "the station's key with sha384", "the station's key with sha512"}
    for name, pdf in material().strangers:
        with pytest.raises(SignatureBroken if name in forged else SignedByStranger):
            checked(pdf, material().root)


def test_what_is_added_after_the_signature_is_found(paper, ours):
    with pytest.raises(SignatureBroken):
        checked(paper + b"\n%more\n", ours.root)


def test_a_page_that_is_added_by_an_update_is_found(paper, ours):
    writer = IncrementalPdfFileWriter(BytesIO(paper))
    writer.root["/Lang"] = writer.root["/Type"]
    writer.update_root()
    target = BytesIO()
    writer.write(target)
    with pytest.raises(SignatureBroken):
        checked(target.getvalue(), ours.root)


def test_a_paper_of_another_centre_is_told_apart(paper):
    with pytest.raises(SignedByStranger):
        checked(paper, chain("别处政务服务中心").root)


def test_a_centre_of_the_same_name_is_another_one(paper):
    with pytest.raises(SignedByStranger):
        checked(paper, chain().root)


def test_a_certificate_that_was_not_good_when_it_was_signed_is_a_strangers(drawn):
    late = chain(at=AT + timedelta(days=2))
    with pytest.raises(SignedByStranger):
        checked(signed(drawn, late), late.root)


def test_a_certificate_that_ended_since_is_good_still(drawn):
    early = chain(at=AT - timedelta(days=3 * 365 - 2))
    assert checked(signed(drawn, early), early.root).signed_at == AT


def test_a_paper_without_a_signature_is_told(drawn, ours):
    with pytest.raises(NotSigned):
        checked(drawn, ours.root)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"[" * 100_000, bytes(100)])
def test_what_is_no_pdf_is_no_signature(data, ours):
    with pytest.raises((SignatureBroken, NotSigned)):
        checked(data, ours.root)


def test_the_same_paper_has_the_same_signature_time_and_reader_sees_who_signed(paper):
    signature = PdfFileReader(BytesIO(paper)).embedded_signatures[0]
    assert signature.sig_object["/Name"] == BODY
    assert signature.self_reported_timestamp == AT
