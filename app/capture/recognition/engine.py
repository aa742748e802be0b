"""Finds and reads lines of text with rapidocr, whose models lie in its wheel. Only ever in the helper process."""

import os
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from rapidocr import RapidOCR
from rapidocr.main import RapidOCRError

from app.capture.recognition.lines import Box, TextLine
from app.capture.recognition.upright import (
    Corners,
    Picture,
    half_turned,
    levelled,
    lies_on_its_side,
    quarter_turned,
)

THREADS = 2
LONGEST_SIDE = 960
"""Pixels in which lines are looked for; they are read from the whole picture."""
UPRIGHT_SCORE = 0.9
"""Upside-down text is read with less confidence than this."""
TRIED = 4
"""Lines that are read both ways to learn which is up."""

Read = tuple[str, float]
"""Text, and with what confidence it was read."""


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture turned upright and the lines of text on it."""

    picture: Picture
    lines: tuple[TextLine, ...]


class Engine:
    """Loads the models when it is made: a second or two."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        threads = min(THREADS, os.cpu_count() or 1)
        self._ocr = RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.log_level": "error",
                "Global.use_vertical_padding": False,
                "Global.text_score": 0.0,
                "Det.limit_type": "max",
                "Det.limit_side_len": LONGEST_SIDE,
                "Rec.rec_batch_num": 1,
                "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        self.read(np.full((64, 256, 3), 255, np.uint8))
        self._ocr.recognize_txt([np.full((48, 320, 3), 255, np.uint8)])

    def read(self, picture: Picture) -> ReadPicture:
        """Return the picture upright, and its lines."""
        corners = self._corners(picture)
        if not len(corners):
            return ReadPicture(picture, ())
        if lies_on_its_side(corners):
            picture, corners = quarter_turned(picture, corners)
        picture, corners, texts = self._read_upright(picture, corners)
        picture, corners = levelled(picture, corners)
        lines = (_line(text, score, own) for (text, score), own in zip(texts, corners, strict=True))
        return ReadPicture(picture, tuple(line for line in lines if line.text.strip()))

    def _corners(self, picture: Picture) -> Corners:
        try:
            _pieces, found = self._ocr.detect_and_crop(picture, {})
        except RapidOCRError:
            return np.empty((0, 4, 2), np.float32)
        corners: Corners = np.asarray(found.boxes, np.float32)
        return corners

    def _read_upright(self, picture: Picture, corners: Corners) -> tuple[Picture, Corners, list[Read]]:
        """Read the longest lines first, also the other way up where they read badly; then the others as it lies better."""
        order = np.argsort(np.linalg.norm(corners[:, 1] - corners[:, 0], axis=1))
        longest, others = order[-TRIED:], order[:-TRIED]
        texts = self._texts(picture, corners[longest])
        if _mean_score(texts) < UPRIGHT_SCORE:
            turned = half_turned(picture, corners)
            again = self._texts(turned[0], turned[1][longest])
            if _mean_score(again) > _mean_score(texts):
                (picture, corners), texts = turned, again
        read = dict(zip(longest, texts, strict=True))
        read |= zip(others, self._texts(picture, corners[others]), strict=True)
        return picture, corners, [read[index] for index in range(len(corners))]

    def _texts(self, picture: Picture, corners: Corners) -> list[Read]:
        if not len(corners):
            return []
        try:
            read: Any = self._ocr.recognize_txt(self._ocr.crop_text_regions(picture, corners))
        except RapidOCRError:
            return [("", 0.0)] * len(corners)
        return [(str(text), float(score)) for text, score in zip(read.txts, read.scores, strict=True)]


def _mean_score(texts: list[Read]) -> float:
    return sum(score for _text, score in texts) / len(texts)


def _line(text: str, score: float, corners: Corners) -> TextLine:
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    return TextLine(text, score, Box(float(left), float(top), float(right), float(bottom)))
