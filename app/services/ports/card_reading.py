"""What the services need of readers of identity cards, and of what decodes the photos on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol


class CardKind(StrEnum):
    """The kinds of card that readers of the GA 450 family know."""

    RESIDENT = "resident"
    HMT_RESIDENCE = "hmt_residence"
    """Residence permit of residents of Hong Kong, Macao and Taiwan."""
    FOREIGNER = "foreigner"
    """Permanent residence card of foreigners, edition of 2017."""
    FOREIGNER_2023 = "foreigner_2023"


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What the chip of a card says; fields that its kind does not have are empty."""

    kind: CardKind
    name: str
    """Chinese name; of a foreigner without one, the name in Latin letters."""
    number: str
    sex: str
    """``男`` or ``女``, empty when the card says neither."""
    birth: date | None
    ethnicity: str = ""
    address: str = ""
    issuer: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    """None is 长期 when ``valid_from`` is there."""
    latin_name: str = ""
    country: str = ""
    """Three letters of ISO 3166."""
    permit_number: str = ""
    newest_address: str = ""
    """Written on the chip after the card was made; where it is there, people live at this one."""
    photo: bytes = field(default=b"", repr=False)
    """As it stands on the chip, for a ``PhotoDecoder``; empty of a card that was typed."""


@dataclass(frozen=True, slots=True)
class CardPhoto:
    """A photo in memory: 4 bytes a pixel (blue, green, red, alpha), rows from the top without padding."""

    width: int
    height: int
    pixels: bytes = field(repr=False)


class ReaderState(StrEnum):
    """How it stands with the card reader of this window."""

    NONE = "none"
    """None is connected: nobody need be told."""
    READY = "ready"
    READING = "reading"
    LIFTED = "lifted"
    """The card was taken away while it was read: lay it on again."""
    UNREADABLE = "unreadable"
    """A card that this reader does not read, or a damaged one."""
    FAILING = "failing"
    """The reader answers with errors or not at all."""
    DENIED = "denied"
    """This user may not open the serial port, or another program holds the one that was chosen."""


@dataclass(frozen=True, slots=True)
class ReaderPort:
    """A serial port that a reader may be at: what the system calls it, and what the device says it is."""

    device: str
    name: str = ""


class CardReader(Protocol):
    """Whatever card reader is connected, found again when it is plugged in anew."""

    @property
    def state(self) -> ReaderState:
        """Return how it stands with the reader now; none before ``watch``."""
        ...

    @property
    def reader(self) -> ReaderPort | None:
        """Return where the reader is that was heard last, None when none was since the program began."""
        ...

    def ports(self) -> Sequence[ReaderPort]:
        """Return the serial ports of this machine, for a choice; takes some milliseconds."""
        ...

    def use(self, device: str) -> None:
        """Look for the reader at this port alone from now on; empty: at every USB-serial port."""
        ...

    def watch(self, card: Callable[[IdentityCard], None], state: Callable[[ReaderState], None]) -> None:
        """Begin to look for readers and cards on a thread of its own; both are called from there.

        A card that stays on the reader is told once. The state is told whenever it changes, beginning with the first.
        """
        ...

    def close(self) -> None:
        """Stop looking and close the port; nothing is told afterwards."""
        ...


class PhotoDecoder(Protocol):
    """Decodes photos with a library that the maker of a reader gives out. Safe to call from any thread.

    Such libraries are closed: whatever one does costs at most the photo. PhotoFault from either method.
    """

    def examine(self, library: str) -> None:
        """See whether the file ``library`` can be used, as far as that shows without a photo."""
        ...

    def decode(self, library: str, photo: bytes) -> CardPhoto:
        """Return the photo of a card; keeps nothing of it."""
        ...

    def close(self) -> None:
        """Give up what is being decoded, and decode nothing from now on."""
        ...
