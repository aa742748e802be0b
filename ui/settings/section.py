"""What every section of the settings is: a column of cards whose lines have names and can be found."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.settings.around import Around
from ui.settings.search import Setting
from ui.theme import theme
from ui.widgets.cards import Card, column_layout
from ui.widgets.fields import ChoiceField, FormField, Labelled, LineField, line_up
from ui.widgets.flow import Flow
from ui.widgets.texts import label

LABEL_WIDTH = 120
WIDEST_LABEL = 200
"""A longer name takes two lines."""
EDITOR_WIDTH = 420


class Section(QWidget):
    """A section; ``build`` is called once, ``start`` and ``leave`` each time it comes into sight and goes out of it."""

    key: ClassVar[str]
    icon: ClassVar[str]

    def __init__(self, around: Around) -> None:
        super().__init__()
        self.around = around
        self._settings: dict[Setting, QWidget] = {}
        self._labelled: dict[Card, list[Labelled]] = {}
        self._inside: QVBoxLayout = column_layout()
        self._inside.addStretch(1)
        self.setLayout(self._inside)
        self.build()

    @staticmethod
    def name() -> str:
        """Return what the section is called, in the language of the window."""
        raise NotImplementedError

    def build(self) -> None:
        """Make the cards with their settings."""
        raise NotImplementedError

    def start(self) -> None:
        """Show things as they are now."""

    def leave(self) -> None:
        """Forget what must not be kept, such as a password that was typed."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Return what can be set here, in the order of the screen."""
        return tuple(self._settings)

    def reach(self, setting: Setting) -> None:
        """Put the focus on ``setting``."""
        editor = self._settings[setting]
        target = editor if editor.focusPolicy() & Qt.FocusPolicy.TabFocus else _first_in(editor)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def card(self, title: str, note: str = "") -> Card:
        """Add a card at the bottom of the column."""
        card = Card(title, note)
        self._inside.insertWidget(self._inside.count() - 1, card)
        return card

    def setting(
        self, card: Card, key: str, name: str, editor: QWidget, words: str, *, wide: bool = False
    ) -> FormField | None:
        """Add a named line to ``card`` and make it findable; return its field, which shows remarks, if it is one."""
        field, lines = None, self._labelled.setdefault(card, [])
        if isinstance(editor, LineField | ChoiceField):
            field = FormField(name, editor, label_width=LABEL_WIDTH)
            editor.onward.connect(self.focusNextChild)
            card.body.addWidget(field)
            lines.append(field)
        else:
            line = _Line(name, editor)
            card.body.addLayout(line)
            lines.append(line)
            if not isinstance(editor, QLabel):
                editor.setAccessibleName(name)
        width = line_up(lines, LABEL_WIDTH)
        if field is not None and not wide:
            field.setMaximumWidth(width + theme().px(EDITOR_WIDTH))
        self.findable(key, name, editor, words)
        return field

    def findable(self, key: str, name: str, target: QWidget, words: str) -> None:
        """Let the search find ``target``, which stands in one of the section's cards already."""
        self._settings[Setting(self.key, key, name, self.name(), words)] = target


def at_left(*buttons: QWidget) -> Flow:
    """Return a line of buttons that begins at the left, and goes on below where there is no room."""
    return Flow(*buttons)


class _Line(QHBoxLayout):
    """A name and what is beside it, which is no field with remarks; implements ``Labelled``."""

    def __init__(self, name: str, editor: QWidget) -> None:
        super().__init__()
        self._name = label(name, "label")
        self._name.setWordWrap(True)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme().px(12))
        self.addWidget(self._name)
        self.addWidget(editor, 1)

    @property
    def label_width(self) -> int:
        """Return the width that the name takes in one line, as far as there is room for it."""
        self._name.ensurePolished()  # it has the font of the style sheet only then
        words = self._name.fontMetrics().horizontalAdvance(self._name.text())
        return min(words + theme().px(2), theme().px(WIDEST_LABEL))

    def set_label_width(self, width: int) -> None:
        """Let what is beside the name start behind ``width``."""
        self._name.setFixedWidth(width)


def _first_in(widget: QWidget) -> QWidget:
    """Return the first part of ``widget`` that can have the focus; in a group of buttons the chosen one."""
    parts = [part for part in widget.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    chosen = [part for part in parts if part.property("checked")]
    return next(iter(chosen or parts), widget)
