"""Fields: an editor with its label on the left and a remark with a way on below."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QLineEdit, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.areas import TextArea
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import row_layout
from ui.widgets.texts import ElidedLabel, Icon, label, set_property

LABEL_WIDTH = 76
LONGEST_SECRET = 300
LEAST_CHOICE = 6


class LineField(QLineEdit):
    """A line of text; ``edited`` tells every change that a person made, ``left`` that the focus has gone."""

    edited = Signal(str)
    left = Signal()
    onward = Signal()

    def __init__(self, hint: str = "", longest: int = 200) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setToolTip(hint)
        self.setAccessibleName(hint)
        self.setMaxLength(longest)
        self.textEdited.connect(self.edited)
        self._suggestions: QStringListModel | None = None

    def set_value(self, value: str) -> None:
        """Show ``value`` unless it stands there already, so that the cursor stays where it is."""
        if self.text() != value:
            self.setText(value)
            if not self.hasFocus():
                self.setCursorPosition(0)  # a long text shows its beginning

    def value(self) -> str:
        """Return the text."""
        return self.text()

    def suggest(self, words: list[str]) -> None:
        """Offer ``words`` below the line; the chosen one replaces the text."""
        if self._suggestions is None:
            self._suggestions = QStringListModel(self)
            completer = QCompleter(self._suggestions, self)
            completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            completer.activated.connect(self.edited)
            self.setCompleter(completer)
        if words != self._suggestions.stringList():
            self._suggestions.setStringList(words)
            if words and self.hasFocus():
                self.completer().complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Go on to the next field at Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.onward.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Tell that the focus has gone."""
        super().focusOutEvent(event)
        self.left.emit()


class SecretField(LineField):
    """A line whose text is not shown."""

    def __init__(self) -> None:
        super().__init__(longest=LONGEST_SECRET)
        self.setEchoMode(QLineEdit.EchoMode.Password)


class PeopleField(QComboBox):
    """Somebody out of a list; ``picked`` tells that the open list went away, arrow keys beside it only turn over names."""

    picked = Signal()

    def hidePopup(self) -> None:  # noqa: N802  Qt's name
        """Tell that whoever was looked for is found."""
        was_open = self.view().isVisible()
        super().hidePopup()
        if was_open:
            self.picked.emit()


