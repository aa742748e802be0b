"""Finds the sheet in a frame of the live view, fast enough for twenty of them a second.

A picture that was taken is looked at with more care by ``app.capture.cleaning.sheet``, which takes as long as ten frames.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from app.services.ports import Corner, Corners

Picture = NDArray[np.uint8]
Points = NDArray[np.float32]

SIDE = 320
SMALLEST_PART = 0.06
"""Of the picture: an identity card below a camera that sees A4 covers as much."""
FULL = 0.88
"""How much of its four corners a sheet fills."""
ROOM = 3
"""Dots between a corner and the edge of the picture."""
CORNERS = 4
ROUGH = 0.03
"""How far an outline may be off four straight lines, in parts of its length."""
OFF = 5.0
"""Dots that a point of the outline may be off a side that it belongs to."""
LEAST = 6
"""Points that tell where a side runs."""


def find_sheet(picture: Picture) -> Corners | None:
    """Return the corners of the largest bright sheet that is seen whole, None without one."""
    part = SIDE / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=part, fy=part, interpolation=cv2.INTER_AREA)
    light = cv2.medianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2LAB)[..., 0], 5)
    light = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    _, mask = cv2.threshold(light, 0, 255, cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    height, width = small.shape[:2]
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:3]:
        area = cv2.contourArea(outline)
        if area < SMALLEST_PART * height * width:
            break
        rough = cv2.approxPolyDP(cv2.convexHull(outline), ROUGH * cv2.arcLength(outline, closed=True), closed=True)
        if len(rough) == CORNERS and area >= FULL * cv2.contourArea(rough):
            found = _straightened(outline[:, 0].astype(np.float32), rough[:, 0].astype(np.float32))
            if (found > ROOM).all() and (found < (width - ROOM, height - ROOM)).all():
                return _ordered((found + 0.5) / (width, height))
    return None


def _straightened(outline: Points, rough: Points) -> Points:
    """Return the corners where the sides meet, which run through all points of the outline that are theirs."""
    sides = [_side(outline, rough[n], rough[(n + 1) % CORNERS]) for n in range(CORNERS)]
    met = [_meeting(sides[n - 1], sides[n], rough[n]) for n in range(CORNERS)]
    return np.array(met, np.float32)


def _side(outline: Points, start: Points, end: Points) -> Points:
    """Return a point and a direction of the side between two rough corners; its ends, where sheets are bent, do not count."""
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1.0)
    reach = (outline - start) @ along
    off = np.abs((outline - start) @ np.array((-along[1], along[0])))
    length = float(np.linalg.norm(end - start))
    own = outline[(reach > 0.1 * length) & (reach < 0.9 * length) & (off < OFF)]
    if len(own) < LEAST:
        return np.array((*start, *along), np.float32)
    across, down, x, y = cv2.fitLine(own, cv2.DIST_HUBER, 0, 0.01, 0.01)[:, 0]
    return np.array((x, y, across, down), np.float32)


def _meeting(one: Points, other: Points, rough: Points) -> Points:
    """Return where two sides meet, the rough corner when they hardly do."""
    turn = float(one[2] * other[3] - one[3] * other[2])
    if abs(turn) < 0.1:
        return rough
    step = float((other[0] - one[0]) * other[3] - (other[1] - one[1]) * other[2]) / turn
    return np.asarray(one[:2] + step * one[2:], np.float32)


def _ordered(points: Points) -> Corners:
    along, across = points.sum(axis=1), np.diff(points, axis=1)[:, 0]
    order = (along.argmin(), across.argmin(), along.argmax(), across.argmax())
    first, second, third, fourth = (Corner(float(points[n][0]), float(points[n][1])) for n in order)
    return first, second, third, fourth
