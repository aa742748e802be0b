"""A camera, or a film that stands in for one, opened through OpenCV; gives one frame after the other.

Runs in the helper process alone. Where the camera sends JPEG, as every document camera does at full size, a frame is
kept as it came: only as much of it is decoded as the screen shows. On Windows OpenCV decodes whole frames itself.
"""

import errno
import os
import struct
import sys
import time
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.services.errors import CameraFault, CameraTrouble

Picture = NDArray[np.uint8]

LARGEST = (4608, 3456)
"""What is asked for; the driver answers with the nearest size that the camera has. A3 at 280 dpi."""
MOST_FRAMES_S = 20
"""More would only keep the processor busy."""
SCREEN = 960
"""Longer side of a frame for the screen, at most."""
ENOUGH = 800
"""A frame is decoded no larger than it must be to have this longer side."""
REDUCED = ((8, cv2.IMREAD_REDUCED_COLOR_8), (4, cv2.IMREAD_REDUCED_COLOR_4), (2, cv2.IMREAD_REDUCED_COLOR_2))
MJPG = cv2.VideoWriter.fourcc(*"MJPG")
BUFFERS = 2
"""Frames that wait in the driver: few, so that none is old when it is shown."""
MOST_CAMERAS = 4
"""How many are tried on Windows, which tells no names."""

ASK_BUFFERS = 0xC0145608
"""Linux' VIDIOC_REQBUFS: the first call that a camera refuses while another program has it."""
NO_BUFFERS = struct.pack("=5I", 0, 1, 1, 0, 0)
TROUBLES = {
    errno.ENOENT: CameraTrouble.GONE,
    errno.ENODEV: CameraTrouble.GONE,
    errno.ENXIO: CameraTrouble.GONE,
    errno.EACCES: CameraTrouble.DENIED,
    errno.EPERM: CameraTrouble.DENIED,
    errno.EBUSY: CameraTrouble.BUSY,
}


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame as it came, and when: JPEG in one row of bytes, or a decoded picture."""

    raw: Picture
    at_s: float

    @property
    def is_jpeg(self) -> bool:
        """Tell whether the frame is still to be decoded."""
        return self.raw.ndim == 1


class Source:
    """An open camera; CameraFault says why it gives no picture."""

    def __init__(self, path: str, *, is_film: bool = False) -> None:
        self._path, self._is_film = path, is_film
        if sys.platform == "linux" and not is_film:
            ensure_free(path)
        self._capture = _opened(path, is_film=is_film)
        if not self._capture.isOpened():
            raise CameraFault(self._why())
        self._size = _settle(self._capture, is_film=is_film)
        self._next_s = 0.0

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height of a whole frame."""
        return self._size

    def next(self) -> Shot:
        """Wait for the next frame, at most as often as a screen is worth; CameraFault."""
        while not self._is_film and time.monotonic() < self._next_s:
            self._grab()
        self._next_s = time.monotonic() + 1 / MOST_FRAMES_S
        return self._read()

    def fresh(self) -> Shot:
        """Return a frame that was taken from now on, not one that waited in the driver; CameraFault."""
        if not self._is_film:
            for _ in range(BUFFERS):
                self._grab()
        return self._read()

    def close(self) -> None:
        """Let go of the camera."""
        self._capture.release()

    def _read(self) -> Shot:
        went, picture = self._capture.read()
        if not went or picture is None or not picture.size:
            raise CameraFault(self._why())
        at_s = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000 if self._is_film else time.monotonic()
        raw = np.asarray(picture, np.uint8)
        return Shot(raw.ravel() if raw.ndim == 2 and 1 in raw.shape else raw, at_s)

    def _grab(self) -> None:
        """Let a frame pass."""
        if not self._capture.grab():
            raise CameraFault(self._why())

    def _why(self) -> CameraTrouble:
        """Return why there is no frame: an unplugged camera loses its device, a film ends."""
        if self._is_film or (sys.platform == "linux" and not os.path.exists(self._path)):  # noqa: PTH110
            return CameraTrouble.GONE
        return CameraTrouble.DRIVER


def ensure_free(path: str) -> None:
    """Raise CameraFault when a camera of Linux is gone, not permitted, or at work for another program.

    OpenCV tells none of these from the others, and waits ten seconds for a camera that is at work.
    """
    import fcntl  # noqa: PLC0415  there is none on Windows

    try:
        device = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        try:
            fcntl.ioctl(device, ASK_BUFFERS, NO_BUFFERS)
        finally:
            os.close(device)
    except OSError as error:
        raise CameraFault(TROUBLES.get(error.errno or 0, CameraTrouble.DRIVER)) from error


def connected() -> list[str]:
    """Return the numbers of the cameras that open, where the system tells no names."""
    found = []
    for number in range(MOST_CAMERAS):
        capture = _opened(str(number), is_film=False)
        if capture.isOpened():
            found.append(str(number))
        capture.release()
    return found


def for_screen(shot: Shot, size: tuple[int, int]) -> Picture:
    """Return a frame small enough for the screen; CameraFault when it is damaged."""
    picture = _decoded(shot, next((flag for part, flag in REDUCED if max(size) // part >= ENOUGH), cv2.IMREAD_COLOR))
    height, width = picture.shape[:2]
    if max(height, width) <= SCREEN:
        return picture
    part = SCREEN / max(height, width)
    return _bytes(cv2.resize(picture, (round(width * part), round(height * part)), interpolation=cv2.INTER_AREA))


def whole(shot: Shot) -> Picture:
    """Return a frame at full size; CameraFault when it is damaged."""
    return _decoded(shot, cv2.IMREAD_COLOR)


def _decoded(shot: Shot, flag: int) -> Picture:
    if not shot.is_jpeg:
        return shot.raw
    picture = cv2.imdecode(shot.raw, flag)
    if picture is None:
        raise CameraFault(CameraTrouble.DRIVER)
    return _bytes(picture)


def _bytes(picture: object) -> Picture:
    return np.asarray(picture, np.uint8)


def _opened(path: str, *, is_film: bool) -> cv2.VideoCapture:
    if is_film:
        return cv2.VideoCapture(path, cv2.CAP_FFMPEG)
    if sys.platform == "win32":
        capture = cv2.VideoCapture(int(path), cv2.CAP_MSMF)
        return capture if capture.isOpened() else cv2.VideoCapture(int(path), cv2.CAP_DSHOW)
    return cv2.VideoCapture(path, cv2.CAP_V4L2)


def _settle(capture: cv2.VideoCapture, *, is_film: bool) -> tuple[int, int]:
    """Ask for the largest frames, as JPEG that is left as it is, and return their size."""
    if is_film:
        capture.set(cv2.CAP_PROP_FORMAT, -1)
    else:
        capture.set(cv2.CAP_PROP_BUFFERSIZE, BUFFERS)
        capture.set(cv2.CAP_PROP_FOURCC, MJPG)
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, LARGEST[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, LARGEST[1])
        if sys.platform == "linux" and int(capture.get(cv2.CAP_PROP_FOURCC)) == MJPG:
            capture.set(cv2.CAP_PROP_CONVERT_RGB, 0)
    return int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
