"""Decides what the section for an ill counter shows: what was found, and the file for whoever helps. Qt-free."""

from dataclasses import dataclass, replace
from typing import Protocol

from app.services.findings import Finding, Grade
from app.services.ports import Handle
from ui.findings import words
from ui.sentences import sentence
from ui.settings.around import Around
from ui.text import _, ngettext

TONES = {Grade.GOOD: "good", Grade.LOOK: "warn", Grade.BAD: "danger"}


@dataclass(frozen=True, slots=True)
class SupportState:
    """What was found, the worst first, as tone and words; and what came of the last act."""

    doing: str = ""
    """What runs now, empty for nothing."""
    can_stop: bool = False
    found: tuple[tuple[str, str], ...] = ()
    message: str = ""
    tone: str = "good"

    @property
    def busy(self) -> bool:
        """Tell whether something runs."""
        return bool(self.doing)


class SupportView(Protocol):
    """The section for an ill counter."""

    def render(self, state: SupportState) -> None:
        """Show ``state``."""
        ...


class SupportPresenter:
    """Everything runs beside the window: looking takes as long as checking the whole journal."""

    def __init__(self, around: Around, view: SupportView) -> None:
        self._around = around
        self._view = view
        self._running: Handle | None = None
        self.state = SupportState()

    def start(self) -> None:
        """Show the section without remarks of an earlier visit."""
        self._show(message="", found=() if not self.state.busy else self.state.found)

    def look(self) -> None:
        """Look at everything that may be the matter."""
        if self.state.busy:
            return
        self._show(doing=_("正在检查"), can_stop=True, message="")
        self._running = self._around.runner.run(self._around.counter.support.examine, self._looked, self._broken)

    def stop(self) -> None:
        """Wait no longer for what looking would say; it changes nothing."""
        if self.state.can_stop and self._running is not None:
            self._running.cancel()
            self._show(doing="", can_stop=False)

    def save(self) -> None:
        """Ask where to, and write the file for whoever helps."""
        if self.state.busy:
            return
        path = self._around.files.choose_target("lideng-support.zip", "ZIP (*.zip)")
        if path is None:
            return
        self._show(doing=_("正在收集检查结果和日志"), message="")
        self._around.runner.run(lambda: self._around.counter.support.make(path), self._saved, self._broken)

    def _looked(self, findings: list[Finding]) -> None:
        self._list(findings)
        count = sum(not finding.is_good for finding in findings)
        if count:
            told = ngettext("%(count)d 项要看一下", "%(count)d 项要看一下", count) % {"count": count}
            self._show(message=told, tone="warn")
        else:
            self._show(message=_("一切正常"), tone="good")

    def _saved(self, findings: list[Finding]) -> None:
        self._list(findings)
        self._show(message=_("已保存，其中没有个人信息，可以交给维护人员"), tone="good")

    def _list(self, findings: list[Finding]) -> None:
        grades = (Grade.BAD, Grade.LOOK, Grade.GOOD)
        worst_first = sorted(findings, key=lambda finding: grades.index(finding.grade))
        self._show(
            doing="", can_stop=False, found=tuple((TONES[finding.grade], words(finding)) for finding in worst_first)
        )

    def _broken(self, error: Exception) -> None:
        self._show(doing="", can_stop=False, message=sentence(error).text, tone="danger")

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)
