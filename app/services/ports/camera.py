"""What the services need of document cameras (高拍仪)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.services.ports.page_cleaning import Corners


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera as the system names it."""

    key: str
    """Stays the same from one start to the next as long as the camera is connected in the same way."""
    name: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of the live view, small enough for the screen: 4 bytes a pixel (blue, green, red, unused)."""

    width: int
    height: int
    pixels: bytes
    corners: Corners | None
    """Where a sheet lies, None when none is seen whole."""
    is_still: bool
    """Whether a sheet has lain still for long enough to be taken."""
    is_new: bool
    """Whether a sheet that lies still looks other than the one that was taken last."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture at full size."""

    data: bytes
    """A JPEG."""
    corners: Corners | None
    """Where the sheet lay, None when none was seen whole."""


class LiveCamera(Protocol):
    """A camera that is on. Slow: never called on the window's thread; after a CameraFault it is off."""

    def frame(self) -> Frame:
        """Wait for the next frame and return it; CameraFault when the camera is gone or stands still."""
        ...

    def take(self) -> Photo:
        """Return what lies before the camera now at full size; CameraFault."""
        ...

    def close(self) -> None:
        """Switch the camera off."""
        ...


class Cameras(Protocol):
    """The cameras of this PC."""

    def devices(self) -> Sequence[CameraInfo]:
        """Return the cameras that are connected. Slow on Windows, where each is tried."""
        ...

    def open(self, key: str) -> LiveCamera:
        """Switch a camera on; CameraFault says by its kind whether it is gone, busy or not permitted."""
        ...
