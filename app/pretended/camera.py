"""A document camera for the demonstration: papers lie on a desk before it, the next one once a page was taken."""

import io
import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.pretended.papers import papers
from app.services.errors import CameraFault, CameraTrouble
from app.services.ports import CameraInfo, Cameras, Corner, Corners, Frame, LiveCamera, Photo

if TYPE_CHECKING:
    from PIL.Image import Image

KEY = "pretended:camera"
NAME = "演示高拍仪"
VIEW = 816, 612
SIZE = 1632, 1224
SHEET_HEIGHT = 1130
DESK = (112, 92, 74)
TILT_DEG = (3.0, -4.0, 2.0)
"""How askew each paper lies; the blank one is not laid."""
QUALITY = 85
FRAME_S = 0.06
EMPTY_FRAMES, STILL_FRAMES = 8, 6
"""How long the desk is empty before a paper is laid on it, and how long it lies before it may be taken."""


class PretendedCameras:
    """Implements ``Cameras``; those of this PC come first."""

    def __init__(self, beside: Cameras | None = None) -> None:
        self._beside = beside

    def devices(self) -> Sequence[CameraInfo]:
        """Return this one behind the others."""
        return [*(self._beside.devices() if self._beside else ()), CameraInfo(KEY, NAME)]

    def open(self, key: str) -> LiveCamera:
        """Switch a camera on."""
        if key == KEY:
            return _Desk()
        if self._beside is None:
            raise CameraFault(CameraTrouble.GONE)
        return self._beside.open(key)


class _Desk:
    """Implements ``LiveCamera``."""

    def __init__(self) -> None:
        self._waiting = [_laid(sheet, tilt) for sheet, tilt in zip(papers(), TILT_DEG, strict=False)]
        self._empty = _desk()
        self._age = EMPTY_FRAMES - 2
        self._views = {0: _view(self._empty)}
        self._is_on = True

    def frame(self) -> Frame:
        """Return the desk as it is now."""
        self._ensure_on()
        time.sleep(FRAME_S)
        self._age += 1
        if not self._lies:
            return Frame(*VIEW, self._views[0], None, is_still=False, is_new=False)
        number = len(self._waiting)
        if number not in self._views:
            self._views[number] = _view(self._waiting[0][0])
        is_still = self._age > EMPTY_FRAMES + STILL_FRAMES
        return Frame(*VIEW, self._views[number], self._waiting[0][1], is_still=is_still, is_new=True)

    def take(self) -> Photo:
        """Return what lies there, and let the next paper be laid."""
        self._ensure_on()
        if not self._lies:
            return Photo(_jpeg(self._empty), None)
        picture, corners = self._waiting.pop(0)
        self._age = 0
        return Photo(_jpeg(picture), corners)

    def close(self) -> None:
        """Switch it off."""
        self._is_on = False

    @property
    def _lies(self) -> bool:
        return bool(self._waiting) and self._age > EMPTY_FRAMES

    def _ensure_on(self) -> None:
        if not self._is_on:
            raise CameraFault(CameraTrouble.GONE)


def _desk() -> "Image":
    """Return a desk of wood."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  seldom needed

    desk = Image.new("RGB", SIZE, DESK)
    pen = ImageDraw.Draw(desk)
    for y in range(SIZE[1]):
        shade = round(7 * math.sin(y / 23) + 4 * math.sin(y / 5.3))
        pen.line((0, y, SIZE[0], y), tuple(part + shade for part in DESK))
    return desk


def _laid(sheet: "Image", tilt_deg: float) -> tuple["Image", Corners]:
    """Return the desk with a sheet on it that lies askew, and where the sheet's corners are."""
    from PIL import Image  # noqa: PLC0415

    width, height = sheet.width * SHEET_HEIGHT // sheet.height, SHEET_HEIGHT
    small = sheet.resize((width, height))
    shape = Image.new("L", small.size, 255)
    turned, mask = (one.rotate(tilt_deg, Image.Resampling.BICUBIC, expand=True) for one in (small, shape))
    desk = _desk()
    desk.paste(turned, ((SIZE[0] - turned.width) // 2, (SIZE[1] - turned.height) // 2), mask)
    angle = math.radians(-tilt_deg)
    corners = [
        Corner(
            0.5 + (x * math.cos(angle) - y * math.sin(angle)) / SIZE[0],
            0.5 + (x * math.sin(angle) + y * math.cos(angle)) / SIZE[1],
        )
        for x, y in (
            (-width / 2, -height / 2),
            (width / 2, -height / 2),
            (width / 2, height / 2),
            (-width / 2, height / 2),
        )
    ]
    return desk, (corners[0], corners[1], corners[2], corners[3])


def _view(picture: "Image") -> bytes:
    return picture.resize(VIEW).tobytes("raw", "BGRX")


def _jpeg(picture: "Image") -> bytes:
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=QUALITY)
    return data.getvalue()
