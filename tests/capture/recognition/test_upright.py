import numpy as np
import pytest

from app.capture.recognition.upright import half_turned, levelled, lies_on_its_side, quarter_turned

PICTURE = np.zeros((100, 200, 3), np.uint8)
LINE = np.float32([[[20, 30], [120, 30], [120, 50], [20, 50]]])


def test_text_that_runs_down_the_picture_shows_that_it_lies_on_its_side() -> None:
    assert not lies_on_its_side(LINE)
    assert lies_on_its_side(np.float32([[[30, 20], [50, 20], [50, 120], [30, 120]]]))


def test_a_quarter_turn_takes_the_corners_along() -> None:
    picture, corners = quarter_turned(PICTURE, LINE)
    assert picture.shape[:2] == (200, 100)
    assert corners[0].tolist() == [[30, 80], [50, 80], [50, 180], [30, 180]]


def test_two_half_turns_change_nothing() -> None:
    picture, corners = half_turned(*half_turned(PICTURE, LINE))
    assert picture.shape == PICTURE.shape
    assert np.array_equal(corners, LINE)


@pytest.mark.parametrize("angle", [-9.0, -3.0, 4.0, 12.0])
def test_tilted_lines_are_made_level(angle: float) -> None:
    turn = np.deg2rad(angle)
    tilted = (LINE - 50) @ np.float32([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + 50
    _picture, corners = levelled(PICTURE, tilted.astype(np.float32))
    assert abs(corners[0, 1, 1] - corners[0, 0, 1]) < 0.5


def test_level_lines_stay_as_they_are() -> None:
    picture, corners = levelled(PICTURE, LINE)
    assert picture is PICTURE
    assert corners is LINE
