"""Decides what the section of the clock shows, and lets an administrator set the counter's time right. Qt-free."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from app.domain.operators import Act
from app.services.timekeeping import ClockState, ClockStatus
from ui import clock_words
from ui.dates import exact_time
from ui.sentences import sentence
from ui.settings.around import Around
from ui.text import _
from ui.words import why_not


@dataclass(frozen=True, slots=True)
class ClockSectionState:
    """What is known of the clock; ``why_not`` says why it cannot be set right by this operator now."""

    counter_time: str = ""
    pc_time: str = ""
    words: str = ""
    tone: str = "good"
    reason: str = ""
    why_not: str = ""
    busy: bool = False
    message: str = ""
    message_tone: str = "good"


class ClockView(Protocol):
    """The section of the clock."""

    def render(self, state: ClockSectionState) -> None:
        """Show ``state``."""
        ...


class ClockPresenter:
    """The two times are those of the moment when the section came into sight, or was looked at again."""

    def __init__(self, around: Around, view: ClockView) -> None:
        self._around = around
        self._view = view
        self.state = ClockSectionState()

    def start(self) -> None:
        """Show things as they are now, without remarks of an earlier visit."""
        self.state = ClockSectionState()
        self.look()

    def look(self) -> None:
        """Look at the clock and show both times."""
        self._around.runner.run(self._around.counter.clock.check, self._show_status, self._around.navigator.report)

    def give_reason(self, reason: str) -> None:
        """Take note of why the counter's time is to follow the PC's clock."""
        self._show(reason=reason, message="")

    def correct(self) -> None:
        """Let the counter's time follow the PC's clock."""
        if self.state.busy or self.state.why_not:
            return
        if not self.state.reason.strip():
            self._show(message=_("请填写原因"), message_tone="danger")
            return
        by, reason = self._around.session.clerk, self.state.reason
        self._show(busy=True, message="")
        self._around.runner.run(
            lambda: self._around.counter.clock.correct(by, reason),
            self._corrected,
            lambda error: self._show(busy=False, message=sentence(error).text, message_tone="danger"),
        )

    def _corrected(self, status: ClockStatus) -> None:
        self._show(busy=False, reason="", message=_("已改为电脑时间，已写入台账"), message_tone="good")
        self._show_status(status)

    def _show_status(self, status: ClockStatus) -> None:
        trusted = status.state is ClockState.TRUSTED
        reason = why_not(self._around.session.clerk, Act.CORRECT_CLOCK)
        self._show(
            counter_time=_time_words(status.clocks.now),
            pc_time=_time_words(status.clocks.wall),
            words=clock_words.explanation(status) + clock_words.advice(status),
            tone="good" if trusted else "warn",
            why_not=reason or ("" if status.is_apart else _("两个时间一致，不需要改")),
        )

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)


def _time_words(at: datetime) -> str:
    return exact_time(at)
