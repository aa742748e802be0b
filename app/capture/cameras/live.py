"""Implements ``Cameras``: a helper process for each camera that is on, with a watchdog over it. Knows no OpenCV."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from app.capture.cameras.listing import FILM, films_in, linux_cameras
from app.capture.corners import from_places
from app.capture.helper import Helper, HelperDied
from app.capture.messages import Message
from app.services.errors import CameraFault, CameraTrouble
from app.services.ports import CameraInfo, Frame, Photo

log = logging.getLogger(__name__)

PROCESS = "app.capture.cameras.process"
LONGEST_OPEN_S = 15.0
"""A camera that is switched on loads its settings and opens its eye."""
LONGEST_FRAME_S = 5.0
LONGEST_TAKE_S = 10.0


class VideoCameras:
    """The cameras of this PC, and films of ``films`` that stand in for some."""

    def __init__(self, films: Path | None = None, process: str = PROCESS) -> None:
        self._films = films
        self._process = process

    def devices(self) -> Sequence[CameraInfo]:
        """Return the cameras that are connected."""
        found = self._tried() if sys.platform == "win32" else linux_cameras()
        return [*found, *films_in(self._films)]

    def open(self, key: str) -> "HelperCamera":
        """Switch a camera on; CameraFault says by its kind whether it is gone, busy or not permitted."""
        helper = Helper(self._process)
        camera = HelperCamera(helper)
        try:
            camera.ask({"do": "open", "path": self._path(key), "is_film": key.startswith(FILM)}, LONGEST_OPEN_S)
        except CameraFault:
            camera.close()
            raise
        return camera

    def _path(self, key: str) -> str:
        if not key.startswith(FILM):
            return key
        if key not in {film.key for film in films_in(self._films)}:
            raise CameraFault(CameraTrouble.GONE)
        return f"{self._films}/{key.removeprefix(FILM)}"

    def _tried(self) -> list[CameraInfo]:
        """Return the cameras of Windows by their numbers, without names."""
        helper = Helper(self._process)
        try:
            helper.send(Message({"do": "list"}))
            keys = helper.receive(LONGEST_OPEN_S).header["keys"]
        except HelperDied:
            return []
        finally:
            helper.close()
        return [CameraInfo(key, "") for key in keys]


class HelperCamera:
    """A camera that is on in its helper process; one question at a time."""

    def __init__(self, helper: Helper) -> None:
        self._helper = helper
        self._one = Lock()
        self._is_on = True

    def frame(self) -> Frame:
        """Wait for the next frame and return it; CameraFault when the camera is gone or stands still."""
        told = self.ask({"do": "frame"}, LONGEST_FRAME_S)
        width, height = told.header["size"]
        seen = from_places(told.header["corners"])
        return Frame(width, height, told.parts[0], seen, told.header["is_still"], told.header["is_new"])

    def take(self) -> Photo:
        """Return what lies before the camera now at full size; CameraFault."""
        told = self.ask({"do": "take"}, LONGEST_TAKE_S)
        return Photo(told.parts[0], from_places(told.header["corners"]))

    def close(self) -> None:
        """Switch the camera off, also one that somebody still waits for."""
        self._is_on = False
        self._helper.close()

    def ask(self, header: dict[str, object], longest_s: float) -> Message:
        """Return the answer of the process; CameraFault, and the camera is off, when there is none."""
        with self._one:
            if not self._is_on:
                raise CameraFault(CameraTrouble.GONE)
            try:
                self._helper.send(Message(header))
                told = self._helper.receive(longest_s)
            except HelperDied as error:
                self._is_on = False
                raise CameraFault(CameraTrouble.DRIVER) from error
        if trouble := told.header.get("trouble"):
            log.warning("a camera gives no picture: %s", trouble)
            self.close()
            raise CameraFault(CameraTrouble(trouble))
        return told
