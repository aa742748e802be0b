"""Decides how a recovery sheet is made: it is in force only when somebody has it on paper. Qt-free."""

from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.operators import Act
from app.services.recovery import DrawnSheet
from ui.sentences import sentence
from ui.settings.around import Around
from ui.text import _
from ui.words import why_not


@dataclass(frozen=True, slots=True)
class RecoveryState:
    """What is known of the sheets; ``drawn`` names one that waits to be put in force."""

    sheet: str = ""
    drawn: str = ""
    why_not: str = ""
    busy: bool = False
    message: str = ""
    tone: str = "good"


class RecoveryView(Protocol):
    """The card of the recovery sheet."""

    def render_recovery(self, state: RecoveryState) -> None:
        """Show ``state``."""
        ...


class RecoveryPresenter:
    """A sheet is drawn, opened to be printed, and then put in force or thrown away."""

    def __init__(self, around: Around, view: RecoveryView) -> None:
        self._around = around
        self._view = view
        self._drawn: DrawnSheet | None = None
        self.state = RecoveryState()

    def start(self) -> None:
        """Show which sheet is in force."""
        self._show(message="")

    def leave(self) -> None:
        """Forget a sheet that was not put in force, and with it its code."""
        self._drawn = None

    def draw(self) -> None:
        """Draw a new sheet and open it to be printed."""
        if self.state.busy:
            return
        self._show(busy=True, message="")
        by = self._around.session.clerk
        self._around.runner.run(lambda: self._around.counter.recovery.draw(by), self._opened, self._failed)

    def put_in_force(self) -> None:
        """Let the sheet that was printed open every backup from now on."""
        sheet, by = self._drawn, self._around.session.clerk
        if sheet is None:
            return
        try:
            self._around.counter.recovery.put_in_force(sheet, by)
        except Exception as error:  # noqa: BLE001  told beside the button
            self._failed(error)
            return
        self._drawn = None
        self._show(message=_("恢复单 %(sheet)s 已启用。请现在重新备份一次。") % {"sheet": sheet.name}, tone="good")

    def throw_away(self) -> None:
        """Forget the sheet that was drawn; the one before it stays in force."""
        self._drawn = None
        self._show(message=_("没有启用，原来的恢复单仍然有效。请把打印出来的销毁。"), tone="warn")

    def _opened(self, sheet: DrawnSheet) -> None:
        self._drawn = sheet
        self._around.files.open_paper(sheet.name, sheet.pdf)
        words = _("请打印两份并核对六组恢复码清楚，再点“启用”。启用前，原来的恢复单仍然有效。")
        self._show(busy=False, message=words, tone="warn")

    def _failed(self, error: Exception) -> None:
        self._show(busy=False, message=sentence(error).text, tone="danger")

    def _show(self, **changes: object) -> None:
        self.state = replace(
            self.state,
            sheet=self._around.counter.recovery.sheet,
            drawn=self._drawn.name if self._drawn else "",
            why_not=why_not(self._around.session.clerk, Act.MAKE_RECOVERY_SHEET),
            **changes,  # type: ignore[arg-type]
        )
        self._view.render_recovery(self.state)
