"""What the window does by itself: its look once a minute, its rounds of sync, and what it shows and says of both.

What is registered here runs as ``ui.ticking`` tells. Rooms are looked up when something is to be shown: they are built
again when the language changes, this is not.
"""

from typing import Protocol

from PySide6.QtCore import QTimer

from app.services.backups import BackupStatus
from app.services.counter import Counter
from app.services.desk import Board
from app.services.ports import Runner
from app.services.snapshots import CaseCounts, CaseScope
from app.services.sync_report import SyncResult
from ui.building import Built
from ui.folder_watch import LOOK_MS as FOLDER_LOOK_MS
from ui.folder_watch import FolderSign, FolderWatch
from ui.found_codes import FoundCodes
from ui.main_window import MainWindow
from ui.navigation import Navigator, Session
from ui.print_watch import LOOK_MS as PRINT_LOOK_MS
from ui.print_watch import PrintWatch
from ui.scanning import LOOK_MS as SCAN_LOOK_MS
from ui.scanning import Scans
from ui.strip import Strip
from ui.sync_rounds import LOOK_MS, SyncRounds
from ui.sync_words import notice_words
from ui.text import _, ngettext
from ui.ticking import FIRST_TICK_MS, TICK_MS, Ticker

SWEEP_MINUTES = 30
"""Not at the start, when there is other work; and a window is open for longer than that on any day."""


class Furnished(Navigator, Protocol):
    """The window with its rooms."""

    built: Built
    """The rooms as they are now."""
    current: object
    """The room that is shown."""


