"""The port ``PageCleaner``: asks the process that cleans. Light to import: OpenCV is loaded over there."""

from threading import Lock

from app.capture.corners import from_places, to_places
from app.capture.helper import Helper, HelperDied, HelperHung
from app.capture.limits import LARGEST_FILE
from app.capture.messages import Message
from app.domain.application import PageRemark
from app.services.errors import BadAttachment, ReadingFailed
from app.services.ports import CleanPage, Colours, Corners, FoundCode

LONGEST_PAGE_S = 30.0
"""For the largest page on a slow, busy machine; a usual one takes less than one."""

LONGEST_END_S = 2.0
"""How long whoever closes the window waits for a page."""


class HelperCleaner:
    """Safe to use from any thread; pages are cleaned one after the other."""

    def __init__(self, module: str = "app.capture.cleaning.process") -> None:
        self._helper = Helper(module)
        self._one_at_a_time = Lock()
        self._is_ending = False

    def clean(self, data: bytes, *, colours: Colours | None = None, corners: Corners | None = None) -> CleanPage:
        """Return the page found in a JPEG or PNG, upright; a process that died meanwhile is started once more.

        BadAttachment when the picture cannot be taken, ReadingFailed when the process died again or took too long.
        """
        if not 0 < len(data) <= LARGEST_FILE:
            raise BadAttachment("size" if data else "damaged")
        question = Message({"colours": colours, "corners": to_places(corners)}, (data,))
        with self._one_at_a_time:
            answer = self._asked(question)
        if "fault" in answer.header:
            raise BadAttachment(answer.header["fault"])
        return _page(answer)

    def close(self) -> None:
        """End the process; a page on its way is waited for, but not for long: then it is as it was."""
        if not self._one_at_a_time.acquire(timeout=LONGEST_END_S):
            self._is_ending = True
            self._helper.kill()
            self._one_at_a_time.acquire()
        self._helper.close()
        self._is_ending = False
        self._one_at_a_time.release()

    def _asked(self, question: Message) -> Message:
        try:
            try:
                return self._ask(question)
            except HelperHung:
                raise
            except HelperDied:
                if self._is_ending:
                    raise
                return self._ask(question)
        except HelperDied as error:
            raise ReadingFailed from error

    def _ask(self, question: Message) -> Message:
        self._helper.send(question)
        return self._helper.receive(LONGEST_PAGE_S)


def _page(answer: Message) -> CleanPage:
    told = answer.header
    return CleanPage(
        answer.parts[0],
        told["media_type"],
        Colours(told["colours"]),
        frozenset(PageRemark(remark) for remark in told["remarks"]),
        from_places(told["corners"]),
        tuple(FoundCode(kind, text) for kind, text in told["codes"]),
    )
