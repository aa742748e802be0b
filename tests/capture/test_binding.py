"""Documents of page images: what they weigh, how they lie, and that everything stays legible."""

import io
from functools import cache

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from app.capture.binding import PdfBinder
from app.capture.cleaning.page import cleaned
from app.capture.codes import codes_on
from app.services.ports import BoundPage, Colours
from tests.capture import drawn
from tests.papers.samples import CASE_NUMBER, maker

A4 = pytest.approx((595.3, 841.9), abs=0.2)


def bound(*pages, title="居民身份证"):
    return PdfBinder().bind(pages, title)


def rendered(document, page=0, dpi=200):
    opened = pypdfium2.PdfDocument(document)
    try:
        return np.asarray(opened[page].render(scale=dpi / 72).to_pil().convert("L")).copy()
    finally:
        opened.close()


def images_of(document):
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return [
            (_filter(image), image.read_raw_bytes()) for page in pdf.pages for image in page.Resources.XObject.values()
        ]


def _filter(image):
    found = image["/Filter"]
    return str(found[0] if isinstance(found, pikepdf.Array) else found)


@cache
def cleaned_page(colours, dpi=200):
    clean = cleaned(drawn.as_jpeg(drawn.noisy(drawn.paper("receipt", dpi), 4)), colours, None)
    return BoundPage(clean.data, clean.media_type)


def test_a_jpeg_goes_in_as_it_is_and_black_and_white_as_group_4():
    grey, lines = cleaned_page(Colours.GREY), cleaned_page(Colours.BLACK_AND_WHITE)
    (first, jpeg), (second, group_4) = images_of(bound(grey, lines))
    assert (first, second) == ("/DCTDecode", "/CCITTFaxDecode")
    assert jpeg == grey.data
    assert len(group_4) < len(lines.data)


def fine_print(image):
    """Return the lines in small type beside the bar code, where a stroke is a tenth of a millimetre wide."""
    high, wide = image.shape
    return image[round(0.9 * high) : round(0.95 * high), round(0.55 * wide) : round(0.95 * wide)].astype(float)


@pytest.mark.parametrize("colours", list(Colours))
def test_a_bar_code_and_small_print_stay_legible_in_every_mode(colours):
    document = bound(cleaned_page(colours))
    page = rendered(document)
    assert [code.text for code in codes_on(page)] == [CASE_NUMBER]
    true = drawn.paper("receipt", 200).mean(axis=2)[: page.shape[0], : page.shape[1]]
    page = page[: true.shape[0], : true.shape[1]]
    assert np.corrcoef(fine_print(page).ravel(), fine_print(true).ravel())[0, 1] > 0.8


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_every_page_is_a_sheet_of_a4_the_way_the_clerk_turned_it(turn):
    image = drawn.as_jpeg(drawn.turned(drawn.paper("receipt", 100), -turn % 360))
    document = bound(BoundPage(image, "image/jpeg", turn))
    opened = pypdfium2.PdfDocument(document)
    assert opened[0].get_size() == A4
    opened.close()
    shown = rendered(document, dpi=30)
    true = Image.fromarray(drawn.paper("receipt", 100)).convert("L").resize(shown.shape[::-1])
    assert np.corrcoef(shown.ravel(), np.asarray(true).ravel())[0, 1] > 0.8


def test_a_card_is_as_large_as_a_card():
    card = np.full((540, 856, 3), 60, np.uint8)
    page = rendered(bound(BoundPage(drawn.as_jpeg(card), "image/jpeg")), dpi=100)
    dark = np.argwhere(page < 128)
    height, width = (dark.max(axis=0) - dark.min(axis=0)) / 100 * 25.4
    assert (width, height) == (pytest.approx(85.6, abs=0.6), pytest.approx(54, abs=0.6))


def test_the_properties_hold_no_person_no_place_and_no_time():
    with pikepdf.open(io.BytesIO(bound(cleaned_page(Colours.GREY), title="户口簿"))) as pdf:
        told = {key: str(value) for key, value in pdf.docinfo.items()}
    assert told == {"/Title": "户口簿", "/Producer": "Lideng", "/Creator": "Lideng"}


@pytest.mark.parametrize("turn", [0, 90])
def test_a_stamp_stands_upright_in_the_upper_right_corner_in_words_that_can_be_searched(turn):
    image = drawn.as_jpeg(drawn.turned(drawn.blank(50), -turn % 360))
    stamped = maker().stamped(
        bound(BoundPage(image, "image/jpeg", turn)), ("原件核对", "何长宁", "2026年5月18日 10:26")
    )
    opened = pypdfium2.PdfDocument(stamped)
    text = opened[0].get_textpage().get_text_bounded()
    picture = opened[0].render(scale=1).to_numpy()
    opened.close()
    assert text.split() == ["原件核对", "何长宁", "2026年5月18日", "10:26"]
    red = np.argwhere(np.ptp(picture[..., :3].astype(int), axis=2) > 60)
    assert red[:, 0].max() < 100
    assert red[:, 1].min() > 420
