"""The process that cleans page images: asks and answers are ``messages`` on standard input and output.

It uses one core, so that the window and the scanner keep the other, and ends by itself when nobody needs it for long.
"""

import select
import sys
from typing import IO

import cv2

from app.capture.cleaning.page import Cleaned, cleaned
from app.capture.inside import begin
from app.capture.limits import MOST_CLEANING_MEMORY
from app.capture.messages import Message, read_message, write_message
from app.capture.opening import Fault
from app.services.ports import Colours

LONGEST_REST_S = 600
"""The next page starts the process anew in a quarter of a second."""


def main() -> None:
    """Answer until the other side closes."""
    heard, told = begin(MOST_CLEANING_MEMORY)
    cv2.setNumThreads(1)
    while _is_asked(heard) and (asked := read_message(heard)):
        write_message(told, _answer(asked))


def _answer(asked: Message) -> Message:
    colours = asked.header.get("colours")
    try:
        page = cleaned(asked.parts[0], Colours(colours) if colours else None, asked.header.get("corners"))
    except Fault as fault:
        return Message({"fault": str(fault)})
    except MemoryError:
        return Message({"fault": "size"})
    except cv2.error as error:
        if error.code != cv2.Error.STS_NO_MEM:
            raise
        return Message({"fault": "size"})
    return Message(_told(page), (page.data,))


def _told(page: Cleaned) -> dict[str, object]:
    return {
        "media_type": page.media_type,
        "colours": page.colours,
        "remarks": sorted(page.remarks),
        "corners": page.corners,
        "codes": [[code.kind, code.text] for code in page.codes],
    }


def _is_asked(heard: IO[bytes]) -> bool:
    """Wait for a question; tell whether one came. Windows cannot wait for a pipe with an end."""
    if sys.platform == "win32":
        return True
    ready, _, _ = select.select([heard], [], [], LONGEST_REST_S)
    return bool(ready)


if __name__ == "__main__":
    main()
