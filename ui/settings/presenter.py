"""Decides what the settings show and what a change does. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app.domain.operators import Operator, Role
from app.domain.station import Station
from app.services.counter import Counter
from app.services.ledger import Verified
from app.services.ports import Runner
from app.services.preferences import Preferences
from ui.navigation import Navigator, Session
from ui.text import _, ngettext, sentence


@dataclass(frozen=True, slots=True)
class SettingsState:
    """What the settings show."""

    preferences: Preferences
    station: Station
    operators: tuple[Operator, ...] = ()
    may_enrol: bool = False
    busy: bool = False
    journal_message: str = ""
    journal_is_sound: bool | None = None
    password_message: str = ""
    enrol_message: str = ""


class SettingsView(Protocol):
    """The screen of the settings."""

    def render(self, state: SettingsState) -> None:
        """Show ``state``."""
        ...

    def clear_secrets(self) -> None:
        """Forget every password that was typed."""
        ...


class SettingsPresenter:
    """Changes take effect at once and are kept; there is no button to apply them."""

    def __init__(
        self,
        counter: Counter,
        session: Session,
        runner: Runner,
        navigator: Navigator,
        view: SettingsView,
        apply: Callable[[Preferences], None],
    ) -> None:
        self._counter = counter
        self._session = session
        self._runner = runner
        self._navigator = navigator
        self._view = view
        self._apply = apply
        self._state = SettingsState(counter.preferences.read(), counter.station)

    def start(self) -> None:
        """Show the settings as they are, without remarks of an earlier visit."""
        self._state = SettingsState(
            preferences=self._counter.preferences.read(),
            station=self._counter.station,
            operators=tuple(self._counter.operators.everyone()),
            may_enrol=self._session.clerk.may(Role.ADMINISTRATOR),
        )
        self._view.render(self._state)

    def change(self, preferences: Preferences) -> None:
        """Keep ``preferences`` and let the window follow."""
        try:
            kept = self._counter.preferences.keep(preferences)
        except Exception as error:  # noqa: BLE001  every failure is shown; the window keeps its old look
            self._navigator.report(error)
            return
        self._apply(kept)
        self._show(preferences=kept)

    def change_password(self, old: str, new: str, again: str) -> None:
        """Give the operator at the window a new password."""
        if new != again:
            self._show(password_message=_("两次输入的新密码不一样"))
            return
        clerk = self._session.clerk
        self._work(
            lambda: self._counter.operators.change_password(clerk, old, new),
            lambda _nothing: self._show(busy=False, password_message=_("密码已更改")),
            lambda error: self._show(busy=False, password_message=sentence(error).text),
        )

    def enrol(self, login: str, name: str, role: Role, password: str) -> None:
        """Open an account, or change the account of that login."""
        if not login.strip() or not name.strip():
            self._show(enrol_message=_("请填写账号和姓名"))
            return
        operator = Operator(login.strip(), name.strip(), (role,))
        by = self._session.clerk
        self._work(
            lambda: self._counter.operators.enrol(by, operator, password),
            lambda _nothing: self._enrolled(operator),
            lambda error: self._show(busy=False, enrol_message=sentence(error).text),
        )

    def verify_journal(self) -> None:
        """Check the whole journal beside the window."""
        self._work(self._counter.ledger.verify, self._verified, self._broken)

    def export_journal(self, path: Path) -> None:
        """Write the whole journal to ``path`` beside the window."""
        login = self._session.clerk.login
        self._work(lambda: self._counter.ledger.export(path, login), self._exported, self._broken)

    def _work(self, work: Callable[[], object], done: Callable[..., None], failed: Callable[[Exception], None]) -> None:
        if self._state.busy:
            return
        self._show(busy=True)
        self._runner.run(work, done, failed)

    def _enrolled(self, operator: Operator) -> None:
        self._view.clear_secrets()
        words = _("已开通 %(name)s 的账号") % {"name": operator.name}
        self._show(busy=False, operators=tuple(self._counter.operators.everyone()), enrol_message=words)

    def _verified(self, verified: Verified) -> None:
        count = verified.entries
        words = ngettext("共 %(count)d 条，链与签名完好", "共 %(count)d 条，链与签名完好", count) % {"count": count}
        self._show(busy=False, journal_is_sound=True, journal_message=words)

    def _exported(self, verified: Verified) -> None:
        count = verified.entries
        words = ngettext("已导出 %(count)d 条", "已导出 %(count)d 条", count) % {"count": count}
        self._show(busy=False, journal_is_sound=None, journal_message=words)

    def _broken(self, error: Exception) -> None:
        self._show(busy=False, journal_is_sound=False, journal_message=sentence(error).text)

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._view.render(self._state)
