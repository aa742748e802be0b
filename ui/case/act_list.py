"""Everything that could be done with a case, in groups; what is not possible now says why."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.case.act_kinds import LOOKS, CaseAct, act_words
from ui.case.acts import Acts, Offer
from ui.text import _
from ui.theme import theme
from ui.widgets.cards import Card, Row, clear, column_layout, row_layout, scrolled
from ui.widgets.flow import Columns
from ui.widgets.room import holding
from ui.widgets.texts import Icon, cap, label, set_property

KEYS = "123456789ABCDEFGHJKLMNPQ"
MOST_COLUMNS, LEAST_COLUMN = 3, 340
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def groups() -> Sequence[tuple[str, Sequence[CaseAct]]]:
    """Return the acts as a clerk looks for them."""
    acts = list(CaseAct)
    return (
        (_("受理之前"), acts[:5]),
        (_("审查"), acts[5:12]),
        (_("结果"), acts[12:16]),
        (_("更正和收回"), acts[16:19]),
        (_("交接"), acts[19:]),
    )


class ActList(QWidget):
    """``taken`` tells which act was chosen, by click, by Enter or by its key."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._cards = [Card(title) for title, _acts in groups()]
        self._rows: dict[CaseAct, Row] = {}
        for card in self._cards:
            card.flush()
        columns = Columns(MOST_COLUMNS, LEAST_COLUMN, spacing=16)
        for cards in (self._cards[::4], self._cards[1:2], self._cards[2:4]):
            column = column_layout(*cards)
            column.addStretch(1)
            columns.addWidget(holding(column))
        inside = column_layout()
        inside.addLayout(columns)
        inside.addStretch(1)
        inside.setContentsMargins(*(theme().px(n) for n in (24, 16, 24, 16)))
        whole = row_layout(scrolled(holding(inside)))
        self.setLayout(whole)

    def show_acts(self, acts: Acts, begun: frozenset[CaseAct]) -> None:
        """Show what may be done, what was begun already, and what may not be done."""
        self._rows = {}
        keys = dict(zip(CaseAct, KEYS, strict=True))
        for card, (_title, group) in zip(self._cards, groups(), strict=True):
            clear(card.body)
            for act in group:
                row = self._row(acts.offers[act], keys[act], first=act is group[0], is_begun=act in begun)
                self._rows[act] = row
                card.body.addWidget(row)

    def take_focus(self, primary: CaseAct | None) -> None:
        """Put the focus on the act that comes next, else on the first that is possible."""
        possible = [row for row in self._rows.values() if row.focusPolicy() != Qt.FocusPolicy.NoFocus]
        wanted = self._rows.get(primary) if primary else None
        (wanted if wanted in possible else next(iter(possible), self)).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Take an act by its key; the arrows lead from one to the next."""
        if (step := STEPS.get(Qt.Key(event.key()))) is not None:
            self._move(step)
            return
        act = dict(zip(KEYS, CaseAct, strict=True)).get(event.text().upper())
        if act is not None and not event.modifiers():
            self.taken.emit(act)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        rows = [row for row in self._rows.values() if row.focusPolicy() != Qt.FocusPolicy.NoFocus]
        current = QApplication.focusWidget()
        if isinstance(current, Row) and current in rows:
            rows[(rows.index(current) + step) % len(rows)].setFocus()
        elif rows:
            rows[0].setFocus()

    def _row(self, offer: Offer, key: str, *, first: bool, is_begun: bool) -> Row:
        row = Row(52, first=first, can_fire=offer.is_possible)
        look = LOOKS[offer.act]
        token = "text-off" if not offer.is_possible else "danger" if look.is_danger else "accent"
        row.inside.addWidget(Icon(look.icon, token))
        words = label(act_words(offer.act))
        set_property(words, "tone", "" if offer.is_possible else "off")
        row.add_words(words, offer.why_not or (_("没填完，已存；接着填") if is_begun else _meaning(offer.act)))
        row.inside.addWidget(cap(key))
        row.setAccessibleName(f"{act_words(offer.act)} {offer.why_not}".strip())
        row.fired.connect(lambda: self.taken.emit(offer.act))
        return row


def _meaning(act: CaseAct) -> str:
    """Return in a few words what an act does."""
    return {
        CaseAct.ACCEPT: _("出受理通知书，开始计时"),
        CaseAct.ASK_SUPPLEMENT: _("一次告知全部缺项"),
        CaseAct.TAKE_IN_SUPPLEMENT: _("按告知书逐项收"),
        CaseAct.REFUSE_ACCEPTANCE: _("写明理由、有权机关和救济途径"),
        CaseAct.GIVE_BACK: _("材料退还申请人"),
        CaseAct.START_REVIEW: _("由你承办"),
        CaseAct.SUSPEND: _("特别程序所需时间不计入"),
        CaseAct.RESUME: _("期限按停表时间顺延"),
        CaseAct.EXTEND: _("负责人批准，只能一次"),
        CaseAct.DECIDE: _("准予或者不予许可，出决定书"),
        CaseAct.FORWARD: _("报上级或有权机关决定"),
        CaseAct.TAKE_IN_FOLLOWING: _("收下受理时承诺后补的材料"),
        CaseAct.ISSUE: _("制作证明"),
        CaseAct.DELIVER: _("交给领取人，登记送达"),
        CaseAct.RATE: _("群众自愿，每件一次"),
        CaseAct.ARCHIVE: _("登记存放位置"),
        CaseAct.CORRECT: _("改录错的字，前后都留痕"),
        CaseAct.WITHDRAW: _("申请人自己要求撤回"),
        CaseAct.VOID: _("要第二人确认，编号保留"),
        CaseAct.TAKE_OVER: _("点清材料，登记已收到"),
        CaseAct.HAND_OVER: _("交给别的窗口续办，出交接单"),
        CaseAct.SEND_BACK: _("退给交来的窗口，出交接单"),
        CaseAct.SEND_TO_COLLECT: _("交给申请人选的窗口交付，出交接单"),
        CaseAct.CHOOSE_COLLECTION: _("交付以前都可以改"),
    }[act]
