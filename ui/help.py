"""The keys of the screen that is shown, over the window: what F1 opens and Esc closes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import clear, column_layout, row_layout, scrolled
from ui.widgets.keys import BoundKey, bind, bound_keys
from ui.widgets.overlay import Overlay
from ui.widgets.room import holding
from ui.widgets.texts import Icon, cap, label

WIDTH = 920
HEIGHT = 560
CAP_WIDTH = 116


class HelpPanel(Overlay):
    """Made anew each time; it goes away for good with Esc or F1. ``guide_asked``: the guided first case is wanted."""

    guide_asked = Signal()

    def __init__(self, stage: QStackedWidget) -> None:
        super().__init__(stage, WIDTH)
        self.setAccessibleName(_("按键"))
        self._here, self._everywhere = QGridLayout(), QGridLayout()
        self._guide = ActionButton(_("跟着做一件"), "F2", "note-pencil", "quiet")
        self._close = ActionButton(_("关闭"), "Esc")
        self._area = scrolled(self._columns())
        self._guide.fired.connect(self._ask_guide)
        self._close.fired.connect(self.dismiss)
        self.given_up.connect(self.dismiss)
        self.dismissed.connect(self.deleteLater)
        bind(self, "F1", _("关闭"), self.dismiss)
        for key, step in (("PgUp", -1), ("PgDown", 1)):
            bind(self, key, _("翻页"), lambda step=step: self._turn(step))
        self._lay_out()

    def show_keys(self, room: QWidget, frame: QWidget | None) -> None:
        """Show the keys of ``room``, and of the ``frame`` around it when it stands in one."""
        inside = bound_keys(room)
        around = [bound for bound in bound_keys(frame) if bound not in inside] if frame else []
        self._fill(self._here, sorted_keys(inside))
        self._fill(self._everywhere, [*around, *general_keys()])
        self._guide.setVisible(frame is not None)
        self.open()
        self._close.setFocus()

    def _fill(self, grid: QGridLayout, keys: Sequence[BoundKey]) -> None:
        clear(grid)
        for line, bound in enumerate(keys):
            shown = row_layout(cap(bound.key))
            shown.addStretch(1)
            holder = holding(shown)
            holder.setFixedWidth(theme().px(CAP_WIDTH))
            words = label(bound.words, "", "" if bound.is_usable else "off")
            words.setWordWrap(True)
            grid.addWidget(holder, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, line, 1)
        grid.setRowStretch(len(keys), 1)

    def _columns(self) -> QWidget:
        both = row_layout()
        both.setSpacing(theme().px(32))
        for title, grid in ((_("这一页"), self._here), (_("到处可用"), self._everywhere)):
            grid.setHorizontalSpacing(theme().px(12))
            grid.setVerticalSpacing(theme().px(8))
            grid.setColumnStretch(1, 1)
            column: QVBoxLayout = column_layout(label(title, "section"), spacing=10)
            column.addLayout(grid)
            column.addStretch(1)
            both.addLayout(column, 1)
        return holding(both)

    def _lay_out(self) -> None:
        head = row_layout(Icon("keyboard", "accent", 24), label(_("按键"), "title"))
        head.setSpacing(theme().px(12))
        head.addStretch(1)
        self.card.body.addLayout(head)
        self._area.setFixedHeight(theme().px(HEIGHT - 160))
        self.card.body.addWidget(self._area)
        buttons = row_layout(self._guide)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        self.card.body.addLayout(buttons)

    def _turn(self, step: int) -> None:
        """Show more of a list that is longer than the panel."""
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())

    def _ask_guide(self) -> None:
        self.dismiss()
        self.guide_asked.emit()


def sorted_keys(keys: Sequence[BoundKey]) -> list[BoundKey]:
    """Return ``keys`` without doubles, those that can be used now first, function keys by their number before others."""
    alone = {(bound.key, bound.words): bound for bound in reversed(keys)}
    return sorted(alone.values(), key=lambda bound: (not bound.is_usable, _number(bound.key), bound.key))


def _number(key: str) -> int:
    """Return the number of a function key, for others one behind all of them."""
    digits = key.removeprefix("F")
    return int(digits) if key != digits and digits.isdigit() else 99


def general_keys() -> tuple[BoundKey, ...]:
    """Return the keys that fields, lists and messages have by themselves."""
    return (
        BoundKey("Tab", _("下一处；Shift+Tab 上一处")),
        BoundKey("Enter", _("下一步，或做当前这一项")),
        BoundKey("Esc", _("退一步，已填的内容不丢")),
        BoundKey("↑ ↓", _("在列表和结果中移动")),
        BoundKey("Space", _("选中或取消")),
        BoundKey("Ctrl+Z", _("撤销正在填的这一处")),
        BoundKey("Alt+Z", _("撤销，或做底下消息里说的那件事")),
    )
