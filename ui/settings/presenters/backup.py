"""Decides what the section of backups shows and does: the second place, a backup by hand, the drill. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app.domain.operators import Act
from app.services.backup_files import Drilled, Manifest
from app.services.backups import BackupPlan, BackupStatus
from app.services.progress import Tell
from ui.backup_words import backup_words, trouble
from ui.progress import Progress, Stopped
from ui.sentences import sentence
from ui.settings.around import Around
from ui.text import _, ngettext
from ui.words import why_not


@dataclass(frozen=True, slots=True)
class BackupState:
    """What the section shows."""

    status: BackupStatus
    why_not: str = ""
    """Why the operator may not, empty when they may."""
    doing: str = ""
    """What runs now, empty for nothing."""
    percent: int = 0
    trouble: str = ""
    message: str = ""
    tone: str = "good"

    @property
    def busy(self) -> bool:
        """Tell whether something runs."""
        return bool(self.doing)


class BackupView(Protocol):
    """The section of backups."""

    def render(self, state: BackupState) -> None:
        """Show ``state``; while it is busy, ask for ``poll`` a few times a second."""
        ...


class BackupPresenter:
    """Everything that writes or reads a backup runs beside the window and can be stopped."""

    def __init__(self, around: Around, view: BackupView) -> None:
        self._around = around
        self._view = view
        self._progress = Progress()
        self.state = BackupState(around.counter.backups.status())

    def start(self) -> None:
        """Show how it stands, without remarks of an earlier visit."""
        self._show(message="")

    def choose_folder(self) -> None:
        """Ask for the second place."""
        folder = self._around.files.choose_folder()
        if folder is not None:
            self.change(folder=folder)

    def forget_folder(self) -> None:
        """Make no backups by themselves any more."""
        self.change(folder=None)

    def change(self, **changes: object) -> None:
        """Keep the plan with these changes; a new second place gets its first backup within a minute."""
        plan: BackupPlan = replace(self.state.status.plan, **changes)  # type: ignore[arg-type]
        by = self._around.session.clerk
        try:
            self._around.counter.backups.keep_plan(plan, by)
        except Exception as error:  # noqa: BLE001  told beside the field
            self._show(message=sentence(error).text, tone="danger")
        else:
            self._show(message="")

    def back_up(self) -> None:
        """Ask where to, and write a backup there."""
        backups = self._around.counter.backups
        path = self._around.files.choose_target(backups.suggested_name(), _("立等备份 (*.lideng)"))
        if path is not None:
            by = self._around.session.clerk
            self._work(_("正在备份"), lambda tell: backups.back_up(path, tell, by), self._backed_up)

    def drill(self) -> None:
        """Ask for a backup, open it in a temporary place and check all of it."""
        path = self._around.files.choose_source(_("立等备份 (*.lideng)"))
        if path is not None:
            self._work(_("正在演练恢复"), lambda tell: self._check(path, tell), self._drilled)

    def stop(self) -> None:
        """Stop what runs; nothing is left of it."""
        self._progress.is_stopped = True

    def poll(self) -> None:
        """Show how far the work is."""
        if self.state.busy and self._progress.percent != self.state.percent:
            self._show(percent=self._progress.percent)

    def _check(self, path: Path, tell: Tell) -> Drilled:
        return self._around.counter.backups.check(path, tell)

    def _work(self, doing: str, work: Callable[[Tell], object], done: Callable[..., None]) -> None:
        if self.state.busy:
            return
        self._progress = progress = Progress()
        self._show(doing=doing, percent=0, message="")
        self._around.runner.run(lambda: work(progress.tell), done, self._failed)

    def _backed_up(self, manifest: Manifest) -> None:
        self._show(doing="", message=_("已备份：%(what)s") % {"what": backup_words(manifest)}, tone="good")

    def _drilled(self, drilled: Drilled) -> None:
        count = drilled.entries
        sound = ngettext("共 %(count)d 条，链与签名完好", "共 %(count)d 条，链与签名完好", count) % {"count": count}
        words = _("这份备份可以恢复：%(what)s。%(sound)s") % {"what": backup_words(drilled.manifest), "sound": sound}
        self._show(doing="", message=words, tone="good")

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self._show(doing="", message=_("已停止，没有留下文件。"), tone="good")
        else:
            self._show(doing="", message=sentence(error).text, tone="danger")

    def _show(self, **changes: object) -> None:
        status = self._around.counter.backups.status() if "percent" not in changes else self.state.status
        reason = why_not(self._around.session.clerk, Act.BACK_UP)
        self.state = replace(self.state, status=status, trouble=trouble(status), why_not=reason, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)
