"""What stands under a material while it is scanned, or when that stopped: how far it is, what to do, going on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from ui.scanning import Scan
from ui.sentences import sentence
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.texts import Icon, label, set_property
from ui.widgets.waiting import STOP_KEY, Spinner


class ScanLine(QFrame):
    """``stopped`` tells that the clerk will not wait, or has read what happened; ``went_on`` that it shall go on."""

    stopped = Signal()
    went_on = Signal()

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
        self._lay_out()
        self.hide()

    def show_scan(self, scan: Scan | None) -> None:
        """Show how a scan stands; one that came to its end, or is about something else, is not shown."""
        is_running = scan is not None and scan.is_running
        self.setVisible(scan is not None and (is_running or scan.error is not None))
        if scan is None:
            return
        set_property(self, "tone", "plain" if is_running else "warn")
        for part in (self._spinner, self._bar, self._stop):
            part.setVisible(is_running)
        for part in (self._sign, self._go_on, self._done):
            part.setVisible(not is_running)
        if is_running:
            self._words.setText(_running_words(scan))
            self._bar.setRange(0, 100 if scan.percent else 0)
            self._bar.setValue(scan.percent)
            self._bar.setAccessibleName(self._words.text())
        elif scan.error is not None:
            self._words.setText(sentence(scan.error).text)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme().px(8))
        for part in (self._spinner, self._sign):
            line.addWidget(part)
        line.addWidget(self._words, 1)
        for button in (self._go_on, self._stop, self._done):
            line.addWidget(button)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(*(theme().px(n) for n in (16, 6, 16, 6)))
        inside.setSpacing(theme().px(4))
        inside.addLayout(line)
        inside.addWidget(self._bar)


def _running_words(scan: Scan) -> str:
    if not scan.percent:
        return _("正在扫描，第 %(page)d 页") % {"page": scan.page}
    return _("正在扫描，第 %(page)d 页，%(percent)d %%") % {"page": scan.page, "percent": scan.percent}
