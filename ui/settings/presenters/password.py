"""Decides whether the operator at the window gets a new password. Qt-free."""

from dataclasses import dataclass, replace
from typing import Protocol

from ui.sentences import sentence
from ui.settings.around import Around
from ui.text import _


@dataclass(frozen=True, slots=True)
class PasswordState:
    """What came of the last try; ``tone`` is good or danger."""

    busy: bool = False
    message: str = ""
    tone: str = "good"


class PasswordView(Protocol):
    """The section where a password is changed."""

    def render(self, state: PasswordState) -> None:
        """Show ``state``."""
        ...

    def clear_secrets(self) -> None:
        """Forget every password that was typed."""
        ...


class PasswordPresenter:
    """The old password is asked for, so that nobody changes it at a window that was left open."""

    def __init__(self, around: Around, view: PasswordView) -> None:
        self._around = around
        self._view = view
        self.state = PasswordState()

    def start(self) -> None:
        """Show empty fields without remarks of an earlier visit."""
        self._view.clear_secrets()
        self._show(message="")

    def change(self, old: str, new: str, again: str) -> None:
        """Give the operator at the window the password ``new``."""
        if self.state.busy:
            return
        if new != again:
            self._show(message=_("两次输入的新密码不一样"), tone="danger")
            return
        clerk = self._around.session.clerk
        self._show(busy=True, message="")
        self._around.runner.run(
            lambda: self._around.counter.operators.change_password(clerk, old, new),
            lambda _nothing: self._changed(),
            lambda error: self._show(busy=False, message=sentence(error).text, tone="danger"),
        )

    def _changed(self) -> None:
        self._view.clear_secrets()
        self._show(busy=False, message=_("密码已更改"), tone="good")

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)
