"""A card reader that tests lay cards on, from the thread that they run on."""

from collections.abc import Callable, Sequence

from app.services.ports import IdentityCard, ReaderPort, ReaderState

PORT = ReaderPort("/dev/ttyUSB0", "USB")


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
