"""How cards come and go on a reader that is connected: found, read, told once, lifted; what fails on the way.

After a reading the reader itself finds nothing until the card is lifted. Some find it again and again: so a card that was
told, or could not be read, is only followed by another one after the reader has found nothing once.
"""

import time
from collections.abc import Callable

from app.capture.card_readers.dialogue import UNKNOWN_KIND, CardFails, Dialogue, NoAnswer, ReaderFails
from app.capture.card_readers.text_block import NoCard, card_in
from app.services.ports import IdentityCard, ReaderState

ATTEMPTS = 3
"""A card that was laid on slowly is read the second time."""
MOST_SILENCES = 3
SHOWN_S = 4.0
"""So long is it told that a card was taken away too soon or cannot be read."""


class CardWatch:
    """Follows one reader; ``step`` is called again and again, and asks once whether a card lies there."""

    def __init__(
        self, dialogue: Dialogue, card: Callable[[IdentityCard], None], state: Callable[[ReaderState], None]
    ) -> None:
        self._dialogue = dialogue
        self._card = card
        self._tell = state
        self._state = ReaderState.NONE
        self._told_at = 0.0
        self._silences = 0
        self._waits_for_lift = False

    @property
    def is_failing(self) -> bool:
        """Tell whether the reader is silent or ill, so that asking less often is enough."""
        return self._state is ReaderState.FAILING

    def begin(self) -> None:
        """Look how the reader is."""
        self._guarded(self._check)

    def step(self) -> None:
        """Look for a card, and read it; LineLost when the reader was unplugged."""
        self._guarded(self._recover if self.is_failing else self._look)

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except (NoAnswer, CardFails):
            self._silences += 1
            if self._silences >= MOST_SILENCES:
                self._enter(ReaderState.FAILING)
        except ReaderFails:
            self._enter(ReaderState.FAILING)
        else:
            self._silences = 0

    def _recover(self) -> None:
        self._dialogue.reset()
        self._check()

    def _check(self) -> None:
        self._dialogue.check()
        self._enter(ReaderState.READY)

    def _look(self) -> None:
        if not self._dialogue.find():
            self._waits_for_lift = False
            self._come_to_rest()
        elif not self._waits_for_lift:
            self._enter(ReaderState.READING)
            self._enter(self._take())

    def _come_to_rest(self) -> None:
        """Be ready again, once it was seen why the last card was not read."""
        if self._state is ReaderState.READING:
            self._enter(ReaderState.LIFTED)  # the reader had fallen silent in the middle
        is_failed = self._state in {ReaderState.LIFTED, ReaderState.UNREADABLE}
        if not is_failed or time.monotonic() - self._told_at >= SHOWN_S:
            self._enter(ReaderState.READY)

    def _take(self) -> ReaderState:
        """Read the card that was found; return what is to be told of it."""
        for attempt in range(ATTEMPTS):
            if attempt and not self._dialogue.find():
                return ReaderState.LIFTED
            try:
                card = self._read()
            except NoCard:
                break
            except NoAnswer:
                continue
            except CardFails as failure:
                if failure.status == UNKNOWN_KIND:
                    break
            else:
                self._waits_for_lift = True
                self._card(card)
                return ReaderState.READY
        self._waits_for_lift = True
        return ReaderState.UNREADABLE

    def _read(self) -> IdentityCard:
        self._dialogue.select()
        try:
            blocks = self._dialogue.read()
        except NoAnswer:
            blocks = self._dialogue.read()  # the reader may have read it, and will not find it again
        return card_in(blocks.text, self._dialogue.newest_address(), blocks.photo)

    def _enter(self, state: ReaderState) -> None:
        if state is not self._state:
            self._state, self._told_at = state, time.monotonic()
            self._tell(state)
