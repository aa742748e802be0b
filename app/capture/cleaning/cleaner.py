"""The port ``PageCleaner``: asks the process that cleans. Light to import: OpenCV is loaded over there."""

from app.capture.corners import from_places, to_places
from app.capture.messages import Message
from app.capture.shared_helper import SharedHelper
from app.domain.application import PageRemark
from app.services.ports import CleanPage, Colours, Corners, FoundCode

MODULE = "app.capture.cleaning.process"
LONGEST_S = 30.0
"""For the largest page on a slow, busy machine; a usual one takes less than one."""
LONGEST_END_S = 2.0
"""How long whoever closes the window waits for a page: one that is not done is as it was."""


class HelperCleaner:
    """Safe to use from any thread; pages are cleaned one after the other."""

    def __init__(
        self, module: str = MODULE, longest_s: float = LONGEST_S, longest_end_s: float = LONGEST_END_S
    ) -> None:
        self._helper = SharedHelper(module, longest_s, longest_end_s)

    @property
    def pid(self) -> int:
        """Return the number of the process, 0 when there is none."""
        return self._helper.pid

    def clean(self, data: bytes, *, colours: Colours | None = None, corners: Corners | None = None) -> CleanPage:
        """Return the page found in a JPEG or PNG, upright; BadAttachment, ReadingFailed."""
        return _page(self._helper.ask(Message({"colours": colours, "corners": to_places(corners)}, (data,))))

    def close(self) -> None:
        """End the process; the next page starts it anew in a quarter of a second."""
        self._helper.close()


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
