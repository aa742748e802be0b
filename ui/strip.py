"""What the strip below the rooms says: network, card reader, journal, backups, clock, who is here, and faults of templates."""

from collections.abc import Sequence
from datetime import datetime

from app.services.backups import BackupStatus
from app.services.counter import Counter
from app.services.errors import BadDefinitions
from app.services.ports import ReaderState
from app.services.printing import Followed
from app.services.sync_report import SyncStatus
from app.services.timekeeping import ClockState, ClockStatus
from ui import backup_words, card_words, clock_words, sync_words
from ui.folder_watch import FolderSign
from ui.main_window import MainWindow
from ui.navigation import Navigator, Session
from ui.scan_news import Scan
from ui.sentences import sentence
from ui.sentences.printers import printer_trouble
from ui.status_strip import Sign
from ui.text import _, listed, ngettext


class Strip:
    """Follows what the minute's look finds; says it aloud when something has happened to the PC's clock."""

    def __init__(self, counter: Counter, session: Session, window: MainWindow, navigator: Navigator) -> None:
        self._counter = counter
        self._session = session
        self._window = window
        self._navigator = navigator
        self._clock: tuple[ClockState, datetime | None, bool] = (ClockState.TRUSTED, None, False)
        """What the strip and the clerk have been told about the clock."""
        self._backups: BackupStatus | None = None
        self._sync: SyncStatus | None = None
        self._reader = ReaderState.NONE
        self._scan: Scan | None = None
        self._folder = FolderSign()
        self._prints: Sequence[Followed] = ()

    def use(self, counter: Counter) -> None:
        """Speak of another counter from the next time on."""
        self._counter = counter

    def show(self) -> None:
        """Say how everything stands now; somebody is at the window."""
        station, operator = self._counter.station, self._session.clerk
        clock = self._counter.clock.status()
        icon, words, tone = clock_words.sign(clock)
        kept = backup_words.sign(self._backups)
        reader = card_words.sign(self._reader)
        devices = [
            *self._scan_signs(),
            *self._folder_signs(),
            *self._print_signs(),
            *([Sign(*reader)] if reader else []),
        ]
        left = [self._sync_sign(self._sync), *devices, *self._paper_signs()]
        right = [
            Sign("shield-check", _("台账已签名")),
            *([Sign("hard-drives", *kept)] if kept else []),
            Sign(icon, words, clock_words.explanation(clock) + clock_words.advice(clock), tone),
            Sign("user", f"{operator.name}·{station.window}"),
            Sign("house-line", station.service_point),
        ]
        self._window.show_status(left, right)

    def show_backups(self, status: BackupStatus) -> None:
        """Take note of how backups stand."""
        known, self._backups = self._backups, status
        if backup_words.sign(status) != backup_words.sign(known) and self._session.operator is not None:
            self.show()

    def show_sync(self, status: SyncStatus) -> None:
        """Take note of how it stands with the centre."""
        known, self._sync = self._sync, status
        if self._sync_sign(status) != self._sync_sign(known) and self._session.operator is not None:
            self.show()

    def show_reader(self, state: ReaderState) -> None:
        """Take note of how it stands with the card reader."""
        self._reader = state
        if self._session.operator is not None:
            self.show()

    def show_scan(self, scan: Scan | None) -> None:
        """Take note of how far the scanner is, which goes on whatever room is shown."""
        known, self._scan = self._scan_signs(), scan
        if known != self._scan_signs() and self._session.operator is not None:
            self.show()

    def show_folder(self, sign: FolderSign) -> None:
        """Take note of what is waited for in the scanner's folder."""
        self._folder = sign
        if self._session.operator is not None:
            self.show()

    def show_prints(self, waiting: Sequence[Followed]) -> None:
        """Take note of the print jobs that have not ended."""
        known, self._prints = self._print_signs(), tuple(waiting)
        if known != self._print_signs() and self._session.operator is not None:
            self.show()

    def show_clock(self, clock: ClockStatus) -> None:
        """Take note of how the clock stands; while nobody is here, it is told to whoever comes."""
        known, told = self._clock, (clock.state, clock.noticed_at, clock.is_apart)
        if told == known or self._session.operator is None:
            return
        self._clock = told
        self.show()
        if clock.noticed_at and clock.noticed_at != known[1]:
            self._navigator.notify(clock_words.explanation(clock))

    def _sync_sign(self, status: SyncStatus | None) -> Sign:
        return Sign(*sync_words.sign(status, self._counter.sync.last(), self._counter.desk.now()))

    def _scan_signs(self) -> list[Sign]:
        """Say that something is scanned, or that a scan stopped early."""
        scan = self._scan
        if scan is None or not (scan.is_running or scan.error):
            return []
        if scan.error:
            return [Sign("file-arrow-down", _("扫描停了"), sentence(scan.error).text, "warn")]
        return [Sign("file-arrow-down", _("正在扫描，第 %(page)d 页") % {"page": scan.page})]

    def _folder_signs(self) -> list[Sign]:
        """Say that the folder of the scanner does not answer, or for which material its files are waited for."""
        if self._folder.is_gone:
            return [Sign("folder-open", _("扫描文件夹打不开"), _("看看网络和共享文件夹；回来了会接着收。"), "warn")]
        if self._folder.waits_for:
            return [Sign("folder-open", _("等文件：%(name)s") % {"name": self._folder.waits_for})]
        return []

    def _print_signs(self) -> list[Sign]:
        """Say that something is being printed, or what keeps it."""
        if not self._prints:
            return []
        trouble = next((one.job.trouble for one in self._prints if one.job.trouble), None)
        if trouble is not None:
            what, do = printer_trouble(trouble)
            printers = listed(list(dict.fromkeys(one.printer for one in self._prints if one.printer)))
            return [Sign("printer", what.rstrip("。"), f"{printers}\n{do}".strip(), "warn")]
        count = len(self._prints)
        return [Sign("printer", ngettext("正在打印 %(count)d 份", "正在打印 %(count)d 份", count) % {"count": count})]

    def _paper_signs(self) -> list[Sign]:
        """Say that a template of the counter's own is not used, and why."""
        faults = self._counter.paper_faults
        if not faults:
            return []
        words = sentence(BadDefinitions(faults)).what + "\n" + _("文书照常打印，用的是自带的模板。")
        return [Sign("warning-fill", _("文书模板有误"), words, "warn")]
