"""Each step of cleaning on pages whose truth is known, because they were drawn."""

import cv2
import numpy as np
import pytest

from app.capture.cleaning import content, light, placing, sheet, skew, upright
from app.capture.cleaning.picture import grey, shrunk
from app.services.ports import Colours
from tests.capture import drawn

LYING = np.float32([[0.3, 0.08], [0.68, 0.12], [0.7, 0.9], [0.26, 0.86]])
"""Corners of a sheet that lies askew below a camera."""
DESKS = {"black": (22, 20, 20), "wood": (150, 110, 70), "light wood": (205, 180, 150), "light grey": (196, 196, 198)}


def photo(page, corners=LYING, **desk):
    return drawn.noisy(drawn.on_desk(page, corners, size=(1600, 1200), **desk), 4)


@pytest.mark.parametrize("desk", DESKS)
def test_a_sheet_is_found_on_a_dark_and_on_a_light_desk(desk):
    picture = photo(drawn.paper("receipt", 100), desk=DESKS[desk])
    assert not sheet.fills(picture)
    found = sheet.corners(picture)
    assert found is not None
    off = np.linalg.norm(found - LYING * (1600, 1200), axis=1)
    assert off.max() < 0.004 * 2000  # of the diagonal


@pytest.mark.parametrize("moved", [(0.0, 0.25), (0.45, 0.0), (0.4, 0.3)])
def test_a_sheet_that_leaves_the_picture_has_no_corners(moved):
    picture = photo(drawn.paper("receipt", 100), LYING + np.float32(moved))
    assert sheet.corners(picture) is None


def test_a_shadow_across_a_sheet_does_not_cut_it_in_two():
    picture = drawn.shaded(photo(drawn.paper("notice", 100), desk=(200, 200, 200)), 0.5)
    found = sheet.corners(picture)
    assert found is None or np.linalg.norm(found - LYING * (1600, 1200), axis=1).max() < 20


def test_a_scanned_page_fills_its_picture_even_if_a_table_looks_like_a_sheet():
    page = drawn.paper("receipt", 100).copy()
    page[300:900, 100:700] = 180
    assert sheet.fills(page)


@pytest.mark.parametrize("degrees", [-6.3, -1.0, 0.0, 0.4, 2.7])
@pytest.mark.parametrize("side", [0, 90])
def test_lines_are_levelled_within_a_tenth_of_a_degree(degrees, side):
    page = drawn.noisy(drawn.skewed(drawn.turned(drawn.paper("receipt", 150), side), degrees), 4)
    assert skew.angle(page) == pytest.approx(-degrees, abs=0.1)


def test_a_blank_page_and_a_photograph_are_not_turned():
    photograph = drawn.blurred(drawn.noisy(drawn.blank(100), 90), 8)
    for page in (drawn.noisy(drawn.blank(100), 4), photograph):
        assert skew.angle(page) == 0
        assert upright.turn(grey(page)) == 0


@pytest.mark.parametrize("lies", [0, 90, 180, 270])
@pytest.mark.parametrize("kind", ["receipt", "certificate"])
def test_a_page_is_turned_upright(kind, lies):
    page = drawn.noisy(drawn.turned(drawn.paper(kind, 150), lies), 4)
    assert (upright.turn(grey(page)) + lies) % 360 == 0


def test_without_the_classifier_no_page_is_turned(monkeypatch):
    monkeypatch.setattr(upright, "_classifier", lambda: None)
    for lies in (90, 180):
        assert upright.turn(grey(drawn.turned(drawn.paper("receipt", 150), lies))) == 0


def test_placing_draws_corners_angle_and_turn_at_once():
    page = drawn.paper("receipt", 100)
    picture = drawn.on_desk(drawn.turned(page, 180), LYING, size=(3200, 2400))
    place = placing.turned(placing.between(LYING * np.float32((3200, 2400))), 180)
    got = grey(cv2.resize(placing.drawn(picture, place), page.shape[1::-1], interpolation=cv2.INTER_AREA))
    assert place.height / place.width == pytest.approx(297 / 210, rel=0.02)
    assert np.abs(got.astype(int) - grey(page)).mean() < 10


