"""Leads from room to room of an open counter, and has them built again when the look or the station changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer

from app.domain.application import Page
from app.domain.operators import Operator, Role
from app.services.counter import Counter
from app.services.errors import NotFound
from app.services.kept_pages import PagePlace
from app.services.ports import Corners, IdentityCard, Runner
from app.services.preferences import Preferences
from app.services.snapshots import CaseScope, PaperRow
from ui import application, confirming
from ui.building import DESK, HOME, SETTINGS, SYNC, Built, Ground, MadeAhead
from ui.camera.panel import CameraPanel
from ui.camera.presenter import CameraPresenter
from ui.camera.state import PhotoPlace
from ui.card_watcher import CardWatcher
from ui.devices import Desktop
from ui.file_code import FileCodePresenter
from ui.file_code_panel import FileCodePanel
from ui.forms.presenter import FormPresenter
from ui.greeting import Greeting
from ui.intake.state import IntakeState
from ui.laid_cards import LaidCards
from ui.login.view import LoginRoom
from ui.main_window import MainWindow
from ui.minutes import Minutes
from ui.navigation import Session
from ui.presence import Presence
from ui.sentences import sentence
from ui.signing.panel import SigningPanel
from ui.signing.presenter import SigningPresenter
from ui.strip import Strip
from ui.text import _


class Rooms:
    """Implements ``Navigator`` for one open counter in one window."""

    def __init__(
        self,
        counter: Counter,
        runner: Runner,
        window: MainWindow,
        login_room: LoginRoom,
        desktop: Desktop,
        hint: str = "",
        ahead: MadeAhead | None = None,
    ) -> None:
        self._counter = counter
        self._runner = runner
        self._window = window
        self._desktop = desktop
        self._session = Session()
        self._place = HOME
        self._signing: SigningPresenter | None = None
        self._last_operator: Operator | None = None
        self._strip = Strip(counter, self._session, window, self)
        self._minutes = Minutes(counter, self._session, runner, window, self._strip, self)
        self._ground = Ground(
            self._session,
            runner,
            window,
            desktop,
            self,
            self._minutes.rounds,
            self._minutes.scans,
            self._minutes.prints,
            self._apply,
            self._renew,
        )
        self._cards = CardWatcher(LaidCards(self._session, self, self._strip.show_reader), counter, window)
        self._greeting = Greeting(counter, runner, self, self._go_to_backups, self._toggle_coach)
        self._presence = Presence(counter, self._session, runner, window, login_room, self, hint)
        window.room_asked.connect(self._go)
        window.closing.connect(self._leave)
        window.hand_over_asked.connect(self._presence.hand_over)
        window.guide_toggled.connect(self._toggle_coach)
        window.lock_asked.connect(lambda: self._presence.lock(idle=False))
        self._build(ahead)

    # --- who is at the window: see ui.presence ------------------------------------------------------------------

    def start(self, password: str = "") -> None:
        """Ask who is at the window; a ``password`` that was given before the counter was open is tried at once."""
        self._presence.start(password)
        QTimer.singleShot(0, self._warm_up)
        self._minutes.start()

    def remind_of_recovery(self) -> None:
        """Offer, after the first log-in, to make the recovery sheet."""
        self._greeting.remind_of_recovery()

    def lock(self) -> None:
        """Cover everything until somebody gives a password; what was typed stays."""
        self._presence.lock()

    def save_now(self) -> None:
        """Save what is being typed."""
        self.built.intake.save_now()
        self.forms.save_now()

    def covered(self) -> None:
        """Forget the photos of cards: the window was locked."""
        self.built.forget_photos()

    def entered(self, operator: Operator) -> None:
        """Show the window to ``operator``: where it was left when it is the same one, else the counter."""
        came_back = self.current is not self.built.counter_room and self._last_operator == operator
        if self._last_operator != operator:
            self.built.coach.end()
            self.built.leave_office()
        self._last_operator = operator
        self._strip.show()
        self._cards.watch()
        if came_back:
            self._window.show_room(self.current, self._place)
            self.built.intake.receipt.draw()
        elif self._return_after_crash(operator):
            return
        else:
            self.home()
        self._greeting.greet(operator)

    def _return_after_crash(self, operator: Operator) -> bool:
        """Open the draft that lay open when the program ended without being closed; tell whether there was one."""
        draft_id, place = self._counter.preferences.left_open(operator.login)
        if not draft_id:
            return False
        try:
            self.built.intake.resume(draft_id, place)
        except NotFound:
            return False
        self._show(HOME, self.built.intake_room)
        self.notify(_("程序上次没有正常关闭，已回到当时办的这一件。"))
        return True

    def _go_to_backups(self) -> None:
        self.open_settings()
        self.built.settings.choose("backup")

    def handed_over(self, taker: Operator) -> None:
        """Let what is open stay open, under the name of ``taker``."""
        self._last_operator = taker
        self._strip.show()
        self.built.leave_office()
        if self.current is self.built.settings_room:
            self.built.settings.start()
        elif self.built.office is not None and self.current is self.built.office_room:
            self.built.office.start()
        self.notify(_("%(name)s 已接手窗口") % {"name": taker.name})

    # --- the guided first case: see ui.coaching -----------------------------------------------------------------

    @property
    def practice(self) -> IntakeState | None:
        """Return the practice draft that is shown, None when something else is."""
        return self.built.intake.practice if self.current is self.built.intake_room else None

    def end_practice(self) -> None:
        """Let the practice draft go."""
        self.built.intake.end_practice()

    def practised(self) -> None:
        """End the guided first case at the act that would have made a case of it."""
        self.built.coach.praise()

    def _toggle_coach(self) -> None:
        self.built.coach.toggle()

    def ask_second_person(self, what: str, then: Callable[[Operator], None], role: Role = Role.SUPERVISOR) -> None:
        """Ask somebody else with ``role`` to confirm ``what``; ``then`` gets who did."""
        question = confirming.second_person(self._counter.operators, self._session.clerk, what, role)
        self._presence.ask_second_person(question, then)

    def tell_file_code(self, code: str, then: Callable[[], None]) -> None:
        """Show the code of a file that is to be written; ``then`` is called when the clerk has written it down."""
        self._code_panel().tell(code, then)

    def ask_file_code(self, take: Callable[[str], Any], then: Callable[[Any], None]) -> None:
        """Ask for the code of a file until ``take`` knows it; ``then`` gets what it returned."""
        self._code_panel().ask(take, then)

    def open_camera(self, place: PhotoPlace) -> None:
        """Show the live view of the document camera; the pages that are taken go to ``place``.

        Somebody is there as long as pages are taken, though no key is pressed.
        """

        def kept(page: Page, corners: Corners | None) -> None:
            self._presence.hold_off()
            place.kept(page, corners)

        panel = CameraPanel(self._window.stage)
        camera = CameraPresenter(
            self._counter.cameras, self._counter.devices, self._runner, panel, replace(place, kept=kept)
        )
        panel.connect_to(camera)
        self._camera = camera  # a signal alone would not keep it
        camera.open()

    def await_files(self, place: PagePlace, name: str) -> None:
        """Let the files that a scanner saves become pages of the material ``name``; asked again, let them no more."""
        self._minutes.folder.wait_for(place, name)

    def follow_prints(self, changed: Callable[[], None]) -> None:
        """Follow what was sent to printers to its end; ``changed`` is called when a paper has to be printed again."""
        self._minutes.prints.follow(changed)

    def open_signing(self, paper: PaperRow, signed: Callable[[PaperRow], None]) -> None:
        """Lay a paper before whoever signs it on the screen; ``signed`` hears of it once it is signed."""
        panel = SigningPanel(self._window.stage)
        clerk = self._session.clerk
        self._signing = SigningPresenter(self._counter, clerk, self._runner, panel, paper, signed, self.report)
        panel.connect_to(self._signing)
        self._signing.open()

    def _code_panel(self) -> FileCodePresenter:
        panel = FileCodePanel(self._window.stage)
        self._file_code = FileCodePresenter(self._runner, panel, self.report)  # a signal alone would not keep it
        panel.connect_to(self._file_code)
        return self._file_code

    def _leave(self) -> None:
        self._minutes.stop()
        self.save_now()
        if self._signing is not None:
            self._signing.leave()
        self._nothing_lies_open()
        self._presence.leave()

    # --- going from room to room -------------------------------------------------------------------------------

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

    def open_desk(self, scope: CaseScope = CaseScope.OPEN) -> None:
        """Show the list of cases."""
        self._show(DESK, self.built.desk_room)
        self.built.desk.start(scope)

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
        """Go back to the list when the clerk came from there, else home."""
        if self._came_from_desk and self.current is not self.built.desk_room:
            self._show(DESK, self.built.desk_room)
            self.built.desk.refresh()
        else:
            self.home()

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
        self._came_from_desk = self.current is self.built.desk_room or (self._came_from_desk and place == DESK)
        self._show(place, room)

    def _show(self, place: str, room: object) -> None:
        self._place, self.current = place, room
        self._window.toast.hide()  # it spoke of what was shown before
        if room in {self.built.counter_room, self.built.desk_room, self.built.sync_room, self.built.settings_room}:
            self._came_from_desk = False
        self._window.show_room(room, place)  # type: ignore[arg-type]
        self.built.forget_photos(room)
        if room is not self.built.intake_room:
            self._nothing_lies_open()

    def _nothing_lies_open(self) -> None:
        """Forget which draft lay open: it was left, and the window need not lead back to it after a crash."""
        operator = self._session.operator
        if operator is None:
            return
        try:
            self._counter.preferences.note_open(operator.login, "", "")
        except Exception as error:  # noqa: BLE001  it must not keep the clerk from going on
            self._desktop.log_unforeseen(error)

    # --- what is to be seen ------------------------------------------------------------------------------------

    @property
    def counter(self) -> Counter:
        """Return the open counter."""
        return self._counter

    @property
    def current_name(self) -> str:
        """Return the name of the room that is shown, empty while the window is covered."""
        return type(self.current).__name__ if self._session.operator else ""

    @property
    def forms(self) -> FormPresenter:
        """Return what leads through the form of the room that is shown."""
        if self.current is self.built.stack_room:
            return self.built.stack.forms
        return self.built.intake.ways_out.forms if self.current is self.built.intake_room else self.built.case.forms

    def let_a_minute_pass(self) -> None:
        """Do now what the program does by itself once a minute."""
        self._minutes.tick()

    def look_at_sync(self) -> None:
        """Show now how it stands with the centre, which is looked at by itself every few seconds."""
        self._minutes.rounds.look()

    def change_preferences(self, preferences: Preferences) -> None:
        """Change the look as the settings do, and go home."""
        self._apply(self._counter.preferences.keep(preferences))
        QTimer.singleShot(0, self.home)

    # --- building: see ui.building -----------------------------------------------------------------------------

    def _build(self, ahead: MadeAhead | None = None) -> None:
        self._preferences = self._counter.preferences.read()
        self._presence.lock_after(self._preferences.idle_minutes)
        self._came_from_desk = False
        self.built = Built(self._counter, self._ground, ahead or MadeAhead())
        """The rooms as they are now, and what decides in each."""
        self.current: object = self.built.counter_room
        """The room that is shown, or was before the window was covered."""

    def _apply(self, preferences: Preferences) -> None:
        """Let the look follow; another language or text size builds the rooms again."""
        changed = {
            "language": preferences.language != self._preferences.language,
            "size": preferences.text_percent != self._preferences.text_percent,
        }
        operator = self._session.operator
        application.follow(preferences)
        self._preferences = preferences
        self._presence.lock_after(preferences.idle_minutes)
        if any(changed.values()):
            QTimer.singleShot(0, lambda: self._rebuild(operator, next(key for key, has in changed.items() if has)))

    def _renew(self, then: Callable[[], None]) -> None:
        """Go on with the station as it is now: with services of its own, and rooms over them; then call ``then``."""

        def build() -> None:
            self._rebuild(self._session.operator)
            then()

        self._counter = self._counter.again()
        for part in (self._presence, self._strip, self._greeting, self._minutes, self._cards):
            part.use(self._counter)
        QTimer.singleShot(0, build)

    def _rebuild(self, operator: Operator | None, setting: str = "") -> None:
        """Build the rooms anew, and lead back to the section, and to the ``setting``, that made it necessary."""
        section = self.built.settings.current
        self.built.end()
        self._presence.build()
        self._build()
        self._last_operator = operator
        self._strip.show()
        self.open_settings()
        if section:
            self.built.settings.return_to(section, setting)

    def _warm_up(self) -> None:
        """Load in the background what the first search and the first paper need.

        One after the other: on a machine of two processors both would leave no thread for whoever logs in.
        """
        search, papers = self._counter.catalogue.warm_up, self._counter.papers.warm_up
        self._runner.run(search, lambda _result: self._runner.run(papers, _nothing, self.report), self.report)


def _nothing(_result: object) -> None:
    """Need nothing of a result."""
