"""The helper process that reads: pictures come in as messages, readings go out. ``reader`` talks to it.

``{"do": "read"}`` with pictures is answered by ``{"papers": […]}`` and the pieces of the pictures, or by ``{"fault": …}``;
``{"do": "warm_up"}`` by ``{}``. No socket is ever opened here: the models are files.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache

from app.capture.inside import answer_all
from app.capture.messages import Message
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
    refuse_network()
    answer_all(_answer, MOST_MEMORY)


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


if __name__ == "__main__":
    main()
