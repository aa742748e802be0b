"""What is printed onto a pre-numbered blank form (套打), and the sheet by which its place is measured."""

from dataclasses import replace

import pytest
from PIL import ImageChops

from app.domain.paper import NOT_MOVED, PageSize, Paper, Shift
from app.services.errors import MissingGlyphs
from tests.papers.samples import CASE_NUMBER, COPIES, NOWHERE, VALUES, WITNESS, maker, pages_of, picture_of, text_of

DPI = 254
"""Ten dots a millimetre."""
INK = 128
FEW = 50
"""Dots that a renderer may round to the other side."""


def approval(size=PageSize.A4, **values):
    own = {
        "number": "5199001010002026001",
        "name": "林𬱖禾",
        "site": "云溪镇柳湾村4组",
        "area": "120",
        "base_area": "80",
        "owner": "柳湾村农民集体",
        "land_use": "住宅",
        "kind": "新建",
        "storeys": "2",
        "east": "村道",
        "south": "水渠",
        "west": "林地",
        "north": "李家",
        "issued_on": "2026年5月18日",
        "valid_until": "2028年5月17日",
    }
    return Paper("homestead_approval", {**VALUES, **own, **values}, {}, CASE_NUMBER, WITNESS, size, COPIES)


def ink(pdf, page=0):
    return picture_of(pdf, DPI, page).point(lambda grey: 255 * (grey < INK))


def moved(picture, right, down):
    return ImageChops.offset(picture, right, down)


def test_only_the_values_are_printed_and_only_on_the_first_copy():
    pdf = maker().overlay(approval(), NOT_MOVED)
    text = text_of(pdf, 0)
    assert pages_of(pdf) == 1
    assert all(
        value in text for value in ("林𬱖禾", "柳湾村农民集体", "5199001010002026001", "2028年5月17日", "何长宁")
    )
    assert all(
        word not in text for word in ("户主姓名", "根据《中华人民共和国土地管理法》", "开工前", "经办人", "存根")
    )


@pytest.mark.parametrize("size", PageSize)
def test_every_value_stands_where_it_stands_on_the_whole_paper(size):
    whole, onto = ink(maker().make(approval(size))), ink(maker().overlay(approval(size), NOT_MOVED))
    assert ImageChops.subtract(onto, whole).getbbox() is None
    assert 0 < onto.histogram()[255] < whole.histogram()[255] * 0.6


def test_it_is_moved_by_tenths_of_a_millimetre():
    straight = ink(maker().overlay(approval(), NOT_MOVED))
    right_and_up = ink(maker().overlay(approval(), Shift(right=23, down=-15)))
    other_dots = ImageChops.difference(right_and_up, moved(straight, 23, -15)).histogram()[255]
    assert other_dots < FEW < ImageChops.difference(right_and_up, straight).histogram()[255]


def test_a_remark_stands_above_and_moves_nothing():
    straight = ink(maker().overlay(approval(), NOT_MOVED))
    remarked = ink(maker().overlay(replace(approval(), remarks=("代替已作废的 云溪3证〔2026〕000001号",)), NOT_MOVED))
    box = ImageChops.difference(straight, remarked).getbbox()
    assert box is not None
    assert 50 < box[1] < box[3] <= 220


def test_what_no_font_has_is_named_before_a_blank_is_wasted():
    with pytest.raises(MissingGlyphs):
        maker().overlay(approval(name=NOWHERE), NOT_MOVED)


@pytest.mark.parametrize("shift", [NOT_MOVED, Shift(12, -7)])
@pytest.mark.parametrize("size", PageSize)
def test_the_cross_of_the_test_sheet_stands_50_mm_from_both_edges(size, shift):
    sheet = ink(maker().test_sheet(size, shift))
    x, y = 500 + shift.right, 500 + shift.down
    arms = [sheet.crop((x - 50, y - 2, x + 50, y + 3)), sheet.crop((x - 2, y - 50, x + 3, y + 50))]
    lengths = [max(arm.getbbox()[2] - arm.getbbox()[0], arm.getbbox()[3] - arm.getbbox()[1]) for arm in arms]
    assert lengths == [100, 100]
    assert sheet.crop((x + 5, y + 5, x + 50, y + 50)).getbbox() is None
    text = text_of(maker().test_sheet(size, shift), 0)
    assert ("+1.2" in text and "-0.7" in text) == (shift != NOT_MOVED)
