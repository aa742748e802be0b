"""The helper process in which a maker's library is at work: one photo, or one look at the library; then it ends.

``{"library": …, "scratch": …}`` with a photo is answered by the pixels, without one by ``{}``, and what cannot be done by
``{"trouble": …}``. ``photo_decoder`` is the other side.
"""

import os
from pathlib import Path

from app.capture.card_readers.photo_library import MakersLibrary
from app.capture.card_readers.photo_pixels import NoPhoto, photo_in
from app.capture.inside import begin
from app.capture.messages import Message, read_message, write_message
from app.services.errors import PhotoFault, PhotoTrouble

MOST_MEMORY = 256 * 1024 * 1024
"""Bytes of address space; a photo needs less than one million of them."""


def main() -> None:
    """Answer once."""
    heard, out = begin(MOST_MEMORY)
    if asked := read_message(heard):
        write_message(out, _answer(asked))
    os._exit(0)  # what the library left to be done at the end is not waited for


def _answer(asked: Message) -> Message:
    try:
        library = MakersLibrary(Path(asked.header["library"]))
        pictures = [photo_in(library.decode(photo, Path(asked.header["scratch"]))) for photo in asked.parts]
    except PhotoFault as fault:
        return Message({"trouble": fault.trouble})
    except (NoPhoto, MemoryError, OSError):
        return Message({"trouble": PhotoTrouble.FAILED})
    return Message({}, pictures)


if __name__ == "__main__":
    main()
