"""The bar at the foot of the page of a case: the acts of its stage, the one that comes next, and the way to the rest."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.case.act_kinds import LOOKS, CaseAct, act_words
from ui.case.acts import Acts
from ui.forms.bar import FormBar
from ui.text import _, listed
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import clear, row_layout
from ui.widgets.room import holding
from ui.widgets.texts import ElidedLabel

GAP = 12


class ActBar(QWidget):
    """``taken`` tells which act was asked for; while a form lies open its own bar is here in place of the acts."""

    taken = Signal(str)
    more_asked = Signal()

    def __init__(self, form_bar: FormBar) -> None:
        super().__init__()
        self._beside = row_layout()
        self._next = row_layout()
        self._hint = ElidedLabel("", "soft")
        self._more = ActionButton(_("更多"), "F2", "dots-three", "quiet")
        self._more.fired.connect(self.more_asked)
        acts = row_layout()
        acts.addLayout(self._beside)
        acts.addWidget(self._more)
        acts.addWidget(self._hint, 1)
        acts.addLayout(self._next)
        self._acts = holding(acts)
        self._form = form_bar
        whole = row_layout(self._acts, self._form)
        self.setLayout(whole)
        self._form.hide()

    def show_acts(self, acts: Acts, begun: frozenset[CaseAct], *, is_busy: bool, has_more: bool) -> None:
        """Show the acts of the stage; one that is not possible now is there, off, with its reason."""
        self._form.hide()
        self._acts.show()
        self._more.set_word(_("更多") if has_more else _("收起"))
        clear(self._beside)
        clear(self._next)
        for act in acts.beside:
            self._beside.addWidget(self._button(act, acts, "danger" if LOOKS[act].is_danger else "plain", is_busy))
        if acts.primary is not None:
            self._next.addWidget(self._button(acts.primary, acts, "primary", is_busy))
        self._hint.setText(_hint(acts, begun))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Leave the last acts to the list where there is no room for all of them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fixed = [self._more, *(self._next.itemAt(place).widget() for place in range(self._next.count()))]
        left = self.width() - sum(part.sizeHint().width() + theme().px(GAP) for part in fixed)
        for place in range(self._beside.count()):
            button = self._beside.itemAt(place).widget()
            left -= button.sizeHint().width() + theme().px(GAP)
            button.setVisible(left >= 0)

    def show_form(self) -> None:
        """Show the one button that does what the form says."""
        self._acts.hide()
        self._form.show()

    def _button(self, act: CaseAct, acts: Acts, kind: str, is_busy: bool) -> ActionButton:
        look, offer = LOOKS[act], acts.offers[act]
        button = ActionButton(act_words(act), look.key, look.icon, kind)
        button.set_usable(offer.is_possible)
        button.set_busy(is_busy)
        button.setToolTip(offer.why_not)
        button.setAccessibleDescription(offer.why_not)
        button.fired.connect(lambda: self.taken.emit(act))
        return button


def _hint(acts: Acts, begun: frozenset[CaseAct]) -> str:
    """Return which forms were left half-filled, what comes next, and why an act in the bar is off."""
    left = [act_words(act) for act in CaseAct if act in begun and acts.offers[act].is_possible]
    off: dict[str, list[str]] = {}
    for act in acts.beside:
        if reason := acts.offers[act].why_not:
            off.setdefault(reason, []).append(act_words(act))
    reasons = [f"{listed(names)}：{reason}" for reason, names in off.items() if reason != acts.hint]
    kept = [_("没填完，已存：%(acts)s") % {"acts": listed(left)}] if left else []
    return listed([*kept, *([acts.hint] if acts.hint else []), *reasons], "；")
