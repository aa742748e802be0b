"""The ways from room to room, and what is said on them; who is at the window and what it stands on is in ``ui.rooms``."""

from collections.abc import Callable
from datetime import date

from app.services.listed_papers import PaperScope
from app.services.ports import IdentityCard
from app.services.printing import Sent
from app.services.snapshots import CaseScope, PaperRow
from ui.building import DESK, HOME, SETTINGS, SYNC, Built
from ui.devices import Desktop
from ui.left_open import LeftOpen
from ui.main_window import MainWindow
from ui.navigation import Session
from ui.printing import Done
from ui.sentences import sentence


class Ways:
    """Leads from one of the rooms that were built to another."""

    def __init__(self, session: Session, window: MainWindow, desktop: Desktop, left_open: LeftOpen) -> None:
        self._session = session
        self._window = window
        self._desktop = desktop
        self._left_open = left_open
        self._place = HOME

    def _stand_in(self, built: Built) -> None:
        """Lead from now on through ``built``."""
        self._lists: tuple[object, ...] = ()
        """The lists through which the clerk came to what is shown, the last one at the end."""
        self.built = built
        """The rooms as they are now, and what decides in each."""
        self.current: object = built.counter_room
        """The room that is shown, or was before the window was covered."""

    def home(self) -> None:
        """Show the counter with an empty field that has the focus."""
        self._show(HOME, self.built.counter_room)
        self.built.counter.start()

    def open_item(self, code: str, card: IdentityCard | None = None) -> None:
        """Begin an intake of the catalogue item, of whoever a ``card`` belongs to that was laid on the reader."""
        self._attempt(lambda: self.built.intake.begin(code), self.built.intake_room)
        if card is not None and self.current is self.built.intake_room:
            self.built.intake.laid_card.take(card)

    def open_draft(self, draft_id: str) -> None:
        """Go on with a saved draft."""
        self._attempt(lambda: self.built.intake.resume(draft_id), self.built.intake_room)

    def open_issue(self, number: str) -> None:
        """Show the steps after acceptance."""
        self._attempt(lambda: self.built.issue.open(number), self.built.issue_room)

    def open_case(self, number: str) -> None:
        """Show a case with its history."""
        self._attempt(lambda: self.built.case.open(number), self.built.case_room, place=DESK)
        self.built.case_room.setFocus()

    def print_onto_blank(self, paper: PaperRow) -> None:
        """Ask for the blank form that ``paper`` is printed onto, on the page of its case; then come back."""
        room, place, page = self.current, self._place, self.built.case_room

        def back(sent: Sent | None) -> None:
            self._show(place, room)
            if sent is not None:
                self.built.issue.printing.show_onto(Done((sent,)))

        if room is not page:
            self.open_case(paper.case_number)
        if self.current is page:
            self.built.case.print_onto_blank(paper, None if room is page else back)

    def open_desk(self, scope: CaseScope = CaseScope.OPEN) -> None:
        """Show the list of cases."""
        self._show(DESK, self.built.desk_room)
        self.built.desk.start(scope)

    def open_papers(self, scope: PaperScope = PaperScope.ALL) -> None:
        """Show the list of papers."""
        self._attempt(lambda: self.built.papers.start(scope), self.built.papers_room, place=DESK)

    def open_case_of(self, paper: PaperRow, *, reprint: bool = False) -> None:
        """Show the case of a paper, at the paper; with ``reprint`` ask why it is printed again."""
        self.open_case(paper.case_number)
        if self.current is self.built.case_room:
            self.built.case_room.show_paper(paper.number)
            if reprint:
                self.built.case.reprint(paper)

    def open_inquiries(self, item: str = "", number: str = "") -> None:
        """Show inquiry ``number``, or a new one, about the catalogue item ``item`` where one is named."""
        self._attempt(lambda: self.built.inquiry.open(item, number), self.built.inquiry_room)
        self.built.inquiry_room.focus_first()

    def open_stack(self) -> None:
        """Show the stack of mixed papers."""
        self._attempt(self.built.stack.open, self.built.stack_room, place=DESK)

    def open_day(self, day: date | None = None) -> None:
        """Show the end of ``day``; None is today."""
        self._attempt(lambda: self.built.day.open(day), self.built.day_room)
        self.built.day_room.focus_first()

    def open_sync(self) -> None:
        """Show how it stands with the centre."""
        self._show(SYNC, self.built.sync_room)
        self.built.sync.start()

    def open_centre(self) -> None:
        """Show the section of the settings where an invitation to a centre is opened."""
        self.open_settings()
        self.built.settings.choose("centre")

    def open_devices(self) -> None:
        """Show the section of the settings where devices are chosen."""
        self.open_settings()
        self.built.settings.choose("devices")

    def open_office(self) -> None:
        """Show the office of a centre's administrator."""
        office, room = self.built.open_office()
        self._show(SETTINGS, room)
        office.start()

    def open_settings(self) -> None:
        """Show the settings."""
        self.built.settings_room.open()
        self._show(SETTINGS, self.built.settings_room)
        self.built.settings.start()

    def open_card(self, card: IdentityCard) -> None:
        """Show the counter with a card at hand; what was typed elsewhere is kept first."""
        self._go(HOME)
        if self.current is self.built.counter_room:
            self.built.counter.take_card(card)

    def card_taker(self) -> Callable[[IdentityCard], None] | None:
        """Return what takes a card where the clerk is; None where a card has to be asked about."""
        if self._window.is_overlaid:
            return None
        if self.current is self.built.counter_room:
            return self.built.counter.take_card
        takes = self.current is self.built.intake_room and self.built.intake.takes_cards
        return self.built.intake.laid_card.take if takes else None

    def back(self) -> None:
        """Go back to the list that the clerk came from, else home."""
        *before, room = self._lists or (None,)
        if room is None:
            self.home()
            return
        self._lists = tuple(before)
        self._show(DESK, room)
        if room is self.built.desk_room:
            self.built.desk.refresh()
        else:
            self.built.papers.refresh()

    def notify(self, words: str, act: str = "", undo: Callable[[], None] | None = None) -> None:
        """Show a short message that goes away by itself and may offer to undo."""
        self._window.toast.show_words(words, act, undo)

    def report(self, error: Exception) -> None:
        """Show what went wrong; what nobody foresaw is logged whole."""
        self._desktop.log_unforeseen(error)
        message = sentence(error)
        self._window.errors.show_message(message.what, message.safe, message.do)

    def _go(self, place: str) -> None:
        if self._session.operator is None:
            return
        self.built.intake.save_now()
        if self.current is self.built.intake_room and self.built.intake.is_unsaved:
            self._window.show_room(self.built.intake_room, self._place)  # it says why it cannot be left
            return
        {HOME: self.home, DESK: self.open_desk, SYNC: self.open_sync, SETTINGS: self.open_settings}[place]()

    def _attempt(self, act: Callable[[], None], room: object, place: str = HOME) -> None:
        """Go to ``room`` when ``act`` succeeds, else stay and say why."""
        try:
            act()
        except Exception as error:  # noqa: BLE001  every failure is told and, when unforeseen, logged
            self.report(error)
            return
        if self.current in {self.built.desk_room, self.built.papers_room}:
            self._lists += (self.current,)
        elif place != DESK:
            self._lists = ()
        self._show(place, room)

    def _show(self, place: str, room: object) -> None:
        self._place, self.current = place, room
        self._window.toast.hide()  # it spoke of what was shown before
        if room in {self.built.counter_room, self.built.desk_room, self.built.sync_room, self.built.settings_room}:
            self._lists = ()
        self._window.show_room(room, place)  # type: ignore[arg-type]
        self.built.forget_photos(room)
        if room is not self.built.intake_room:
            self._nothing_lies_open()

    def _nothing_lies_open(self) -> None:
        try:
            self._left_open.forget()
        except Exception as error:  # noqa: BLE001  it must not keep the clerk from going on
            self._desktop.log_unforeseen(error)
