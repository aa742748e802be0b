"""Decides what the list of entries that were set aside shows and does: each with its station, case and reason. Qt-free."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.services.ports import AsideEntry, StationRow
from ui.office.work import Around
from ui.office_words import place_name
from ui.text import _


@dataclass(frozen=True, slots=True)
class AsideState:
    """What the part shows."""

    entries: tuple[AsideEntry, ...] | None = None
    """None until they were read."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What stations are called, by code."""
    chosen: str = ""
    """Key of the entry under the cursor."""
    how: str = ""
    """What was decided, as it is typed."""
    remark: str = ""

    @property
    def entry(self) -> AsideEntry | None:
        """Return the chosen entry."""
        return next((one for one in self.entries or () if key_of(one) == self.chosen), None)


class AsideView(Protocol):
    """The part of what was set aside."""

    def render(self, state: AsideState) -> None:
        """Show ``state``."""
        ...


class AsidePresenter:
    """Settling says what was decided; the entry itself stays as it is, in the journal and in quarantine."""

    def __init__(self, around: Around, view: AsideView) -> None:
        self._around = around
        self._view = view
        self.state = AsideState()

    def start(self) -> None:
        """Show what is known, and read anew."""
        self._show(how="", remark="")
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._around.work.read(lambda office: (tuple(office.quarantined()), tuple(office.stations())), self._took)

    def step_back(self) -> bool:
        """Take back what was typed; tell whether there was anything."""
        typed = bool(self.state.how)
        if typed:
            self._show(how="", remark="")
        return typed

    def forget(self) -> None:
        """Forget what was read at another centre."""
        self.state = AsideState()

    def choose(self, key: str) -> None:
        """Take note of the entry under the cursor."""
        if key != self.state.chosen:
            self._show(chosen=key, how="", remark="")

    def edit(self, how: str) -> None:
        """Take note of what was decided."""
        self.state = replace(self.state, how=how)
        if self.state.remark:
            self._show(remark="")

    def settle(self) -> None:
        """Write down what was decided about the chosen entry."""
        entry, how = self.state.entry, self.state.how.strip()
        if entry is None:
            return
        if not how:
            self._show(remark=_("请写明怎样处理：告知了谁、由谁改办"))
            return
        self._around.work.act(
            _("正在写入"),
            lambda office, _tell: office.settle(entry.station, entry.epoch, entry.seq, how),
            self._settled,
        )

    def _settled(self, _nothing: None) -> None:
        self._around.work.say(_("已写明处理意见，这一条不再列在这里。"))
        self._show(chosen="", how="", remark="")
        self.refresh()

    def _took(self, read: tuple[tuple[AsideEntry, ...], tuple[StationRow, ...]]) -> None:
        entries, stations = read
        names = {row.code: place_name(row) for row in stations}
        self._show(entries=entries, names=names)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)


def key_of(entry: AsideEntry) -> str:
    """Return what tells one entry from all others."""
    return f"{entry.station}/{entry.epoch}/{entry.seq}"
