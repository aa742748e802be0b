"""The foot of a room while a form lies open in it: what to do next, and the one button that does it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.forms.form import FormState
from ui.text import _
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import clear, row_layout
from ui.widgets.texts import ElidedLabel, ShrinkingLabel


class FormBar(QWidget):
    """``submitted`` tells that the form is to be done, ``emptied`` that the clerk wants to begin it again."""

    submitted = Signal()
    emptied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._hint, self._saved = ElidedLabel("", "soft"), ShrinkingLabel("", "small", "good")
        self._empty = ActionButton(_("清空重填"), "Ctrl+Delete", kind="quiet")
        self._empty.fired.connect(self.emptied)
        self._place = row_layout()
        self._submit: ActionButton | None = None
        inside = row_layout(self._empty, self._saved)
        inside.addWidget(self._hint, 1)
        inside.addLayout(self._place)
        self.setLayout(inside)

    def show_form(self, state: FormState) -> None:
        """Show the button of ``state`` and what stands in its way."""
        if self._submit is None or self._submit.accessibleName() != state.word:
            clear(self._place)
            self._submit = ActionButton(state.word, "F9", "check-circle", "primary")
            self._submit.fired.connect(self.submitted)
            self._place.addWidget(self._submit)
        self._submit.set_busy(state.is_busy)
        self._empty.setVisible(state.is_begun)
        self._empty.set_busy(state.is_busy)
        self._saved.setText(state.saved)
        self._hint.setText(_hint(state))

    def focus_submit(self) -> None:
        """Put the focus on the button that does it."""
        if self._submit is not None:
            self._submit.setFocus()


def _hint(state: FormState) -> str:
    if state.problems:
        return next(iter(state.problems.values()))
    if state.is_danger:
        return _("办了就不能恢复，请核对。按 Esc 返回，填写的内容保留")
    return _("按 Esc 返回，填写的内容保留")
