"""Evens out light: paper becomes white, whatever shadow lies on it."""

import cv2
import numpy as np

from app.capture.cleaning.picture import Picture, as_picture, grey, shrunk

LOOKED_AT = 450
"""Pixels of the longest side: shadows are soft."""
KEEPS_TEXT = 11
"""Pixels of those: what is smaller stays dark. For pages of text alone, where even a fold's shadow must go."""
KEEPS_PHOTOS = 61
"""So that a portrait of 35 mm on a page of A4 keeps its tones."""
WHITE, BLACK = 235, 15
"""What is taken for white and for black of the evened picture, whose paper lies at 245."""
_STRETCH = np.clip((np.arange(256) - BLACK) * 255.0 / (WHITE - BLACK), 0, 255).astype(np.uint8)


def evened(picture: Picture, reach: int = KEEPS_PHOTOS) -> Picture:
    """Return the picture divided by the paper behind it; colours of stamps and pens stay."""
    paper = cv2.resize(_paper(picture, reach), picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(picture, paper, scale=245)
    return as_picture(cv2.LUT(even, _STRETCH))


def black_and_white(even: Picture) -> Picture:
    """Return an evened picture in 0 and 255 alone."""
    page = grey(even)
    limit, _ = cv2.threshold(page, 0, 255, cv2.THRESH_OTSU)
    smooth = cv2.GaussianBlur(page, (3, 3), 0)
    return as_picture(cv2.threshold(smooth, min(max(limit, 120), 205), 255, cv2.THRESH_BINARY)[1])


def _paper(picture: Picture, reach: int) -> Picture:
    """Return what the paper would be without anything on it, small."""
    paper = cv2.morphologyEx(shrunk(picture, LOOKED_AT), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    return as_picture(cv2.GaussianBlur(cv2.medianBlur(paper, 21), (0, 0), 5))
