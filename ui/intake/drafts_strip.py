"""The strip of drafts that are open at once, above the cards; it shows when there are two or more."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.intake.state import OpenDraft
from ui.text import _
from ui.theme import theme
from ui.widgets.cards import clear
from ui.widgets.texts import cap, label

MOST_CHARACTERS = 5


class DraftsStrip(QWidget):
    """``chosen`` tells the id of the draft to go to; Ctrl+Tab is bound by the room."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._inside = QHBoxLayout(self)
        self._inside.setContentsMargins(0, 0, theme().px(8), 0)
        self._inside.setSpacing(theme().px(8))
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
        self._inside.addStretch(1)
        self._inside.addWidget(label(_("换一件"), "small"))
        self._inside.addWidget(cap("Ctrl+Tab"))

    def _chip(self, draft: OpenDraft) -> QPushButton:
        applicant = draft.applicant or _("未填姓名")
        chip = QPushButton(f"{_short(draft.title)}·{_short(applicant)}")
        chip.setToolTip(f"{draft.title}·{applicant}")
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setChecked(draft.is_current)
        chip.clicked.connect(lambda: self.chosen.emit(draft.draft_id))
        return chip


def _short(words: str) -> str:
    """Return as much of a name as a chip has room for when five of them stand side by side."""
    return words if len(words) <= MOST_CHARACTERS else f"{words[: MOST_CHARACTERS - 1]}…"
