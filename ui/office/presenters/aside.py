"""Decides what the list of entries that wait for a decision shows and does: set aside, or not signed rightly. Qt-free."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from app.services.ports import CentreOffice, StationRow
from ui.office.work import Around
from ui.office_words import aside_words, finding_words, place_name
from ui.text import _


@dataclass(frozen=True, slots=True)
class Held:
    """One entry that somebody must decide about."""

    station: str
    epoch: int
    seq: int
    case_number: str
    """Empty for one whose signature does not fit: nothing that it says is believed."""
    why: str
    at: datetime
    is_finding: bool = False
    """Whether its signature does not fit; else it breaks custody."""

    @property
    def key(self) -> str:
        """Return what tells one entry from all others."""
        return f"{'finding' if self.is_finding else 'aside'}/{self.station}/{self.epoch}/{self.seq}"


@dataclass(frozen=True, slots=True)
class AsideState:
    """What the part shows."""

    entries: tuple[Held, ...] | None = None
    """None until they were read."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What stations are called, by code."""
    chosen: str = ""
    """Key of the entry under the cursor."""
    how: str = ""
    """What was decided, as it is typed."""
    remark: str = ""

    @property
    def entry(self) -> Held | None:
        """Return the chosen entry."""
        return next((one for one in self.entries or () if one.key == self.chosen), None)


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
        self._around.work.read(lambda office: (tuple(_held(office)), tuple(office.stations())), self._took)

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
            lambda office, _tell: _settle(office, entry, how),
            self._settled,
        )

    def _settled(self, _nothing: None) -> None:
        self._around.work.say(_("已写明处理意见，这一条不再列在这里。"))
        self._show(chosen="", how="", remark="")
        self.refresh()

    def _took(self, read: tuple[tuple[Held, ...], tuple[StationRow, ...]]) -> None:
        entries, stations = read
        names = {row.code: place_name(row) for row in stations}
        self._show(entries=entries, names=names)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)


def _held(office: CentreOffice) -> Iterator[Held]:
    for found in office.findings():
        words = finding_words(found.fault)
        yield Held(found.station, found.epoch, found.seq, "", words, found.found_at, is_finding=True)
    for one in office.quarantined():
        yield Held(one.station, one.epoch, one.seq, one.case_number, aside_words(one), one.received_at)


def _settle(office: CentreOffice, entry: Held, how: str) -> None:
    settle = office.settle_finding if entry.is_finding else office.settle
    settle(entry.station, entry.epoch, entry.seq, how)
