"""Decides what the section of the operators' accounts shows and does. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.operators import Operator, Role
from ui.settings.around import Around
from ui.text import _, sentence


@dataclass(frozen=True, slots=True)
class AccountsState:
    """Who has an account, and what came of the last act; ``tone`` is good or danger."""

    operators: tuple[Operator, ...] = ()
    may_manage: bool = False
    busy: bool = False
    message: str = ""
    tone: str = "good"


class AccountsView(Protocol):
    """The section of the accounts."""

    def render(self, state: AccountsState) -> None:
        """Show ``state``."""
        ...

    def clear_secrets(self) -> None:
        """Forget every password that was typed."""
        ...


class AccountsPresenter:
    """Accounts are opened and changed by administrators."""

    def __init__(self, around: Around, view: AccountsView) -> None:
        self._around = around
        self._view = view
        self.state = AccountsState()

    def start(self) -> None:
        """Show who has an account."""
        self._view.clear_secrets()
        self._show(
            operators=self._everyone(), may_manage=self._around.session.clerk.may(Role.ADMINISTRATOR), message=""
        )

    def enrol(self, login: str, name: str, role: Role, password: str) -> None:
        """Open an account."""
        if not login.strip() or not name.strip():
            self._show(message=_("请填写账号和姓名"), tone="danger")
            return
        operator = Operator(login.strip(), name.strip(), (role,))
        by = self._around.session.clerk
        words = _("已开通 %(name)s 的账号") % {"name": operator.name}
        self._work(lambda: self._around.counter.operators.enrol(by, operator, password), words)

    def _work(self, work: Callable[[], None], words: str) -> None:
        if self.state.busy:
            return
        self._show(busy=True, message="")
        self._around.runner.run(work, lambda _nothing: self._done(words), self._fail)

    def _done(self, words: str) -> None:
        self._view.clear_secrets()
        self._show(busy=False, operators=self._everyone(), message=words, tone="good")

    def _fail(self, error: Exception) -> None:
        self._show(busy=False, message=sentence(error).text, tone="danger")

    def _everyone(self) -> tuple[Operator, ...]:
        return tuple(self._around.counter.operators.everyone())

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)
