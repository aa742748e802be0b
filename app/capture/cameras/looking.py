"""What there is to be seen in the frames of a live view: whether a sheet lies still, and whether it is another one."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.capture.cameras.sheet import find_sheet
from app.services.ports import Corners

Picture = NDArray[np.uint8]
Print = NDArray[np.float32]

STILL_S = 0.6
"""A sheet that lay so long without a change is there to be taken."""
SMALL = (128, 96)
"""Width and height at which frames are compared."""
PART = 16
"""Dots along a side of the squares in which pictures are compared."""
MOVED = 6.0
"""Grey levels by which some square changes on average when something moves; a camera's noise stays below 2."""
PRINT = (120, 160)
EDGE = 6
"""Dots at the edge of a print that are not compared: the desk may look in."""
SAME = 0.35
"""Contrasts by which no square differs when one sheet is seen twice (0.2 and less was measured, the sheet lying
askew and in other light); where one line of a form is filled in otherwise, some square differs by 0.5 and more."""
TRIES = cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 15, 1e-3
BLANK = 2.0
"""Grey levels: a sheet whose print varies by less has nothing on it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen in a frame."""

    corners: Corners | None
    is_still: bool
    is_new: bool


class Watch:
    """Looks at one frame after the other and remembers the sheet that was taken last."""

    def __init__(self) -> None:
        self._before: Print | None = None
        self._moved_s = float("-inf")
        self._taken: Print | None = None

    def look(self, picture: Picture, at_s: float) -> Sight:
        """Return what is to be seen in a frame of the time ``at_s``, which only ever grows."""
        if self._moves(picture):
            self._moved_s = at_s
        corners = find_sheet(picture)
        is_still = corners is not None and at_s - self._moved_s >= STILL_S
        return Sight(corners, is_still, is_still and self._is_new(picture, corners))

    def note_taken(self, picture: Picture) -> Corners | None:
        """Remember the sheet in ``picture`` as taken, and return where it lies."""
        corners = find_sheet(picture)
        self._taken = sheet_print(picture, corners) if corners else None
        return corners

    def _moves(self, picture: Picture) -> bool:
        """Tell whether something moved since the frame before; a change of the light alone does not count."""
        small = cv2.cvtColor(cv2.resize(picture, SMALL, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
        now = np.asarray(cv2.GaussianBlur(small, (5, 5), 0), np.float32)
        before, self._before = self._before, now
        if before is None:
            return True
        change = now - before
        change = np.abs(change - np.median(change))
        return _largest_mean(change, PART) > MOVED

    def _is_new(self, picture: Picture, corners: Corners | None) -> bool:
        if self._taken is None or corners is None:
            return True
        return not are_same(self._taken, sheet_print(picture, corners))


def sheet_print(picture: Picture, corners: Corners) -> Print:
    """Return what is on a sheet, small and without its light: enough to tell it from another one."""
    height, width = picture.shape[:2]
    lies = np.array([(corner.x * width, corner.y * height) for corner in corners], np.float32)
    across, down = PRINT
    flat = np.array([(0, 0), (across, 0), (across, down), (0, down)], np.float32)
    warped = cv2.warpPerspective(picture, cv2.getPerspectiveTransform(lies, flat), PRINT, flags=cv2.INTER_AREA)
    grey = np.asarray(cv2.GaussianBlur(cv2.cvtColor(warped, cv2.COLOR_BGR2GRAY), (3, 3), 0), np.float32)
    return np.asarray(grey - cv2.GaussianBlur(grey, (0, 0), 8), np.float32)


def are_same(one: Print, other: Print) -> bool:
    """Tell whether two prints are of the same sheet, which may have been pushed or turned a little."""
    contrasts = one.std(), other.std()
    if min(contrasts) < BLANK:
        return bool(max(contrasts) < BLANK)
    try:
        _, fit = cv2.findTransformECC(one, other, np.eye(3, dtype=np.float32), cv2.MOTION_HOMOGRAPHY, TRIES)
    except cv2.error:
        return False  # they do not even come near each other
    laid = cv2.warpPerspective(other, fit, PRINT, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    unlike = np.abs(one / contrasts[0] - laid / max(laid.std(), BLANK))[EDGE:-EDGE, EDGE:-EDGE]
    return _largest_mean(unlike, PART) < SAME


def _largest_mean(values: Print, side: int) -> float:
    """Return the mean of the square of ``side`` where it is largest."""
    rows, columns = (length // side for length in values.shape)
    squares = values[: rows * side, : columns * side].reshape(rows, side, columns, side)
    return float(squares.mean(axis=(1, 3)).max())
