"""Cameras whose frames are laid ready."""

import io
from collections.abc import Sequence

from PIL import Image

from app.services.errors import CameraFault, CameraTrouble
from app.services.ports import CameraInfo, Corner, Frame, Photo

LIES = (Corner(0.2, 0.1), Corner(0.8, 0.1), Corner(0.8, 0.9), Corner(0.2, 0.9))


def small_jpeg(size: tuple[int, int] = (400, 300)) -> bytes:
    """Return a white picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, "JPEG")
    return buffer.getvalue()


def frame(*, sheet: bool = True, still: bool = False, new: bool = False) -> Frame:
    """Return a small grey frame with or without a sheet."""
    return Frame(4, 3, bytes(4 * 3 * 4), LIES if sheet else None, still, new)


class FakeCameras:
    """Implements ``Cameras``: one camera whose frames, photos and troubles come in the order in which they were laid."""

    def __init__(self, *frames: Frame | CameraTrouble, photo: bytes = b"\xff\xd8photo") -> None:
        self.frames = list(frames)
        self.photo = photo
        self.refuses: CameraTrouble | None = None
        self.opened: list[FakeCamera] = []

    def devices(self) -> Sequence[CameraInfo]:
        return [CameraInfo("desk", "高拍仪")]

    def open(self, key: str) -> "FakeCamera":
        if key != "desk":
            raise CameraFault(CameraTrouble.GONE)
        if self.refuses:
            raise CameraFault(self.refuses)
        self.opened.append(FakeCamera(self))
        return self.opened[-1]


class FakeCamera:
    """Implements ``LiveCamera``."""

    def __init__(self, cameras: FakeCameras) -> None:
        self._cameras = cameras
        self._corners = LIES
        self.is_on = True
        self.taken = 0

    def frame(self) -> Frame:
        self._ensure_on()
        told = self._cameras.frames.pop(0) if self._cameras.frames else CameraTrouble.GONE
        if isinstance(told, CameraTrouble):
            self.is_on = False
            raise CameraFault(told)
        self._corners = told.corners
        return told

    def take(self) -> Photo:
        self._ensure_on()
        self.taken += 1
        return Photo(self._cameras.photo, self._corners)

    def close(self) -> None:
        self.is_on = False

    def _ensure_on(self) -> None:
        if not self.is_on:
            raise CameraFault(CameraTrouble.GONE)
