"""How often the code of a proof is read back, by the size of its modules, the printer's dots, and what happened to the page.

python -m tests.bench.bench_proof_reading [--times 5]

A code is printed in whole dots, black on white, then seen at so many dots an inch: turned, out of focus, grey with noise.
"""

import argparse
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from app.papers import qr
from tests.security.example import steps

INCH_MM = 25.4
PRINTERS = (
    ("300 dpi", 300, (0.25, 0.33, 0.38, 0.4233, 0.5)),
    ("203 dpi, whole dots", 203, (2 / 203 * INCH_MM, 3 / 203 * INCH_MM, 4 / 203 * INCH_MM)),
)
TURNS = (0, 7, 33)
BLURS_MM = (0.0, 0.1, 0.15)
NOISES = (0, 12, 25)
WHITE_MODULES = 8
DARK, PAPER = 40, 230
"""Grey levels of toner and paper."""
PIXEL_BLUR = 0.4
"""Pixels (one sigma) that every camera and scanner blurs."""
FINE = 4
"""Pixels in which a printer's dot is drawn, so that turning it costs nothing of its edges."""


@dataclass(frozen=True, slots=True)
class Harm:
    """What happened to a page: degrees, millimetres of blur (one sigma), grey levels of noise (one sigma)."""

    turn: int
    blur_mm: float
    noise: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--seen", type=int, default=300, metavar="DPI")
    asked = parser.parse_args()
    times, seen = asked.times, asked.seen
    text = steps()["text"]
    side, _runs = qr.modules(text, qr.SEVENTH)
    print(f"{len(text)} letters, {side} modules; seen at {seen} dpi; {times} times each, of {times * 27} in all")
    print("printer | module mm | code mm | all | by turn | by blur | by noise")
    for name, dots, sizes in PRINTERS:
        for size in sizes:
            read = dict(_read(_printed(text, size, dots), dots, seen, text, times))
            print(" | ".join((name, f"{size:.3f}", f"{side * size:.0f}", *_told(read, times))))


def _told(read: dict[Harm, int], times: int) -> Iterator[str]:
    yield _share(sum(read.values()), len(read) * times)
    for field, values in (("turn", TURNS), ("blur_mm", BLURS_MM), ("noise", NOISES)):
        sums = Counter({value: sum(n for harm, n in read.items() if getattr(harm, field) == value) for value in values})
        yield " · ".join(f"{value}: {_share(sums[value], len(read) * times // 3)}" for value in values)


def _share(count: int, of: int) -> str:
    return f"{count / of:.0%}"


def _printed(text: str, module_mm: float, dots: int) -> np.ndarray:
    """Return the code as the printer lays it down: each edge at a whole dot."""
    side, runs = qr.modules(text, qr.SEVENTH)
    edge = [round((at + WHITE_MODULES) * module_mm / INCH_MM * dots) for at in range(side + WHITE_MODULES + 1)]
    page = np.full((edge[side] + edge[0], edge[side] + edge[0]), 255, np.uint8)
    for row, start, count in runs:
        page[edge[row] : edge[row + 1], edge[start] : edge[start + count]] = 0
    return page


def _read(printed: np.ndarray, dots: int, seen: int, text: str, times: int) -> Iterator[tuple[Harm, int]]:
    chance = np.random.default_rng(731)
    for harm in itertools.starmap(Harm, itertools.product(TURNS, BLURS_MM, NOISES)):
        yield harm, sum(_is_read(_harmed(printed, dots, seen, harm, chance), text) for _ in range(times))


def _harmed(printed: np.ndarray, dots: int, seen: int, harm: Harm, chance: np.random.Generator) -> np.ndarray:
    """Return what a camera or a scanner sees of it, each time from another place between its pixels."""
    fine = cv2.resize(printed, None, fx=FINE, fy=FINE, interpolation=cv2.INTER_NEAREST)
    zoom = seen / dots / FINE
    width = int(max(fine.shape) * zoom * 1.5)
    turned = cv2.getRotationMatrix2D((fine.shape[1] / 2, fine.shape[0] / 2), harm.turn + chance.uniform(-1, 1), zoom)
    turned[:, 2] += width / 2 - np.array(fine.shape) / 2 + chance.uniform(-0.5, 0.5, 2)
    sigma = max(harm.blur_mm / INCH_MM * dots * FINE, PIXEL_BLUR / zoom)
    soft = cv2.GaussianBlur(fine, (0, 0), sigma)
    grey = cv2.warpAffine(soft, turned, (width, width), flags=cv2.INTER_LINEAR, borderValue=255)
    dull = DARK + grey.astype(np.float32) * (PAPER - DARK) / 255
    return np.clip(dull + chance.normal(0, harm.noise, dull.shape), 0, 255).astype(np.uint8)


def _is_read(page: np.ndarray, text: str) -> bool:
    codes = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    return any(code.text == text for code in codes)


if __name__ == "__main__":
    main()
