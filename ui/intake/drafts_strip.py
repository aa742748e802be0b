"""The strip of drafts that are open at once, above the cards, in a second line where one has no room for all."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.intake.state import OpenDraft
from ui.text import _
from ui.theme import theme
from ui.widgets.cards import clear
from ui.widgets.flow import Flow
from ui.widgets.texts import cap

MARGIN = 28
"""Pixels that a chip's edges take of its width."""


class Chip(QPushButton):
    """A button whose words end in … where there is no room for all of them; the tooltip has the whole."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._whole = words
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the width of the whole words, up to a fifth of a line."""
        self.ensurePolished()
        wanted = self.fontMetrics().horizontalAdvance(self._whole) + theme().px(MARGIN)
        return QSize(min(wanted, theme().px(136)), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Fit the words into the new width."""
        super().resizeEvent(event)
        room = self.width() - theme().px(MARGIN)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class DraftsStrip(QWidget):
    """Shown from two drafts on; ``chosen`` tells the id of the draft to go to; Ctrl+Tab is bound by the room."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._inside = Flow(pushed=True)
        self._inside.setContentsMargins(0, 0, theme().px(8), 0)
        self.setLayout(self._inside)
        self._shown: Sequence[OpenDraft] = ()
        self.hide()

    def show_drafts(self, drafts: Sequence[OpenDraft]) -> None:
        """Show ``drafts`` with the current one chosen."""
        if drafts == self._shown:
            return
        self._shown = drafts
        clear(self._inside)
        self.setVisible(len(drafts) > 1)
        for draft in drafts:
            self._inside.addWidget(self._chip(draft))
        self._inside.addWidget(cap("Ctrl+Tab"))

    def _chip(self, draft: OpenDraft) -> QPushButton:
        applicant = draft.applicant or _("未填姓名")
        chip = Chip(f"{draft.title}·{applicant}")
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setChecked(draft.is_current)
        chip.clicked.connect(lambda: self.chosen.emit(draft.draft_id))
        return chip
