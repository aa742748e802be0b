"""Decides how a list leaves the counter as a file, and with whose names whole; each room has its own kind. Qt-free."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from app.domain.operators import Act, Operator
from app.services.progress import Tell
from ui.navigation import PaperOutlet
from ui.progress import Progress, Stopped
from ui.surroundings import Surroundings
from ui.text import _
from ui.words import why_not

KINDS = "Excel (*.xlsx);;CSV (*.csv)"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Export:
    """What was chosen for a file: whole names and numbers, for a purpose; ``refusal`` says why they may not be whole."""

    is_whole: bool = False
    purpose: str = ""
    refusal: str = ""
    problem: str = ""
    is_busy: bool = False
    percent: int = 0


NO_EXPORT = Export()


class Listing(Protocol):
    """The list that is exported, as it is narrowed down."""

    @property
    def export(self) -> Export:
        """Return what was chosen for a file."""
        ...

    def show(self, **changes: object) -> None:
        """Show the list with ``changes`` of its state."""
        ...

    def open_export(self, export: Export) -> None:
        """Show beside the list how it would be written."""
        ...

    def close_export(self) -> None:
        """Show beside the list what stands there otherwise, and forget what was chosen."""
        ...


class Exporting(ABC):
    """Makes one file at a time, beside the window."""

    def __init__(self, around: Surroundings, outlet: PaperOutlet, listing: Listing) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._outlet = outlet
        self._listing = listing
        self._progress = Progress()

    def open(self) -> None:
        """Show what can be written to a file, beside the list."""
        self._listing.open_export(Export(refusal=why_not(self._session.clerk, Act.EXPORT_PERSONAL_DATA)))

    def edit(self, *, is_whole: bool, purpose: str) -> None:
        """Take note of how names and numbers are to stand in the file, and why."""
        self._change(is_whole=is_whole, purpose=purpose, problem="")

    def save(self) -> None:
        """Write the list to a file that the clerk names."""
        if not self._is_ready():
            return
        now = self._counter.desk.now()
        path = self._outlet.choose_target(f"{self._name()} {now:%Y-%m-%d %H%M}.xlsx", KINDS)
        if path is not None:
            write = self._writing(path)
            self._run(write, lambda count: self._navigator.notify(self._written(count)))

    def stop(self) -> None:
        """Stop writing the list; no file is left."""
        self._progress.is_stopped = True

    def poll(self) -> None:
        """Show how far the file is."""
        if self._listing.export.is_busy and self._progress.percent != self._listing.export.percent:
            self._change(percent=self._progress.percent)

    @abstractmethod
    def _name(self) -> str:
        """Return how the file's name begins."""

    @abstractmethod
    def _writing(self, path: Path) -> Callable[[Operator, Tell], int]:
        """Return what writes the list as it is narrowed now to ``path``, for whom and told how far, and counts its rows."""

    @abstractmethod
    def _written(self, count: int) -> str:
        """Return the words for a file of so many rows."""

    def _is_ready(self) -> bool:
        """Tell whether the list may be made; say what is missing."""
        export = self._listing.export
        if export.is_busy:
            return False
        if export.is_whole and not export.purpose.strip():
            self._change(problem=_("姓名和号码不遮盖时，请写明用途"))
            return False
        return True

    def _run(self, make: Callable[[Operator, Tell], T], made: Callable[[T], None]) -> None:
        """Make something of the list beside the window, and say how far it is."""
        self._progress = Progress()
        self._change(is_busy=True, percent=0, problem="")
        clerk, tell = self._session.clerk, self._progress.tell

        def done(result: T) -> None:
            self._listing.close_export()
            made(result)

        self._runner.run(lambda: make(clerk, tell), done, self._fail)

    def _fail(self, error: Exception) -> None:
        self._change(is_busy=False)
        if isinstance(error, Stopped):
            self._navigator.notify(_("已停止，没有留下文件。"))
        else:
            self._navigator.report(error)

    def _change(self, **changes: object) -> None:
        self._listing.show(export=replace(self._listing.export, **changes))  # type: ignore[arg-type]
