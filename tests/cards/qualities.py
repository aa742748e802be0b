"""What scanners, copiers and telephones make of cards: pictures of growing badness, each by a seed the same.

A quality takes the sides of a card (arrays in BGR) and gives the pictures a clerk would have of them, as JPEG.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from random import Random

import cv2
import numpy as np

Picture = np.ndarray
CARD_MM = 85.6
A4_MM = (210, 297)


def clean(sides: Sequence[Picture], rng: Random) -> list[bytes]:
    """Give each side as a scanner at 300 dpi does that found the card itself."""
    return [
        _jpeg(cv2.copyMakeBorder(side, 30, 30, 30, 30, cv2.BORDER_CONSTANT, value=(250, 250, 250)), 90)
        for side in sides
    ]


def scan_150(sides: Sequence[Picture], rng: Random) -> list[bytes]:
    """Give both sides on one A4 page, scanned in colour at 150 dpi, a little tilted."""
    return [_jpeg(_noisy(_page(sides, 150, rng), 2, rng), 75)]


def copy_200(sides: Sequence[Picture], rng: Random) -> list[bytes]:
    """Give a photocopy without the cards' edges, scanned in grey at 200 dpi."""
    page = cv2.cvtColor(_page([_copied(side) for side in sides], 200, rng), cv2.COLOR_BGR2GRAY)
    return [_jpeg(_noisy(page, 5, rng), 75)]


def photo(
    sides: Sequence[Picture], rng: Random, *, quality: int = 80, blur: float = 0.7, turn_deg: float | None = None
) -> list[bytes]:
    """Give a photo of each side on a desk: askew, by a wanted angle or up to 12°, seen from the side, lit from one corner."""
    return [
        _jpeg(_noisy(cv2.GaussianBlur(_on_desk(side, rng, turn_deg), (0, 0), blur), 3, rng), quality) for side in sides
    ]


def turned(sides: Sequence[Picture], rng: Random) -> list[bytes]:
    """Give what ``photo`` or ``scan_150`` gives, by a quarter, a half or three quarters turned."""
    kind = rng.choice((photo, scan_150))
    turn = rng.choice((cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE))
    return [_jpeg(cv2.rotate(_read(picture), turn), 85) for picture in kind(sides, rng)]


def blurred(sides: Sequence[Picture], rng: Random) -> list[bytes]:
    """Give a photo out of focus."""
    return photo(sides, rng, blur=2.0)


def very_blurred(sides: Sequence[Picture], rng: Random) -> list[bytes]:
    """Give a photo on which a person has trouble to read the small print."""
    return photo(sides, rng, blur=3.2)


def glare(sides: Sequence[Picture], rng: Random, *, size: float = 1.0) -> list[bytes]:
    """Give a photo with the lamp's reflection on the card, ``size`` times as wide as usual."""
    return [_jpeg(_shone_on(_read(picture), rng, size), 80) for picture in photo(sides, rng)]


def jpeg_30(sides: Sequence[Picture], rng: Random) -> list[bytes]:
    """Give a photo that a messenger has squeezed."""
    return photo(sides, rng, quality=30)


NORMAL: Mapping[str, Callable[[Sequence[Picture], Random], list[bytes]]] = {
    "clean": clean, "scan 150 dpi": scan_150, "copy 200 dpi": copy_200, "photo": photo,
}  # fmt: skip
HARD: Mapping[str, Callable[[Sequence[Picture], Random], list[bytes]]] = {
    "turned": turned, "blur": blurred, "strong blur": very_blurred, "glare": glare, "JPEG q30": jpeg_30,
}  # fmt: skip
SPOILED: Mapping[str, Callable[[Sequence[Picture], Random], list[bytes]]] = {
    **{f"askew by {angle}°": partial(photo, turn_deg=angle) for angle in (0, 10, 20, 30, 45)},
    **{f"blur σ {sigma} px": partial(photo, blur=sigma) for sigma in (1.0, 2.0, 3.0, 4.0, 5.0)},
    **{f"glare {size}×": partial(glare, size=size) for size in (0.5, 1.0, 1.5, 2.0)},
}
"""The same photo, worse step by step."""


