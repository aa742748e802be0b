"""Decides what the section of the journal shows and does. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from app.services.enrolment import EnrolmentState
from app.services.ledger import Verified
from app.services.progress import Tell
from app.services.unsent import Handed
from ui.progress import Progress, Stopped
from ui.sentences import sentence
from ui.settings.around import Around
from ui.sync_words import unsent_words
from ui.text import _, ngettext

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class JournalState:
    """What is known of the journal."""

    doing: str = ""
    """What is being done, empty while nothing is."""
    percent: int = 0
    message: str = ""
    is_sound: bool | None = None
    """None while nobody has looked."""
    has_centre: bool = False
    """Whether there is a centre that could lack something."""


class JournalView(Protocol):
    """The section of the journal."""

    def render(self, state: JournalState) -> None:
        """Show ``state``."""
        ...


class JournalPresenter:
    """Everything runs beside the window."""

    def __init__(self, around: Around, view: JournalView) -> None:
        self._around = around
        self._view = view
        self._progress = Progress()
        self.state = JournalState()

    def start(self) -> None:
        """Show the section without remarks of an earlier visit."""
        has_centre = self._around.counter.enrolment.status().state is not EnrolmentState.ALONE
        self._show(message="", is_sound=None, has_centre=has_centre)

    def verify(self) -> None:
        """Check the whole journal."""
        self._work(_("正在核对台账"), self._around.counter.ledger.verify, self._verified)

    def export(self) -> None:
        """Ask where to, and write the whole journal there."""
        path = self._around.files.choose_target("journal.jsonl", "JSON Lines (*.jsonl)")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the whole journal to ``path``."""
        by = self._around.session.clerk
        ledger = self._around.counter.ledger
        self._work(_("正在导出台账"), lambda tell: ledger.export(path, by, tell), self._exported)

    def hand_over(self) -> None:
        """Ask where to, and write there what the centre lacks: the journal, and the images beside it."""
        path = self._around.files.choose_target("journal.jsonl", "JSON Lines (*.jsonl)")
        if path is not None:
            by, unsent = self._around.session.clerk, self._around.counter.unsent
            self._work(_("正在导出台账和图片"), lambda tell: unsent.export(path, by, tell), self._handed_over)

    def stop(self) -> None:
        """Stop what runs: a check says nothing, an export leaves no file."""
        self._progress.is_stopped = True

    def poll(self) -> None:
        """Show how far the work is."""
        if self.state.doing and self._progress.percent != self.state.percent:
            self._show(percent=self._progress.percent)

    def _work(self, doing: str, work: Callable[[Tell], T], done: Callable[[T], None]) -> None:
        if not self.state.doing:
            self._progress = progress = Progress()
            self._show(doing=doing, percent=0, message="")
            self._around.runner.run(lambda: work(progress.tell), done, self._broken)

    def _verified(self, verified: Verified) -> None:
        count = verified.entries
        words = ngettext("共 %(count)d 条，链与签名完好", "共 %(count)d 条，链与签名完好", count) % {"count": count}
        self._show(doing="", is_sound=True, message=words)

    def _exported(self, verified: Verified) -> None:
        count = verified.entries
        words = ngettext("已导出 %(count)d 条", "已导出 %(count)d 条", count) % {"count": count}
        self._show(doing="", is_sound=None, message=words)

    def _handed_over(self, handed: Handed) -> None:
        self._show(doing="", is_sound=None, message=unsent_words(handed))

    def _broken(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self._show(doing="", is_sound=None, message=_("已停止，没有留下文件。"))
            return
        self._show(doing="", is_sound=False, message=sentence(error).text)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)
