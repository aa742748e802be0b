"""Pages as telephones and scanners bring them: turned, seen aslant, creased, unsharp, lit from one side."""

import io

import cv2
import numpy as np
from PIL import Image

DESK = 60


def as_jpeg(picture, quality=70):
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def photographed(page, turn=8, blur=1.2, noise=10, *, slant=0.0, crease=0.0):
    """Return a page on a dark desk, turned, a little out of focus, lit from one side; also aslant and folded once."""
    grey = np.asarray(page, np.float32)
    grey = _slanted(_creased(grey, crease), slant)
    height, width = grey.shape
    side = int(max(height, width) * 1.3)
    move = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    move[:, 2] += side / 2 - np.array([width, height]) / 2
    seen = cv2.warpAffine(grey, move, (side, side), borderValue=DESK)
    light = np.linspace(0.6, 1, side, dtype=np.float32)
    chance = np.random.default_rng(7)
    seen = cv2.GaussianBlur(seen * light, (0, 0), blur) + chance.normal(0, noise, seen.shape)
    return Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8))


def _creased(grey, depth):
    """Return a page that was folded across its middle: a dark line, and what is near it lies a little aside."""
    if not depth:
        return grey
    height, width = grey.shape
    rows = np.arange(height, dtype=np.float32)
    near = np.exp(-(((rows - height / 2) / (height * 0.02)) ** 2))
    across = np.arange(width, dtype=np.float32)[None, :] + (near * depth * width * 0.01)[:, None]
    down = np.repeat(rows[:, None], width, axis=1)
    return cv2.remap(grey, across, down, cv2.INTER_LINEAR, borderValue=255) * (1 - 0.35 * depth * near)[:, None]


def _slanted(grey, slant):
    """Return a page as it is seen from below: its upper edge is shorter by ``slant`` on each side."""
    if not slant:
        return grey
    height, width = grey.shape
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    edge = slant * width
    seen = np.array([[edge, edge], [width - edge, 0], [width, height], [0, height]], np.float32)
    return cv2.warpPerspective(grey, cv2.getPerspectiveTransform(flat, seen), (width, height), borderValue=DESK)
