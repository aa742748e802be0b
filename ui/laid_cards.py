"""What a card does that was laid on the reader, wherever the clerk is; and what is told of the reader itself. Qt-free."""

from collections.abc import Callable
from typing import Protocol

from app.domain.people import masked_name
from app.services.ports import IdentityCard, ReaderState
from ui import card_words
from ui.navigation import Navigator, Session
from ui.text import _


class Leading(Navigator, Protocol):
    """Leads from room to room, and knows which of them takes cards."""

    def card_taker(self) -> Callable[[IdentityCard], None] | None:
        """Return what takes a card where the clerk is; None where a card has to be asked about."""
        ...


class LaidCards:
    """A locked window takes no card; at the counter and at the intake it is taken at once, elsewhere after a word."""

    def __init__(self, session: Session, navigator: Leading, show_state: Callable[[ReaderState], None]) -> None:
        self._session = session
        self._navigator = navigator
        self._show_state = show_state

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is at the window."""
        return self._session.operator is not None

    def laid(self, card: IdentityCard) -> None:
        """Take a card that was read."""
        if not self.is_open:
            return
        take = self._navigator.card_taker()
        if take is not None:
            take(card)
            return
        words = _("读到%(name)s的身份证件") % {"name": masked_name(card.name)}
        self._navigator.notify(words, _("到办理"), lambda: self._navigator.open_card(card))

    def told(self, state: ReaderState) -> None:
        """Show how it stands with the reader, and say what has to be done with a card that was not read."""
        self._show_state(state)
        words = card_words.advice(state)
        if words and self.is_open:
            self._navigator.notify(words)
