"""The port ``PhotoDecoder``: has a maker's library decode in a process of its own, and believes nothing that comes of it.

What comes is a fixed number of pixels or nothing; a picture file, which could be made to harm who opens it, never does.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from app.capture.card_readers.photo_pixels import HEIGHT, PIXELS, WIDTH
from app.capture.helper import Helper, HelperDied
from app.capture.messages import Message
from app.services.errors import PhotoFault, PhotoTrouble
from app.services.ports import CardPhoto

MODULE = "app.capture.card_readers.photo_process"
LONGEST_S = 5.0
"""For one photo, with the start of the process; a few hundredths of it are usual."""
ON_THE_CHIP = 1024
"""Bytes: libraries read as many, whatever they are given."""
IN_MEMORY = Path("/dev/shm")  # noqa: S108  a private folder is made in it
"""Where a library that knows only files finds and leaves them, so that no disk ever holds a face; else the system's place."""


class HelperPhotoDecoder:
    """A process for every photo: a library that spoilt its memory spoils nothing of the next, and keeps nothing of anybody."""

    def __init__(self, longest_s: float = LONGEST_S, module: str = MODULE) -> None:
        self._longest_s = longest_s
        self._turn = Lock()
        self._helper = Helper(module)
        self._is_closed = False

    def examine(self, library: str) -> None:
        """See whether the library loads and has a function that decodes photos."""
        self._ask(library)

    def decode(self, library: str, photo: bytes) -> CardPhoto:
        """Return the photo of a card; keeps nothing of it."""
        if len(photo) != ON_THE_CHIP:
            raise PhotoFault(PhotoTrouble.FAILED)
        answer = self._ask(library, photo)
        if [len(part) for part in answer.parts] != [PIXELS]:
            raise PhotoFault(PhotoTrouble.FAILED)
        return CardPhoto(WIDTH, HEIGHT, answer.parts[0])

    def close(self) -> None:
        """Give up what is being decoded, and decode nothing from now on."""
        self._is_closed = True
        self._helper.kill()

    def _ask(self, library: str, *photo: bytes) -> Message:
        with self._turn, TemporaryDirectory(dir=_scratch(), ignore_cleanup_errors=True) as scratch:
            if self._is_closed:
                raise PhotoFault(PhotoTrouble.FAILED)
            try:
                self._helper.send(Message({"library": library, "scratch": scratch}, photo))
                answer = self._helper.receive(self._longest_s)
            except HelperDied as error:
                raise PhotoFault(PhotoTrouble.FAILED) from error
            finally:
                self._helper.close()
        if "trouble" in answer.header:
            raise PhotoFault(_trouble(answer.header["trouble"]))
        return answer


def _scratch() -> Path | None:
    return IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None


def _trouble(told: object) -> PhotoTrouble:
    return next((one for one in PhotoTrouble if one == told), PhotoTrouble.FAILED)
