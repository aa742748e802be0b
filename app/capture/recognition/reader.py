"""The port ``TextReader``: asks the process that reads. Light to import: the models are loaded over there."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from app.capture.messages import Message
from app.capture.shared_helper import SharedHelper
from app.services.ports import ReadField, Reading, ReadPaper, ReadValue

MODULE = "app.capture.recognition.process"
LONGEST_S = 60.0
"""For one paper, loading the models included; beside others' work a licence has taken eight."""


class HelperTextReader:
    """Safe to use from any thread: one paper is read at a time."""

    def __init__(self, now: Callable[[], datetime], module: str = MODULE, longest_s: float = LONGEST_S) -> None:
        """Take what tells the time: nobody on a card was born after it."""
        self._now = now
        self._helper = SharedHelper(module, longest_s)

    @property
    def pid(self) -> int:
        """Return the number of the process, 0 when there is none."""
        return self._helper.pid

    def read(self, pictures: Sequence[bytes]) -> list[Reading]:
        """Return what stands on the pictures, paper by paper; BadAttachment, ReadingFailed."""
        answer = self._helper.ask(Message({"do": "read", "today": self._now().date().isoformat()}, pictures))
        pieces = iter(answer.parts)
        return [_reading(told, pieces) for told in answer.header["papers"]]

    def warm_up(self) -> None:
        """Load the models."""
        self._helper.ask(Message({"do": "warm_up"}))

    def close(self) -> None:
        """End the process, also in the middle of a paper: whoever waits for that is told that it failed."""
        self._helper.close()


def _reading(told: dict[str, Any], pieces: Iterator[bytes]) -> Reading:
    fields = {ReadField(name): ReadValue(*value) for name, value in told["fields"].items()}
    return Reading(ReadPaper(told["paper"]), fields, {name: next(pieces) for name in fields})
