"""The place of a body's seal: named in the PDF, with its picture where there is one, and what may be such a picture."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from app.papers.seal import KEPT_ACROSS, read_seal, seal_as_kept
from app.services.errors import NotASeal
from tests.papers.samples import certificate, maker, receipt, text_of


def seal(mode="RGBA", across=800, ground=(255, 255, 255, 0)):
    picture = Image.new("RGBA", (across, across), ground)
    ImageDraw.Draw(picture).ellipse((20, 20, across - 20, across - 20), outline=(200, 20, 20, 255), width=24)
    return picture.convert(mode)


def as_file(picture, form="PNG"):
    target = BytesIO()
    picture.save(target, form)
    return target.getvalue()


def places(pdf):
    with pikepdf.open(BytesIO(pdf)) as paper:
        return {str(name): [float(edge) for edge in place[2:]] for name, place in paper.Root.get("/Dests", {}).items()}


def reds(pdf):
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    return sum(1 for red, green, _blue in page.get_flattened_data() if red > 150 and green < 90)


def test_each_copy_of_a_certificate_names_where_the_seal_belongs():
    assert [name for name in places(maker().make(certificate())) if name.startswith("/seal")] == ["/seal.1", "/seal.2"]


def test_the_place_is_as_large_as_a_seal_and_on_the_page():
    left, bottom, right, top = places(maker().make(certificate()))["/seal.1"]
    assert round((right - left) / 72 * 25.4) == round((top - bottom) / 72 * 25.4) == 42
    assert left > 0
    assert right < 596
    assert bottom > 0


def test_a_receipt_that_is_stamped_at_the_window_has_no_such_place():
    assert not [name for name in places(maker().make(receipt())) if name.startswith("/seal")]


def test_a_paper_that_is_signed_says_so_and_one_that_is_not_does_not():
    assert "已电子签名" in text_of(maker().make(replace(certificate(), is_signed=True)), 0)
    assert "已电子签名" not in text_of(maker().make(certificate()), 0)


def test_the_picture_of_the_seal_is_drawn_in_its_place_and_the_words_under_it_stay():
    plain = maker().make(certificate())
    sealed = maker().make(replace(certificate(), seal=as_file(seal())))
    assert reds(sealed) > reds(plain) + 500
    assert text_of(sealed, 0) == text_of(plain, 0)


def test_white_ground_of_a_scanned_seal_becomes_clear():
    read = read_seal(as_file(seal("RGB", ground=(255, 255, 255, 255)), "JPEG"))
    assert read.getpixel((400, 400))[3] == 0
    assert read.getpixel((400, 30))[3] == 255


def test_a_seal_is_kept_no_larger_than_a_printer_can_show():
    kept = Image.open(BytesIO(seal_as_kept(as_file(seal(across=1800)))))
    assert kept.size == (KEPT_ACROSS, KEPT_ACROSS)
    assert kept.getpixel((5, 5))[3] == 0


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "form"),
        (b"%PDF-1.7", "form"),
        (as_file(seal())[:900], "form"),
        (as_file(seal(across=120)), "coarse"),
        (as_file(Image.new("1", (5000, 5000))), "size"),
        (bytes(3 * 1024 * 1024), "size"),
    ],
)
def test_what_is_no_picture_of_a_seal_is_told_by_what_is_wrong(data, fault):
    with pytest.raises(NotASeal) as told:
        read_seal(data)
    assert told.value.fault == fault
