"""Sends papers to the printers that were chosen, and records what the clerk says came out. Qt-free.

Where no printer was chosen a paper is opened in the system's own program. What becomes of a job is told in ``print_watch``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, TypeVar

from app.domain.catalogue import ServiceItem
from app.domain.operators import Operator
from app.domain.paper import PaperKind, PaperState
from app.services.blanks import BlankUse
from app.services.counter import Counter
from app.services.printing import Sent
from app.services.snapshots import PaperRow
from ui.navigation import Navigator, PaperOutlet
from ui.surroundings import Surroundings
from ui.text import _, ngettext

T = TypeVar("T")
FRESH = timedelta(minutes=2)
"""So long a paper counts as just made: one that was left unprinted before is not printed by opening its case."""


class OpensPapers(Protocol):
    """Where a PDF is shown in the system's own program."""

    def open_paper(self, name: str, pdf: bytes) -> None:
        """Show a PDF."""
        ...


def to_print(papers: Sequence[PaperRow]) -> tuple[PaperRow, ...]:
    """Return the papers that never came out of a printer."""
    return tuple(paper for paper in papers if paper.state is PaperState.TO_PRINT)


def sent(papers: Sequence[PaperRow]) -> tuple[PaperRow, ...]:
    """Return the papers of which nobody has said yet whether they came out well."""
    return tuple(paper for paper in papers if paper.state is PaperState.SENT)


@dataclass(frozen=True, slots=True)
class Done:
    """What was sent, and what kept the rest from being sent."""

    sent: tuple[Sent, ...]
    error: Exception | None = None


def send_all(counter: Counter, papers: Sequence[PaperRow], clerk: Operator, reason: str = "") -> Done:
    """Send papers in order until one cannot be sent; those behind it would fail as well."""
    sent: list[Sent] = []
    for paper in papers:
        try:
            sent.append(counter.printing.send(paper, clerk, reason))
        except Exception as error:  # noqa: BLE001  what was sent before it is shown, and then every failure
            return Done(tuple(sent), error)
    return Done(tuple(sent))


def send_onto_blank(counter: Counter, paper: PaperRow, use: BlankUse, clerk: Operator) -> Done:
    """Send one paper onto a blank form."""
    try:
        return Done((counter.overlays.print(paper, use, clerk),))
    except Exception as error:  # noqa: BLE001  every failure is shown
        return Done((), error)


def after_sending(
    done: Done, outlet: OpensPapers, navigator: Navigator, changed: Callable[[], None] = lambda: None
) -> None:
    """Open what no printer prints, have the rest followed, and say what went wrong."""
    for one in done.sent:
        if one.pdf:
            outlet.open_paper(one.number, one.pdf)
    if any(one.printer for one in done.sent):
        navigator.follow_prints(changed)
    if any(one.is_low for one in done.sent):
        navigator.notify(_("小票纸快用完了，请准备一卷。"))
    if done.error is not None:
        navigator.report(done.error)


def print_plain(
    around: Surroundings, outlet: OpensPapers, kind: PaperKind, name: str, draw: Callable[[], bytes]
) -> None:
    """Print what has no number; where no printer was chosen, open it under ``name``."""

    def sent(one: Sent) -> None:
        if one.pdf:
            outlet.open_paper(name, one.pdf)
        else:
            around.navigator.notify(_("已送去打印"))

    around.runner.run(lambda: around.counter.printing.send_plain(draw(), kind), sent, around.navigator.report)


def print_guide(around: Surroundings, outlet: OpensPapers, item: ServiceItem, clerk: Operator) -> None:
    """Print the one-page guide of an item for the citizen."""
    name = _("办事指南 %(title)s") % {"title": item.title}
    print_plain(around, outlet, PaperKind.ITEM_GUIDE, name, lambda: around.counter.papers.guide(item, clerk))


class Printing:
    """Shared by the rooms that show papers; ``changed`` lets the room read them again."""

    def __init__(self, around: Surroundings, outlet: PaperOutlet, changed: Callable[[], None]) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._outlet = outlet
        self._changed = changed
        self._is_sending = False

    def send(self, papers: Sequence[PaperRow], reason: str = "") -> None:
        """Print ``papers``, as many as go; then the clerk says whether they came out."""
        if self._is_sending:
            return  # a second press while the first is on its way would print twice
        self._is_sending, clerk = True, self._session.clerk
        self._run(lambda: send_all(self._counter, papers, clerk, reason), self.show)

    def send_new(self, papers: Sequence[PaperRow]) -> None:
        """Print what was just made, where the counter prints without being asked and a printer was chosen for it.

        Not what is printed onto a blank form that lies there: which one it is has to be looked at.
        """
        settings = self._counter.printing.settings.read()
        if not settings.by_itself:
            return
        since = self._counter.desk.now() - FRESH
        new = [one for one in to_print(papers) if one.made_at >= since and settings.of(one.kind).printer]
        if plain := self._without_blanks(new):
            self.send(plain)

    def send_waiting(self, papers: Sequence[PaperRow]) -> None:
        """Print those of ``papers`` that never came out of a printer, but not what goes onto a blank form that lies there."""
        waiting = to_print(papers)
        if plain := self._without_blanks(waiting):
            self.send(plain)
        elif waiting:
            self._navigator.notify(_("剩下的印在空白凭证上，请用“套打”"))

    def send_onto(self, paper: PaperRow, use: BlankUse) -> None:
        """Print a paper onto a blank form; then the clerk looks at the number and says whether it came out."""
        if self._is_sending:
            return
        self._is_sending, clerk = True, self._session.clerk
        self._run(lambda: send_onto_blank(self._counter, paper, use, clerk), self.show_onto)

    def show_onto(self, done: Done) -> None:
        """Show what became of what was sent onto a blank form."""
        self.show(done)
        if done.error is None:
            self._navigator.notify(_("已送去打印，看看号码对不对"))

    def confirm(self, papers: Sequence[PaperRow]) -> None:
        """Record that ``papers`` came out well."""
        clerk, count = self._session.clerk, len(papers)
        self._run(
            lambda: [self._counter.papers.confirm(paper, clerk) for paper in papers],
            lambda _rows: self._tell(ngettext("已打印 %(count)d 份", "已打印 %(count)d 份", count) % {"count": count}),
        )

    def spoil(self, papers: Sequence[PaperRow]) -> None:
        """Record that ``papers`` were spoiled, and print them again at once.

        Of one on a blank form that blank is void first, which is asked for where the next is taken.
        """
        clerk = self._session.clerk
        on_blanks = [paper for paper in papers if self._counter.blanks.held_by(paper.number)]
        if plain := [paper for paper in papers if paper not in on_blanks]:
            self._run(lambda: [self._counter.papers.spoil(paper, clerk) for paper in plain], self.send)
        if on_blanks:
            self._navigator.print_onto_blank(on_blanks[0])

    def show(self, done: Done) -> None:
        """Show what became of what was sent, and let the room read its papers again."""
        self._is_sending = False
        self._changed()
        after_sending(done, self._outlet, self._navigator, self._changed)

    def _without_blanks(self, papers: Sequence[PaperRow]) -> list[PaperRow]:
        onto_blanks = self._counter.overlays.with_blanks(papers)
        return [paper for paper in papers if paper.number not in onto_blanks]

    def _tell(self, words: str) -> None:
        self._changed()
        self._navigator.notify(words)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._runner.run(work, done, self._navigator.report)
