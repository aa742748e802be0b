"""A reader that is watched in a test, with everything that it told."""

from contextlib import contextmanager
from threading import Condition

from app.capture.card_readers.reader import Pace, SerialCardReader
from app.services.ports import IdentityCard, ReaderPort, ReaderState

LONGEST_S = 20
QUICK = Pace(card=0.005, reader=0.02)


class Told:
    """What a reader told, in its order; waits for what has to come."""

    def __init__(self) -> None:
        self.cards: list[IdentityCard] = []
        self.states: list[ReaderState] = []
        self._changed = Condition()

    def card(self, card: IdentityCard) -> None:
        with self._changed:
            self.cards.append(card)
            self._changed.notify_all()

    def state(self, state: ReaderState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def wait_for_cards(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.cards) >= count, LONGEST_S), self.states

    def wait_for(self, state: ReaderState, since: int = 0) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: state in self.states[since:], LONGEST_S), self.states


@contextmanager
def watched(ports: list[ReaderPort], chosen: str = "", **made):
    """Watch the readers at ``ports``, which may change meanwhile."""
    reader, told = SerialCardReader(lambda: list(ports), lambda: list(ports), pace=QUICK, **made), Told()
    reader.use(chosen)
    reader.watch(told.card, told.state)
    try:
        yield told, reader
    finally:
        reader.close()


def at(*devices) -> list[ReaderPort]:
    return [ReaderPort(device.path, "USB") for device in devices]
