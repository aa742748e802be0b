"""Pictures as arrays and back, and smaller pictures to look at. Nothing of a file but its pixels gets in."""

import io
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.capture.opening import Fault, flat, opened

Picture = NDArray[np.uint8]
"""Grey (height, width) or colour (height, width, 3) in the order red, green, blue."""
Points = NDArray[np.float32]
"""Rows of x and y, in pixels."""
Matrix = NDArray[np.float64]
"""Three by three: takes points of one picture to points of another."""

JPEG_QUALITY = 75
PNG_EFFORT = 4
"""Of 9: more takes longer than it saves room."""
WORTH_READING = 64
"""Pixels; a shorter side is no page."""


def decoded(data: bytes) -> Picture:
    """Return the pixels of a JPEG or PNG; Fault when it is none, broken off or too large."""
    picture = opened(data)
    if min(picture.size) < WORTH_READING:
        raise Fault("damaged")
    return np.asarray(flat(picture))


def encoded(picture: Picture, *, black_and_white: bool = False) -> tuple[bytes, str]:
    """Return a page as JPEG or, black and white, as PNG with one bit a pixel, and its media type."""
    buffer = io.BytesIO()
    page = Image.fromarray(picture)
    if black_and_white:
        page.point(_TO_ONE_BIT, "1").save(buffer, "PNG", compress_level=PNG_EFFORT)
        return buffer.getvalue(), "image/png"
    page.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue(), "image/jpeg"


def grey(picture: Picture) -> Picture:
    """Return the picture in grey."""
    return picture if picture.ndim == 2 else as_picture(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))


def shrunk(picture: Picture, longest: int) -> Picture:
    """Return the picture about as long as so many pixels: a whole number of times smaller, which is ten times faster.

    It is at most half as long again as wanted, and a row that is left over is left out.
    """
    times = max(1, round(max(picture.shape[:2]) / longest))
    if times == 1:
        return picture
    height, width = (side // times for side in picture.shape[:2])
    whole = picture[: height * times, : width * times]
    return as_picture(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA))


def extremes(colour: Picture) -> tuple[Picture, Picture]:
    """Return the darkest and the brightest channel of each pixel; NumPy takes ten times as long."""
    red, green, blue = cv2.split(colour)
    darkest, brightest = cv2.min(cv2.min(red, green), blue), cv2.max(cv2.max(red, green), blue)
    return as_picture(darkest), as_picture(brightest)


def as_picture(array: NDArray[Any]) -> Picture:
    """Return what OpenCV gave as what it is: its types say less than we know."""
    return array.astype(np.uint8, copy=False)


_TO_ONE_BIT = [0] * 128 + [255] * 128
