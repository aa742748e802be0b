"""Builds the rooms of an open counter and leads from one to the next; the only place that knows them all."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer

from app.domain.operators import Operator, Role
from app.services.backups import BackupStatus
from app.services.counter import Counter
from app.services.desk import Board
from app.services.errors import NotFound
from app.services.ports import Runner
from app.services.preferences import Preferences
from app.services.snapshots import CaseCounts, CaseScope
from app.services.sync_report import SyncResult
from ui import application, confirming
from ui.case.presenter import CasePresenter
from ui.case.view import CaseRoom
from ui.coaching.bar import CoachBar
from ui.coaching.presenter import CoachPresenter
from ui.counter.presenter import CounterPresenter
from ui.counter.view import CounterRoom
from ui.day.presenter import DayPresenter
from ui.day.view import DayRoom
from ui.desk.presenter import DeskPresenter
from ui.desk.view import DeskRoom
from ui.devices import Desktop
from ui.forms.presenter import FormPresenter
from ui.greeting import Greeting
from ui.inquiry.presenter import InquiryPresenter
from ui.inquiry.view import InquiryRoom
from ui.intake.presenter import IntakePresenter
from ui.intake.state import IntakeState
from ui.intake.view import IntakeRoom
from ui.issue.presenter import IssuePresenter
from ui.issue.view import IssueRoom
from ui.login.view import LoginRoom
from ui.main_window import MainWindow
from ui.navigation import Session
from ui.presence import Presence
from ui.scope import Scope
from ui.sentences import sentence
from ui.settings.around import Around
from ui.settings.presenter import SettingsPresenter
from ui.settings.view import SettingsRoom
from ui.strip import Strip
from ui.sync.presenter import SyncPresenter
from ui.sync.view import SyncRoom
from ui.sync_rounds import LOOK_MS, SyncRounds
from ui.text import _, ngettext
from ui.ticking import FIRST_TICK_MS, TICK_MS, Ticker

HOME, DESK, SYNC, SETTINGS = "home", "desk", "sync", "settings"


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
    ) -> None:
        self._counter = counter
        self._runner = runner
        self._window = window
        self._desktop = desktop
        self._session = Session()
        self._back: list[Callable[[], None]] = []
        self._place = HOME
        self._ticker = Ticker(runner)
        self._minutes = QTimer(window)
        self._minutes.timeout.connect(self._tick)
        self._rounds = SyncRounds(counter, runner, self._synced)
        self._to_take_over: int | None = None
        """How many cases were to be taken over at the last look."""
        self._looks = QTimer(window)
        self._looks.timeout.connect(self._rounds.tick)
        self._last_operator: Operator | None = None
        self._strip = Strip(counter, self._session, window, self)
        self._greeting = Greeting(counter, runner, self, self._go_to_backups, self._toggle_coach)
        self._presence = Presence(counter, self._session, runner, window, login_room, self, hint)
        window.room_asked.connect(self._go)
        window.closing.connect(self._leave)
        window.hand_over_asked.connect(self._presence.hand_over)
        window.guide_toggled.connect(self._toggle_coach)
        window.lock_asked.connect(lambda: self._presence.lock(idle=False))
        self._build()
        self._register()

    # --- who is at the window: see ui.presence ------------------------------------------------------------------

    def start(self, password: str = "") -> None:
        """Ask who is at the window; a ``password`` that was given before the counter was open is tried at once."""
        self._presence.start(password)
        QTimer.singleShot(0, self._warm_up)
        self._minutes.start(FIRST_TICK_MS)
        self._looks.start(LOOK_MS)

    def remind_of_recovery(self) -> None:
        """Offer, after the first log-in, to make the recovery sheet."""
        self._greeting.remind_of_recovery()

    def lock(self) -> None:
        """Cover everything until somebody gives a password; what was typed stays."""
        self._presence.lock()

    def save_now(self) -> None:
        """Save what is being typed."""
        self._intake.save_now()
        self.forms.save_now()

    def entered(self, operator: Operator) -> None:
        """Show the window to ``operator``: where it was left when it is the same one, else the counter."""
        came_back = self._current is not self._counter_room and self._last_operator == operator
        if self._last_operator != operator:
            self._coach.end()
        self._last_operator = operator
        self._strip.show()
        if came_back:
            self._window.show_room(self._current, self._place)
            self._intake.draw_paper()
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
            self._intake.resume(draft_id, place)
        except NotFound:
            return False
        self._show(HOME, self._intake_room)
        self.notify(_("程序上次没有正常关闭，已回到当时办的这一件。"))
        return True

    def _go_to_backups(self) -> None:
        self.open_settings()
        self._settings.choose("backup")

    def handed_over(self, taker: Operator) -> None:
        """Let what is open stay open, under the name of ``taker``."""
        self._last_operator = taker
        self._strip.show()
        if self._current is self._settings_room:
            self._settings.start()
        self.notify(_("%(name)s 已接手窗口") % {"name": taker.name})

    # --- the guided first case: see ui.coaching -----------------------------------------------------------------

    @property
    def practice(self) -> IntakeState | None:
        """Return the practice draft that is shown, None when something else is."""
        return self._intake.practice if self._current is self._intake_room else None

    def end_practice(self) -> None:
        """Let the practice draft go."""
        self._intake.end_practice()

    def practised(self) -> None:
        """End the guided first case at the act that would have made a case of it."""
        self._coach.praise()

    def _toggle_coach(self) -> None:
        self._coach.toggle()

    def ask_second_person(self, what: str, then: Callable[[Operator], None], role: Role = Role.SUPERVISOR) -> None:
        """Ask somebody else with ``role`` to confirm ``what``; ``then`` gets who did."""
        question = confirming.second_person(self._counter.operators, self._session.clerk, what, role)
        self._presence.ask_second_person(question, then)

    def _leave(self) -> None:
        self._minutes.stop()
        self._looks.stop()
        self._rounds.stop()
        self.save_now()
        self._nothing_lies_open()
        self._presence.leave()

    # --- going from room to room -------------------------------------------------------------------------------

    def home(self) -> None:
        """Show the counter with an empty field that has the focus."""
        self._back.clear()
        self._show(HOME, self._counter_room)
        self._counter_presenter.start()

    def open_item(self, code: str) -> None:
        """Begin an intake of the catalogue item."""
        self._attempt(lambda: self._intake.begin(code), self._intake_room)

    def open_draft(self, draft_id: str) -> None:
        """Go on with a saved draft."""
        self._attempt(lambda: self._intake.resume(draft_id), self._intake_room)

    def open_issue(self, number: str) -> None:
        """Show the steps after acceptance."""
        self._attempt(lambda: self._issue.open(number), self._issue_room)

    def open_case(self, number: str) -> None:
        """Show a case with its history."""
        self._attempt(lambda: self._case.open(number), self._case_room, place=DESK)
        self._case_room.setFocus()

    def open_desk(self, scope: CaseScope = CaseScope.OPEN) -> None:
        """Show the list of cases."""
        self._show(DESK, self._desk_room)
        self._desk.start(scope)

    def open_inquiries(self, item: str = "", number: str = "") -> None:
        """Show inquiry ``number``, or a new one, about the catalogue item ``item`` where one is named."""
        self._attempt(lambda: self._inquiry.open(item, number), self._inquiry_room)
        self._inquiry_room.focus_first()

    def open_day(self, day: date | None = None) -> None:
        """Show the end of ``day``; None is today."""
        self._attempt(lambda: self._day.open(day), self._day_room)
        self._day_room.focus_first()

    def open_sync(self) -> None:
        """Show how it stands with the centre."""
        self._show(SYNC, self._sync_room)
        self._sync.start()

    def open_centre(self) -> None:
        """Show the section of the settings where an invitation to a centre is opened."""
        self.open_settings()
        self._settings.choose("centre")

    def open_settings(self) -> None:
        """Show the settings."""
        self._settings_room.open()
        self._show(SETTINGS, self._settings_room)
        self._settings.start()

    def back(self) -> None:
        """Go back to the list when the clerk came from there, else home."""
        if self._came_from_desk and self._current is not self._desk_room:
            self._show(DESK, self._desk_room)
            self._desk.refresh()
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
        self._intake.save_now()
        if self._current is self._intake_room and self._intake.is_unsaved:
            self._window.show_room(self._intake_room, self._place)  # it says why it cannot be left
            return
        {HOME: self.home, DESK: self.open_desk, SYNC: self.open_sync, SETTINGS: self.open_settings}[place]()

    def _attempt(self, act: Callable[[], None], room: object, place: str = HOME) -> None:
        """Go to ``room`` when ``act`` succeeds, else stay and say why."""
        try:
            act()
        except Exception as error:  # noqa: BLE001  every failure is told and, when unforeseen, logged
            self.report(error)
            return
        self._came_from_desk = self._current is self._desk_room or (self._came_from_desk and place == DESK)
        self._show(place, room)

    def _show(self, place: str, room: object) -> None:
        self._place, self._current = place, room
        self._window.toast.hide()  # it spoke of what was shown before
        if room in {self._counter_room, self._desk_room, self._sync_room, self._settings_room}:
            self._came_from_desk = False
        self._window.show_room(room, place)  # type: ignore[arg-type]
        if room is not self._intake_room:
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
        return type(self._current).__name__ if self._session.operator else ""

    @property
    def counter_has_found(self) -> bool:
        """Tell whether the search for what stands in the field has answered."""
        return self._counter_presenter.has_found

    @property
    def intake_pages(self) -> int:
        """Return how many pages the open intake has."""
        return self._intake.page_count

    @property
    def inquiry(self) -> InquiryPresenter:
        """Return what decides about questions."""
        return self._inquiry

    @property
    def desk(self) -> DeskPresenter:
        """Return what decides about the list of cases."""
        return self._desk

    @property
    def day(self) -> DayPresenter:
        """Return what decides about the end of the day."""
        return self._day

    @property
    def issue(self) -> IssuePresenter:
        """Return what decides after acceptance."""
        return self._issue

    @property
    def case(self) -> CasePresenter:
        """Return what decides on the page of a case."""
        return self._case

    @property
    def intake(self) -> IntakePresenter:
        """Return what decides at the intake."""
        return self._intake

    @property
    def forms(self) -> FormPresenter:
        """Return what leads through the form of the room that is shown."""
        return self._intake.ways_out.forms if self._current is self._intake_room else self._case.forms

    def let_a_minute_pass(self) -> None:
        """Do now what the program does by itself once a minute."""
        self._tick()

    def look_at_sync(self) -> None:
        """Show now how it stands with the centre, which is looked at by itself every few seconds."""
        self._rounds.look()

    def change_preferences(self, preferences: Preferences) -> None:
        """Change the look as the settings do, and go home."""
        self._apply(self._counter.preferences.keep(preferences))
        QTimer.singleShot(0, self.home)

    @property
    def has_paper(self) -> bool:
        """Tell whether the paper of the open room has been drawn."""
        return self._intake.has_paper if self._current is self._intake_room else self._issue.has_paper

    # --- building ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._scope = Scope(self._runner)
        counter, runner = self._counter, self._scope
        self._preferences = counter.preferences.read()
        self._presence.lock_after(self._preferences.idle_minutes)
        self._came_from_desk = False
        self._counter_room, self._desk_room = CounterRoom(), DeskRoom()
        self._intake_room, self._issue_room = IntakeRoom(), IssueRoom()
        around = Around(counter, self._session, runner, self, self._desktop, self._apply, self._renew, self._runner)
        self._case_room, self._settings_room = CaseRoom(), SettingsRoom(around)
        self._inquiry_room, self._day_room = InquiryRoom(), DayRoom()
        self._sync_room = SyncRoom()
        self._current: object = self._counter_room
        self._counter_presenter = CounterPresenter(
            counter, self._session, runner, self, self._counter_room, self._desktop
        )
        self._desk = DeskPresenter(counter, self._session, runner, self, self._desk_room, self._desktop)
        self._intake = IntakePresenter(counter, self._session, runner, self, self._intake_room, self._desktop)
        self._issue = IssuePresenter(counter, self._session, runner, self, self._issue_room, self._desktop)
        self._case = CasePresenter(counter, self._session, runner, self, self._case_room, self._desktop)
        self._settings = SettingsPresenter(self, self._settings_room)
        self._inquiry = InquiryPresenter(counter, self._session, runner, self, self._inquiry_room, self._desktop)
        self._day = DayPresenter(counter, self._session, runner, self, self._day_room, self._desktop)
        self._sync = SyncPresenter(counter, self._session, runner, self, self._rounds, self._sync_room, self._desktop)
        bar = CoachBar()
        self._coach = CoachPresenter(self._session, self, bar)
        bar.connect_to(self._coach)
        self._window.add_above(bar)
        self._day_room.connect_to(self._day)
        self._counter_room.connect_to(self._counter_presenter)
        self._desk_room.connect_to(self._desk)
        self._intake_room.connect_to(self._intake)
        self._issue_room.connect_to(self._issue)
        self._case_room.connect_to(self._case)
        self._settings_room.connect_to(self._settings)
        self._inquiry_room.connect_to(self._inquiry)
        self._sync_room.connect_to(self._sync)
        self._window.add_room(HOME, "desktop", _("办理"), self._counter_room)
        self._window.add_room(DESK, "files", _("办件"), self._desk_room)
        self._window.add_room(SYNC, "arrows-clockwise", _("同步"), self._sync_room)
        self._window.add_room(SETTINGS, "gear-six", _("设置"), self._settings_room)
        for page in (self._intake_room, self._issue_room, self._case_room, self._inquiry_room, self._day_room):
            self._window.add_page(page)

    def _register(self) -> None:
        """Register what the program does by itself; see ``ui.ticking``."""
        self._ticker.add("deemed acceptance", self._counter.acceptance.sweep, self._after_sweep)
        self._ticker.add("board", self._counter.desk.board, self._show_board)
        self._ticker.add("clock", self._counter.clock.check, self._strip.show_clock)
        self._ticker.add("backup", self._back_up, self._strip.show_backups)

    # --- sync: see ui.sync_rounds ------------------------------------------------------------------------------

    def _synced(self, result: SyncResult | None) -> None:
        """Show how it stands with the centre, and what a round brought."""
        if self._rounds.status is not None:
            self._strip.show_sync(self._rounds.status)
        if self._session.operator is None:
            return
        if self._current is self._sync_room:
            self._sync.refresh()
        if result is None:
            return
        if self._current is self._case_room:
            self._case.reread()
        elif self._current is self._issue_room:
            self._issue.reread_mark()
        if result.received:
            self._scope.run(self._counter.desk.counts, self._show_arrivals, self.report)

    def _show_arrivals(self, counts: CaseCounts) -> None:
        """Say when cases have come that are to be taken over here."""
        known, self._to_take_over = self._to_take_over or 0, counts.to_take_over
        if counts.to_take_over > known and self._session.operator is not None:
            words = ngettext("有 %(count)d 件待接收", "有 %(count)d 件待接收", counts.to_take_over)
            said = words % {"count": counts.to_take_over}
            self.notify(said, _("查看"), lambda: self.open_desk(CaseScope.TO_TAKE_OVER))

    def _tick(self) -> None:
        self._minutes.start(TICK_MS)
        self._ticker.tick()

    def _after_sweep(self, deemed: list[str]) -> None:
        """Say quietly which cases count as accepted by silence since the last look; the board keeps showing them."""
        if not deemed:
            return
        if self._current is self._case_room:
            self._case.reread()
        if self._session.operator is not None:
            words = ngettext("%(count)d 件逾期未告知，已视为受理", "%(count)d 件逾期未告知，已视为受理", len(deemed))
            self.notify(words % {"count": len(deemed)}, _("打开"), lambda: self.open_case(deemed[0]))

    def _show_board(self, board: Board) -> None:
        self._counter_presenter.show_board(board)

    def _back_up(self) -> BackupStatus:
        """Make the backup that is due; one is also due when the clerk has left the window."""
        return self._counter.backups.run_due(at_end=self._session.operator is None)

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
        for part in (self._presence, self._strip, self._greeting, self._rounds):
            part.use(self._counter)
        self._ticker = Ticker(self._runner)
        self._register()
        QTimer.singleShot(0, build)

    def _rebuild(self, operator: Operator | None, setting: str = "") -> None:
        """Build the rooms anew, and lead back to the section, and to the ``setting``, that made it necessary."""
        section = self._settings.current
        self._coach.end()
        self._scope.end()
        self._window.remove_rooms()
        self._presence.build()
        self._build()
        self._last_operator = operator
        self._strip.show()
        self.open_settings()
        if section:
            self._settings.return_to(section, setting)

    def _warm_up(self) -> None:
        """Load in the background what the first search and the first paper need."""
        self._runner.run(self._counter.catalogue.warm_up, _nothing, self.report)
        self._runner.run(self._counter.papers.warm_up, _nothing, self.report)


def _nothing(_result: object) -> None:
    """Need nothing of a result."""
