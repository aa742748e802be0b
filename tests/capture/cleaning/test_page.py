"""The whole way of a page, in this process."""

import io

import numpy as np
import pytest
from PIL import Image

from app.capture.cleaning.page import cleaned
from app.capture.cleaning.picture import grey
from app.domain.application import PageRemark
from app.services.ports import Colours
from tests.capture import drawn
from tests.capture.cleaning.test_steps import LYING, photo
from tests.papers.samples import CASE_NUMBER


def looks_like(data, page):
    """Return how alike two pages are, from 0 to 1, whatever their sizes."""
    got = Image.fromarray(np.asarray(drawn.pixels(data))).convert("L").resize((60, 85))
    true = Image.fromarray(grey(page)).resize((60, 85))
    return float(np.corrcoef(np.asarray(got).ravel(), np.asarray(true).ravel())[0, 1])


@pytest.mark.parametrize("lies", [90, 180])
def test_a_sheet_on_a_desk_becomes_an_upright_page_with_its_code(lies):
    page = drawn.paper("receipt", 200)
    laid = drawn.on_desk(drawn.turned(page, lies), LYING, size=(2800, 2100), desk=(90, 70, 50))
    if lies in {90, 270}:
        laid = drawn.on_desk(drawn.turned(page, lies), LYING[:, ::-1][[0, 3, 2, 1]], size=(2800, 2100))
    clean = cleaned(drawn.as_jpeg(drawn.noisy(drawn.shaded(laid, 0.7), 4)), None, None)
    assert clean.corners is not None
    assert not clean.remarks
    assert CASE_NUMBER in [code.text for code in clean.codes]
    assert looks_like(clean.data, page) > 0.8


def test_a_sheet_that_leaves_the_picture_is_kept_whole_and_told():
    clean = cleaned(drawn.as_jpeg(photo(drawn.paper("receipt", 100), LYING + np.float32((0, 0.3)))), None, None)
    assert clean.corners is None
    assert PageRemark.NO_EDGES in clean.remarks


def test_a_skewed_scan_is_levelled_and_told_nothing_of():
    clean = cleaned(drawn.as_jpeg(drawn.noisy(drawn.skewed(drawn.paper("notice", 200), 1.7), 4)), None, None)
    assert clean.corners is None
    assert not clean.remarks
    assert clean.colours is Colours.BLACK_AND_WHITE
    assert looks_like(clean.data, drawn.paper("notice", 200)) > 0.8


def test_a_blank_back_is_told():
    assert cleaned(drawn.as_jpeg(drawn.noisy(drawn.blank(), 4)), None, None).remarks == {PageRemark.BLANK}


def test_a_page_without_focus_is_told_and_kept_in_grey():
    soft = drawn.blurred(drawn.paper("notice", 200), 4)
    clean = cleaned(drawn.as_jpeg(soft), None, None)
    assert clean.remarks == {PageRemark.BLURRED}
    assert clean.colours is Colours.GREY


def test_places_where_a_photograph_was_taken_do_not_get_in():
    exif = Image.Exif()
    exif[0x010E] = "secret words"
    buffer = io.BytesIO()
    Image.fromarray(drawn.sealed(drawn.paper("certificate", 100))).save(buffer, "JPEG", exif=exif)
    assert b"secret words" in buffer.getvalue()
    assert b"secret words" not in cleaned(buffer.getvalue(), None, None).data
