"""Films of a desk below a document camera, drawn by hand: a desk, a hand, sheets of text that come, lie and are turned."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import cv2
import numpy as np

FPS = 10
SIZE = (640, 480)
SHEET = ((0.30, 0.10), (0.72, 0.12), (0.70, 0.90), (0.28, 0.88))
"""Corners of a sheet on the desk, as parts of the picture."""
DESK, SKIN = (52, 74, 96), (130, 160, 205)
NOISE = 3.0


def film(
    path: Path, scenes: Sequence[Sequence[np.ndarray]], size: tuple[int, int] = SIZE, noise: float = NOISE
) -> Path:
    """Write scenes as Motion JPEG, as a camera sends it, with the noise of its eye."""
    writer = cv2.VideoWriter(str(path), cv2.CAP_OPENCV_MJPEG, cv2.VideoWriter.fourcc(*"MJPG"), FPS, size)
    grains = _grains(size, noise) if noise else [np.zeros((size[1], size[0], 3), np.int16)]
    for number, picture in enumerate(one for scene in scenes for one in scene):
        writer.write(cv2.add(picture, grains[number % len(grains)], dtype=cv2.CV_8U))
    writer.release()
    return path


def empty(seconds: float, size: tuple[int, int] = SIZE) -> list[np.ndarray]:
    """Show the desk."""
    return [desk(size)] * round(seconds * FPS)


def lying(page: int, seconds: float, shift: float = 0.0, size: tuple[int, int] = SIZE) -> list[np.ndarray]:
    """Show a sheet that lies still."""
    return [with_sheet(desk(size), page, shift)] * round(seconds * FPS)


def hand_over(before: np.ndarray, after: np.ndarray, seconds: float = 0.6) -> list[np.ndarray]:
    """Show a hand that comes over ``before`` and goes off ``after``."""
    return list(_hand(before, after, round(seconds * FPS)))


def booklet(pages: Sequence[int], seconds: float = 1.5) -> list[list[np.ndarray]]:
    """Show pages one after the other, each turned by a hand; first of all the empty desk."""
    scenes, before = [empty(0.5)], desk(SIZE)
    for page in pages:
        after = with_sheet(desk(SIZE), page)
        scenes += [hand_over(before, after), [after] * round(seconds * FPS)]
        before = after
    return scenes


@cache
def desk(size: tuple[int, int]) -> np.ndarray:
    """Return an empty desk of wood, lighter on the left."""
    width, height = size
    grain = np.random.default_rng(7).normal(0, 6, (height, 1, 1)) + np.linspace(12, -12, width)[None, :, None]
    return np.clip(np.array(DESK) + grain, 0, 255).astype(np.uint8)


def with_sheet(below: np.ndarray, page: int, shift: float = 0.0, other_line: int = -1) -> np.ndarray:
    """Return the picture with a sheet of text on it; every page has a text of its own, page 0 is blank."""
    height, width = below.shape[:2]
    corners = np.array([((x + shift) * width, (y + shift / 2) * height) for x, y in SHEET], np.float32)
    return _laid(below, text(page, other_line), corners)


@cache
def text(page: int, other_line: int = -1) -> np.ndarray:
    """Return a page of lines of words in grey bars, as text looks from afar; one line may be filled in otherwise."""
    sheet = np.full((1120, 800, 3), 236, np.uint8)
    for number, line in enumerate(range(90, 1030, 34) if page else ()):
        draw = np.random.default_rng((page, number, number == other_line))
        at = 80 + int(draw.integers(0, 60))
        while at < 700:
            word = int(draw.integers(20, 110))
            if draw.random() < 0.8:
                cv2.rectangle(sheet, (at, line), (min(at + word, 720), line + 15), (70, 60, 60), -1)
            at += word + int(draw.integers(10, 50))
    return sheet


def _laid(below: np.ndarray, sheet: np.ndarray, corners: np.ndarray) -> np.ndarray:
    height, width = below.shape[:2]
    rows, columns = sheet.shape[:2]
    flat = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32)
    change = cv2.getPerspectiveTransform(flat, corners)
    laid = cv2.warpPerspective(sheet, change, (width, height), flags=cv2.INTER_AREA)
    mask = cv2.fillConvexPoly(np.zeros((height, width), np.uint8), corners.astype(np.int32), 255)
    return np.where(mask[..., None] > 0, laid, below)


def _hand(before: np.ndarray, after: np.ndarray, count: int) -> Iterator[np.ndarray]:
    height, width = before.shape[:2]
    for number in range(count):
        part = 1 - abs(2 * (number + 0.5) / count - 1)
        picture = (before if number < count / 2 else after).copy()
        centre = (round(width * (1.1 - 0.6 * part)), round(height * 0.55))
        cv2.ellipse(picture, centre, (width // 4, height // 9), 8, 0, 360, SKIN, -1)
        yield picture


@cache
def _grains(size: tuple[int, int], noise: float) -> list[np.ndarray]:
    draw = np.random.default_rng(3)
    return [draw.normal(0, noise, (size[1], size[0], 3)).astype(np.int16) for _ in range(2)]
