"""Decides what the list of what waits for a decision shows and does. Qt-free.

Entries that were set aside, entries whose signature does not fit, and keys that nobody has spoken for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.services.ports import CentreOffice, StationRow
from ui.office.presenters.deciding import DecidingPresenter
from ui.office.work import Around
from ui.office_words import aside_words, finding_words, place_name
from ui.text import _


class What(StrEnum):
    """What somebody must decide about."""

    ASIDE = "aside"
    """It breaks custody."""
    FINDING = "finding"
    """Its signature does not fit."""
    KEY = "key"
    """The first entry of an epoch whose key no earlier key has signed: a second restore, or a stolen password."""


REFUSABLE = frozenset({What.FINDING, What.KEY})


@dataclass(frozen=True, slots=True)
class Held:
    """One entry that somebody must decide about."""

    station: str
    epoch: int
    seq: int
    case_number: str
    """Empty where nothing that the entry says is believed."""
    why: str
    at: datetime
    what: What = What.ASIDE
    public_key: str = ""
    """The key that waits, in hex."""
    entries: int = 0
    """How many it has signed."""

    @property
    def key(self) -> str:
        """Return what tells one entry from all others."""
        return f"{self.what}/{self.station}/{self.epoch}/{self.seq}"


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
    is_refusing: bool = False
    """Whether it is asked once more before what follows from the chosen entry on is refused."""

    @property
    def entry(self) -> Held | None:
        """Return the chosen entry."""
        return next((one for one in self.entries or () if one.key == self.chosen), None)


class AsideView(Protocol):
    """The part of what was set aside."""

    def render(self, state: AsideState) -> None:
        """Show ``state``."""
        ...


class AsidePresenter(DecidingPresenter):
    """Settling says what was decided; the entry itself stays as it is, in the journal and in quarantine."""

    def __init__(self, around: Around, view: AsideView) -> None:
        self._around = around
        self._view = view
        self.state = AsideState()

    def start(self) -> None:
        """Show what is known, and read anew."""
        self._show(how="", remark="", is_refusing=False)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._around.work.read(lambda office: (tuple(_held(office)), tuple(office.stations())), self._took)

    def step_back(self) -> bool:
        """Take back what was typed, or do not refuse after all; tell whether there was anything."""
        if self.state.is_refusing:
            self._show(is_refusing=False)
            return True
        return super().step_back()

    def forget(self) -> None:
        """Forget what was read at another centre."""
        self.state = AsideState()

    def choose(self, key: str) -> None:
        """Take note of the entry under the cursor."""
        if key != self.state.chosen:
            self._show(chosen=key, how="", remark="", is_refusing=False)

    def settle(self) -> None:
        """Write down what was decided about the chosen entry; a key is believed."""
        entry, how = self._decided()
        if entry is not None:
            said = _("已认可。名录签发后，别的窗口也相信它。")
            said = said if entry.what is What.KEY else _("已写明处理意见，这一条不再列在这里。")
            self._write(lambda office: _settle(office, entry, how), said)

    def refuse(self) -> None:
        """Refuse what stands from the chosen entry to the end of its epoch; asked once more, it cannot be undone."""
        entry, how = self._decided()
        if entry is None or entry.what not in REFUSABLE:
            return
        if not self.state.is_refusing:
            self._show(is_refusing=True)
            return
        self._write(
            lambda office: office.refuse(entry.station, entry.epoch, entry.seq, how),
            _("已写明不认，这一段别的窗口收不到。"),
        )

    def _decided(self) -> tuple[Held | None, str]:
        """Return the chosen entry and what was decided; no entry while that is missing, which is told."""
        entry = self.state.entry
        how = self._decision() if entry is not None else ""
        return (entry, how) if how else (None, "")

    def _write(self, act: Callable[[CentreOffice], None], said: str) -> None:
        self._around.work.act(_("正在写入"), lambda office, _tell: act(office), lambda _nothing: self._written(said))

    def _written(self, said: str) -> None:
        self._around.work.say(said)
        self._show(chosen="", how="", remark="", is_refusing=False)
        self.refresh()

    def _took(self, read: tuple[tuple[Held, ...], tuple[StationRow, ...]]) -> None:
        entries, stations = read
        names = {row.code: place_name(row) for row in stations}
        self._show(entries=entries, names=names)


def _held(office: CentreOffice) -> Iterator[Held]:
    for found in office.findings():
        words = finding_words(found.fault)
        yield Held(found.station, found.epoch, found.seq, "", words, found.found_at, What.FINDING)
    for key in office.waiting_keys():
        words = _("新签名密钥没人担保")
        yield Held(key.station, key.epoch, 1, "", words, key.opened_at, What.KEY, key.public_key, key.entries)
    for one in office.quarantined():
        yield Held(one.station, one.epoch, one.seq, one.case_number, aside_words(one), one.received_at)


def _settle(office: CentreOffice, entry: Held, how: str) -> None:
    if entry.what is What.KEY:
        office.believe_key(entry.station, entry.epoch, how)
        return
    settle = office.settle_finding if entry.what is What.FINDING else office.settle
    settle(entry.station, entry.epoch, entry.seq, how)
