"""The rooms of an open counter in a window: who comes into them, and when they are built again.

How one leads to the next is in ``ui.ways``.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer

from app.domain.operators import Operator, Role
from app.services.counter import Counter
from app.services.kept_pages import PagePlace
from app.services.ports import Runner
from app.services.preferences import Preferences
from app.services.snapshots import PaperRow
from ui import application
from ui.building import HOME, Built, Ground, MadeAhead
from ui.camera.state import PhotoLook, PhotoPlace
from ui.card_watcher import CardWatcher
from ui.devices import Desktop
from ui.forms.presenter import FormPresenter
from ui.greeting import Greeting
from ui.intake.state import IntakeState
from ui.laid_cards import LaidCards
from ui.left_open import LeftOpen
from ui.login.view import LoginRoom
from ui.main_window import MainWindow
from ui.minutes import Minutes
from ui.navigation import Session
from ui.panels import Panels
from ui.presence import Presence
from ui.strip import Strip
from ui.text import _
from ui.ways import Ways


class Rooms(Ways):
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
        session = Session()
        super().__init__(session, window, desktop, LeftOpen(counter, session))
        self._counter = counter
        self._runner = runner
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
        self._panels = Panels(counter, self._session, runner, window, self._presence.hold_off, self.report)
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
        elif self._left_open.resume(self.built.intake):
            self._show(HOME, self.built.intake_room)
            self.notify(_("程序上次没有正常关闭，已回到当时办的这一件。"))
            return
        else:
            self.home()
        self._greeting.greet(operator)

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

    # --- laid over the room that is shown: see ui.panels ---------------------------------------------------------

    def ask_second_person(self, what: str, then: Callable[[Operator], None], role: Role = Role.SUPERVISOR) -> None:
        """Ask somebody else with ``role`` to confirm ``what``; ``then`` gets who did."""
        self._presence.ask_second_person(what, then, role)

    def tell_file_code(self, code: str, then: Callable[[], None]) -> None:
        """Show the code of a file that is to be written; ``then`` is called when the clerk has written it down."""
        self._panels.tell_file_code(code, then)

    def ask_file_code(self, take: Callable[[str], Any], then: Callable[[Any], None]) -> None:
        """Ask for the code of a file until ``take`` knows it; ``then`` gets what it returned."""
        self._panels.ask_file_code(take, then)

    def open_camera(self, place: PhotoPlace | PhotoLook) -> None:
        """Show the live view of the document camera; the pages that are taken, or the one, go to ``place``."""
        self._panels.open_camera(place)

    def open_signing(self, paper: PaperRow, signed: Callable[[PaperRow], None]) -> None:
        """Lay a paper before whoever signs it on the screen; ``signed`` hears of it once it is signed."""
        self._panels.open_signing(paper, signed)

    # --- what goes on beside the window: see ui.minutes ----------------------------------------------------------

    def await_files(self, place: PagePlace, name: str) -> None:
        """Let the files that a scanner saves become pages of the material ``name``; asked again, let them no more."""
        self._minutes.folder.wait_for(place, name)

    def follow_prints(self, changed: Callable[[], None]) -> None:
        """Follow what was sent to printers to its end; ``changed`` is called when a paper has to be printed again."""
        self._minutes.prints.follow(changed)

    def _leave(self) -> None:
        self._minutes.stop()
        self.save_now()
        self._panels.leave()
        self._nothing_lies_open()
        self._presence.leave()

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
        self._stand_in(Built(self._counter, self._ground, ahead or MadeAhead()))

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
        parts = (self._presence, self._panels, self._left_open, self._strip, self._greeting, self._minutes, self._cards)
        for part in parts:
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
