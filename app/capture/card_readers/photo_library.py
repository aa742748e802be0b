"""A maker's library that decodes photos, through ctypes; only ever loaded by ``photo_process``.

Two interfaces are known, as public programs call them; neither has a reference that is open. Both give 1 when it went well.

- ``int unpack(unsigned char *wlt, unsigned char *picture, int save)``: 1,024 bytes in, 102 × 126 pixels out, nothing saved for 0.
- ``int GetBmp(char *file, int port)``: reads a file ``x.wlt`` and writes ``x.bmp`` beside it; the port is the kind of line, 1
  for serial and 2 for USB. It is taken where the other is not there, because it needs files.
"""

import ctypes
import mmap
import os
import sys
from collections.abc import Callable
from pathlib import Path

from app.capture.card_readers.photo_pixels import LARGEST
from app.capture.limits import limit_files
from app.services.errors import PhotoFault, PhotoTrouble

GOOD = 1
SAVE_NOTHING = 0
SERIAL = 1
SPARE = 1024 * 1024
"""Bytes before and behind what a library is given: one that reads or writes a little too far finds memory there."""


class MakersLibrary:
    """The library in the file ``path``; PhotoFault when it cannot be used."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise PhotoFault(PhotoTrouble.MISSING)
        os.chdir(path.parent)  # some look for their licence where the program runs
        try:
            self._library = ctypes.CDLL(str(path))
        except OSError as error:
            raise PhotoFault(PhotoTrouble.UNUSABLE) from error
        self._unpack = self._function("unpack", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
        self._get_bmp = self._function("GetBmp", ctypes.c_char_p, ctypes.c_int)
        if not (self._unpack or self._get_bmp):
            raise PhotoFault(PhotoTrouble.UNKNOWN)

    def decode(self, photo: bytes, scratch: Path) -> bytes:
        """Return what the library gives for ``photo``; ``scratch`` is a folder that is thrown away afterwards."""
        if self._unpack:
            return _unpacked(self._unpack, photo)
        assert self._get_bmp  # noqa: S101  one of them is there
        return _through_files(self._get_bmp, photo, scratch)

    def _function(self, name: str, *arguments: type) -> "Callable[..., int] | None":
        try:
            function = self._library[name]
        except AttributeError:
            return None
        function.argtypes, function.restype = arguments, ctypes.c_int
        return function


def _unpacked(unpack: "Callable[..., int]", photo: bytes) -> bytes:
    limit_files(0)
    given, gives = _room(len(photo)), _room(LARGEST)
    given[SPARE : SPARE + len(photo)] = photo
    if unpack(_address(given), _address(gives), SAVE_NOTHING) != GOOD:
        raise PhotoFault(PhotoTrouble.FAILED)
    return gives[SPARE : SPARE + LARGEST]


def _through_files(get_bmp: "Callable[..., int]", photo: bytes, scratch: Path) -> bytes:
    given, gives = scratch / "card.wlt", scratch / "card.bmp"
    given.write_bytes(photo)
    limit_files(2 * LARGEST)
    name = str(given).encode("mbcs" if sys.platform == "win32" else sys.getfilesystemencoding())
    if get_bmp(name, SERIAL) != GOOD:
        raise PhotoFault(PhotoTrouble.FAILED)
    with gives.open("rb") as file:
        return file.read(LARGEST)


def _room(length: int) -> mmap.mmap:
    return mmap.mmap(-1, SPARE + length + SPARE)


def _address(room: mmap.mmap) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(room)) + SPARE
