"""What a page is made of: which colours it needs, whether it is blank, whether it is blurred.

Judged on a page that was straightened, before shadows are evened out for blur and blank, after it for colours.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from app.capture.cleaning import light
from app.capture.cleaning.picture import Picture, as_picture, extremes, grey, shrunk
from app.services.ports import Colours

BLANK = 0.0002
"""Part of the page that is ink; a page with nothing but its number may have as little."""
INK = 210
"""Brightness of an evened page from which a pixel is paper."""
SPECK = 6
"""Pixels: less is dust."""
SHARP = 0.2
"""Gradient over contrast at edges of ink; see tests/bench/bench_cleaning.py for what pages have."""
TINTED = 40
"""Difference between the channels."""
LEAST_COLOURED = 0.0004
LEAST_GREY = 0.004
FEWEST_PIXELS = 2000
"""Of the longer side for a page to be kept in black and white: fewer, and small characters close up."""


def colours(view: Picture, times: int, *, is_blurred: bool) -> Colours:
    """Return which colours a page needs, judged by a view that is so many times smaller than the page."""
    even = light.evened(shrunk(view, 900))
    if even.ndim == 3 and _coloured(even) > LEAST_COLOURED:
        return Colours.COLOUR
    if is_blurred or times * max(view.shape) < FEWEST_PIXELS or _mid_grey(grey(even)) > LEAST_GREY:
        return Colours.GREY
    return Colours.BLACK_AND_WHITE


def is_blank(page: Picture) -> bool:
    """Tell whether there is next to no ink on a page in grey, away from its borders."""
    even = light.evened(shrunk(page, 900), light.KEEPS_TEXT)
    margin = int(0.04 * min(even.shape))
    ink = (even[margin:-margin, margin:-margin] < INK).astype(np.uint8)
    areas = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:, cv2.CC_STAT_AREA]
    return float(areas[areas >= SPECK].sum()) / even.size < BLANK


def is_blurred(page: Picture) -> bool:
    """Tell whether the edges of ink are soft; a page without any is not blurred."""
    sharp = sharpness(page)
    return sharp is not None and sharp < SHARP


def sharpness(page: Picture) -> float | None:
    """Return how steep the edges of ink are, whatever stands on the page; None without any."""
    small = grey(shrunk(page, 1600))
    smooth = cv2.GaussianBlur(small, (3, 3), 0)
    across, down = (cv2.Sobel(smooth, cv2.CV_32F, *axis, ksize=3) / 8 for axis in ((1, 0), (0, 1)))
    around = np.ones((9, 9), np.uint8)
    contrast = cv2.subtract(cv2.dilate(small, around), cv2.erode(small, around)).astype(np.float32)
    edges = contrast > 45
    if edges.mean() < 0.002:
        return None
    steepest = cv2.dilate(cv2.magnitude(across, down), around)
    return float(np.median(steepest[edges] / contrast[edges]))


def _coloured(page: Picture) -> float:
    """Return which part is coloured; the fringes that scanners leave at black edges are too thin to count."""
    darkest, brightest = extremes(as_picture(cv2.blur(page, (3, 3))))
    return _part((cv2.subtract(brightest, darkest) > TINTED).astype(np.uint8))


def _mid_grey(page: Picture) -> float:
    """Return which part is neither ink nor paper, edges of ink left out."""
    return _part(((page > 70) & (page < 215)).astype(np.uint8), 5)


def _part(mask: NDArray[np.uint8], thickness: int = 2) -> float:
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((thickness, thickness), np.uint8))
    return float(opened.mean())
