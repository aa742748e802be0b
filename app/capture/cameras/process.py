"""Drives one camera, in a process of its own: ``open`` first, then ``frame`` and ``take`` as often as asked.

Answers carry a ``trouble`` when the camera gives no picture. The process ends with its standard input; then the camera is off.
"""

from contextlib import closing

import cv2
import numpy as np

from app.capture.cameras.looking import Watch
from app.capture.cameras.source import Picture, Source, connected, for_screen, whole
from app.capture.cleaning import sheet
from app.capture.corners import to_places
from app.capture.inside import answer_all
from app.capture.messages import Message
from app.services.errors import CameraFault, CameraTrouble
from app.services.ports import Corner, Corners

MOST_MEMORY = 1536 * 1024 * 1024
"""Bytes of address space; a camera of 16 million pixels needs a fifth of it."""
JPEG_QUALITY = 92


class Driver:
    """Answers messages; holds the camera between them."""

    def __init__(self) -> None:
        self._source: Source | None = None
        self._watch = Watch()

    def answer(self, message: Message) -> Message:
        """Do what a message asks for."""
        try:
            return self._done(message)
        except CameraFault as fault:
            return Message({"trouble": fault.trouble})
        except (cv2.error, MemoryError):
            return Message({"trouble": CameraTrouble.DRIVER})

    def close(self) -> None:
        """Switch the camera off."""
        if self._source:
            self._source.close()

    def _done(self, message: Message) -> Message:
        match message.header["do"]:
            case "list":
                return Message({"keys": connected()})
            case "open":
                self._source = Source(message.header["path"], is_film=message.header["is_film"])
                return Message({"size": self._source.size})
            case "take":
                return self._take()
        return self._frame()

    def _frame(self) -> Message:
        source = self._open()
        shot = source.next()
        picture = for_screen(shot, source.size)
        sight = self._watch.look(picture, shot.at_s)
        height, width = picture.shape[:2]
        header = {
            "size": (width, height),
            "corners": to_places(sight.corners),
            "is_still": sight.is_still,
            "is_new": sight.is_new,
        }
        return Message(header, [cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA).tobytes()])

    def _take(self) -> Message:
        shot = self._open().fresh()
        picture = for_screen(shot, self._open().size)
        seen = self._watch.note_taken(picture)
        return Message({"corners": to_places(_found_with_care(picture) or seen)}, [_jpeg(whole(shot))])

    def _open(self) -> Source:
        if self._source is None:
            raise CameraFault(CameraTrouble.GONE)
        return self._source


def main() -> None:
    """Answer until standard input ends."""
    cv2.setNumThreads(1)  # the second processor belongs to the window
    with closing(Driver()) as driver:
        answer_all(driver.answer, MOST_MEMORY)


def _found_with_care(picture: Picture) -> Corners | None:
    """Return where the sheet lies as the cleaner finds it; the clerk may want to keep these corners."""
    colours = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)
    points = None if sheet.fills(colours) else sheet.corners(colours)
    if points is None:
        return None
    height, width = picture.shape[:2]
    first, second, third, fourth = (Corner(float(x) / width, float(y) / height) for x, y in points)
    return first, second, third, fourth


def _jpeg(picture: Picture) -> bytes:
    """Return a picture as a JPEG of our own: what cameras send lacks tables that other programs need."""
    went, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not went:
        raise CameraFault(CameraTrouble.DRIVER)
    return np.asarray(data, np.uint8).tobytes()


if __name__ == "__main__":
    main()
