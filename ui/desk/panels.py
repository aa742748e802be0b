"""What can stand beside the list instead of a case: writing it to a file, and the saved searches."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.desk.state import DeskState
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Empty, Row, clear, row_layout
from ui.widgets.choices import Segments
from ui.widgets.fields import LineField
from ui.widgets.texts import ShrinkingLabel, label
from ui.widgets.waiting import Waiting

MASKED, WHOLE = "masked", "whole"


class ExportPanel(QWidget):
    """``edited`` tells whether names stand whole and for what; ``save_asked`` and ``print_asked`` what is made.

    ``stopped`` and ``asked`` come while it is made, as of ``Waiting``.
    """

    edited = Signal(bool, str)
    save_asked = Signal()
    print_asked = Signal()
    stopped = Signal()
    asked = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = _wrapped("")
        self._how = Segments([(MASKED, _("遮盖")), (WHOLE, _("完整"))])
        self._purpose = LineField(_("用途，如：县局年度检查"), 100)
        self._purpose.setAccessibleName(_("用途"))
        self._remark = _wrapped("", tone="danger")
        self._save = ActionButton(_("导出 Excel 或 CSV"), "F9", "download-simple", "primary")
        self._print = ActionButton(_("打印台账"), "Ctrl+P", "printer")
        self._waiting = Waiting(_("停止"))
        self._waiting.stopped.connect(self.stopped)
        self._waiting.asked.connect(self.asked)
        close = ActionButton(_("关闭"), "Alt+Q", kind="quiet")
        close.fired.connect(self.closed)
        self._save.fired.connect(self.save_asked)
        self._print.fired.connect(self.print_asked)
        self._how.chosen.connect(lambda _value: self._tell())
        self._purpose.edited.connect(lambda _text: self._tell())
        self._purpose.onward.connect(self._save.setFocus)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme().px(8))
        head = row_layout(ShrinkingLabel(_("导出与打印"), "title"))
        head.addStretch(1)
        head.addWidget(close)
        inside.addLayout(head)
        about = _wrapped(_("一事一记：一件一行，写明材料、经办人、结果、文书和领取人；补录的单独注明。"), "soft")
        for part in (self._count, about, label(_("姓名、证号、电话"), "label"), self._how, self._purpose, self._remark):
            inside.addWidget(part)
        inside.addStretch(1)
        inside.addWidget(self._waiting)
        inside.addWidget(_wrapped(_("每次导出和打印都记入台账。"), "small"))
        inside.addWidget(self._print)
        inside.addWidget(self._save)

    def show_export(self, state: DeskState) -> None:
        """Show how the list would be written."""
        export = state.export
        words = ngettext("现在的筛选结果共 %(count)d 件", "现在的筛选结果共 %(count)d 件", state.count)
        self._count.setText(words % {"count": state.count})
        self._how.set_value(WHOLE if export.is_whole else MASKED)
        self._how.setEnabled(not export.refusal)
        self._purpose.setVisible(export.is_whole)
        self._purpose.set_value(export.purpose)
        self._remark.setText(
            export.problem or (_("要完整导出：%(why)s") % {"why": export.refusal} if export.refusal else "")
        )
        self._remark.setVisible(bool(self._remark.text()))
        for button in (self._save, self._print):
            button.set_busy(export.is_busy)
        if export.is_busy:
            self._waiting.show_work(_("正在读取办件"), export.percent, can_stop=True)
        else:
            self._waiting.show_done()

    def focus_first(self) -> None:
        """Put the focus on what is usually done."""
        self._save.setFocus()

    def _tell(self) -> None:
        self.edited.emit(self._how.value() == WHOLE, self._purpose.value())


class SearchesPanel(QWidget):
    """Signals name a saved search: ``saved`` and ``renamed`` with what stands in the line."""

    applied = Signal(str)
    saved = Signal(str)
    renamed = Signal(str, str)
    deleted = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = LineField(_("名称，如：本月居住证明"), 30)
        self._name.setAccessibleName(_("名称"))
        self._save = ActionButton(_("保存现在的筛选"), "F9", "plus", "primary")
        self._rows = Card()
        self._rows.flush()
        close = ActionButton(_("关闭"), "Alt+Q", kind="quiet")
        close.fired.connect(self.closed)
        self._save.fired.connect(lambda: self.saved.emit(self._name.value()))
        self._name.onward.connect(lambda: self.saved.emit(self._name.value()))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme().px(8))
        head = row_layout(ShrinkingLabel(_("常用筛选"), "title"))
        head.addStretch(1)
        head.addWidget(close)
        inside.addLayout(head)
        about = _wrapped(_("“今天”“本月”会跟着日历走。改名：先在上面写新名称，再按改名。"), "small")
        for part in (self._name, self._save, self._rows, about):
            inside.addWidget(part)
        inside.addStretch(1)

    def show_searches(self, state: DeskState) -> None:
        """Show the saved searches; the one that the list follows is marked."""
        clear(self._rows.body)
        if not state.searches:
            self._rows.body.addWidget(
                Empty("magnifying-glass", _("还没有常用筛选。先在左边筛选，在上面写个名称，按 F9 保存。"))
            )
        for index, one in enumerate(state.searches):
            row = Row(52, first=not index)
            words = label(one.name)
            words.setWordWrap(True)
            row.inside.addWidget(words, 1)
            rename = ActionButton(_("改名"), kind="quiet")
            delete = ActionButton(_("删除"), kind="quiet")
            rename.fired.connect(lambda name=one.name: self.renamed.emit(name, self._name.value()))
            delete.fired.connect(lambda name=one.name: self.deleted.emit(name))
            row.inside.addWidget(rename)
            row.inside.addWidget(delete)
            row.set_state("current" if one.name == state.search else "")
            row.fired.connect(lambda name=one.name: self.applied.emit(name))
            self._rows.body.addWidget(row)

    def focus_first(self) -> None:
        """Put the cursor into the line for the name."""
        self._name.setFocus()


def _wrapped(words: str, role: str = "", tone: str = "") -> QLabel:
    shown = label(words, role, tone)
    shown.setWordWrap(True)
    return shown
