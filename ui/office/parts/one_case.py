"""The case under the cursor, and when it was opened its history: who did what where, and what the centre proves of it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.catalogue import ServiceItem
from app.services.supervising import CentreEvent, CentreFile
from ui.dates import exact_time, short_time
from ui.office.lines import Facts, buttons, wrapped
from ui.office.presenters.cases import CasesState
from ui.supervising_words import (
    aside_line,
    case_facts,
    centre_light,
    entry_place,
    entry_proof,
    entry_words,
    row_facts,
)
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Empty, Row, clear, column_layout, row_layout
from ui.widgets.room import holding
from ui.widgets.signs import Light
from ui.widgets.texts import ElidedLabel, Icon, label

if TYPE_CHECKING:
    from ui.office.parts.cases import CasesPart


class OneCase(QWidget):
    """Fires what the part signals: ``opened`` and ``closed``."""

    def __init__(self, part: "CasesPart") -> None:
        super().__init__()
        self._card = Card()
        self._card.body.setSpacing(theme().px(10))
        self._card.body.setContentsMargins(*(theme().px(n) for n in (16, 12, 16, 12)))
        self._light, self._name, self._facts = Light(), ElidedLabel("", "section"), Facts()
        self._open = ActionButton(_("打开全部经过"), "F9", "eye", "primary")
        self._close = ActionButton(_("合上"), "Ctrl+Delete", "x", "quiet")
        self._note = wrapped(_("打开后能看到个人信息。谁在什么时候打开了哪一件，中心都会记下。"))
        self._empty = Empty("files", _("在左边选一件。"))
        head = row_layout(self._name, self._light)
        head.setStretch(0, 1)
        self._head, self._acts = holding(head), buttons(self._open, self._close)
        for widget in (self._head, self._acts, self._note, self._empty):
            self._card.body.addWidget(widget)
        self._about = Card()
        self._about.body.addWidget(self._facts)
        self._history, self._aside, self._openings = Card(_("经过")), Card(_("搁置的记录")), Card(_("谁打开过"))
        self._history.flush()
        self.setLayout(column_layout(self._card, self._history, self._aside, self._about, self._openings, spacing=12))
        self._open.fired.connect(part.opened)
        self._close.fired.connect(part.closed)

    def show_case(self, state: CasesState) -> None:
        """Show the chosen one, its history when it was opened, or how to choose."""
        lit, file = state.case, state.opened
        for widget in (self._head, self._acts, self._about):
            widget.setVisible(lit is not None)
        self._empty.setVisible(lit is None)
        self._note.setVisible(lit is not None and file is None)
        self._open.setVisible(file is None)
        self._close.setVisible(file is not None)
        for card in (self._history, self._aside, self._openings):
            card.setVisible(file is not None)
        if lit is not None:
            self._name.setText(lit.case.title or lit.case.item)
            self._light.show_light(*centre_light(lit))
            self._facts.show_facts(case_facts(file) if file else row_facts(lit.case))
        if file is not None:
            self._show_history(file, state.item)

    def _show_history(self, file: CentreFile, item: ServiceItem | None) -> None:
        clear(self._history.body)
        for index, event in enumerate(reversed(file.events)):
            self._history.body.addWidget(_event_row(event, item, first=not index))
        clear(self._aside.body)
        for one in file.opened.aside:
            self._aside.body.addWidget(wrapped(aside_line(one), ""))
        self._aside.setVisible(bool(file.opened.aside))
        clear(self._openings.body)
        for opening in file.opened.openings:
            self._openings.body.addWidget(wrapped(f"{exact_time(opening.at)}  {opening.by}"))


def _event_row(event: CentreEvent, item: ServiceItem | None, *, first: bool) -> Row:
    """Return one entry: what happened and when it says so; where and by whom; what the centre proves."""
    icon, what, details = entry_words(event, item)
    row = Row(48, first=first, can_fire=False)
    row.inside.addWidget(Icon(icon, "accent"))
    head = row_layout(ElidedLabel(what), label(short_time(event.at) if event.at else "—", "small"))
    head.setStretch(0, 1)
    lines = column_layout(spacing=2)
    lines.addLayout(head)
    for words in (details, entry_place(event), entry_proof(event)):
        if words:
            lines.addWidget(wrapped(words))
    row.inside.addLayout(lines, 1)
    return row
