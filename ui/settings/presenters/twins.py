"""Decides what is said and done where a second machine used this station's number. Qt-free."""

from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.operators import Act, Operator
from app.services.errors import ChainForked
from app.services.sync_report import SyncStatus
from app.services.twins import Parted
from ui.sentences import sentence
from ui.settings.around import Around
from ui.text import _
from ui.words import why_not

FORKED = ChainForked.__name__


@dataclass(frozen=True, slots=True)
class TwinState:
    """Whether the centre told of a second machine, and what came of parting from it."""

    is_twin: bool = False
    is_busy: bool = False
    why_not: str = ""
    """Why the operator may not, empty when they may."""
    message: str = ""
    tone: str = "good"


class TwinView(Protocol):
    """The card about a second machine."""

    def render(self, state: TwinState) -> None:
        """Show ``state``."""
        ...


class TwinPresenter:
    """Lets this machine part from another one, once somebody else has confirmed it."""

    def __init__(self, around: Around, view: TwinView) -> None:
        self._around = around
        self._view = view
        self.state = TwinState()

    def start(self) -> None:
        """Look beside the window whether the centre told of a second machine."""
        self._show(message="")
        sync = self._around.counter.sync
        self._around.runner.run(sync.status, self._looked, self._failed)

    def part(self) -> None:
        """Have somebody else confirm, then go on in an epoch of this machine's own."""
        if not self.state.is_busy and not self.state.why_not:
            self._around.navigator.ask_second_person(_("与另一台电脑分开，本机的台账另起一段"), self._confirmed)

    def _confirmed(self, _confirmed: Operator) -> None:
        by, twins = self._around.session.clerk, self._around.counter.twins
        reason = _("两台电脑用了同一个窗口号，按当时的文书补录")
        self._show(is_busy=True, message="")
        self._around.runner.run(lambda: twins.part(by, reason), self._parted, self._failed)

    def _looked(self, status: SyncStatus) -> None:
        self._show(is_twin=status.failure == FORKED)

    def _parted(self, parted: Parted) -> None:
        self._around.counter.sync.hurry()
        words = _(
            "已另起第 %(epoch)d 段，本机独有的 %(entries)d 条原样并入，下次同步传到中心。"
            "%(drafts)d 件在“接着办”里等着补录，%(older)d 件要核对，列在“同步”。"
        )
        said = {"entries": parted.entries, "epoch": parted.epoch, "drafts": parted.drafts, "older": len(parted.older)}
        self._show(is_busy=False, message=words % said, tone="good")

    def _failed(self, error: Exception) -> None:
        self._show(is_busy=False, message=sentence(error).text, tone="danger")

    def _show(self, **changes: object) -> None:
        reason = why_not(self._around.session.clerk, Act.CHANGE_STATION)
        self.state = replace(self.state, why_not=reason, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)
