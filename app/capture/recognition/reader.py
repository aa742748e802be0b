"""The port ``TextReader``: a helper process reads, this side waits for it and keeps watch. Light to import."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from threading import Lock, Timer, current_thread
from typing import Any

from app.capture.helper import Helper, HelperDied
from app.capture.limits import LARGEST_FILE
from app.capture.messages import Message
from app.services.errors import BadAttachment, ReadingFailed
from app.services.ports import ReadField, Reading, ReadPaper, ReadValue

MODULE = "app.capture.recognition.process"
LONGEST_S = 60.0
"""For one paper, loading the models included; beside others' work a licence has taken eight."""
IDLE_S = 600.0
"""After so long without a paper the process, which holds several hundred megabytes, is ended."""


class HelperTextReader:
    """Safe to use from any thread: one paper is read at a time."""

    def __init__(self, now: Callable[[], datetime], module: str = MODULE) -> None:
        """Take what tells the time: nobody on a card was born after it."""
        self._now = now
        self._helper = Helper(module)
        self._turn = Lock()
        self._idle: Timer | None = None

    @property
    def pid(self) -> int:
        """Return the number of the process, 0 when there is none."""
        return self._helper.pid

    def read(self, pictures: Sequence[bytes]) -> list[Reading]:
        """Return what stands on the pictures, paper by paper."""
        if any(not 0 < len(picture) <= LARGEST_FILE for picture in pictures):
            raise BadAttachment("size" if all(pictures) else "damaged")
        answer = self._ask({"do": "read", "today": self._now().date().isoformat()}, pictures)
        if "fault" in answer.header:
            raise BadAttachment(str(answer.header["fault"]))
        pieces = iter(answer.parts)
        return [_reading(told, pieces) for told in answer.header["papers"]]

    def warm_up(self) -> None:
        """Load the models."""
        self._ask({"do": "warm_up"})

    def close(self) -> None:
        """End the process, also in the middle of a paper: whoever waits for that is told that it failed."""
        if not self._turn.acquire(blocking=False):
            self._helper.kill()
            return
        try:
            self._stop_waiting()
            self._helper.close()
        finally:
            self._turn.release()

    def _ask(self, header: dict[str, Any], parts: Sequence[bytes] = ()) -> Message:
        with self._turn:
            self._stop_waiting()
            try:
                self._helper.send(Message(header, parts))
                answer = self._helper.receive(LONGEST_S)
            except HelperDied as error:
                raise ReadingFailed from error
            self._idle = Timer(IDLE_S, self._rest)
            self._idle.daemon = True
            self._idle.start()
            return answer

    def _rest(self) -> None:
        """End the process that had nothing to do for long; on the timer's thread. A paper that came before is read."""
        with self._turn:
            if self._idle is current_thread():
                self._helper.close()

    def _stop_waiting(self) -> None:
        if self._idle:
            self._idle.cancel()
            self._idle = None


def _reading(told: dict[str, Any], pieces: Iterator[bytes]) -> Reading:
    fields = {ReadField(name): ReadValue(*value) for name, value in told["fields"].items()}
    return Reading(ReadPaper(told["paper"]), fields, {name: next(pieces) for name in fields})