class Minutes:
    """Keeps the time of one open counter in one window."""

    def __init__(
        self,
        counter: Counter,
        session: Session,
        runner: Runner,
        window: MainWindow,
        strip: Strip,
        rooms: Furnished,
    ) -> None:
        self._counter = counter
        self._session = session
        self._runner = runner
        self._strip = strip
        self._rooms = rooms
        self._to_take_over: int | None = None
        """How many cases were to be taken over at the last look."""
        self.rounds = SyncRounds(counter, runner, self._synced)
        self._codes = FoundCodes(counter, session, runner, rooms)
        self._watch = QTimer(window)
        self._watch.setInterval(SCAN_LOOK_MS)
        self._watch.timeout.connect(self.look_at_scans)
        self.scans = Scans(counter, runner, self._watch.start, self._look_up_code, rooms.report)
        self.folder = FolderWatch(counter, runner, rooms, self.scans, self._show_folder)
        self._folder_looks = QTimer(window)
        self._folder_looks.setInterval(FOLDER_LOOK_MS)
        self._folder_looks.timeout.connect(self.look_into_folder)
        self._print_looks = QTimer(window)
        self._print_looks.setInterval(PRINT_LOOK_MS)
        self._print_looks.timeout.connect(self.look_at_prints)
        self.prints = PrintWatch(
            counter, runner, self._print_looks.start, strip.show_prints, rooms.notify, rooms.report
        )
        self._ticks, self._looks = QTimer(window), QTimer(window)
        self._ticks.timeout.connect(self.tick)
        self._looks.timeout.connect(self.rounds.tick)
        self._register()

    def use(self, counter: Counter) -> None:
        """Look after another counter from the next time on."""
        self._counter = counter
        self.rounds.use(counter)
        self.scans.use(counter)
        self.prints.use(counter)
        self._codes.use(counter)
        self.folder.use(counter)
        self._register()

    def start(self) -> None:
        """Begin: the log-in comes first."""
        self._ticks.start(FIRST_TICK_MS)
        self._looks.start(LOOK_MS)
        self._folder_looks.start()
        self.prints.start()

    def stop(self) -> None:
        """Do nothing more by itself; a running round ends at its next step."""
        self._ticks.stop()
        self._looks.stop()
        self._folder_looks.stop()
        self.rounds.stop()
        self.scans.stop()
        self._watch.stop()
        self._print_looks.stop()

    def look_at_prints(self) -> None:
        """Look how print jobs stand, and rest when all have ended."""
        if not self.prints.tick():
            self._print_looks.stop()

    def look_at_scans(self) -> None:
        """Show how far a scan is, and rest when nothing is scanned and cleaned any more."""
        if not self.scans.tick():
            self._watch.stop()
        self._strip.show_scan(self.scans.scan)

    def look_into_folder(self) -> None:
        """Look for files that a scanner saved, while somebody is at the window; whoever comes next has other papers."""
        if self._session.operator is not None:
            self.folder.tick()
        else:
            self.folder.stop_waiting()

    @property
    def is_running(self) -> bool:
        """Tell whether a next minute is waited for."""
        return self._ticks.isActive()

    def tick(self) -> None:
        """Do now what is done once a minute, and wait for the next one."""
        self._ticks.start(TICK_MS)
        self._ticker.tick()
        self.prints.follow()

    def _register(self) -> None:
        """Register what is done once a minute; see ``ui.ticking``."""
        counter, self._ticker = self._counter, Ticker(self._runner)
        self._ticker.add("deemed acceptance", counter.acceptance.sweep, self._after_sweep)
        self._ticker.add("board", counter.desk.board, self._show_board)
        self._ticker.add("clock", counter.clock.check, self._strip.show_clock)
        self._ticker.add("sweeping", self._sweep, every_minutes=SWEEP_MINUTES, waits=True)
        self._ticker.add("backup", self._back_up, self._strip.show_backups)

    def _after_sweep(self, deemed: list[str]) -> None:
        """Say quietly which cases count as accepted by silence since the last look; the board keeps showing them."""
        if not deemed:
            return
        if self._rooms.current is self._rooms.built.case_room:
            self._rooms.built.case.reread()
        if self._session.operator is not None:
            words = ngettext("%(count)d 件逾期未告知，已视为受理", "%(count)d 件逾期未告知，已视为受理", len(deemed))
            self._rooms.notify(words % {"count": len(deemed)}, _("打开"), lambda: self._rooms.open_case(deemed[0]))

    def _show_folder(self, sign: FolderSign) -> None:
        """Say on the strip and at the material what is waited for."""
        self._strip.show_folder(sign)
        self.scans.await_files(sign.place)

    def _look_up_code(self, code: str) -> None:
        self._codes.look_up(code, self._rooms.built.intake.save_now)

    def _show_board(self, board: Board) -> None:
        self._rooms.built.counter.show_board(board)

    def _sweep(self) -> int:
        """Remove images that nothing names, unless a scanner writes into the store."""
        return 0 if self.scans.is_running else self._counter.sweeping.sweep()

    def _back_up(self) -> BackupStatus:
        """Make the backup that is due; one is also due when the clerk has left the window."""
        return self._counter.backups.run_due(at_end=self._session.operator is None)

    def _synced(self, result: SyncResult | None) -> None:
        """Show how it stands with the centre, and what a round brought."""
        if self.rounds.status is not None:
            self._strip.show_sync(self.rounds.status)
        if self._session.operator is None:
            return
        built, current = self._rooms.built, self._rooms.current
        if current is built.sync_room:
            built.sync.refresh()
        if result is not None:
            self._show_result(result)

    def _show_result(self, result: SyncResult) -> None:
        """Let what is shown follow what a round did, and say what everybody should know of it."""
        built, current = self._rooms.built, self._rooms.current
        if current is built.case_room:
            built.case.reread()
        elif current is built.issue_room:
            built.issue.reread_mark()
        if words := notice_words(result):
            self._rooms.notify(words)
        if result.received:
            built.scope.run(self._counter.desk.counts, self._show_arrivals, self._rooms.report)

    def _show_arrivals(self, counts: CaseCounts) -> None:
        """Say when cases have come that are to be taken over here."""
        known, self._to_take_over = self._to_take_over or 0, counts.to_take_over
        if counts.to_take_over > known and self._session.operator is not None:
            words = ngettext("有 %(count)d 件待接收", "有 %(count)d 件待接收", counts.to_take_over)
            said = words % {"count": counts.to_take_over}
            self._rooms.notify(said, _("查看"), lambda: self._rooms.open_desk(CaseScope.TO_TAKE_OVER))
