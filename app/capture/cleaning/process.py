"""The process that cleans page images: asks and answers are ``messages`` on standard input and output.

It uses one core, so that the window and the scanner keep the other.
"""

import cv2

from app.capture.cleaning.page import Cleaned, cleaned
from app.capture.inside import answer_all
from app.capture.limits import MOST_CLEANING_MEMORY
from app.capture.messages import Message
from app.capture.opening import Fault
from app.services.ports import Colours


def main() -> None:
    """Answer until the other side closes."""
    cv2.setNumThreads(1)
    answer_all(_answer, MOST_CLEANING_MEMORY)


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


if __name__ == "__main__":
    main()
