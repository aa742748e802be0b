"""Papers as they come: texts, photographs, scans and PDFs, good and hostile."""

import io
import json
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from app.capture.limits import LARGEST_FILE
from app.capture.shared_helper import SharedHelper
from app.domain.verdict import Unread
from app.verification import finding
from app.verification.files import PaperFiles, Unreadable, contents
from app.verification.found import Seal
from tests.campaigns.hostile_pdf import drawn as drawn_pdf
from tests.papers.samples import certificate, maker, picture_of
from tests.security.example import ROOT, steps
from tests.verification.dying import HANGS, KILLS
from tests.verification.photographs import as_jpeg, photographed

PROOF = steps()["text"]


@pytest.fixture(scope="module")
def pdf():

    return maker().make(replace(certificate(), proof=PROOF))


@pytest.fixture(scope="module")
def files():
    with closing(PaperFiles()) as files:
        yield files


@pytest.fixture
def found(files):
    return lambda data: files.found(data, ROOT)


@pytest.mark.parametrize("text", [PROOF, PROOF + "\r\n", "\ufeff" + PROOF, steps()["address"]])
def test_the_text_of_a_code_is_found_as_it_is(found, text):
    assert found(text.encode()).codes == (text.removeprefix("\ufeff").strip(),)


def test_what_a_scanner_recognised_and_laid_unseen_over_a_scan_is_no_text_of_the_paper(found):
    for mode, text in ((3, ""), (0, "anewnumber")):
        page = io.BytesIO()
        drawn = Canvas(page)
        line = drawn.beginText(72, 720)
        line.setTextRenderMode(mode)
        line.textLine("a new number")
        drawn.drawText(line)
        drawn.save()
        assert found(page.getvalue()).text == text


def test_a_code_is_found_in_a_pdf_with_its_text_and_without_a_signature(found, pdf):
    read = found(pdf)
    assert read.codes == (PROOF,)
    assert "云溪3证〔2026〕000097号" in read.text
    assert read.seal is Seal.NONE


def test_a_code_is_found_on_a_scan_in_a_file(found, pdf):
    assert found(as_jpeg(picture_of(pdf, 200))).codes == (PROOF,)


@pytest.mark.parametrize("turn", [0, 8, 97, 180])
def test_a_code_is_found_on_a_photograph(pdf, turn):
    photo = photographed(picture_of(pdf, 250), turn)
    picture = finding._picture(as_jpeg(photo))
    assert PROOF in finding._codes(finding._sizes(picture))


def test_noise_that_hides_a_code_is_gone_in_half_the_size(pdf):
    photo = photographed(picture_of(pdf, 300), blur=1.5, noise=28)
    assert not zxingcpp.read_barcodes(photo, formats=finding.QR_CODES)
    assert PROOF in finding._codes(finding._sizes(photo))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Unread.EMPTY),
        (b"\0", Unread.KIND),
        (b"%PDF-1.7\n", Unread.DAMAGED),
        (b"\xff\xd8\xff\xe0", Unread.KIND),
        (b"GIF89a", Unread.KIND),
        (b"words and words", Unread.KIND),
        (b"{" * 5000, Unread.KIND),
        (as_jpeg(Image.new("L", (900, 900)))[:400], Unread.DAMAGED),
        (as_jpeg(Image.new("L", (6400, 6400), 255), 1), Unread.SIZE),
        (drawn_pdf(StandardEncryption("secret")), Unread.ENCRYPTED),
    ],
    ids=range(10),
)
def test_what_cannot_be_read_is_told(found, data, why):
    with pytest.raises(Unreadable) as told:
        found(data)
    assert told.value.why is why


def test_what_is_no_file_is_told(tmp_path):
    for path, why in {
        tmp_path / "nothing": Unread.MISSING,
        tmp_path / ("n" * 5000): Unread.MISSING,
        tmp_path / "zero\0byte": Unread.MISSING,
        tmp_path: Unread.FOLDER,
    }.items():
        with pytest.raises(Unreadable) as told:
            contents(path)
        assert told.value.why is why


def test_a_file_that_may_not_be_opened_is_told(monkeypatch, tmp_path):
    def refuse(_path, _mode):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(Unreadable) as told:
        contents(tmp_path / "paper.pdf")
    assert told.value.why is Unread.FORBIDDEN


def test_of_a_long_pdf_it_is_told_that_not_every_page_was_looked_at(found):
    page = io.BytesIO()
    drawn = Canvas(page)
    for _page in range(finding.MOST_PAGES + 1):
        drawn.showPage()
    drawn.save()
    assert found(page.getvalue()).is_longer


def test_no_more_of_a_large_file_is_read_than_tells_that_it_is_large(found, tmp_path):
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    data = contents(path)
    assert len(data) == LARGEST_FILE + 1
    with pytest.raises(Unreadable) as told:
        found(data)
    assert told.value.why is Unread.SIZE


@pytest.fixture
def mortal(monkeypatch):
    """Files that are read in a process that dies over some."""
    with closing(PaperFiles()) as files:
        files._helper = SharedHelper("tests.verification.dying", longest_s=30, most_answers=3)
        yield files


@pytest.mark.parametrize("hostile", [KILLS, HANGS])
def test_a_file_over_which_its_reader_is_lost_costs_that_file_alone(mortal, hostile):
    code = zxingcpp.create_barcode(PROOF, zxingcpp.BarcodeFormat.QRCode)
    scan = as_jpeg(Image.fromarray(np.array(code.to_image(scale=4))))
    assert mortal.found(scan, ROOT).codes == (PROOF,)
    mortal._helper._longest_s = 1
    with pytest.raises(Unreadable) as told:
        mortal.found(hostile, ROOT)
    mortal._helper._longest_s = 30
    assert told.value.why is Unread.LOST
    assert mortal.found(scan, ROOT).codes == (PROOF,)


def test_one_process_reads_many_files_but_not_for_ever(mortal):
    pids = []
    for _file in range(6):
        with pytest.raises(Unreadable):
            mortal.found(b"no paper", ROOT)
        pids.append(mortal._helper.pid)
    assert pids[0] == pids[1] != pids[3] == pids[4]
    assert pids[2] == pids[5] == 0


@pytest.mark.parametrize("told", [b"", b"[]", b"null", json.dumps({"x": 1}).encode(), b"[" * 3000])
def test_what_goes_along_with_a_pdf_in_another_way_says_nothing(told):
    from app.verification.files import _claims  # noqa: PLC0415

    assert _claims(told.decode()) == {}
