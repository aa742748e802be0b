"""Sends papers to the system's program for printing, and records what the clerk says came out. Qt-free."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from app.domain.paper import PaperState
from app.services.counter import Counter
from app.services.ports import Runner
from app.services.snapshots import PaperRow
from ui.navigation import Navigator, PaperOutlet, Session
from ui.text import ngettext

T = TypeVar("T")


def to_print(papers: Sequence[PaperRow]) -> tuple[PaperRow, ...]:
    """Return the papers that never came out of a printer."""
    return tuple(paper for paper in papers if paper.state is PaperState.TO_PRINT)


def sent(papers: Sequence[PaperRow]) -> tuple[PaperRow, ...]:
    """Return the papers of which nobody has said yet whether they came out well."""
    return tuple(paper for paper in papers if paper.state is PaperState.SENT)


class Printing:
    """Shared by the rooms that show papers; ``changed`` lets the room read them again."""

    def __init__(
        self,
        counter: Counter,
        session: Session,
        runner: Runner,
        navigator: Navigator,
        outlet: PaperOutlet,
        changed: Callable[[], None],
    ) -> None:
        self._counter = counter
        self._session = session
        self._runner = runner
        self._navigator = navigator
        self._outlet = outlet
        self._changed = changed

    def send(self, papers: Sequence[PaperRow], reason: str = "") -> None:
        """Hand ``papers`` to the system's program, which prints them; then the clerk says whether they came out."""
        clerk = self._session.clerk

        def draw() -> list[tuple[str, bytes]]:
            return [(paper.number, self._counter.papers.to_print(paper, clerk, reason=reason)) for paper in papers]

        self._run(draw, self._show)

    def confirm(self, papers: Sequence[PaperRow]) -> None:
        """Record that ``papers`` came out well."""
        clerk, count = self._session.clerk, len(papers)
        self._run(
            lambda: [self._counter.papers.confirm(paper, clerk) for paper in papers],
            lambda _rows: self._tell(ngettext("已打印 %(count)d 份", "已打印 %(count)d 份", count) % {"count": count}),
        )

    def spoil(self, papers: Sequence[PaperRow]) -> None:
        """Record that ``papers`` were spoiled, and print them again at once."""
        clerk = self._session.clerk
        self._run(lambda: [self._counter.papers.spoil(paper, clerk) for paper in papers], self.send)

    def _show(self, drawn: list[tuple[str, bytes]]) -> None:
        for number, pdf in drawn:
            self._outlet.open_paper(number, pdf)
        self._changed()

    def _tell(self, words: str) -> None:
        self._changed()
        self._navigator.notify(words)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._runner.run(work, done, self._navigator.report)
