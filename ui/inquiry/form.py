"""The right side of inquiries: what is asked, or what became of it and what comes next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.facts import Fact, InquiryAnswered, InquiryClosed, InquiryHandedOn, InquiryOpened
from app.domain.people import masked_name, masked_phone
from app.services.inquiries import InquiryFile
from ui.dates import long_time, recent_time
from ui.inquiry.presenter import InquiryState, Way, Written
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import clear, row_layout
from ui.widgets.choices import Segments
from ui.widgets.fields import FormField, LineField, line_up
from ui.widgets.flow import Beside
from ui.widgets.keys import bind
from ui.widgets.room import holding
from ui.widgets.texts import ElidedLabel, Icon, cap, label, rule

LABEL_WIDTH = 88
ITEM_LEAST = 420
WAY_KEYS = "Ctrl+1…3"


class InquiryForm(QWidget):
    """``edited`` carries what was typed; ``done`` leads on from the last field."""

    edited = Signal(object)
    way_chosen = Signal(str)
    item_dropped = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = label("", "title")
        self._title.setWordWrap(True)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(theme().px(6))
        self._item = ElidedLabel()
        self._drop = ActionButton(_("不涉及此事项"), "Ctrl+D", kind="quiet")
        self._fields = {
            "subject": _field(_("问了什么"), LineField(_("一句话记下来"), 200), required=True),
            "asked_by": _field(_("咨询人"), LineField(_("可以不填"), 50)),
            "phone": _field(_("电话"), LineField(_("要回电话时填"), 30)),
            "to": _field(_("转给谁"), LineField(_("部门或人员"), 100), required=True),
            "to_phone": _field(_("对方电话"), LineField(_("告诉咨询人"), 30)),
            "words": _field(_("答复"), LineField("", 300)),
        }
        line_up(list(self._fields.values()), LABEL_WIDTH)
        self._ways_words = [(Way.ANSWER, _("答复")), (Way.HAND_ON, _("转给别人答复")), (Way.SETTLE, _("了结"))]
        self._ways = Segments(self._ways_words)
        ways = row_layout(self._ways, cap(WAY_KEYS))
        ways.addStretch(1)
        self._ways_line = holding(ways)
        self._shown: object = None
        self._lay_out()

    def show_state(self, state: InquiryState) -> None:
        """Show the form that ``state`` asks for, with what was typed."""
        key = (state.chosen, state.item, state.now.date())
        if self._shown != key:
            self._shown = key
            self._show_facts(state)
        self._ways_line.setVisible(not state.is_new and state.can_act)
        self._ways.set_value(state.way)
        visible = _visible_fields(state)
        for name, field in self._fields.items():
            field.setVisible(name in visible)
            field.editor.set_value(getattr(state.written, name))
            problem = state.problem[1] if state.problem[0] == name else ""
            field.set_remark(problem, "error" if problem else "")
        self._fields["words"].set_name(_words_name(state), required=not state.is_new and state.way is not Way.HAND_ON)
        if state.problem[0]:
            self._fields[state.problem[0]].editor.setFocus()

    def focus_first(self) -> None:
        """Put the cursor into the first field that can be typed into."""
        for field in self._fields.values():
            if field.isVisibleTo(self):
                field.editor.setFocus()
                return

    def _show_facts(self, state: InquiryState) -> None:
        clear(self._facts)
        self._title.setText(state.chosen.inquiry.subject if state.chosen else _("新的咨询"))
        if state.chosen:
            for name, words in _facts(state.chosen):
                heading = label(name, "label")
                heading.setFixedWidth(theme().px(LABEL_WIDTH))
                line = row_layout(heading, ElidedLabel(words))
                line.setStretch(1, 1)
                self._facts.addLayout(line)
            self._facts.addWidget(rule())
            for event in state.chosen.events:
                words = label(_event_words(event.fact))
                words.setWordWrap(True)
                heading = label(recent_time(event.at, state.now), "small")
                heading.setFixedWidth(theme().px(LABEL_WIDTH))
                line = row_layout(heading, words, label(event.operator, "small"))
                line.setStretch(1, 1)
                line.setAlignment(heading, Qt.AlignmentFlag.AlignTop)
                self._facts.addLayout(line)
            self._facts.addWidget(rule())
        self._item.setText(state.item.title if state.item else "")
        self._item_line.setVisible(state.item is not None)
        self._drop.setVisible(state.is_new and state.item is not None)

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(*(theme().px(n) for n in (24, 16, 24, 16)))
        inside.setSpacing(theme().px(12))
        about = label(_("有关事项"), "label")
        about.setFixedWidth(theme().px(LABEL_WIDTH))
        line = row_layout(about, Icon("file-text", "accent"), self._item)
        line.setStretch(2, 1)
        self._item_line = holding(Beside(holding(line), self._drop, ITEM_LEAST))
        inside.addWidget(self._title)
        inside.addLayout(self._facts)
        inside.addWidget(self._item_line)
        inside.addWidget(self._ways_line)
        for field in self._fields.values():
            inside.addWidget(field)
            field.editor.edited.connect(lambda _text: self.edited.emit(self._written()))
        inside.addStretch(1)
        self._ways.chosen.connect(self.way_chosen)
        for place, (way, word) in enumerate(self._ways_words, start=1):
            bind(self._ways_line, f"Ctrl+{place}", word, lambda way=way: self._choose_way(way))
        self._drop.fired.connect(self.item_dropped)
        for name, field in self._fields.items():
            field.editor.onward.connect(lambda name=name: self._lead_on(name))

    def _choose_way(self, way: Way) -> None:
        """Say what comes next, and lead to what is to be typed for it."""
        self._ways.choose(way)
        self.focus_first()

    def _lead_on(self, name: str) -> None:
        """Let Enter lead to the next field that is shown, and from the last one to the button."""
        names = list(self._fields)
        for follower in names[names.index(name) + 1 :]:
            if self._fields[follower].isVisibleTo(self):
                self._fields[follower].editor.setFocus()
                return
        self.done.emit()

    def _written(self) -> Written:
        return Written(**{name: field.editor.value() for name, field in self._fields.items()})


def _field(name: str, editor: LineField, *, required: bool = False) -> FormField:
    return FormField(name, editor, required=required, label_width=LABEL_WIDTH)


def _visible_fields(state: InquiryState) -> tuple[str, ...]:
    if state.is_new:
        return ("subject", "asked_by", "phone", "words")
    if not state.can_act:
        return ()
    return ("to", "to_phone", "words") if state.way is Way.HAND_ON else ("words",)


def _words_name(state: InquiryState) -> str:
    if state.is_new:
        return _("当场答复")
    return {Way.ANSWER: _("答复内容"), Way.HAND_ON: _("原因"), Way.SETTLE: _("怎么了结")}[state.way]


def _facts(file: InquiryFile) -> list[tuple[str, str]]:
    inquiry = file.inquiry
    facts = [
        (_("登记编号"), inquiry.number),
        (_("咨询时间"), long_time(inquiry.opened_at)),
        (_("首问责任"), file.responsible),
    ]
    if inquiry.asked_by or inquiry.phone:
        facts.append((_("咨询人"), f"{masked_name(inquiry.asked_by)} {masked_phone(inquiry.phone)}".strip()))
    return facts


def _event_words(fact: Fact) -> str:
    match fact:
        case InquiryOpened():
            return _("登记")
        case InquiryHandedOn():
            words = _("转给 %(to)s %(phone)s") % {"to": fact.to, "phone": fact.phone}
            return f"{words.strip()}（{fact.reason}）" if fact.reason else words.strip()
        case InquiryAnswered():
            return _("答复：%(words)s") % {"words": fact.answer}
        case InquiryClosed():
            return _("了结：%(words)s") % {"words": fact.outcome}
        case _:
            return ""
