"""Pages and desks drawn by code: our own papers, warped, turned, shaded, with noise, seals and photographs."""

import io
from functools import cache

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from tests.papers.samples import certificate, maker, notice, receipt

A4_MM = (210, 297)


@cache
def paper(kind: str = "receipt", dpi: int = 200) -> np.ndarray:
    """Return a paper of a fictitious township in red, green, blue."""
    made = maker().make({"receipt": receipt, "notice": notice, "certificate": certificate}[kind]())
    document = pypdfium2.PdfDocument(made)
    try:
        picture = np.asarray(document[0].render(scale=dpi / 72).to_pil().convert("RGB")).copy()
    finally:
        document.close()
    picture.setflags(write=False)
    return picture


def blank(dpi: int = 200) -> np.ndarray:
    width, height = (round(side * dpi / 25.4) for side in A4_MM)
    return np.full((height, width, 3), 250, np.uint8)


def sealed(page: np.ndarray) -> np.ndarray:
    """Return the page with a round red seal of 42 mm at its foot."""
    page = page.copy()
    dot = page.shape[1] / A4_MM[0]
    middle = (int(145 * dot), int(215 * dot))
    for radius, width in ((20, 1.2), (6, 5)):
        cv2.circle(page, middle, int(radius * dot), (205, 35, 40), int(width * dot), cv2.LINE_AA)
    return page


def with_portrait(page: np.ndarray) -> np.ndarray:
    """Return the page with a photograph of 25 by 35 mm in grey."""
    page = page.copy()
    dot = page.shape[1] / A4_MM[0]
    width, height = int(25 * dot), int(35 * dot)
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    tones = 90 + 110 * np.exp(-(x**2 + (y + 0.2) ** 2) * 2)
    left, top = int(160 * dot), int(30 * dot)
    page[top : top + height, left : left + width] = tones.astype(np.uint8)[..., None]
    return page


def skewed(page: np.ndarray, degrees: float) -> np.ndarray:
    """Return the page turned counterclockwise on white, as large as before."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(250, 250, 250))


def on_desk(page, corners, size=(2400, 1800), desk=(70, 60, 50), grain=6, seed=1) -> np.ndarray:
    """Return a picture (width, height) of a page whose corners lie at these parts of it."""
    width, height = size
    random = np.random.default_rng(seed)
    rough = cv2.resize(random.normal(0, grain, (height // 8, width // 40)).astype(np.float32), size)
    table = np.clip(np.array(desk, np.float32) + rough[..., None], 0, 255).astype(np.uint8)
    high, wide = page.shape[:2]
    source = np.float32([[0, 0], [wide, 0], [wide, high], [0, high]])
    matrix = cv2.getPerspectiveTransform(source, np.float32(corners) * np.float32(size))
    laid = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((high, wide), 255, np.uint8), matrix, size)
    return np.where(mask[..., None] > 127, laid, table)


def shaded(picture: np.ndarray, darkest: float = 0.55) -> np.ndarray:
    """Return the picture with a shadow that grows to one side."""
    light = np.linspace(1, darkest, picture.shape[1], dtype=np.float32)
    return (picture * light[None, :, None]).astype(np.uint8)


def noisy(picture: np.ndarray, sigma: float = 5, seed: int = 2) -> np.ndarray:
    noise = np.random.default_rng(seed).standard_normal(picture.shape, np.float32)
    return np.clip(picture + noise * sigma, 0, 255).astype(np.uint8)


def blurred(picture: np.ndarray, sigma: float) -> np.ndarray:
    return cv2.GaussianBlur(picture, (0, 0), sigma)


def turned(picture: np.ndarray, degrees: int) -> np.ndarray:
    """Return the picture turned clockwise by quarters."""
    return np.ascontiguousarray(np.rot90(picture, -degrees // 90))


def as_jpeg(picture: np.ndarray, quality: int = 85) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def as_png(picture: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return buffer.getvalue()


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)))
