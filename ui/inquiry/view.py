"""The screen of inquiries: the questions that wait on the left, a new one or the chosen one on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.domain.inquiry import Inquiry
from app.domain.people import masked_name
from ui.dates import recent_time
from ui.inquiry.form import InquiryForm
from ui.inquiry.presenter import InquiryPresenter, InquiryState, Way
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Empty, Row, clear, column_layout, row_layout, scrolled
from ui.widgets.choices import Segments
from ui.widgets.find import FindField
from ui.widgets.room import RoomFrame, holding
from ui.widgets.signs import Light
from ui.widgets.texts import ElidedLabel, label

SIDE_WIDTH = 560
OPEN, ALL = "open", "all"


class InquiryRoom(RoomFrame):
    """Signals name what the clerk wants; inquiries are named by their number."""

    begun = Signal()
    chosen = Signal(str)
    searched = Signal(str)
    only_open_chosen = Signal(bool)
    edited = Signal(object)
    way_chosen = Signal(str)
    go_on_asked = Signal()
    item_taken = Signal()
    item_dropped = Signal()
    guide_asked = Signal()
    slip_asked = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__(has_bar=True)
        self._count = label("", "soft")
        self._find = FindField(_("查找咨询"), _("编号、姓名、电话、内容"), "/")
        self._which = Segments([(OPEN, _("未办结")), (ALL, _("全部"))])
        self._rows = Card()
        self._rows.flush()
        self._form = InquiryForm()
        self._new = ActionButton(_("新的咨询"), "Ctrl+N", "plus", "quiet")
        self._back = ActionButton(_("返回"), "Escape", kind="plain")
        self._guide = ActionButton(_("办事指南"), "F7", "printer", "quiet")
        self._slip = ActionButton(_("登记单"), "Ctrl+P", "printer", "quiet")
        self._take = ActionButton(_("转为办件"), "F10", "files", "plain")
        self._hint = ElidedLabel("", "soft")
        self._go_on = ActionButton(_("登记"), "F9", "check-circle", "primary")
        self._lay_out()
        self._connect()

    def connect_to(self, presenter: InquiryPresenter) -> None:
        """Let ``presenter`` decide."""
        self.begun.connect(presenter.begin)
        self.chosen.connect(presenter.choose)
        self.searched.connect(presenter.search)
        self.only_open_chosen.connect(lambda only: presenter.show_only_open(only_open=only))
        self.edited.connect(presenter.edit)
        self.way_chosen.connect(presenter.choose_way)
        self.go_on_asked.connect(presenter.go_on)
        self.item_taken.connect(presenter.take_item)
        self.item_dropped.connect(presenter.drop_item)
        self.guide_asked.connect(presenter.open_guide)
        self.slip_asked.connect(presenter.open_slip)
        self.escaped.connect(presenter.escape)

    def render(self, state: InquiryState) -> None:
        """Show ``state``; what has not changed is left alone."""
        chosen = state.chosen.inquiry.number if state.chosen else ""
        self.show_changed("rows", (state.rows, chosen, state.names), lambda: self._show_rows(state, chosen))
        self._which.set_value(OPEN if state.wanted.only_open else ALL)
        self._find.set_text(state.wanted.text)
        self._count.setText(_count_words(state))
        self._form.show_state(state)
        self._guide.set_usable(state.item is not None)
        self._slip.set_usable(state.chosen is not None)
        self._slip.set_word(_("已打印") if state.is_slip_sent else _("登记单"))
        self._take.set_usable(state.item is not None and state.item.can_be_opened and state.can_act)
        self._go_on.set_word(_act_words(state))
        self._go_on.set_usable(state.can_act)
        self._go_on.set_busy(state.is_busy)
        self._hint.setText(_hint_words(state))

    def focus_first(self) -> None:
        """Put the cursor where the clerk goes on typing."""
        self._form.focus_first()

    def _show_rows(self, state: InquiryState, chosen: str) -> None:
        clear(self._rows.body)
        if not state.rows:
            words = _empty_words(state)
            self._rows.body.addWidget(Empty("chat-circle-text", words))
        for index, inquiry in enumerate(state.rows):
            row = Row(60, first=not index)
            row.add_words(inquiry.subject, _row_note(inquiry, state))
            row.inside.addWidget(Light(*_light(inquiry)))
            row.set_state("current" if inquiry.number == chosen else "")
            row.fired.connect(lambda number=inquiry.number: self.chosen.emit(number))
            self._rows.body.addWidget(row)

    def _lay_out(self) -> None:
        self.header.addWidget(label(_("咨询"), "title"))
        self.header.addWidget(self._count)
        self.header.addStretch(1)
        for part in (self._guide, self._slip, self._new):
            self.header.addWidget(part)
        filters = row_layout(self._find, self._which)
        filters.setStretch(0, 1)
        listed = column_layout(self._rows)
        listed.addStretch(1)
        left = column_layout(spacing=8)
        left.addLayout(filters)
        left.addWidget(scrolled(holding(listed)), 1)
        left.setContentsMargins(0, theme().px(16), 0, theme().px(16))
        side = QFrame()
        side.setProperty("role", "side")
        self.keep_side(side, SIDE_WIDTH)
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(scrolled(self._form))
        self.body.setContentsMargins(theme().px(24), 0, 0, 0)
        self.body.addLayout(left, 1)
        self.body.addWidget(side)
        assert self.bar is not None  # noqa: S101  asked for in __init__
        for part in (self._back, self._take):
            self.bar.addWidget(part)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bar.addWidget(self._hint, 1)
        self.bar.addWidget(self._go_on)

    def _connect(self) -> None:
        self._new.fired.connect(self.begun)
        self._back.fired.connect(self.escaped)
        self._guide.fired.connect(self.guide_asked)
        self._slip.fired.connect(self.slip_asked)
        self._take.fired.connect(self.item_taken)
        self._go_on.fired.connect(self.go_on_asked)
        self._find.typed.connect(self.searched)
        self._find.taken.connect(lambda: self._rows.nextInFocusChain().setFocus())
        self._find.emptied.connect(lambda: self.searched.emit(""))
        self._which.chosen.connect(lambda value: self.only_open_chosen.emit(value == OPEN))
        self._form.edited.connect(self.edited)
        self._form.way_chosen.connect(self.way_chosen)
        self._form.item_dropped.connect(self.item_dropped)
        self._form.done.connect(self._go_on.setFocus)


def _act_words(state: InquiryState) -> str:
    if state.is_new:
        return _("登记并答复") if state.written.words.strip() else _("登记")
    return {Way.ANSWER: _("答复并办结"), Way.HAND_ON: _("转交"), Way.SETTLE: _("了结")}[state.way]


def _hint_words(state: InquiryState) -> str:
    if state.is_new:
        return _("谁先被问到，谁负责到底")
    return "" if state.can_act else _("已办结")


def _empty_words(state: InquiryState) -> str:
    if state.wanted.text:
        return _("没有找到这样的咨询。清空查找，或者选“全部”再找。")
    if state.wanted.only_open:
        return _("没有等待答复的咨询。有人来问，在右边记下，按 F9 登记。")
    return _("还没有登记过咨询。有人来问，在右边记下，按 F9 登记。")


def _count_words(state: InquiryState) -> str:
    return ngettext("共 %(count)d 条", "共 %(count)d 条", state.count) % {"count": state.count}


def _row_note(inquiry: Inquiry, state: InquiryState) -> str:
    parts = [
        recent_time(inquiry.opened_at, state.now),
        _("首问 %(name)s") % {"name": state.names.get(inquiry.clerk, inquiry.clerk)},
    ]
    if inquiry.asked_by:
        parts.append(masked_name(inquiry.asked_by))
    if inquiry.handed_to:
        parts.append(_("转 %(name)s %(phone)s") % {"name": inquiry.handed_to, "phone": inquiry.handed_phone})
    return "·".join(part.strip() for part in parts)


def _light(inquiry: Inquiry) -> tuple[str, str]:
    if not inquiry.is_open:
        return "good", _("已办结")
    return ("plain", _("已转交")) if inquiry.handed_to else ("warn", _("待答复"))
