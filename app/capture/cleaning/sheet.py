"""Where a sheet lies in a picture: on a desk, dark or light, or on a scanner's glass."""

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.capture.cleaning.picture import Picture, Points, as_picture, extremes, shrunk

LOOKED_AT = 640
"""Pixels of the longest side: corners are found to a thousandth of it, and text is gone."""
SMALLEST = 0.05
"""Of the picture: an identity card below a document camera that reaches A4."""
FULLEST = 0.88
"""What a sheet fills of its four corners; less is no quadrangle."""
RIM = 5
"""Pixels to either side of an edge where the picture is compared."""
LEAST_STEP = 7
"""Of 255: paper on a white desk has some 10, a shadow much less."""
LEAST_EDGE = 0.6
BORDER = 4
STRAIGHTENING = (0.01, 0.02, 0.03, 0.05, 0.08)
"""How far an outline may be off four straight lines, in parts of its length."""
PAPER_STEP = 22
"""By how much the brightness of paper may differ from the middle of it to the picture's border."""
PAPER_TINT = 40
DARKEST_PAPER = 120
BRIGHTEST = 95
"""Per cent of the picture that are darker than paper usually is: a sheet may be small in it."""
MOSTLY = 0.85


def fills(picture: Picture) -> bool:
    """Tell whether the picture is paper from border to border, as a scanner gives it.

    That is: all four borders are as bright and as little coloured as the paper in the middle.
    """
    darkest, brightest = extremes(_small(picture))
    paper = float(np.percentile(darkest, BRIGHTEST))
    is_paper = (darkest > paper - PAPER_STEP) & (cv2.subtract(brightest, darkest) < PAPER_TINT)
    width = max(2, min(is_paper.shape) // 50)
    borders = (is_paper[:width], is_paper[-width:], is_paper[:, :width], is_paper[:, -width:])
    return paper > DARKEST_PAPER and all(border.mean() > MOSTLY for border in borders)


def corners(picture: Picture) -> Points | None:
    """Return the sheet's corners (upper left, upper right, lower right, lower left), None when they are not all seen.

    Not for a picture that a page fills: what looks like a sheet there is a table.
    """
    colour = _small(picture)
    found = max(_sheets(colour), key=lambda sheet: sheet[0], default=None)
    return None if found is None else _in_order(found[1]) * (picture.shape[0] // colour.shape[0])


def _small(picture: Picture) -> Picture:
    small = shrunk(picture, LOOKED_AT)
    return small if small.ndim == 3 else as_picture(cv2.cvtColor(small, cv2.COLOR_GRAY2RGB))


def _sheets(colour: Picture) -> Iterator[tuple[float, Points]]:
    """Yield what may be a sheet, and how well it looks like one."""
    height, width = colour.shape[:2]
    smooth = _without_text(colour)
    for mask in _masks(smooth):
        opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
        for outline in cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]:
            area = cv2.contourArea(outline)
            if area < SMALLEST * height * width:
                continue
            quadrangle = _quadrangle(outline)
            whole = max(cv2.contourArea(quadrangle), 1.0)
            full = min(area, whole) / max(area, whole)
            edge = _least_edge(smooth, quadrangle)
            if full >= FULLEST and edge >= LEAST_EDGE and _corners_at_the_border(quadrangle, width, height) < 2:
                yield full + edge + 0.3 * whole / (height * width), quadrangle


def _without_text(colour: Picture) -> Picture:
    """Return lightness and colour without what is thin and dark."""
    lab = cv2.cvtColor(colour, cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.morphologyEx(lab[..., 0], cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    return as_picture(cv2.medianBlur(lab, 7))


def _masks(smooth: Picture) -> Iterator[Picture]:
    """Yield what is lighter than its surroundings, what is less coloured, and what lies between edges."""
    light, *tints = cv2.split(smooth)
    dull = 255 - cv2.max(*(cv2.absdiff(tint, np.full_like(tint, 128)) for tint in tints))
    for seen in (light, dull):
        yield as_picture(cv2.threshold(seen, 0, 255, cv2.THRESH_OTSU)[1])
    edges = cv2.Canny(cv2.bilateralFilter(light, 9, 30, 9), 20, 60)
    yield as_picture(255 - cv2.dilate(edges, np.ones((3, 3), np.uint8)))


def _least_edge(smooth: Picture, quadrangle: Points) -> float:
    """Return along which part of its weakest side the picture changes from inside to outside.

    Where the light falls off, half of a sheet is brighter than the rest: its inner side has no edge.
    """
    middle = quadrangle.mean(axis=0)
    return min(
        _edge(smooth, start, end, middle)
        for start, end in zip(quadrangle, np.roll(quadrangle, -1, axis=0), strict=True)
    )


def _edge(smooth: Picture, start: Points, end: Points, middle: Points) -> float:
    points = start + np.linspace(0.05, 0.95, 60)[:, None] * (end - start)
    inwards = (middle - (start + end) / 2) / max(float(np.linalg.norm(middle - (start + end) / 2)), 1.0)
    inside, outside = (_seen(smooth, points + inwards * step) for step in (RIM, -RIM))
    return float((np.abs(inside - outside).max(axis=1) > LEAST_STEP).mean())


def _seen(smooth: Picture, points: NDArray[Any]) -> NDArray[np.int16]:
    last = np.array(smooth.shape[1::-1]) - 1
    x, y = np.clip(np.round(points), 0, last).astype(int).T
    seen: NDArray[np.int16] = smooth[y, x].astype(np.int16)
    return seen


def _quadrangle(outline: cv2.typing.MatLike) -> Points:
    """Return four corners around an outline: its own where it has four, else those of the rectangle around it."""
    hull = cv2.convexHull(outline)
    length = cv2.arcLength(hull, closed=True)
    for part in STRAIGHTENING:
        points = cv2.approxPolyDP(hull, part * length, closed=True)
        if len(points) <= 4:
            break
    if len(points) != 4:
        points = cv2.boxPoints(cv2.minAreaRect(hull))
    return _along_the_sides(points.reshape(4, 2).astype(np.float32), outline.reshape(-1, 2).astype(np.float32))


def _along_the_sides(rough: Points, outline: Points) -> Points:
    """Return the corners where straight lines along the sides meet: the outline itself is round at its corners."""
    sides = [_side(a, b, outline) for a, b in zip(rough, np.roll(rough, -1, axis=0), strict=True)]
    before = sides[-1:] + sides[:-1]
    return np.array([np.cross(a, b)[:2] / np.cross(a, b)[2] for a, b in zip(before, sides, strict=True)], np.float32)


def _side(start: Points, end: Points, outline: Points) -> NDArray[np.float64]:
    """Return the line (a, b, c with ax + by + c = 0) through the middle part of a side."""
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1.0)
    length = float(np.linalg.norm(end - start))
    offset = outline - start
    down, off = offset @ along, np.abs(offset @ np.array([-along[1], along[0]]))
    near = outline[(down > 0.1 * length) & (down < 0.9 * length) & (off < 0.03 * length + 2)]
    if len(near) < 8:
        near = np.stack([start, end])
    x, y = (float(value) for value in near.mean(axis=0))
    dx, dy = (float(value) for value in cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01)[:2, 0])
    return np.array([-dy, dx, dy * x - dx * y])


def _corners_at_the_border(quadrangle: Points, width: int, height: int) -> int:
    x, y = quadrangle[:, 0], quadrangle[:, 1]
    return int(((x < BORDER) | (x > width - 1 - BORDER) | (y < BORDER) | (y > height - 1 - BORDER)).sum())


def _in_order(quadrangle: Points) -> Points:
    """Return the corners clockwise from the upper left."""
    middle = quadrangle.mean(axis=0)
    clockwise = quadrangle[np.argsort(np.arctan2(*(quadrangle - middle).T[::-1]))]
    first = int(clockwise.sum(axis=1).argmin())
    return np.roll(clockwise, -first, axis=0).astype(np.float32)
