"""Finds the sheet in a frame of the live view."""

import cv2
import numpy as np
from numpy.typing import NDArray

from app.services.ports import Corner, Corners

Picture = NDArray[np.uint8]

SIDE = 320
SMALLEST_PART = 0.06
"""Of the picture: an identity card below a camera that sees A4 covers as much."""
FULL = 0.88
"""How much of its four corners a sheet fills."""
ROOM = 3
"""Dots between a corner and the edge of the picture."""


def find_sheet(picture: Picture) -> Corners | None:
    """Return the corners of the largest bright sheet that is seen whole, None without one."""
    part = SIDE / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=part, fy=part, interpolation=cv2.INTER_AREA)
    light = cv2.medianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2LAB)[..., 0], 5)
    light = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    _, mask = cv2.threshold(light, 0, 255, cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    height, width = small.shape[:2]
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:3]:
        area = cv2.contourArea(outline)
        if area < SMALLEST_PART * height * width:
            break
        hull = cv2.convexHull(outline)
        corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
        if len(corners) == 4 and area >= FULL * cv2.contourArea(corners):
            found = corners[:, 0].astype(np.float32)
            inside = (found > ROOM).all() and (found < (width - ROOM, height - ROOM)).all()
            if inside:
                return _ordered(found / (width, height))
    return None


def _ordered(points: NDArray[np.float32]) -> Corners:
    along, across = points.sum(axis=1), np.diff(points, axis=1)[:, 0]
    order = (along.argmin(), across.argmin(), along.argmax(), across.argmax())
    first, second, third, fourth = (Corner(float(points[n][0]), float(points[n][1])) for n in order)
    return first, second, third, fourth
