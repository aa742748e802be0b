from itertools import pairwise

import pytest
import zxingcpp

from app.domain.paper import PageSize
from app.papers import code128
from tests.papers.samples import CASE_NUMBER, certificate, maker, notice, picture_of, receipt

SIZES = pytest.mark.parametrize("size", PageSize)


def read(picture):
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128)]


@SIZES
@pytest.mark.parametrize("paper", [receipt, notice, certificate])
def test_a_scan_of_200_dpi_reads_the_case_number(paper, size):
    assert read(picture_of(maker().make(paper(size)), dpi=200)) == [CASE_NUMBER]


@SIZES
@pytest.mark.parametrize("threshold", [90, 128, 200])
def test_a_black_and_white_print_of_203_dpi_reads_at_any_darkness(size, threshold):
    picture = picture_of(maker().make(receipt(size)), dpi=203)
    assert read(picture.point(lambda grey: 255 if grey > threshold else 0)) == [CASE_NUMBER]


def test_a_module_is_a_whole_number_of_dots_of_a_203_dpi_printer():
    dots = code128.MODULE / code128.DOT
    assert dots == round(dots)
    assert dots >= 2


def test_every_bar_and_every_gap_is_one_to_four_modules():
    bars = code128.bars(CASE_NUMBER)
    gaps = [right - (left + width) for (left, width), (right, _) in pairwise(bars)]
    assert {width for _, width in bars} | set(gaps) <= {1, 2, 3, 4}


def test_twenty_digits_take_145_modules():
    assert code128.width(code128.bars(CASE_NUMBER)) == pytest.approx(145 * code128.MODULE)


@SIZES
def test_the_quiet_zones_are_white(size):
    picture = picture_of(maker().make(receipt(size)), dpi=406)
    pixels = picture.load()
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128)[0].position
    row = (found.top_left.y + found.bottom_left.y) // 2
    quiet = round(code128.QUIET / 72 * 406) - 4
    left, right = found.top_left.x - 3, found.top_right.x + 3
    assert all(pixels[x, row] == 255 for x in (*range(left - quiet, left), *range(right, right + quiet)))