class ChoiceField(QComboBox):
    """One of a few words."""

    edited = Signal(str)
    left = Signal()
    onward = Signal()

    def __init__(self, choices: list[str], hint: str = "") -> None:
        super().__init__()
        self.addItems(choices)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_CHOICE)
        self.setPlaceholderText(hint)
        self.setCurrentIndex(-1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textActivated.connect(self.edited)

    def set_value(self, value: str) -> None:
        """Show ``value``, nothing when it is no choice."""
        self.setCurrentIndex(self.findText(value))

    def value(self) -> str:
        """Return the chosen word, empty for none."""
        return self.currentText()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Choose by number, go on at Enter."""
        index = event.key() - Qt.Key.Key_1
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.onward.emit()
        elif 0 <= index < self.count() and not event.modifiers():
            self.setCurrentIndex(index)
            self.edited.emit(self.currentText())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Leave the wheel to the page: scrolling must not change what was chosen."""
        event.ignore()  # type: ignore[attr-defined]


Editor = LineField | ChoiceField | TextArea


class FormField(QWidget):
    """A labelled editor; ``reason_asked`` tells that the clerk wants to go on in spite of a warning."""

    reason_given = Signal(str)

    def __init__(
        self, name: str, editor: Editor, *, required: bool = False, unit: str = "", label_width: int = LABEL_WIDTH
    ) -> None:
        super().__init__()
        self.editor = editor
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(2))
        self._grid.setRowStretch(2, 1)  # beside a field with a remark this one stays on top
        self._name, self._star = label("", "label"), label("*", "", "danger")
        self._name.setBuddy(editor)
        self._heading = row_layout(self._name, self._star)
        self._heading.setSpacing(4)
        self._heading.addStretch(1)
        self._grid.addLayout(self._heading, 0, 0)
        self._grid.setColumnMinimumWidth(0, theme().px(label_width))
        inside = row_layout(editor)
        if unit:
            inside.addWidget(label(unit, "soft"))
        self._grid.addLayout(inside, 0, 1)
        self._grid.setColumnStretch(1, 1)
        self.set_name(name, required=required)
        self._icon = Icon("warning-circle-fill", "danger", 16)
        self._remark = ElidedLabel("", "small")
        self._go_on = LinkButton()
        self._reason = LineField()
        self._build_remark()
        self.set_remark("", "")

    def set_name(self, name: str, *, required: bool) -> None:
        """Call the field ``name``; a star tells that it must be filled in."""
        self._name.setText(name)
        self._star.setVisible(required)  # an empty label would be wider than the star
        self.editor.setAccessibleName(name)

    @property
    def label_width(self) -> int:
        """Return the width that the label with its star takes."""
        for part in (self._name, self._star):
            part.ensurePolished()  # it has the font of the style sheet only then
        return self._heading.sizeHint().width()

    def set_label_width(self, width: int) -> None:
        """Let the editor start behind ``width``, as others do."""
        self._grid.setColumnMinimumWidth(0, width)

    def set_remark(self, words: str, severity: str, go_on: str = "", hint: str = "") -> None:
        """Show ``words`` as ``error``, ``warning`` or ``note``; ``go_on`` offers to pass a warning with a reason."""
        tone = {"error": "danger", "warning": "warn"}.get(severity, "")
        set_property(self.editor, "state", {"error": "error", "warning": "warn"}.get(severity, ""))
        set_property(self._remark, "tone", tone)
        self._icon.set_icon("warning-fill" if severity == "warning" else "warning-circle-fill", tone or "text-soft")
        self._icon.setVisible(bool(tone))
        self._remark.setText(words)
        self._remark.setVisible(bool(words))
        self._go_on.setText(go_on)
        self._go_on.setVisible(bool(go_on) and not self._reason.isVisible())
        self._reason.setPlaceholderText(hint)
        if not go_on:
            self._reason.hide()
        self.editor.setAccessibleDescription(words)

    def ask_reason(self) -> None:
        """Open the line for the reason, if a warning can be passed."""
        if self._go_on.isVisible() or self._reason.isVisible():
            self._go_on.hide()
            self._reason.show()
            self._reason.setFocus()

    @property
    def can_pass(self) -> bool:
        """Tell whether a warning waits for a reason here."""
        return bool(self._go_on.text())

    def _build_remark(self) -> None:
        line = row_layout(self._icon, self._remark)
        line.setSpacing(theme().px(6))
        line.setStretch(1, 1)
        self._grid.addLayout(line, 1, 1)
        # Below, not beside: half a line is too short for what is wrong, and for a reason.
        way_on = row_layout(self._go_on, self._reason)
        way_on.setAlignment(self._go_on, Qt.AlignmentFlag.AlignLeft)
        self._grid.addLayout(way_on, 2, 1)
        self._reason.hide()
        self._reason.setMinimumWidth(theme().px(160))
        self._go_on.clicked.connect(self.ask_reason)
        self._reason.onward.connect(lambda: self.reason_given.emit(self._reason.value()))


class Labelled(Protocol):
    """A field with its label on the left."""

    @property
    def label_width(self) -> int:
        """Return the width that the label with its star takes."""
        ...

    def set_label_width(self, width: int) -> None:
        """Let the editor start behind ``width``."""
        ...


def line_up(fields: Sequence[Labelled], label_width: int = LABEL_WIDTH) -> int:
    """Let the editors of ``fields`` start at one line, behind the widest label; return where that is."""
    width = max([theme().px(label_width), *(field.label_width for field in fields)])
    for field in fields:
        field.set_label_width(width)
    return width


def lead_on(fields: list[FormField], last: QWidget) -> None:
    """Let Enter lead from field to field and from the last one to ``last``."""
    followers: list[QWidget] = [*(field.editor for field in fields[1:]), last]
    for field, follower in zip(fields, followers, strict=True):
        field.editor.onward.connect(follower.setFocus)
