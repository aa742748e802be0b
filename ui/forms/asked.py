"""The lines of a supplement notice: everything that is missing, each to be asked for or left out, and the clerk's own."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox

from ui.forms.form import AskedLine, FormState
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, clear, row_layout
from ui.widgets.fields import LineField
from ui.widgets.room import holding
from ui.widgets.texts import label

NAME_WIDTH = 190


class AskedCard(Card):
    """Lines are counted from 0."""

    edited = Signal(int, str)
    named = Signal(int, str)
    toggled = Signal(int)
    added = Signal()

    def __init__(self) -> None:
        super().__init__(" ")
        self._add = ActionButton(_("添一项"), "Ctrl+N", "plus", "quiet")
        self._add.fired.connect(self.added)
        self.head.addWidget(self._add)
        self._rows: list[_AskedRow] = []
        self._remark = label("", "small", "danger")
        self.body.addWidget(self._remark)

    def show_lines(self, state: FormState) -> None:
        """Show the lines; fields that are being typed in keep their cursor."""
        self.setVisible(bool(state.lines_title))
        self.title.setText(state.lines_title)
        lines = state.filled.lines
        count = sum(line.is_asked for line in lines)
        self.note.setText(ngettext("共 %(count)d 项", "共 %(count)d 项", count) % {"count": count})
        if len(self._rows) != len(lines):
            self._build(lines)
        for row, line in zip(self._rows, lines, strict=True):
            row.show_line(line)
        self._remark.setText(state.problems.get("lines", ""))
        self._remark.setVisible("lines" in state.problems)

    def forget(self) -> None:
        """Let the next lines be built anew."""
        self._build(())

    def take_focus(self, index: int = 0) -> None:
        """Put the cursor into a line."""
        if index < len(self._rows):
            self._rows[index].take_focus()
        else:
            self._add.setFocus()

    def _build(self, lines: tuple[AskedLine, ...]) -> None:
        self.body.removeWidget(self._remark)
        clear(self.body)
        self._rows = []
        for index, line in enumerate(lines):
            row = _AskedRow(line)
            row.check.toggled.connect(lambda _on, index=index: self.toggled.emit(index))
            row.what.edited.connect(lambda what, index=index: self.edited.emit(index, what))
            row.name.edited.connect(lambda name, index=index: self.named.emit(index, name))
            self._rows.append(row)
            self.body.addWidget(holding(row.inside))
        for row, after in zip(self._rows, self._rows[1:], strict=False):
            row.what.onward.connect(after.take_focus)
        self.body.addWidget(self._remark)


class _AskedRow:
    def __init__(self, line: AskedLine) -> None:
        self.check = QCheckBox()
        self.name = LineField(_("缺的东西"), 60)
        self.what = LineField(_("缺什么、要什么形式"), 200)
        self.name.setFixedWidth(theme().px(NAME_WIDTH))
        self.name.setReadOnly(bool(line.place))
        self.name.setAccessibleName(_("缺的东西"))
        self.what.setAccessibleName(_("缺什么、要什么形式"))
        self.name.onward.connect(self.what.setFocus)
        self.inside = row_layout(self.check, self.name, self.what)
        self.inside.setStretch(2, 1)
        self._is_own = not line.place

    def show_line(self, line: AskedLine) -> None:
        with QSignalBlocker(self.check):
            self.check.setChecked(line.is_asked)
        self.check.setAccessibleName(line.name or _("缺的东西"))
        self.name.set_value(line.name)
        self.what.set_value(line.what)
        self.what.setEnabled(line.is_asked)

    def take_focus(self) -> None:
        (self.name if self._is_own else self.what).setFocus()
