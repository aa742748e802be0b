"""What the services need of document cameras (高拍仪)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.services.ports.page_cleaning import Corners


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera as the system names it."""

    key: str
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
    """Whether the sheet has lain still for long enough to be taken."""


class LiveCamera(Protocol):
    """A camera that is on. Slow: never called on the window's thread."""

    def frame(self) -> Frame:
        """Return the newest frame; CameraFault when the camera is gone or stands still."""
        ...

    def take(self) -> bytes:
        """Return a picture at full size as JPEG; CameraFault."""
        ...

    def close(self) -> None:
        """Switch the camera off."""
        ...


class Cameras(Protocol):
    """The cameras of this PC."""

    def devices(self) -> Sequence[CameraInfo]:
        """Return the cameras that are connected."""
        ...

    def open(self, key: str) -> LiveCamera:
        """Switch a camera on; CameraFault says by its kind whether it is gone, busy or not permitted."""
        ...
