"""How a list would be written to a file, beside the list: how names stand, for what, and how far it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.exporting import Export, Exporting
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import row_layout
from ui.widgets.choices import Segments
from ui.widgets.fields import LineField
from ui.widgets.texts import ShrinkingLabel, label
from ui.widgets.waiting import Waiting

MASKED, WHOLE = "masked", "whole"


class ExportPanel(QWidget):
    """``edited`` tells whether names stand whole and for what; ``save_asked`` and ``print_asked`` what is made.

    ``stopped`` and ``asked`` come while it is made, as of ``Waiting``. Only a list that may be printed has a word for it.
    """

    edited = Signal(bool, str)
    save_asked = Signal()
    print_asked = Signal()
    stopped = Signal()
    asked = Signal()
    closed = Signal()

    def __init__(self, title: str, about: str, masked: str, printing: str = "") -> None:
        """Head the panel ``title``; ``about`` tells what a line of the file says, ``masked`` what is masked in it."""
        super().__init__()
        self._count, self._about = _wrapped(""), _wrapped(about, "soft")
        self._how = Segments([(MASKED, _("遮盖")), (WHOLE, _("完整"))])
        self._purpose = LineField(_("用途，如：县局年度检查"), 100)
        self._purpose.setAccessibleName(_("用途"))
        self._remark = _wrapped("", tone="danger")
        self._save = ActionButton(_("导出 Excel 或 CSV"), "F9", "download-simple", "primary")
        self._print = ActionButton(printing, "Ctrl+P", "printer") if printing else None
        self._waiting = Waiting(_("停止"))
        self._waiting.stopped.connect(self.stopped)
        self._waiting.asked.connect(self.asked)
        close = ActionButton(_("关闭"), "Alt+Q", kind="quiet")
        close.fired.connect(self.closed)
        self._save.fired.connect(self.save_asked)
        self._how.chosen.connect(lambda _value: self._tell())
        self._purpose.edited.connect(lambda _text: self._tell())
        self._purpose.onward.connect(self._save.setFocus)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme().px(8))
        head = row_layout(ShrinkingLabel(title, "title"))
        head.addStretch(1)
        head.addWidget(close)
        inside.addLayout(head)
        parts = (self._count, self._about, label(masked, "label"), self._how, self._purpose, self._remark)
        for part in parts:
            inside.addWidget(part)
        inside.addStretch(1)
        inside.addWidget(self._waiting)
        inside.addWidget(_wrapped(_("每次导出和打印都记入台账。"), "small"))
        if self._print is not None:
            self._print.fired.connect(self.print_asked)
            inside.addWidget(self._print)
        inside.addWidget(self._save)

    def connect_to(self, exporting: Exporting) -> None:
        """Let ``exporting`` decide about files."""
        self.edited.connect(lambda whole, purpose: exporting.edit(is_whole=whole, purpose=purpose))
        self.save_asked.connect(exporting.save)
        self.stopped.connect(exporting.stop)
        self.asked.connect(exporting.poll)

    def show_about(self, about: str) -> None:
        """Say what a line of the file says."""
        self._about.setText(about)

    def show_export(self, export: Export, count: str, reading: str) -> None:
        """Show how the list would be written; ``count`` says how long it is, ``reading`` what is done meanwhile."""
        self._count.setText(count)
        self._how.set_value(WHOLE if export.is_whole else MASKED)
        self._how.setEnabled(not export.refusal)
        self._purpose.setVisible(export.is_whole)
        self._purpose.set_value(export.purpose)
        self._remark.setText(
            export.problem or (_("要完整导出：%(why)s") % {"why": export.refusal} if export.refusal else "")
        )
        self._remark.setVisible(bool(self._remark.text()))
        for button in filter(None, (self._save, self._print)):
            button.set_busy(export.is_busy)
        if export.is_busy:
            self._waiting.show_work(reading, export.percent, can_stop=True)
        else:
            self._waiting.show_done()

    def focus_first(self) -> None:
        """Put the focus on what is usually done."""
        self._save.setFocus()

    def _tell(self) -> None:
        self.edited.emit(self._how.value() == WHOLE, self._purpose.value())


def _wrapped(words: str, role: str = "", tone: str = "") -> QLabel:
    shown = label(words, role, tone)
    shown.setWordWrap(True)
    return shown
