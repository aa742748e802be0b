"""Labelled lines of a form in the office: what was typed, what is to be mended, Enter from one to the next."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import theme
from ui.widgets.cards import Card, clear, column_layout, row_layout
from ui.widgets.fields import Editor, FormField, SecretField, lead_on, line_up
from ui.widgets.flow import Flow
from ui.widgets.room import holding
from ui.widgets.texts import label

FACT_WIDTH = 96


class Lines(QWidget):
    """``edited`` names the line that was changed and what stands there now."""

    edited = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._fields: dict[str, FormField] = {}
        self._inside = column_layout(spacing=8)
        self.setLayout(self._inside)

    def add(self, key: str, name: str, editor: Editor, *, required: bool = False) -> FormField:
        """Add a line at the bottom."""
        field = FormField(name, editor, required=required)
        editor.edited.connect(lambda value: self.edited.emit(key, value))
        self._fields[key] = field
        self._inside.addWidget(field)
        return field

    def finish(self, last: QWidget) -> None:
        """Line the fields up, and let Enter lead from each to the next and to ``last``."""
        fields = list(self._fields.values())
        line_up(fields)
        lead_on(fields, last)

    def show_values(self, values: Mapping[str, str], remarks: Mapping[str, str]) -> None:
        """Show what was typed, secrets aside, and what is to be mended."""
        for key, field in self._fields.items():
            if not isinstance(field.editor, SecretField):
                field.editor.set_value(values.get(key, ""))
            field.set_remark(remarks.get(key, ""), "error" if key in remarks else "")

    def forget_secrets(self) -> None:
        """Empty what is not shown."""
        for field in self._fields.values():
            if isinstance(field.editor, SecretField):
                field.editor.clear()

    def take_focus(self) -> None:
        """Put the focus on the first line that is empty, else on the first."""
        editors = [field.editor for field in self._fields.values()]
        next((editor for editor in editors if not editor.value()), editors[0]).setFocus()


class Facts(QWidget):
    """What is known of one thing, name beside words; long words go on below."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = column_layout(spacing=4)
        self.setLayout(self._inside)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show ``facts`` in their order."""
        clear(self._inside)
        for name, words in facts:
            named = label(name, "label")
            named.setFixedWidth(theme().px(FACT_WIDTH))
            named.setWordWrap(True)
            line = row_layout(named, wrapped(words, ""))
            line.setStretch(1, 1)
            self._inside.addLayout(line)


def wrapped(words: str = "", role: str = "small", tone: str = "") -> QLabel:
    """Return text that goes on below where there is no room."""
    shown = label(words, role, tone)
    shown.setWordWrap(True)
    return shown


def buttons(*parts: QWidget) -> QWidget:
    """Return a line of buttons that goes on below where there is no room."""
    return holding(Flow(*parts))


def side_card(title: str) -> Card:
    """Return a card as it stands beside a list."""
    card = Card(title)
    card.body.setSpacing(theme().px(10))
    return card
