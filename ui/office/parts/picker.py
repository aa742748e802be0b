"""A list with a button behind it: nothing happens while one only looks through the list."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.office.lines import buttons
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import column_layout
from ui.widgets.fields import ChoiceField


class Picker(QWidget):
    """``picked`` tells the word that was chosen when the button, its key or Enter in the list was pressed."""

    picked = Signal(str)

    def __init__(self, choices: Sequence[str], name: str, act: str, key: str, icon: str) -> None:
        super().__init__()
        self._choices = ChoiceField(list(choices))
        self._choices.setAccessibleName(name)
        self._choices.setCurrentIndex(0)
        act_button = ActionButton(act, key, icon)
        act_button.fired.connect(self._pick)
        self._choices.onward.connect(self._pick)
        self.setLayout(column_layout(self._choices, buttons(act_button), spacing=4))

    def show_choices(self, choices: Sequence[str]) -> None:
        """Offer other words, and keep the one that is chosen where it is still there."""
        chosen = self._choices.currentText()
        if [self._choices.itemText(place) for place in range(self._choices.count())] != list(choices):
            self._choices.clear()
            self._choices.addItems(list(choices))
            self._choices.setCurrentIndex(max(self._choices.findText(chosen), 0))

    def _pick(self) -> None:
        if self._choices.currentText():
            self.picked.emit(self._choices.currentText())
