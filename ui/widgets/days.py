"""Two days between which something lies, typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import theme
from ui.widgets.cards import row_layout
from ui.widgets.fields import LineField
from ui.widgets.flow import Flow
from ui.widgets.room import holding
from ui.widgets.texts import label

WIDTH = 140


class DaySpan(QWidget):
    """``chosen`` tells both days as they were typed, when one was left or entered."""

    chosen = Signal(str, str)

    def __init__(self, first_hint: str, last_hint: str) -> None:
        super().__init__()
        self._first, self._last = LineField(first_hint, 10), LineField(last_hint, 10)
        self._remark = label("", "small", "danger")
        days = holding(row_layout(self._first, label("—", "soft"), self._last))
        self.setLayout(Flow(days, self._remark))
        for line in (self._first, self._last):
            line.setFixedWidth(theme().px(WIDTH))
            line.onward.connect(self._tell)
            line.left.connect(self._tell)
        self.hide()

    @property
    def is_typing(self) -> bool:
        """Tell whether somebody is typing a day."""
        return self._first.hasFocus() or self._last.hasFocus()

    def show_days(self, days: tuple[str, str], remark: str) -> None:
        """Show the days as they were typed, and what is wrong with them."""
        self._first.set_value(days[0])
        self._last.set_value(days[1])
        self._remark.setText(remark)

    def _tell(self) -> None:
        if self.isVisible():
            self.chosen.emit(self._first.value(), self._last.value())
