"""The fields of the intake by place: made when they are needed, kept while they are, each with its remark."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.intake.places import value_at
from ui.intake.state import IntakeState
from ui.problems import words
from ui.text import _
from ui.theme import theme
from ui.widgets.fields import ChoiceField, Editor, FormField, LineField, line_up
from ui.widgets.flow import Columns

TOP = Qt.AlignmentFlag.AlignTop
FIELD_LEAST = 270
NUMBER_LEAST = 180
"""In which an identity number can be read whole."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One field that is asked for: its place, what it is called, and the words of its choices by value, if it has any."""

    place: str
    name: str
    required: bool = True
    choices: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    unit: str = ""
    suggests_addresses: bool = False


class FieldSet(QObject):
    """``edited`` and ``left`` name a place; ``onward`` asks for the place after the one it names."""

    edited = Signal(str, str)
    left = Signal(str)
    onward = Signal(str)
    reason_given = Signal(str, str)

    def __init__(self, suggest_addresses: Callable[[str], list[str]]) -> None:
        super().__init__()
        self._suggest_addresses = suggest_addresses
        self._fields: dict[str, FormField] = {}
        self._choices: dict[str, Mapping[str, str]] = {}

    def field(self, asked: Asked, editor: Editor | None = None) -> FormField:
        """Return the field at a place, the same one as long as it was not dropped."""
        if asked.place not in self._fields:
            self._fields[asked.place] = self._make(asked, editor)
        made = self._fields[asked.place]
        made.set_name(asked.name, required=asked.required)
        return made

    def get(self, place: str) -> FormField | None:
        """Return the field at ``place``, None when there is none."""
        return self._fields.get(place)

    def line_up(self) -> int:
        """Let every editor start at one line; return the width of the labels before it."""
        return line_up(list(self._fields.values()))

    def keep_only(self, places: Sequence[str]) -> None:
        """Remove every field that is not asked for any more."""
        unasked = [place for place in self._fields if place not in places]
        for gone in [self._fields.pop(place) for place in unasked]:
            gone.editor.blockSignals(True)  # hiding takes the cursor away, which is no leaving of a field
            gone.hide()
            gone.setParent(None)
            gone.deleteLater()

    def show_values(self, state: IntakeState) -> None:
        """Show what stands at every place."""
        for place, shown in self._fields.items():
            value = value_at(state.application, place)
            typed = state.typed_dates.get(place, value) if not value or place in state.typed_dates else value
            shown.editor.set_value(self._choices.get(place, {}).get(typed, typed))

    def show_remarks(self, state: IntakeState, *, has_key: bool) -> bool:
        """Show beside each field what is wrong, or why a warning was passed; the first one ``has_key``.

        Tell whether the key is still free: no warning of a field asks for a reason.
        """
        remarks = {problem.place: problem for problem in state.problems if state.shows(problem)}
        for place, shown in self._fields.items():
            problem = remarks.get(place)
            if problem is None:
                shown.set_remark(_note(state, place), "note")
            elif problem.is_error:
                shown.set_remark(words(problem), "error")
            else:
                go_on = _("写明原因继续 Alt+Y") if has_key else _("写明原因继续")
                shown.set_remark(words(problem), "warning", go_on, _("原因，回车确定"))
                has_key = False
        return has_key

    def ask_reason(self) -> bool:
        """Open the line for the reason of the first warning; tell whether there is one."""
        for shown in self._fields.values():
            if shown.can_pass:
                shown.ask_reason()
                return True
        return False

    def _make(self, asked: Asked, editor: Editor | None) -> FormField:
        place, codes = asked.place, {word: value for value, word in asked.choices.items()}
        if editor is None:
            editor = ChoiceField(list(codes), asked.hint) if codes else LineField(asked.hint, LONGEST)
        self._choices[place] = asked.choices
        made = FormField(asked.name, editor, required=asked.required, unit=asked.unit)
        editor.setObjectName(place)
        editor.edited.connect(lambda value: self.edited.emit(place, codes.get(value, value)))
        editor.left.connect(lambda: self.left.emit(place))
        editor.onward.connect(lambda: self.onward.emit(place))
        made.reason_given.connect(lambda reason: self.reason_given.emit(place, reason))
        if asked.suggests_addresses and isinstance(editor, LineField):
            editor.edited.connect(lambda typed: editor.suggest(self._suggest_addresses(typed)))
        return made


def arrange(columns: Columns, parts: Sequence[QWidget]) -> None:
    """Put ``parts`` into the columns, row by row, in place of what stood there."""
    while columns.takeAt(0) is not None:
        pass
    for part in parts:
        columns.addWidget(part)
        part.show()


def two_columns() -> Columns:
    """Return two equal columns, or one where two would be too narrow."""
    return Columns(2, FIELD_LEAST, 16, 6)


def leave_room(columns: Columns, label_width: int) -> None:
    """Let the columns be fewer where a number could not be read behind labels of so many pixels."""
    columns.set_least(max(theme().px(FIELD_LEAST), label_width + theme().px(NUMBER_LEAST)))


def _note(state: IntakeState, place: str) -> str:
    reason = state.application.reasons.get(place, "")
    return _("已写明原因：%(reason)s") % {"reason": reason} if reason else ""
