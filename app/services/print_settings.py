"""Which printer prints which kind of paper, as a clerk left it. No facts; the journal does not know them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from app.domain.paper import PaperKind
from app.services.ports.rolls import DOTS_58, DOTS_80, RollPrinter
from app.services.slips import FIELDS

if TYPE_CHECKING:
    from app.services.ports import Store

USUAL, OF_KIND, ROLL_KEY, BY_ITSELF = "print/usual", "print/of/", "print/roll", "print/by_itself"
ON = "yes"
ON_THE_ROLL = "roll"
"""The key of the receipt printer among those of the system's printers."""
MOST_COPIES = 9


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """A printer and how it prints; an empty ``printer`` is none: papers are opened in the system's own program."""

    printer: str = ""
    name: str = ""
    """How it is called, for when it is away."""
    copies: int = 1
    tray: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """What was chosen for everything, and for kinds of paper that have a choice of their own."""

    usual: PrintChoice = field(default_factory=PrintChoice)
    own: Mapping[PaperKind, PrintChoice] = field(default_factory=dict)
    roll: RollPrinter = field(default_factory=lambda: RollPrinter(""))
    """The receipt printer; without an address there is none."""
    by_itself: bool = False
    """Whether what an acceptance or issuance makes is printed at once, without a key."""

    def of(self, kind: PaperKind) -> PrintChoice:
        """Return where a kind of paper is printed; the receipt printer is for what has a short form."""
        choice = self.own.get(kind, self.usual)
        if choice.printer != ON_THE_ROLL or (kind in FIELDS and self.roll.address):
            return choice
        return self.usual if self.usual.printer != ON_THE_ROLL else PrintChoice()


class PrintSettingsService:
    """Reads and keeps the settings; what cannot be read falls back to what is usual."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> PrintSettings:
        """Return what was kept."""
        with self._store.read() as uow:
            kept = uow.preferences.all()
        kinds = [kind for kind in PaperKind if kept.get(OF_KIND + kind)]
        return PrintSettings(
            _choice(kept.get(USUAL, "")),
            {kind: _choice(kept[OF_KIND + kind]) for kind in kinds},
            _roll(kept.get(ROLL_KEY, "")),
            kept.get(BY_ITSELF) == ON,
        )

    def keep_usual(self, choice: PrintChoice) -> PrintSettings:
        """Choose for everything that has no choice of its own."""
        return self._keep(USUAL, asdict(choice))

    def keep_own(self, kind: PaperKind, choice: PrintChoice | None) -> PrintSettings:
        """Choose for one kind of paper; None lets it be printed as everything else."""
        return self._keep(OF_KIND + kind, asdict(choice) if choice else None)

    def keep_roll(self, roll: RollPrinter) -> PrintSettings:
        """Say which receipt printer there is; one without an address is none."""
        return self._keep(ROLL_KEY, asdict(roll) if roll.address else None)

    def keep_by_itself(self, *, by_itself: bool) -> PrintSettings:
        """Say whether papers are printed without a key."""
        with self._store.write() as uow:
            if by_itself:
                uow.preferences.set(BY_ITSELF, ON)
            else:
                uow.preferences.drop(BY_ITSELF)
            uow.commit()
        return self.read()

    def _keep(self, key: str, values: Mapping[str, object] | None) -> PrintSettings:
        with self._store.write() as uow:
            if values is None:
                uow.preferences.drop(key)
            else:
                uow.preferences.set(key, json.dumps(values, ensure_ascii=False))
            uow.commit()
        return self.read()


def _choice(text: str) -> PrintChoice:
    values = _read(text)
    copies = values.get("copies")
    texts = {name: str(values.get(name) or "") for name in ("printer", "name", "tray", "size")}
    good = isinstance(copies, int) and 1 <= copies <= MOST_COPIES
    return PrintChoice(copies=copies if good and isinstance(copies, int) else 1, **texts)


def _roll(text: str) -> RollPrinter:
    values = _read(text)
    dots = values.get("dots")
    return RollPrinter(
        str(values.get("address") or ""),
        dots if isinstance(dots, int) and dots in {DOTS_58, DOTS_80} else DOTS_80,
        values.get("types_han") is not False,
    )


def _read(text: str) -> Mapping[str, object]:
    try:
        values = json.loads(text) if text else {}
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}
