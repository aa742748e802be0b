"""Decides what the section of the operators' accounts shows and does. Qt-free."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.operators import Act, Operator, Role
from app.services.ports import Account
from ui.sentences import sentence
from ui.settings.around import Around
from ui.text import _
from ui.words import why_not


@dataclass(frozen=True, slots=True)
class AccountsState:
    """Who has an account, which one is being changed, and what came of the last act; ``tone`` is good or danger."""

    accounts: tuple[Account, ...] = ()
    chosen: Account | None = None
    """None while a new account is being filled in."""
    why_not: str = ""
    """Why nothing can be changed here, empty when it can."""
    busy: bool = False
    message: str = ""
    tone: str = "good"


class AccountsView(Protocol):
    """The section of the accounts."""

    def render(self, state: AccountsState) -> None:
        """Show ``state``."""
        ...

    def fill(self, account: Account | None) -> None:
        """Put an account into the form, or empty it for a new one."""
        ...

    def clear_secrets(self) -> None:
        """Forget every password that was typed."""
        ...


class AccountsPresenter:
    """Accounts are opened and changed by administrators; everybody sees who there is."""

    def __init__(self, around: Around, view: AccountsView) -> None:
        self._around = around
        self._view = view
        self._service = around.counter.operators.accounts
        self.state = AccountsState()

    def start(self) -> None:
        """Show who has an account, and an empty form."""
        reason = why_not(self._around.session.clerk, Act.MANAGE_ACCOUNTS)
        self._show(accounts=tuple(self._service.everyone()), why_not=reason, message="")
        self.choose("")

    def choose(self, login: str) -> None:
        """Put the account of ``login`` into the form, or empty the form for a new one."""
        chosen = self._account(login)
        self._show(chosen=chosen, message="")
        self._view.fill(chosen)

    def save(self, login: str, name: str, roles: Sequence[Role], password: str) -> None:
        """Open a new account, or change the chosen one's name and roles; the password is that of a new one."""
        chosen = self.state.chosen
        operator = Operator(chosen.operator.login if chosen else login.strip(), name.strip(), tuple(roles))
        if not operator.login or not operator.name:
            self._show(message=_("请填写账号和姓名"), tone="danger")
        elif not roles:
            self._show(message=_("请至少选一个角色"), tone="danger")
        elif chosen:
            words = _("%(name)s 的账号已更改") % {"name": operator.name}
            self._work(lambda by: self._service.change(by, operator), words)
        else:
            words = _("已开通 %(name)s 的账号；第一次登录时会要求改密码") % {"name": operator.name}
            self._work(lambda by: self._service.open(by, operator, password), words)

    def reset_password(self, password: str) -> None:
        """Give the chosen account a password that has to be changed at its next log-in."""
        if chosen := self.state.chosen:
            login = chosen.operator.login
            words = _("%(name)s 的密码已重置；下次登录时会要求改密码") % {"name": chosen.operator.name}
            self._work(lambda by: self._service.reset_password(by, login, password), words)

    def turn_off_or_on(self) -> None:
        """Disable the chosen account, or enable it again; either can be undone by the other."""
        if chosen := self.state.chosen:
            login, name = chosen.operator.login, {"name": chosen.operator.name}
            if chosen.disabled:
                self._work(lambda by: self._service.enable(by, login), _("%(name)s 的账号已启用") % name)
            else:
                self._work(lambda by: self._service.disable(by, login), _("%(name)s 的账号已停用") % name)

    def _work(self, work: Callable[[Operator], None], words: str) -> None:
        if self.state.busy:
            return
        by = self._around.session.clerk
        self._show(busy=True, message="")
        self._around.runner.run(lambda: work(by), lambda _nothing: self._done(words), self._fail)

    def _done(self, words: str) -> None:
        login = self.state.chosen.operator.login if self.state.chosen else ""
        self._view.clear_secrets()
        self._show(busy=False, accounts=tuple(self._service.everyone()))
        self.choose(login)
        self._show(message=words, tone="good")

    def _fail(self, error: Exception) -> None:
        self._show(busy=False, message=sentence(error).text, tone="danger")

    def _account(self, login: str) -> Account | None:
        return next((account for account in self.state.accounts if account.operator.login == login), None)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)
