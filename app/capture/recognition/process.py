"""The helper process that reads: pictures come in as messages, readings go out. ``reader`` talks to it.

``{"do": "read"}`` with pictures is answered by ``{"papers": […]}`` and the pieces of the pictures, or by ``{"fault": …}``;
``{"do": "warm_up"}`` by ``{}``. No socket is ever opened here: the models are files.
"""

import os
import sys
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import IO

from app.capture.limits import limit_process
from app.capture.messages import Message, read_message, write_message
from app.capture.opening import Fault
from app.capture.recognition.engine import Engine
from app.capture.recognition.offline import refuse_network
from app.capture.recognition.papers import readings
from app.capture.recognition.pictures import decoded
from app.services.ports import Reading

MOST_MEMORY = 2 * 1024**3
"""Bytes of address space; some 800 MB are mapped once the models are loaded."""


def main() -> None:
    """Answer until the other side closes."""
    answers = _own_output()
    refuse_network()
    limit_process(MOST_MEMORY)
    while message := read_message(sys.stdin.buffer):
        write_message(answers, _answer(message))


def _answer(message: Message) -> Message:
    if message.header["do"] == "warm_up":
        _engine()
        return Message({})
    try:
        pictures = [decoded(data) for data in message.parts]
    except (Fault, MemoryError) as error:
        return Message({"fault": str(error) or "size"})
    return _told(readings(pictures, _engine(), date.fromisoformat(message.header["today"])))


@cache
def _engine() -> Engine:
    """Return the models, loaded with the first picture."""
    return Engine()


def _told(papers: Sequence[Reading]) -> Message:
    header = [
        {
            "paper": paper.paper,
            "fields": {name: [one.text, one.confidence, one.is_repaired] for name, one in paper.fields.items()},
        }
        for paper in papers
    ]
    return Message({"papers": header}, [paper.pieces[name] for paper in papers for name in paper.fields])


def _own_output() -> IO[bytes]:
    """Return what answers are written to; whatever a library prints goes where errors go."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


if __name__ == "__main__":
    main()