def _page(sides: Sequence[Picture], dpi: int, rng: Random) -> Picture:
    if _is_page(sides[0]):
        return _tilted(_fitted(sides[0], dpi), rng)
    width, height = (round(mm / 25.4 * dpi) for mm in A4_MM)
    page = np.full((height, width, 3), 252, np.uint8)
    scale = CARD_MM / 25.4 * dpi / sides[0].shape[1]
    y = height // 7
    for side in sides:
        card = cv2.resize(side, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        x = width // 4 + rng.randrange(-40, 40)
        page[y : y + card.shape[0], x : x + card.shape[1]] = card
        y += card.shape[0] + height // 8
    return _tilted(page, rng)


def _is_page(side: Picture) -> bool:
    """Tell whether a side is a sheet of A4, and no card."""
    return side.shape[0] * side.shape[1] > 1_000_000


def _fitted(sheet: Picture, dpi: int) -> Picture:
    scale = max(A4_MM) / 25.4 * dpi / max(sheet.shape[:2])
    return cv2.resize(sheet, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _tilted(page: Picture, rng: Random) -> Picture:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-2, 2), 1)
    return cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(252, 252, 252))


def _copied(side: Picture) -> Picture:
    """Let the tints go white, and the edge with them, as a copier does."""
    grey = cv2.cvtColor(side, cv2.COLOR_BGR2GRAY).astype(np.float32)
    grey = np.clip((grey - 60) * 255 / 140, 0, 255).astype(np.uint8)
    return cv2.cvtColor(cv2.GaussianBlur(grey, (0, 0), 0.8), cv2.COLOR_GRAY2BGR)


def _on_desk(side: Picture, rng: Random, turn_deg: float | None) -> Picture:
    width, height = (2400, 1800) if _is_page(side) else (1600, 1200)
    desk = np.empty((height, width, 3), np.float32)
    desk[:] = rng.choice(((70, 95, 125), (60, 60, 62), (120, 140, 150), (95, 80, 60)))
    grain = cv2.resize(_random(rng).normal(0, 14, (height // 8, width // 40)).astype(np.float32), (width, height))
    desk += grain[:, :, None]
    share = (rng.uniform(0.5, 0.72) if turn_deg is None else 0.55) * (1.15 if _is_page(side) else 1)
    longer, shorter = max(side.shape[:2]), min(side.shape[:2])
    w, h = (width * share * length / longer for length in (side.shape[1], side.shape[0]))
    w, h = (length * min(1, height * 0.9 / (width * share * shorter / longer), height * 0.9 / h) for length in (w, h))
    angle = np.deg2rad(rng.uniform(-12, 12) if turn_deg is None else turn_deg)
    corners = np.float32([(-w, -h), (w, -h), (w, h), (-w, h)]) / 2
    corners = corners @ np.float32([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners += np.float32([[rng.uniform(-0.025, 0.025) * w for _ in range(2)] for _ in range(4)])
    corners += np.float32((width / 2 + rng.uniform(-60, 60), height / 2 + rng.uniform(-60, 60)))
    source = np.float32([(0, 0), (side.shape[1], 0), (side.shape[1], side.shape[0]), (0, side.shape[0])])
    fit = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    laid = cv2.warpPerspective(side, fit, (width, height), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full(side.shape[:2], 255, np.uint8), fit, (width, height))
    picture = np.where(mask[:, :, None] > 127, laid.astype(np.float32), desk)
    light = np.linspace(rng.uniform(0.65, 0.85), rng.uniform(0.95, 1.05), width)[None, :]
    light = light * np.linspace(rng.uniform(0.85, 1.0), 1, height)[:, None]
    return np.clip(picture * light[:, :, None], 0, 255).astype(np.uint8)


def _shone_on(picture: Picture, rng: Random, size: float) -> Picture:
    height, width = picture.shape[:2]
    x, y = width * rng.uniform(0.3, 0.7), height * rng.uniform(0.35, 0.65)
    across, down = np.meshgrid(np.arange(width), np.arange(height))
    spot = np.exp(-(((across - x) / (width * 0.11 * size)) ** 2 + ((down - y) / (height * 0.07 * size)) ** 2))
    return np.clip(picture + 330 * spot[:, :, None], 0, 255).astype(np.uint8)


def _noisy(picture: Picture, strength: float, rng: Random) -> Picture:
    noise = _random(rng).normal(0, strength, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def _random(rng: Random) -> np.random.Generator:
    return np.random.default_rng(rng.randrange(2**32))


def _jpeg(picture: Picture, quality: int) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def _read(data: bytes) -> Picture:
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
