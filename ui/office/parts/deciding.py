"""The words of a decision, what is missing of them, and what is done with them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.office.lines import buttons, wrapped
from ui.text import _
from ui.widgets.areas import TextArea
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import column_layout
from ui.widgets.texts import label


class DecisionForm(QWidget):
    """``edited`` with the words; Enter leads on to the first of the ``acts`` that can be seen."""

    edited = Signal(str)

    def __init__(self, *acts: ActionButton) -> None:
        super().__init__()
        self._acts = acts
        self._how = TextArea(_("告知了谁、由谁改办"))
        self._how.setAccessibleName(_("处理意见"))
        self._how.edited.connect(self.edited)
        self._how.onward.connect(self._lead_on)
        self._remark = wrapped("", "small", "danger")
        column = column_layout(label(_("处理意见"), "label"), self._how, self._remark, buttons(*acts), spacing=10)
        self.setLayout(column)

    def show_decision(self, how: str, remark: str) -> None:
        """Show what was typed, and ``remark`` where something is missing."""
        self._how.set_value(how)
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))

    def take_focus(self) -> None:
        """Put the focus on the words."""
        self._how.setFocus()

    def _lead_on(self) -> None:
        next(act for act in self._acts if not act.isHidden()).setFocus()
