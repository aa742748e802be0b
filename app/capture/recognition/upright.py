"""How a picture lies, by the lines of text in it, and how it is turned: pictures and the corners of lines together.

Corners are an array of lines × 4 points × (x, y), from the upper left round as the text was found.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Corners = NDArray[np.float32]

LEVEL_DEG = 0.7
"""A line that is tilted by less is level."""


def lies_on_its_side(corners: Corners) -> bool:
    """Tell whether most of the text runs up or down."""
    across, down = _sides(corners)
    return bool(down[down > 1.5 * across].sum() > across[across > 1.5 * down].sum())


def quarter_turned(picture: Picture, corners: Corners) -> tuple[Picture, Corners]:
    """Return both a quarter to the left."""
    width = picture.shape[1]
    turned = np.stack([corners[:, :, 1], width - corners[:, :, 0]], axis=2)
    return np.ascontiguousarray(np.rot90(picture)), np.roll(turned, -1, axis=1)


def half_turned(picture: Picture, corners: Corners) -> tuple[Picture, Corners]:
    """Return both upside down."""
    height, width = picture.shape[:2]
    turned = np.array([width, height], np.float32) - corners
    return np.ascontiguousarray(picture[::-1, ::-1]), np.roll(turned, 2, axis=1)


def levelled(picture: Picture, corners: Corners) -> tuple[Picture, Corners]:
    """Return both turned so that the lines are level."""
    angle = _tilt(corners)
    if abs(angle) < LEVEL_DEG:
        return picture, corners
    height, width = picture.shape[:2]
    turn: Any = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    level: Any = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    points = corners.reshape(-1, 2) @ turn[:, :2].T + turn[:, 2]
    return level, points.reshape(corners.shape).astype(np.float32)


def _tilt(corners: Corners) -> float:
    """Return by how many degrees the longer lines are tilted, downwards to the right above 0."""
    across, down = _sides(corners)
    is_long = across > 3 * down
    if not is_long.any():
        return 0.0
    run = corners[is_long, 1] - corners[is_long, 0] + corners[is_long, 2] - corners[is_long, 3]
    order = np.argsort(angles := np.degrees(np.arctan2(run[:, 1], run[:, 0])))
    weights = np.cumsum(across[is_long][order])
    return float(angles[order][np.searchsorted(weights, weights[-1] / 2)])


def _sides(corners: Corners) -> tuple[Any, Any]:
    across = np.linalg.norm(corners[:, 1] - corners[:, 0], axis=1)
    return across, np.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)
