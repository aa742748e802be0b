"""Tells, in sight whatever is scrolled, how a scan stands or why it stopped, or that files of a scanner are waited for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from ui.page_state import PagesShown
from ui.scan_acts import ScanActs
from ui.scan_news import Scan
from ui.sentences import sentence
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import column_layout, row_layout
from ui.widgets.flow import Beside, Flow
from ui.widgets.room import holding
from ui.widgets.texts import Icon, label, set_property
from ui.widgets.waiting import STOP_KEY, Spinner

WIDE, LEAST_WORDS = 560, 340
"""Pixels below which the acts lie under the words."""


class ScanLine(QFrame):
    """``stopped`` tells that the clerk will not wait, or has read what happened; ``went_on`` that it shall go on."""

    stopped = Signal()
    went_on = Signal()
    not_awaited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._spinner, self._sign = Spinner(16), Icon("warning-fill", "warn", 18)
        self._words, self._bar = label(), QProgressBar()
        self._words.setWordWrap(True)
        self._bar.setTextVisible(False)
        self._go_on = ActionButton(_("接着扫"), "", "file-arrow-down")
        self._go_on.fired.connect(self.went_on)
        self._stop = ActionButton(_("停止"), STOP_KEY, "x", "quiet")
        self._stop.fired.connect(self.stopped)
        self._done = ActionButton(_("知道了"), "", kind="quiet")
        self._done.fired.connect(self.stopped)
        self._wait_no_more = ActionButton(_("不等了"), "", "x", "quiet")
        self._wait_no_more.fired.connect(self.not_awaited)
        self._lay_out()
        self.hide()

    def connect_to(self, pages: ScanActs) -> None:
        """Let ``pages`` do what is asked for."""
        self.stopped.connect(pages.stop_scan)
        self.went_on.connect(pages.go_on_scanning)
        self.not_awaited.connect(pages.await_no_files)

    def show_pages(self, shown: PagesShown) -> None:
        """Show what is told of what comes in; a scan that came to its end is not."""
        scan = shown.scan
        is_running = scan is not None and scan.is_running
        has_stopped = scan is not None and scan.error is not None
        is_awaiting = bool(shown.awaited) and not (is_running or has_stopped)
        self.setVisible(is_running or has_stopped or is_awaiting)
        set_property(self, "tone", "warn" if has_stopped else "plain")
        for part in (self._bar, self._stop):
            part.setVisible(is_running)
        for part in (self._sign, self._go_on, self._done):
            part.setVisible(has_stopped)
        self._spinner.setVisible(is_running or is_awaiting)
        self._wait_no_more.setVisible(is_awaiting)
        if scan is not None and scan.error is not None:
            self._words.setText(f"{shown.scanned}·{sentence(scan.error).text}")
        elif scan is not None and scan.is_running:
            self._show_progress(scan, shown.scanned)
        elif is_awaiting:
            self._words.setText(_("扫描仪存好的文件会收进“%(name)s”") % {"name": shown.awaited})

    def _show_progress(self, scan: Scan, name: str) -> None:
        self._words.setText(f"{name}·{_running_words(scan)}")
        self._bar.setRange(0, 100 if scan.percent else 0)
        self._bar.setValue(scan.percent)
        self._bar.setAccessibleName(self._words.text())

    def _lay_out(self) -> None:
        words = row_layout(self._spinner, self._sign)
        words.addWidget(self._words, 1)
        acts = Flow(self._go_on, self._stop, self._done, self._wait_no_more)
        inside = column_layout(spacing=4)
        inside.addLayout(Beside(holding(words), holding(acts), WIDE, least_first=LEAST_WORDS))
        inside.addWidget(self._bar)
        inside.setContentsMargins(*(theme().px(n) for n in (16, 6, 16, 6)))
        self.setLayout(inside)


def _running_words(scan: Scan) -> str:
    if not scan.percent:
        return _("正在扫描，第 %(page)d 页") % {"page": scan.page}
    return _("正在扫描，第 %(page)d 页，%(percent)d %%") % {"page": scan.page, "percent": scan.percent}