def test_levelling_loses_no_corner_of_the_page():
    page = drawn.blank(50)
    page[:8, :8] = page[-8:, -8:] = 0
    place = placing.levelled(placing.whole(page), 7.0)
    got = placing.drawn(page, place)
    assert (got < 60).sum() > 0.8 * (page < 60).sum()


@pytest.mark.parametrize("reach", [light.KEEPS_TEXT, light.KEEPS_PHOTOS])
def test_a_shadow_is_evened_out_and_the_text_stays(reach):
    page = drawn.paper("receipt", 100)
    even = grey(light.evened(drawn.shaded(page, 0.45), reach))
    paper = even[grey(page) == 255]
    assert np.percentile(paper, 2) > 235
    assert even[grey(page) < 40].mean() < 90


def test_a_portrait_keeps_its_tones_and_a_seal_its_red():
    page = drawn.with_portrait(drawn.sealed(drawn.paper("certificate", 150)))
    even = light.evened(page)
    is_portrait = (page.max(axis=2) < 200) & (page.min(axis=2) > 80) & (np.ptp(page, axis=2) == 0)
    assert np.abs(even[is_portrait].astype(int) - page[is_portrait]).mean() < 30
    is_red = np.ptp(page, axis=2) > 150
    assert even[is_red][:, 0].mean() - even[is_red][:, 1].mean() > 140


def view_of(page):
    small = shrunk(page, 1600)
    return small, page.shape[0] // small.shape[0]


def colours_of(page, *, is_blurred=False):
    return content.colours(*view_of(page), is_blurred=is_blurred)


@pytest.mark.parametrize(
    ("page", "colours"),
    [
        (drawn.paper("notice", 200), Colours.BLACK_AND_WHITE),
        (drawn.with_portrait(drawn.paper("notice", 200)), Colours.GREY),
        (drawn.sealed(drawn.paper("notice", 200)), Colours.COLOUR),
    ],
    ids=["text", "portrait", "seal"],
)
def test_the_content_chooses_the_colours(page, colours):
    for seen in (page, drawn.noisy(page, 5), drawn.noisy(drawn.shaded(page, 0.6), 4)):
        assert colours_of(drawn.pixels(drawn.as_jpeg(seen))) is colours


def test_fringes_at_black_edges_make_no_page_coloured():
    page = drawn.paper("notice", 300).copy()
    page[..., 0] = np.roll(page[..., 0], 1, axis=0)
    page[..., 2] = np.roll(page[..., 2], -1, axis=1)
    assert colours_of(page) is Colours.BLACK_AND_WHITE


def test_few_pixels_and_soft_edges_are_kept_in_grey():
    assert colours_of(drawn.paper("notice", 100)) is Colours.GREY
    assert colours_of(drawn.paper("notice", 200), is_blurred=True) is Colours.GREY


def test_a_page_without_ink_is_blank():
    for page in (drawn.blank(150), drawn.shaded(drawn.noisy(drawn.blank(150), 5), 0.6)):
        assert content.is_blank(grey(page))
    for kind in ("receipt", "certificate"):
        assert not content.is_blank(grey(drawn.noisy(drawn.paper(kind, 150), 5)))


def test_a_single_line_is_not_blank():
    page = drawn.blank(200)
    cv2.putText(page, "20260518 000731 0042 97", (200, 400), cv2.FONT_HERSHEY_SIMPLEX, 1, (30, 30, 30), 2)
    assert not content.is_blank(grey(page))


@pytest.mark.parametrize("kind", ["receipt", "certificate"])
@pytest.mark.parametrize("dpi", [150, 200])
def test_a_blurred_page_is_told_from_a_sharp_one(kind, dpi):
    page = drawn.paper(kind, dpi)
    # Wider than the strokes of common characters.
    soft = drawn.blurred(page, 0.6 / 25.4 * dpi)
    assert not content.is_blurred(grey(shrunk(drawn.noisy(page, 5), 1600)))
    assert content.is_blurred(grey(shrunk(drawn.noisy(soft, 5), 1600)))
