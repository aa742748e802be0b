"""Which way up a page is, told by its lines of text.

Lines tell whether a page lies on its side; whether they stand on their heads says a small classifier that ships with the
recognition (PP-OCR's, 0.6 MB). A page that cannot be told stays as it is: a wrong turn is worse than none.
"""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.capture.cleaning.picture import Picture, as_picture, grey, shrunk

MODEL = "models/ch_ppocr_mobile_v2.0_cls_mobile.onnx"
LINES_AT = 900
"""Pixels of the longest side: enough to tell lines from gaps."""
LINE = (48, 192)
"""Height and width of what the classifier sees."""
MOST_LINES = 8
FEWEST_LINES = 3
SURE = 0.9
"""What the classifier must say of a line for its vote to count."""
CLEARLY = 4
"""How many times more must speak for turning than against it."""

Line = tuple[int, int, int, int]
"""Left, top, width, height."""


def turn(page: Picture) -> int:
    """Return by how many degrees clockwise a level page must be turned: 0, 90, 180 or 270; 0 when that is not sure.

    The page should be some 1,600 pixels long.
    """
    image = grey(page)
    level, on_its_side = _lines(image)
    if _length(level) * CLEARLY < _length(on_its_side):
        upside_down = _is_upside_down(as_picture(cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE)), on_its_side)
        return 0 if upside_down is None else 270 if upside_down else 90
    if _length(on_its_side) * CLEARLY < _length(level):
        return 180 if _is_upside_down(image, level) else 0
    return 0


def _length(lines: list[Line]) -> int:
    return sum(width for _, _, width, _ in lines)


def _lines(image: Picture) -> tuple[list[Line], list[Line]]:
    """Return what is long and low as a line of text is, and what would be after a quarter turn clockwise."""
    times = max(1, round(max(image.shape) / LINES_AT))
    ink = _ink(shrunk(image, LINES_AT))
    size = _character(ink)
    if not size:
        return [], []
    gap = max(2, round(0.35 * size))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    boxes = cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:, :4]
    left, top, width, height = boxes.T
    after = np.stack((ink.shape[0] - top - height, left, height, width), axis=1)
    return _like_lines(boxes, size, times), _like_lines(after, size, times)


def _like_lines(boxes: NDArray[Any], size: float, times: int) -> list[Line]:
    """Return the boxes that have the shape of a line of text, longest first, so many times larger."""
    width, height = boxes[:, 2], boxes[:, 3]
    lines = boxes[(width > 3 * height) & (height > 0.6 * size) & (height < 2.2 * size)]
    ordered = lines[np.argsort(-lines[:, 2], kind="stable")]
    return [(left, top, wide, high) for left, top, wide, high in (ordered * times).tolist()]


def _ink(image: Picture) -> Picture:
    """Return the ink without the rules of tables."""
    ink = as_picture(cv2.adaptiveThreshold(image, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 21, 15))
    for rule in ((1, 40), (40, 1)):
        straight = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(rule, np.uint8))
        ink = as_picture(cv2.subtract(ink, cv2.dilate(straight, np.ones((3, 3), np.uint8))))
    return ink


def _character(ink: Picture) -> float:
    """Return the usual size of a character in pixels, 0 when there are few."""
    boxes = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    sizes = boxes[:, 2:4].max(axis=1)
    characters = sizes[(sizes >= 4) & (sizes <= 40)]
    return float(np.percentile(characters, 60)) if len(characters) >= 10 else 0.0


def _is_upside_down(image: Picture, lines: list[Line]) -> bool | None:
    """Tell whether lines stand on their heads; None when the classifier is not sure, or not there."""
    pieces = [_piece(image, line) for line in lines[:MOST_LINES]]
    network = _classifier()
    if len(pieces) < FEWEST_LINES or network is None:
        return None
    network.setInput(np.stack(pieces))
    answers = network.forward()
    for_it, against = int((answers[:, 1] > SURE).sum()), int((answers[:, 0] > SURE).sum())
    if for_it >= max(FEWEST_LINES, CLEARLY * against):
        return True
    return False if against >= max(FEWEST_LINES, CLEARLY * for_it) else None


def _piece(image: Picture, line: Line) -> NDArray[np.float32]:
    """Return some characters of a line as the classifier takes them."""
    left, top, width, height = line
    margin = max(1, height // 8)
    piece = image[max(0, top - margin) : top + height + margin, left : left + min(width, 6 * height)]
    wide = min(LINE[1], round(piece.shape[1] * LINE[0] / piece.shape[0]))
    fitted = np.zeros((3, *LINE), np.float32)
    fitted[:, :, :wide] = cv2.resize(piece, (wide, LINE[0])).astype(np.float32) / 127.5 - 1
    return fitted


@cache
def _classifier() -> "cv2.dnn.Net | None":
    """Return the classifier, None where the recognition is not installed."""
    # Found without importing it: rapidocr loads much that is not needed here.
    found = importlib.util.find_spec("rapidocr")
    path = Path(found.origin).parent / MODEL if found and found.origin else None
    return cv2.dnn.readNetFromONNX(str(path)) if path and path.exists() else None
