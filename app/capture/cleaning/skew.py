"""By how much the lines of a page are off the level."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.capture.cleaning.picture import Picture, grey, shrunk

LOOKED_AT = 900
LARGEST = 8.0
"""Degrees; a page that lies more askew was found by its edges, or is left alone."""
SMALLEST = 0.08
"""Degrees that nobody sees: turning a page for them would only blur it."""
COARSE, FINER, FINEST = 0.5, 0.1, 0.03
"""Degrees from one angle that is tried to the next."""
FEWEST = 300
MOST = 20_000
"""Points of ink; more make the answer no better."""
CLEARLY = 1.25
"""How much sharper the lines must be at the best angle than at most others."""


def angle(picture: Picture) -> float:
    """Return by how many degrees the page must be turned counterclockwise to be level; 0 when that cannot be told.

    A page that lies on its side is levelled as well.
    """
    points = _ink(grey(shrunk(picture, LOOKED_AT)))
    if len(points) < FEWEST:
        return 0.0
    coarse = np.arange(-LARGEST, LARGEST + 0.01, COARSE)
    sharpness = [_sharpness(points, degrees) for degrees in coarse]
    if max(sharpness) < CLEARLY * float(np.median(sharpness)):
        return 0.0
    best = float(coarse[int(np.argmax(sharpness))])
    around = best + np.arange(-5, 6) * FINER
    best = float(around[int(np.argmax([_sharpness(points, degrees) for degrees in around]))])
    best = _middle(points, best + np.arange(-8, 9) * FINEST)
    return best if abs(best) >= SMALLEST else 0.0


def _ink(page: Picture) -> NDArray[np.float32]:
    """Return where there is ink, away from the borders and around the middle."""
    smooth = cv2.GaussianBlur(page, (3, 3), 0)
    ink = cv2.adaptiveThreshold(smooth, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    margin = int(0.03 * min(ink.shape))
    y, x = np.nonzero(ink[margin:-margin, margin:-margin])
    points = np.stack((x - ink.shape[1] / 2, y - ink.shape[0] / 2), axis=1).astype(np.float32)
    if len(points) > MOST:
        points = points[np.random.default_rng(0).choice(len(points), MOST, replace=False)]
    return points


def _middle(points: NDArray[np.float32], angles: NDArray[Any]) -> float:
    """Return the middle of the sharp angles: the sharpest of all is up to 0.1 degrees off, by the grid of the pixels."""
    sharpness = np.array([_sharpness(points, degrees) for degrees in angles])
    above = np.clip(sharpness - (sharpness.max() + sharpness.min()) / 2, 0, None)
    return float((above * angles).sum() / max(above.sum(), 1e-9))


def _sharpness(points: NDArray[np.float32], degrees: float) -> float:
    """Return how sharply ink and gaps follow each other from line to line, and from column to column."""
    sine, cosine = np.sin(np.deg2rad(degrees)), np.cos(np.deg2rad(degrees))
    x, y = points[:, 0], points[:, 1]
    return _steps(y * cosine - x * sine) + _steps(x * cosine + y * sine)


def _steps(along: NDArray[np.float32]) -> float:
    profile = np.bincount((along - along.min()).astype(np.int32)).astype(np.float64)
    return float((np.diff(profile) ** 2).sum())
