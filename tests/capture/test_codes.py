"""Bar codes and QR codes on pages that were drawn."""

import cv2
import numpy as np
import pytest
import zxingcpp

from app.capture.codes import _each_once, _Seen, codes_on, text_of
from app.services.ports import FoundCode
from tests.capture import drawn


def symbol(text, kind, width):
    """Return a code as an array, some pixels wide."""
    image = np.asarray(zxingcpp.create_barcode(text, kind).to_image(scale=8, add_quiet_zones=True))
    return cv2.resize(image, (width, round(image.shape[0] * width / image.shape[1])), interpolation=cv2.INTER_AREA)


def page_with(*placed):
    page = drawn.blank(150)[..., 0].copy()
    for image, left, top in placed:
        page[top : top + image.shape[0], left : left + image.shape[1]] = image[: page.shape[0] - top]
    return page


def test_all_codes_of_a_page_are_told_from_top_to_bottom():
    page = page_with(
        (symbol("LD-2", zxingcpp.BarcodeFormat.QRCode, 200), 100, 900),
        (symbol("20260518000731004297", zxingcpp.BarcodeFormat.Code128, 500), 600, 300),
    )
    assert codes_on(page) == (FoundCode("Code128", "20260518000731004297"), FoundCode("QRCode", "LD-2"))


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_code_is_read_whichever_way_the_page_lies(degrees):
    page = page_with((symbol("LDC20260518000731004297", zxingcpp.BarcodeFormat.Code128, 700), 200, 300))
    assert [code.text for code in codes_on(drawn.turned(page, degrees))] == ["LDC20260518000731004297"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_is_read_however_it_was_written(encoding):
    assert text_of("云溪镇居民委员会，证明第12号".encode(encoding)) == "云溪镇居民委员会，证明第12号"


def test_a_code_in_the_old_national_encoding_is_read_off_the_page():
    code = zxingcpp.create_barcode("统一社会信用代码".encode("gb18030"), zxingcpp.BarcodeFormat.QRCode)
    image = np.asarray(code.to_image(scale=6, add_quiet_zones=True))
    assert [found.text for found in codes_on(page_with((image, 200, 200)))] == ["统一社会信用代码"]


def test_of_two_readings_in_one_place_the_larger_counts():
    whole, misread, elsewhere = _Seen(10, 10, 400, 100, "a"), _Seen(10, 40, 398, 46, "b"), _Seen(10, 200, 400, 220, "c")
    assert {seen.code for seen in _each_once([misread, whole, elsewhere])} == {"a", "c"}


def test_a_page_of_text_has_no_codes():
    page = drawn.paper("notice", 150)[:1500].mean(axis=2).astype(np.uint8)
    assert codes_on(np.ascontiguousarray(page)) == ()
