"""A helper process that any thread may ask about pictures: one question at a time, in a bearable time, and rest."""

from threading import Lock, Timer, current_thread

from app.capture.helper import Helper, HelperDied, HelperHung
from app.capture.limits import LARGEST_FILE
from app.capture.messages import Message
from app.services.errors import BadAttachment, ReadingFailed

LONGEST_REST_S = 600.0
"""After so long without a question the process, which holds up to several hundred megabytes, is ended."""
KILL_AGAIN_S = 0.1
"""A process that was just being started when it should end has missed it."""


class SharedHelper:
    """Safe to use from any thread; starts with the first question, and anew when one comes after its end."""

    def __init__(
        self, module: str, longest_s: float, longest_end_s: float = 0.0, most_answers: int | None = None
    ) -> None:
        """Take how long an answer may take, for how long whoever closes waits for one that is on its way.

        After ``most_answers`` the process is ended, with whatever its libraries never gave back.
        """
        self._helper = Helper(module)
        self._longest_s = longest_s
        self._longest_end_s = longest_end_s
        self._most_answers = most_answers
        self._answers = 0
        self._turn = Lock()
        self._is_ending = False
        self._resting: Timer | None = None

    @property
    def pid(self) -> int:
        """Return the number of the process, 0 when there is none."""
        return self._helper.pid

    def ask(self, question: Message) -> Message:
        """Return the answer to a question about pictures; a process that died meanwhile is asked once more, anew.

        BadAttachment when one cannot be taken, ReadingFailed when the process died again, took too long or was closed.
        """
        if any(not 0 < len(picture) <= LARGEST_FILE for picture in question.parts):
            raise BadAttachment("size" if all(question.parts) else "damaged")
        with self._turn:
            self._stop_resting()
            try:
                answer = self._answered(question)
            except HelperDied as error:
                raise ReadingFailed from error
            self._rest()
        if "fault" in answer.header:
            raise BadAttachment(str(answer.header["fault"]))
        return answer

    def close(self) -> None:
        """End the process; an answer on its way is waited for, but not for long: then whoever asked is told."""
        if not self._turn.acquire(timeout=self._longest_end_s):
            self._is_ending = True
            self._helper.kill()
            while not self._turn.acquire(timeout=KILL_AGAIN_S):
                self._helper.kill()
        try:
            self._is_ending = False
            self._stop_resting()
            self._helper.close()
        finally:
            self._turn.release()

    def _answered(self, question: Message) -> Message:
        try:
            return self._told(question)
        except HelperHung:
            raise
        except HelperDied:
            return self._told(question)

    def _told(self, question: Message) -> Message:
        if self._is_ending:
            raise HelperDied
        if not self._helper.is_running:
            self._answers = 0
        self._helper.send(question)
        answer = self._helper.receive(self._longest_s)
        self._answers += 1
        if self._answers == self._most_answers:
            self._helper.kill()
        return answer

    def _rest(self) -> None:
        self._resting = Timer(LONGEST_REST_S, self._end_rest)
        self._resting.daemon = True
        self._resting.start()

    def _end_rest(self) -> None:
        """End the process that was asked nothing for long; on the timer's thread. A question that came before is answered."""
        with self._turn:
            if self._resting is current_thread():
                self._helper.close()

    def _stop_resting(self) -> None:
        if self._resting:
            self._resting.cancel()
            self._resting = None
