"""What can stand beside the list instead of a case: the saved searches."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.desk.state import DeskState
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Empty, Row, clear, row_layout
from ui.widgets.fields import LineField
from ui.widgets.texts import ShrinkingLabel, label


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
