"""The fields of a form as widgets: each with its label on the left, a remark below, and usual phrases to take over."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.forms.form import Field, Kind
from ui.text import _
from ui.theme import theme
from ui.widgets.areas import TextArea
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import row_layout
from ui.widgets.choices import Choice, Menu, Segments
from ui.widgets.fields import LineField
from ui.widgets.flow import Flow
from ui.widgets.texts import ElidedLabel, Icon, label, set_property

LABEL_WIDTH = 108


class FieldRow(QWidget):
    """One field; ``edited`` tells its new value, ``left`` that the cursor has gone, ``phrase_taken`` a usual phrase."""

    edited = Signal(str)
    left = Signal()
    onward = Signal()
    phrase_taken = Signal(str)

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.editor = _editor(field)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(12))
        grid.setVerticalSpacing(theme().px(2))
        grid.setColumnStretch(1, 1)
        self._heading = heading = row_layout(label(field.label, "label"))
        if field.required:
            heading.addWidget(label("*", "", "danger"))
        heading.setSpacing(theme().px(4))
        heading.setContentsMargins(0, theme().px(8), 0, 0)
        heading.addStretch(1)
        top = QVBoxLayout()
        top.addLayout(heading)
        top.addStretch(1)
        grid.addLayout(top, 0, 0)
        inside = row_layout(self.editor)
        inside.setStretch(0, 1)
        if field.unit:
            inside.addWidget(label(field.unit, "soft"))
        grid.addLayout(inside, 0, 1)
        self._field = field
        self._was = label("", "small")
        self._was.setWordWrap(True)
        self._was.setVisible(False)
        grid.addWidget(self._was, 2, 1)
        self._icon = Icon("warning-circle-fill", "danger", 16)
        self._remark = ElidedLabel("", "small", "danger")
        remark = row_layout(self._icon, self._remark)
        remark.setStretch(1, 1)
        grid.addLayout(remark, 1, 1)
        if field.phrases:
            grid.addWidget(self._phrases(field.phrases), 3, 1)
        self._connect()
        self.editor.setAccessibleName(field.label)
        self.set_remark("")

    @property
    def label_width(self) -> int:
        """Return the width that the label with its star takes."""
        for place in range(self._heading.count()):
            if part := self._heading.itemAt(place).widget():
                part.ensurePolished()  # it has the font of the style sheet only then
        return self._heading.sizeHint().width()

    def set_label_width(self, width: int) -> None:
        """Let the editor start behind ``width``, as others do."""
        self._grid.setColumnMinimumWidth(0, width)

    def set_value(self, value: str) -> None:
        """Show ``value``, and what counts until now where that is something else."""
        was = self._field.was
        self._was.setVisible(was is not None and value.strip() != was)
        self._was.setText(_("原来：%(was)s") % {"was": self._words(was or "")})
        self.editor.set_value(value)

    def _words(self, value: str) -> str:
        return dict(self._field.choices).get(value, value) or _("（空）")

    def set_remark(self, words: str) -> None:
        """Say what is wrong; nothing for nothing."""
        set_property(self.editor, "state", "error" if words else "")
        self._icon.setVisible(bool(words))
        self._remark.setVisible(bool(words))
        self._remark.setText(words)
        self.editor.setAccessibleDescription(words)

    def take_focus(self) -> None:
        """Put the cursor here."""
        if isinstance(self.editor, Choice):
            self.editor.take_focus()
        else:
            self.editor.setFocus()

    def _connect(self) -> None:
        if isinstance(self.editor, LineField | TextArea):
            self.editor.edited.connect(self.edited)
            self.editor.left.connect(self.left)
            self.editor.onward.connect(self.onward)
        else:
            self.editor.chosen.connect(self.edited)

    def _phrases(self, phrases: tuple[str, ...]) -> QFrame:
        line = QFrame()
        inside = Flow()
        line.setLayout(inside)
        for phrase in phrases:
            link = LinkButton(phrase)
            link.clicked.connect(lambda _checked=False, phrase=phrase: self.phrase_taken.emit(phrase))
            inside.addWidget(link)
        return line


def lead_on(rows: list[FieldRow], end: Callable[[], object]) -> None:
    """Let Enter lead from row to row, and from the last one to the ``end``."""
    followers: list[Callable[[], object]] = [*(row.take_focus for row in rows[1:]), end]
    for row, follow in zip(rows, followers, strict=False):
        row.onward.connect(follow)


def _editor(field: Field) -> LineField | TextArea | Choice:
    match field.kind:
        case Kind.TEXT:
            return TextArea(field.hint, field.longest)
        case Kind.CHOICE:
            return Segments(field.choices)
        case Kind.MENU:
            return Menu(field.choices)
        case _:
            return LineField(field.hint, field.longest)
