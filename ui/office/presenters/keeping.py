"""Decides what the part of keys and retention shows and does: the authority, how long bodies are kept, years. Qt-free."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from app.services.ports import LEAST_DAYS, SHORTEST_PASSPHRASE
from ui.office.work import Around
from ui.text import _, ngettext

MAKE, ERASE, DETACH = "make", "erase", "detach"


@dataclass(frozen=True, slots=True)
class KeepingState:
    """What the part shows; ``form`` is ``make`` (an authority), ``erase``, ``detach`` or nothing."""

    days: int = 0
    """For how many days bodies are kept; 0 until it was read."""
    years: tuple[int, ...] = ()
    form: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    """Tables of a year that was detached, to be archived and dropped."""


class KeepingView(Protocol):
    """The part of keys and retention."""

    def render(self, state: KeepingState) -> None:
        """Show ``state``."""
        ...


class KeepingPresenter:
    """What cannot be undone asks again before it is done."""

    def __init__(self, around: Around, view: KeepingView, made: Callable[[Path, str], None]) -> None:
        """``made`` is told the path and the fingerprint of an authority that was made."""
        self._around = around
        self._view = view
        self._made = made
        self.state = KeepingState()

    def start(self) -> None:
        """Show what is known, and read anew."""
        self._show(form="", values={}, remarks={}, tables=())
        self.refresh()

    def refresh(self) -> None:
        """Read again for how long bodies are kept and which years there are."""
        self._around.work.read(lambda office: office.status(), self._took)

    def step_back(self) -> bool:
        """Close the form; tell whether one was open."""
        is_open = bool(self.state.form)
        if is_open:
            self.give_up()
        return is_open

    def forget(self) -> None:
        """Forget what was read at another centre."""
        self.state = KeepingState()

    def edit(self, name: str, value: str) -> None:
        """Take note of what was typed."""
        remarks = {key: words for key, words in self.state.remarks.items() if key != name}
        self._show(values={**self.state.values, name: value}, remarks=remarks)

    def begin(self, form: str) -> None:
        """Open a form, or the question before an act that cannot be undone."""
        self._show(form=form, values={}, remarks={}, tables=())

    def give_up(self) -> None:
        """Close the form; what was typed is forgotten."""
        self._show(form="", values={}, remarks={})

    def submit(self) -> None:
        """Do what the open form is for, when everything in it is right."""
        {MAKE: self._make, ERASE: self._erase, DETACH: self._detach}[self.state.form]()

    def keep_days(self) -> None:
        """Set for how many days bodies are kept."""
        typed = self.state.values.get("days", str(self.state.days))
        if not typed.isdecimal() or int(typed) < LEAST_DAYS:
            self._show(remarks={"days": _("至少 365 天")})
            return
        days = int(typed)
        self._around.work.act(
            _("正在写入"), lambda office, _tell: office.keep_bodies(days), lambda _nothing: self._kept(days)
        )

    # --- inside ------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        values, remarks = self.state.values, {}
        if not values.get("name", "").strip():
            remarks["name"] = _("请填写中心的名称，写在证书里")
        if len(values.get("passphrase", "")) < SHORTEST_PASSPHRASE:
            remarks["passphrase"] = _("至少 12 个字符")
        elif values.get("again") != values["passphrase"]:
            remarks["again"] = _("两次输入不同")
        self._show(remarks=remarks)
        path = None if remarks else self._around.files.choose_target("authority.lideng", _("签发密钥 (*.lideng)"))
        if path is None:
            return
        name, passphrase = values["name"].strip(), values["passphrase"]
        self._around.work.act(
            _("正在建立签发密钥"),
            lambda office, _tell: office.make_authority(path, name, passphrase),
            lambda fingerprint: self._have_made(path, fingerprint),
        )

    def _have_made(self, path: Path, fingerprint: str) -> None:
        self.give_up()
        self._made(path, fingerprint)
        words = _("签发密钥已建立并打开。请另存一份在安全的地方，口令分开保管；丢失后各窗口都要重新入网。")
        self._around.work.say(words)

    def _erase(self) -> None:
        self._around.work.act(
            _("正在清除期满的内容"), lambda office, tell: office.erase_bodies(tell), self._erased, can_stop=True
        )

    def _erased(self, count: int) -> None:
        self.give_up()
        words = ngettext("已清除 %(count)d 条的内容", "已清除 %(count)d 条的内容", count) % {"count": count}
        self._around.work.say(words if count else _("没有期满的内容。"))

    def _detach(self) -> None:
        year = self.state.values.get("year", "")
        if year not in map(str, self.state.years):
            self._show(remarks={"year": _("请选一个年份")})
            return
        self._around.work.act(_("正在移出一年"), lambda office, _tell: office.detach_year(int(year)), self._detached)

    def _detached(self, tables: list[str]) -> None:
        self.give_up()
        self._show(tables=tuple(tables))
        self._around.work.say(_("已移出。请归档后删除下面的表。"))
        self.refresh()

    def _kept(self, days: int) -> None:
        self._show(days=days, values={})
        self._around.work.say(_("保存天数已改。"))

    def _took(self, status: Mapping[str, Any]) -> None:
        self._show(days=status["keep_bodies_days"], years=tuple(status["years"]))

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)
