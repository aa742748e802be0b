"""Pictures as bytes and as arrays. Only ever in the helper process: what it decodes comes from outside."""

from collections.abc import Iterable
from typing import Any

import cv2
import numpy as np
from PIL import ImageOps

from app.capture.opening import faults_told, flat, opened
from app.capture.recognition.lines import Box, around
from app.capture.recognition.upright import Picture

LARGEST_PX = 2400
"""A side that is longer is made so long: A4 at 200 dpi."""
PIECE_QUALITY = 85
WIDEST_PIECE_PX = 1000
PIECE_MARGIN, LOW_MARGIN = 0.35, 0.15
"""Beside a line of text, and above and below it, where the next lines are near; as parts of its height."""


def decoded(data: bytes) -> Picture:
    """Return a JPEG or PNG in colour (BGR), no larger than is of use; Fault when that is impossible."""
    picture = opened(data)
    with faults_told():
        ImageOps.exif_transpose(picture, in_place=True)
    colours: Any = cv2.cvtColor(np.asarray(flat(picture).convert("RGB")), cv2.COLOR_RGB2BGR)
    return _shrunk(colours, LARGEST_PX / max(colours.shape[:2]))


def _shrunk(picture: Picture, scale: float) -> Picture:
    """Return the picture smaller by a factor; one of 1 or more changes nothing."""
    if scale >= 1:
        return picture
    smaller: Any = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.uint8)


def cut_out(picture: Picture, region: Box) -> Picture:
    """Return a part of a picture; what lies outside is left away."""
    height, width = picture.shape[:2]
    top, bottom = max(0, int(region.top)), min(height, int(region.bottom) + 1)
    left, right = max(0, int(region.left)), min(width, int(region.right) + 1)
    return picture[top:bottom, left:right]


def piece(picture: Picture, boxes: Iterable[Box]) -> bytes:
    """Return the part of a picture on which some lines stand, as JPEG."""
    region = around(boxes)
    height = min(region.height, 60)
    part = cut_out(picture, region.grown(PIECE_MARGIN * height, LOW_MARGIN * height))
    part = _shrunk(part, WIDEST_PIECE_PX / part.shape[1])
    _is_written, data = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, PIECE_QUALITY])
    return data.tobytes()
