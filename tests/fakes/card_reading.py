"""A card reader that tests lay cards on, from the thread that they run on, and a decoder of photos."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from app.domain.people import Person
from app.services.card_photos import CardPhotoService
from app.services.errors import PhotoFault, PhotoTrouble
from app.services.ports import CardKind, CardPhoto, IdentityCard, ReaderPort, ReaderState

PORT = ReaderPort("/dev/ttyUSB0", "USB")


def card_of(person: Person, **changes) -> IdentityCard:
    """Return the card of a person with a resident's number."""
    usual = {"kind": CardKind.RESIDENT, "sex": "女", "birth": person.birth_date, "ethnicity": "土家"}
    days = {"valid_from": date(2020, 1, 2), "valid_to": date(2040, 1, 2)}
    who = {"name": person.name, "number": person.id_number, "address": person.address}
    return IdentityCard(**{**usual, **days, **who, **changes})


class FakeCardReader:
    """Nothing is connected before ``plug``; what is laid on it is told at once."""

    def __init__(self) -> None:
        self.reader: ReaderPort | None = None
        self.chosen = ""
        self._plugged = False
        self._card: IdentityCard | None = None
        self._state: ReaderState | None = None
        self._told_card: Callable[[IdentityCard], None] | None = None
        self._told_state: Callable[[ReaderState], None] | None = None

    @property
    def state(self) -> ReaderState:
        return self._state or ReaderState.NONE

    def ports(self) -> Sequence[ReaderPort]:
        return [PORT] if self._plugged else []

    def use(self, device: str) -> None:
        self.chosen = device
        self._look()

    def watch(self, card: Callable[[IdentityCard], None], state: Callable[[ReaderState], None]) -> None:
        self._told_card, self._told_state = card, state
        self._look()

    def close(self) -> None:
        self._told_card = self._told_state = None

    # --- what happens to it ------------------------------------------------------------------------------------

    def plug(self) -> None:
        self._plugged = True
        self._look()

    def unplug(self) -> None:
        self._plugged, self._card = False, None
        self._look()

    def lay(self, card: IdentityCard) -> None:
        """Lay a card on it, and leave it there."""
        if self._card == card:
            return
        self._card = card
        self._tell(ReaderState.READING)
        if self._told_card:
            self._told_card(card)
        self._tell(ReaderState.READY)

    def lift(self) -> None:
        self._card = None

    def fail(self, state: ReaderState) -> None:
        self._tell(state)

    def _look(self) -> None:
        is_here = self._plugged and self.chosen in {"", PORT.device}
        if is_here:
            self.reader = PORT
        self._tell(ReaderState.READY if is_here else ReaderState.NONE)

    def _tell(self, state: ReaderState) -> None:
        if self._told_state and state is not self._state:
            self._state = state
            self._told_state(state)


def with_photos(counter, trouble: PhotoTrouble | None = None):
    """Return the counter with a library that decodes photos, or has this trouble with them."""
    library = "/opt/fictitious/libphoto.so"
    counter.devices.keep(photo_library=library)
    return replace(counter, card_photos=CardPhotoService(FakePhotoDecoder({library: trouble}), counter.devices))


class FakePhotoDecoder:
    """Decodes with libraries by their paths; those that are no ``PhotoTrouble`` work, and give a plain photo."""

    def __init__(self, libraries: dict[str, PhotoTrouble | None]) -> None:
        self.libraries = libraries
        self._is_closed = False

    def examine(self, library: str) -> None:
        trouble = self.libraries.get(library, PhotoTrouble.MISSING)
        if trouble not in {None, PhotoTrouble.FAILED}:
            raise PhotoFault(trouble)

    def decode(self, library: str, photo: bytes) -> CardPhoto:
        self.examine(library)
        if self._is_closed or len(photo) != 1024 or self.libraries[library]:
            raise PhotoFault(PhotoTrouble.FAILED)
        return CardPhoto(102, 126, photo[:4] * (102 * 126))

    def close(self) -> None:
        self._is_closed = True
