"""Brings what the card reader's thread tells, and what other readers type, to the window's thread."""

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.services.counter import Counter
from app.services.ports import IdentityCard, ReaderState
from ui.laid_cards import LaidCards
from ui.main_window import MainWindow
from ui.typed_keys import TypedKeys


class CardWatcher(QObject):
    """Watches the reader of ``counter`` from the first log-in on; lives on the window's thread, so its slots run there."""

    _laid = Signal(object)
    _told = Signal(object)

    def __init__(self, cards: LaidCards, counter: Counter, window: MainWindow) -> None:
        super().__init__()
        self._cards = cards
        self._counter = counter
        self._typed = TypedKeys(
            window,
            lambda: cards.is_open and not window.is_overlaid,
            lambda: self._counter.desk.now().date(),
            cards.laid,
        )
        self._is_watching = False
        self._laid.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def use(self, counter: Counter) -> None:
        """Go on with ``counter``, which has the same reader."""
        self._counter = counter

    def watch(self) -> None:
        """Begin to look for cards at the port that was chosen; again, do nothing."""
        if self._is_watching:
            return
        self._is_watching = True
        reader = self._counter.card_reader
        reader.use(self._counter.devices.read().card_reader)
        self._typed.listen()
        reader.watch(self._laid.emit, self._told.emit)

    @Slot(object)
    def _take(self, card: IdentityCard) -> None:
        self._cards.laid(card)

    @Slot(object)
    def _show(self, state: ReaderState) -> None:
        self._cards.told(state)
