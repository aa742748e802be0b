"""What came from others, by way of the centre or in a file: kept, and part of every view once nothing stands in the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from app.domain.journal import Entry


class Waits(StrEnum):
    """Why an entry that was received is kept and not part of any view.

    What follows of its case waits for it, unless it is a note, which changes nothing of the case, or no word of its
    station's: else whoever stole a password could stop the cases that its station once had a part in.
    """

    KEY = "key"
    """The directory does not know the key of its station's epoch."""
    SIGNATURE = "signature"
    """The key is known and did not make the signature, or the directory says that somebody else wrote it: what follows of its
    case does not wait for it."""
    KIND = "kind"
    """A newer program wrote a kind of fact, or a state, that this one does not know."""
    ORDER = "order"
    """It does not follow from what is here: the case's beginning is missing, or an earlier entry of it waits."""
    CUSTODY = "custody"
    """Its station does not hold the case by what is here. What follows of its case does not wait for it, and it is tried again
    while the centre has it, or when it comes again: what a case went past on a stick must not hold later."""
    BODY = "body"
    """The centre has its chain and not its body."""
    UNREADABLE = "unreadable"
    """Its station signed what is no body of a journal, changes a case without a header, so that nobody can see whether it
    held the case, or begins one under another's number; what follows of its case does not wait for it."""


@dataclass(frozen=True, slots=True)
class ReceivedEntry:
    """An entry of another station, or an own one that was read back."""

    place: int
    """Grows with the order in which entries became part of the views, or came."""
    entry: Entry
    received_at: datetime | None
    """When the centre had it; None for one that came in a file."""
    waits: Waits | None


NO_DIGESTS: Mapping[tuple[int, int], bytes] = MappingProxyType({})


class Received(Protocol):
    """Entries that are not this journal's own. Those that do not wait are part of every view, in the order they came."""

    def add(self, entry: Entry, received_at: datetime | None) -> bool:
        """Keep an entry, waiting at first; False when it is here already, and then it may be new that the centre has it."""
        ...

    def take_back(self, entries: Iterable[Entry], digests: Mapping[tuple[int, int], bytes] = NO_DIGESTS) -> None:
        """Keep own entries that this journal lost; they stand at their own place once the views are built again.

        The numbers that they used count from now on. ``digests`` are those of the bodies that nobody has any more, by epoch and seq.
        """
        ...

    def get(self, station: str, epoch: int, seq: int) -> ReceivedEntry | None:
        """Return one entry, None when it is not here."""
        ...

    def fold(self, entry: Entry) -> Waits | None:
        """Bring every view up to a waiting entry and return None; else return why that is not possible."""
        ...

    def put_in_order(self, entries: Iterable[Entry]) -> None:
        """Let these entries of other stations stand one after another at the end, once the views are built again.

        What waits for something else than its order or its station's hands goes on waiting.
        """
        ...

    def keep_waiting(self, entry: Entry, why: Waits) -> None:
        """Note why an entry waits."""
        ...

    def pass_by(self, entries: Iterable[Entry]) -> None:
        """Let entries that are part of the views wait for custody, once these are built again: the case went past them."""
        ...

    def has_own(self, case_number: str) -> bool:
        """Tell whether own entries of the case were read back."""
        ...

    def of_case(self, case_number: str) -> list[Entry]:
        """Return the entries of other stations on a case that are part of the views, in the order they came."""
        ...

    def only_in_files(self, case_number: str) -> list[Entry]:
        """Return those of ``of_case`` that change the case and that the centre is not known to have."""
        ...

    def put_behind(self, entry: Entry, epoch: int, seq: int) -> None:
        """Let an entry of another station stand behind a place of the own chain, once the views are built again."""
        ...

    def waits_for(self, case_number: str) -> bool:
        """Tell whether an entry of another station on the case waits that those behind it wait for.

        They do not wait for a note, nor for one whose signature or body is none, or whose station did not hold the case.
        """
        ...

    def waiting(self, after: int, limit: int) -> list[ReceivedEntry]:
        """Return entries of other stations that wait, in the order they came, from behind a place on."""
        ...

    def count_waiting(self) -> Mapping[Waits, int]:
        """Return how many entries wait for each reason."""
        ...
