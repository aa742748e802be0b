"""Decides what the overview shows: how it stands with the centre, read again and again. Qt-free."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from ui.central_words import ALARMS
from ui.office.work import Around
from ui.text import _, listed, ngettext

WATCH_STALE_S = 120
"""A watch that has not looked for so long stands still; it looks every five seconds."""


@dataclass(frozen=True, slots=True)
class OverviewState:
    """What the overview shows; ``status`` is empty until it was read for the first time."""

    status: Mapping[str, Any] = field(default_factory=dict)
    alarms: tuple[str, ...] = ()
    """What somebody must look at, in sentences."""


class OverviewView(Protocol):
    """The part of the overview."""

    def render(self, state: OverviewState) -> None:
        """Show ``state``; while it can be seen, ask for ``refresh`` now and then."""
        ...


class OverviewPresenter:
    """Reads beside the window; what was known stays until it has come."""

    def __init__(self, around: Around, view: OverviewView) -> None:
        self._around = around
        self._view = view
        self._is_reading = False
        self.state = OverviewState()

    def start(self) -> None:
        """Show what is known, and read anew."""
        self._is_reading = False
        self._view.render(self.state)
        self.refresh()

    def refresh(self) -> None:
        """Read everything again, unless that is being done."""
        if not self._is_reading:
            self._is_reading = True
            self._around.work.read(lambda office: office.status(), self._took)

    def step_back(self) -> bool:
        """Have nothing to take back: Esc leaves the room."""
        return False

    def forget(self) -> None:
        """Forget what was read at another centre."""
        self._is_reading = False
        self.state = OverviewState()

    def _took(self, status: Mapping[str, Any]) -> None:
        self._is_reading = False
        self.state = OverviewState(status, tuple(alarms_of(status)))
        self._view.render(self.state)


def alarms_of(status: Mapping[str, Any]) -> list[str]:
    """Return what somebody must look at, the worst first."""
    alarms = []
    if not status["durable"]:
        alarms.append(_("提交不等待落盘：请打开 fsync 和 synchronous_commit。"))
    if status["open_databases"]:
        alarms.append(_("对所有人开放的数据库：%(names)s") % {"names": listed(status["open_databases"])})
    watched = status["watched"]
    if watched is None:
        alarms.append(_("值守没有运行过：请在数据库旁边启动 central watch。"))
    else:
        seconds = (datetime.fromisoformat(status["now"]) - datetime.fromisoformat(watched["at"])).total_seconds()
        if seconds > WATCH_STALE_S:
            minutes = int(seconds // 60)
            words = ngettext("值守已有 %(count)d 分钟没有查看", "值守已有 %(count)d 分钟没有查看", minutes)
            alarms.append(words % {"count": minutes})
        alarms += [ALARMS[name]() for name in watched["alarms"] if name in ALARMS]
    return alarms
