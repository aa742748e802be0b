"""The card that says in whose hands a case is, how far it is known, and hands it over."""

from PySide6.QtCore import QSize, Signal

from app.services.desk import CaseFile
from ui.case.act_kinds import LOOKS, CaseAct, act_words
from ui.case.acts import Acts
from ui.dates import short_time
from ui.outcome_words import purpose_words
from ui.sync_words import mark_words
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card
from ui.widgets.flow import Flow
from ui.widgets.signs import Light
from ui.widgets.texts import label, set_property


class CustodyCard(Card):
    """``taken`` names the act that was asked for, ``export_asked`` that the case is wanted as a file."""

    taken = Signal(str)
    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("经办权"))
        self._held, self._words = label("", "strong"), label("", "small")
        self._held.setWordWrap(True)
        self._words.setWordWrap(True)
        self._mark = Light()
        look = LOOKS[CaseAct.HAND_OVER]
        self._hand_over = ActionButton(act_words(CaseAct.HAND_OVER), look.key, look.icon, "quiet")
        self._hand_over.fired.connect(lambda: self.taken.emit(CaseAct.HAND_OVER))
        self.body.setSpacing(theme().px(2))
        self.head.addWidget(self._hand_over)
        self.body.addWidget(self._held)
        self.body.addWidget(self._words)
        export = ActionButton(_("导出这一件"), "Ctrl+U", "export", "quiet")
        export.fired.connect(self.export_asked)
        self.body.addLayout(Flow(self._mark, export))
        self.body.addStretch(1)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Want no more width than the heading: the sentences below it wrap."""
        return QSize(self.head.sizeHint().width(), super().sizeHint().height())

    def show_file(self, file: CaseFile, acts: Acts) -> None:
        """Show who holds the case and what of it is known where."""
        self._held.setText(_("在本窗口") if file.held_here else file.holder_name or _("在其他窗口"))
        set_property(self._held, "tone", "good" if file.held_here else "warn")
        self._words.setText(_held_words(file))
        mark = file.lit.row.mark
        self._mark.setVisible(mark is not None)
        if mark is not None:
            self._mark.show_light(*mark_words(mark))
        offer = acts.offers[CaseAct.HAND_OVER]
        self._hand_over.set_usable(offer.is_possible)
        self._hand_over.setToolTip(offer.why_not)
        self._hand_over.setAccessibleDescription(offer.why_not)


def _held_words(file: CaseFile) -> str:
    case = file.case
    if not file.held_here:
        return _("交接途中，对方还没有接收") if case.awaits_taking_over else _("这里只能查看")
    if not case.handed_at or not case.handed_for:
        return _("只有本窗口可以续办")
    said = {
        "name": case.handed_from_name or case.handed_from,
        "at": short_time(case.handed_at),
        "purpose": purpose_words(case.handed_for),
    }
    words = _("%(name)s %(at)s 交来，还没有接收：%(purpose)s") if case.awaits_taking_over else _("%(name)s %(at)s 交来")
    return words % said
