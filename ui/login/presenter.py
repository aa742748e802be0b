"""Decides what the log-in shows: operators to choose from, a password, delays, the lock. Qt-free."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from app.services.errors import LogInDelayed
from ui.sentences import sentence
from ui.text import _

if TYPE_CHECKING:
    from app.domain.operators import Operator
    from app.services.operators import OperatorService
    from app.services.ports import Runner


@dataclass(frozen=True, slots=True)
class LoginState:
    """What the log-in shows; ``wait_s`` counts down the seconds until the next try."""

    place: str
    """Service point and window, so that the clerk sees which counter this is."""
    operators: tuple[Operator, ...] = ()
    login: str = ""
    locked: bool = False
    busy: bool = False
    message: str = ""
    wait_s: int = 0
    must_change: bool = False
    """The password was right and was given by somebody else: the operator has to choose another one now."""
    warning: str = ""
    """What everybody should know before going on, such as a clock that is wrong."""
    hint: str = ""
    """Shown under the form, such as the password of a demonstration."""

    @property
    def can_try(self) -> bool:
        """Tell whether a password may be sent now."""
        return not self.busy and self.wait_s == 0


class LoginView(Protocol):
    """The screen of the log-in."""

    def render(self, state: LoginState) -> None:
        """Show ``state``."""
        ...

    def clear_password(self) -> None:
        """Forget what was typed and put the focus back."""
        ...


class LoginPresenter:
    """Leads from a password to an operator at the window."""

    def __init__(
        self,
        operators: OperatorService,
        runner: Runner,
        view: LoginView,
        entered: Callable[[Operator], None],
        state: LoginState,
    ) -> None:
        self._operators = operators
        self._runner = runner
        self._view = view
        self._entered = entered
        self._state = state
        self._newcomer: tuple[Operator, str] | None = None

    def start(self, warning: str = "") -> None:
        """Show who may log in, the first one chosen, and what everybody should know before."""
        everyone = tuple(self._operators.everyone())
        login = self._state.login or (everyone[0].login if everyone else "")
        self._show(operators=everyone, login=login, warning=warning)

    def lock(self, operator: Operator) -> None:
        """Ask ``operator`` for the password again; somebody else may take the window over too."""
        self._newcomer = None
        self._show(login=operator.login, locked=True, message="", wait_s=0, must_change=False)
        self._view.clear_password()

    def move_to(self, place: str) -> None:
        """Show another service point or window, which this counter has become."""
        self._show(place=place)

    def choose(self, login: str) -> None:
        """Take note of who wants to log in."""
        self._show(login=login, message="")

    def log_in(self, password: str) -> None:
        """Try the password of the chosen operator; nothing happens while a try runs or a delay is waited out."""
        if not self._state.can_try:
            return
        if not password:
            self._show(message=_("请输入密码"))
            self._view.clear_password()
            return
        login, unlock = self._state.login, self._state.locked
        self._show(busy=True, message="")

        def log_in() -> tuple[Operator, bool]:
            operator = self._operators.log_in(login, password, unlock=unlock)
            return operator, self._operators.must_change_password(operator)

        self._runner.run(log_in, lambda found: self._found(*found, password), self._refuse)

    def change_password(self, new: str, again: str) -> None:
        """Take a password of the operator's own in place of the first one, and let them in."""
        if self._state.busy or self._newcomer is None:
            return
        if new != again:
            self._show(message=_("两次输入的新密码不一样"))
            self._view.clear_password()
            return
        operator, old = self._newcomer
        self._show(busy=True, message="")
        self._runner.run(
            lambda: self._operators.change_password(operator, old, new),
            lambda _nothing: self._let_in(operator),
            self._refuse,
        )

    def step_back(self) -> None:
        """Go back from the new password to who logs in."""
        if self._newcomer is not None and not self._state.busy:
            self._newcomer = None
            self._show(must_change=False, message="")
            self._view.clear_password()

    def tick(self) -> None:
        """Count one second of a delay down; the view calls it while ``wait_s`` is not 0."""
        left = max(0, self._state.wait_s - 1)
        self._show(wait_s=left, message=_wait_words(left) if left else "")

    def _found(self, operator: Operator, must_change: bool, password: str) -> None:
        if not must_change:
            self._let_in(operator)
            return
        self._newcomer = operator, password
        self._show(busy=False, must_change=True, message="")
        self._view.clear_password()

    def _let_in(self, operator: Operator) -> None:
        self._newcomer = None
        self._show(busy=False, locked=False, must_change=False)
        self._view.clear_password()
        self._entered(operator)

    def _refuse(self, error: Exception) -> None:
        wait_s = error.wait_s if isinstance(error, LogInDelayed) else 0
        words = _wait_words(wait_s) if wait_s else sentence(error).text
        self._show(busy=False, message=words, wait_s=wait_s)
        self._view.clear_password()

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._view.render(self._state)


def _wait_words(wait_s: int) -> str:
    return _("密码错误次数过多，请等 %(seconds)d 秒再试") % {"seconds": wait_s}
