"""Stillness and sameness, without a process."""

import cv2
import numpy as np
import pytest

from app.capture.cameras.looking import STILL_S, Watch, are_same, sheet_print
from app.capture.cameras.sheet import find_sheet
from tests.capture.cameras.films import SHEET, SIZE, desk, hand_over, with_sheet

SHEET_A = with_sheet(desk(SIZE), 1)


def looked(watch: Watch, pictures: list[np.ndarray], at_s: float = 0.0) -> bool:
    """Let the watch see pictures, a tenth of a second each; return whether a sheet lies still at the end."""
    is_still = False
    for number, picture in enumerate(pictures):
        is_still = watch.look(picture, at_s + number / 10).is_still
    return is_still


def printed(picture: np.ndarray) -> np.ndarray:
    corners = find_sheet(picture)
    assert corners is not None
    return sheet_print(picture, corners)


def test_a_sheet_has_to_lie_for_a_while() -> None:
    enough = round(STILL_S * 10) + 2
    assert not looked(Watch(), [SHEET_A] * (enough - 2))
    assert looked(Watch(), [SHEET_A] * enough)


def test_a_hand_on_the_sheet_is_no_stillness() -> None:
    watch = Watch()
    assert looked(watch, [SHEET_A] * 10)
    assert not looked(watch, hand_over(SHEET_A, SHEET_A, 1.0), at_s=1.0)


def test_a_lamp_that_is_switched_on_does_not_move_the_sheet() -> None:
    watch = Watch()
    looked(watch, [SHEET_A] * 10)
    assert watch.look(cv2.add(SHEET_A, np.full_like(SHEET_A, 12)), 1.0).is_still


def test_noise_of_the_eye_is_no_movement() -> None:
    draw = np.random.default_rng(5)
    noisy = [cv2.add(SHEET_A, draw.normal(0, 8, SHEET_A.shape).astype(np.int16), dtype=cv2.CV_8U) for _ in range(9)]
    assert looked(Watch(), noisy)


@pytest.mark.parametrize("other", range(2, 12))
def test_another_page_is_another_page(other: int) -> None:
    assert not are_same(printed(SHEET_A), printed(with_sheet(desk(SIZE), other)))


@pytest.mark.parametrize("line", [0, 9, 20])
def test_the_same_form_filled_in_otherwise_is_another_page(line: int) -> None:
    assert not are_same(printed(SHEET_A), printed(with_sheet(desk(SIZE), 1, other_line=line)))


def test_a_blank_page_is_another_page_than_one_with_text() -> None:
    blank = with_sheet(desk(SIZE), 0)
    assert not are_same(printed(blank), printed(SHEET_A))
    assert are_same(printed(blank), printed(with_sheet(desk(SIZE), 0, shift=0.01)))


@pytest.mark.parametrize("shift", [-0.02, 0.003, 0.02])
def test_the_same_page_elsewhere_and_under_other_light_is_the_same(shift: float) -> None:
    dim = cv2.convertScaleAbs(with_sheet(desk(SIZE), 1, shift), alpha=0.75)
    assert are_same(printed(SHEET_A), printed(dim))


def test_an_empty_desk_and_a_hand_are_no_sheet() -> None:
    wood = desk(SIZE)
    assert not looked(Watch(), [*[wood] * 10, *hand_over(wood, wood), *[wood] * 10])


def test_a_sheet_that_leaves_the_picture_has_no_corners() -> None:
    assert find_sheet(with_sheet(desk(SIZE), 1, shift=0.35)) is None
    assert find_sheet(desk(SIZE)) is None
    found = find_sheet(SHEET_A)
    assert found is not None
    assert max(abs(corner.x - x) for corner, (x, _) in zip(found, SHEET, strict=True)) < 0.01
