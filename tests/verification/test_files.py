"""Papers as they come: texts, photographs, scans and PDFs, good and hostile."""

import io
import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
import zxingcpp
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from app.verification import finding
from app.verification.files import Unreadable, found_in
from app.verification.found import Seal
from tests.papers.samples import certificate, maker, picture_of
from tests.security.example import ROOT, steps

PROOF = steps()["text"]


@pytest.fixture(scope="module")
def pdf():

    return maker().make(replace(certificate(), proof=PROOF))


def found(tmp_path, data, name="paper"):
    path = tmp_path / name
    path.write_bytes(data)
    return found_in(path, ROOT)


def as_jpeg(picture, quality=70):
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def photographed(page, turn=8, blur=1.2, noise=10):
    """Return a page on a dark desk, turned, a little out of focus, lit from one side."""
    grey = np.asarray(page, np.float32)
    height, width = grey.shape
    side = int(max(height, width) * 1.3)
    move = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    move[:, 2] += side / 2 - np.array([width, height]) / 2
    seen = cv2.warpAffine(grey, move, (side, side), borderValue=60)
    light = np.linspace(0.6, 1, side, dtype=np.float32)
    chance = np.random.default_rng(7)
    seen = cv2.GaussianBlur(seen * light, (0, 0), blur) + chance.normal(0, noise, seen.shape)
    return Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("text", [PROOF, PROOF + "\r\n", "\ufeff" + PROOF, steps()["address"]])
def test_the_text_of_a_code_is_found_as_it_is(tmp_path, text):
    assert found(tmp_path, text.encode()).codes == (text.removeprefix("\ufeff").strip(),)


def test_what_a_scanner_recognised_and_laid_unseen_over_a_scan_is_no_text_of_the_paper(tmp_path):
    for mode, text in ((3, ""), (0, "anewnumber")):
        page = io.BytesIO()
        drawn = Canvas(page)
        line = drawn.beginText(72, 720)
        line.setTextRenderMode(mode)
        line.textLine("a new number")
        drawn.drawText(line)
        drawn.save()
        assert found(tmp_path, page.getvalue()).text == text


def test_a_code_is_found_in_a_pdf_with_its_text_and_without_a_signature(tmp_path, pdf):
    read = found(tmp_path, pdf)
    assert read.codes == (PROOF,)
    assert "云溪3证〔2026〕000097号" in read.text
    assert read.seal is Seal.NONE


def test_a_code_is_found_on_a_scan_in_a_file(tmp_path, pdf):
    assert found(tmp_path, as_jpeg(picture_of(pdf, 200))).codes == (PROOF,)


@pytest.mark.parametrize("turn", [0, 8, 97, 180])
def test_a_code_is_found_on_a_photograph(pdf, turn):
    photo = photographed(picture_of(pdf, 250), turn)
    picture = finding._picture(as_jpeg(photo))
    assert PROOF in finding._codes(picture)


def test_noise_that_hides_a_code_is_gone_in_half_the_size(pdf):
    photo = photographed(picture_of(pdf, 300), blur=1.5, noise=28)
    assert not zxingcpp.read_barcodes(photo, formats=finding.QR_CODES)
    assert PROOF in finding._codes(photo)


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"words and words", b"{" * 5000],
    ids=range(8),
)
def test_what_cannot_be_read_is_told(tmp_path, data):
    with pytest.raises(Unreadable):
        found(tmp_path, data)


def test_what_is_not_there_or_too_large_is_not_read(tmp_path, monkeypatch):
    with pytest.raises(Unreadable):
        found_in(tmp_path / "nothing", ROOT)
    monkeypatch.setattr("app.verification.files.LARGEST_FILE", 100)
    with pytest.raises(Unreadable):
        found(tmp_path, b"x" * 101)


@pytest.mark.parametrize("told", [b"", b"[]", b"null", json.dumps({"x": 1}).encode(), b"[" * 3000])
def test_what_goes_along_with_a_pdf_in_another_way_says_nothing(told):
    from app.verification.files import _claims  # noqa: PLC0415

    assert _claims(told.decode()) == {}
