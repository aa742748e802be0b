"""The page of a case: stages and proof on top, its history from the journal, applicant, materials and papers beside."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.case import Case, CaseState
from app.domain.numbering import grouped
from app.domain.people import masked_id_number, masked_name, masked_phone
from app.services.desk import Event
from app.services.snapshots import PaperRow
from ui.case.history import event_words
from ui.case.presenter import CasePageState, CasePresenter
from ui.text import _, long_time, ngettext, short_time
from ui.theme import theme
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.cards import Card, Row, clear, column_layout, row_layout, scrolled
from ui.widgets.room import RoomFrame, holding
from ui.widgets.signs import Light, Stage, StageLine
from ui.widgets.texts import ElidedLabel, Icon, badge, label, rule
from ui.words import collection_words, light_words, paper_words, state_words

SIDE_WIDTH = 364
REVEALED_MS = 60_000
LABEL_WIDTH = 84


class CaseRoom(RoomFrame):
    """Signals name what the clerk wants; personal data is masked again after a minute."""

    back_asked = Signal()
    go_on_asked = Signal()
    reveal_asked = Signal()
    hide_asked = Signal()
    copy_asked = Signal()
    paper_opened = Signal(object)
    paper_saved = Signal(object)

    def __init__(self) -> None:
        super().__init__(has_bar=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title, self._number = label("", "title"), label("", "soft")
        self._badge, self._state_badge, self._light = badge(""), badge("", "accent"), Light()
        self._stages = StageLine()
        self._proof = Card(_("受理时间有据可查"))
        self._proof_words = label()
        self._proof_words.setWordWrap(True)
        self._sound = Light("plain", "")
        self._history = Card(_("办理经过"))
        self._history.flush()
        self._applicant = Card(_("申请人"))
        self._form = Card(_("填写内容"))
        self._materials = Card(_("材料"))
        self._papers = Card(_("文书"))
        self._papers.flush()
        self._custody = Card(_("经办权"))
        self._reveal = ActionButton(_("显示全部"), "Ctrl+E", kind="quiet")
        self._hint = label("", "soft")
        self._go_on = ActionButton(_("继续办理"), "F10", "note-pencil", "primary")
        self._masked_again = QTimer(self)
        self._masked_again.setSingleShot(True)
        self._masked_again.setInterval(REVEALED_MS)
        self._masked_again.timeout.connect(self.hide_asked)
        self._lay_out()

    def connect_to(self, presenter: CasePresenter) -> None:
        """Let ``presenter`` decide."""
        self.back_asked.connect(presenter.leave)
        self.go_on_asked.connect(presenter.go_on)
        self.reveal_asked.connect(presenter.reveal)
        self.hide_asked.connect(presenter.hide)
        self.copy_asked.connect(presenter.copy_number)
        self.paper_opened.connect(presenter.open_paper)
        self.paper_saved.connect(presenter.save_paper)

    def render(self, state: CasePageState) -> None:
        """Show ``state``."""
        case = state.file.case
        self._title.setText(f"{case.title}·{masked_name(case.applicant.name)}")
        self._number.setText(grouped(case.number))
        self._badge.setText(_("即办件") if case.is_immediate else _("承诺件"))
        self._state_badge.setText(state_words(case.state))
        self._light.show_light(*light_words(state.file.lit))
        self._stages.show_stages(_stages(case))
        self._show_proof(state)
        self._show_history(state)
        self._show_applicant(state)
        self._show_form(state)
        self._show_materials(state)
        self._show_papers(state)
        self.show_bar(shown=state.can_go_on)
        self._hint.setText(_("下一步：出证、交付") if state.can_go_on else "")
        if state.revealed is not None:
            self._masked_again.start()

    # --- parts -------------------------------------------------------------------------------------------------

    def _show_proof(self, state: CasePageState) -> None:
        accepted = next((event for event in state.file.events if type(event.fact).__name__ == "CaseAccepted"), None)
        if accepted is None:
            self._proof_words.setText(_("尚未受理"))
            return
        place = {"time": long_time(accepted.at), "seq": accepted.seq, "digits": accepted.witness}
        words = _(
            "受理于 %(time)s，是台账第 %(seq)d 条；申请人手中的文书印有存证码 %(digits)s，"
            "事后改动台账必与之不符。尚未与中心核对。"
        )
        self._proof_words.setText(words % place)
        tones = {None: ("plain", _("核对中…")), True: ("good", _("链与签名完好")), False: ("danger", _("核对不通过"))}
        self._sound.show_light(*tones[state.is_sound])

    def _show_history(self, state: CasePageState) -> None:
        clear(self._history.body)
        events = state.file.events
        count = len(events)
        self._history.note.setText(
            ngettext("来自台账，%(count)d 条", "来自台账，%(count)d 条", count) % {"count": count}
        )
        for index, event in enumerate(reversed(events)):
            self._history.body.addWidget(_event_row(event, state, first=not index))

    def _show_applicant(self, state: CasePageState) -> None:
        case = state.revealed or state.file.case
        person = case.applicant
        shown = state.revealed is not None
        self._reveal.set_word(_("重新遮盖") if shown else _("显示全部"))
        lines = [
            (_("姓名"), person.name if shown else masked_name(person.name)),
            (_("身份证号"), person.id_number if shown else masked_id_number(person.id_number)),
            (_("电话"), person.phone if shown else masked_phone(person.phone)),
            (_("户籍地址"), person.address if shown else "……"),
            (_("取件"), collection_words(case.collection)),
        ]
        _fill(self._applicant, lines)

    def _show_form(self, state: CasePageState) -> None:
        case, shown = state.file.case, state.revealed is not None
        lines = [
            (entry.label, case.form.get(entry.code, "") if shown or entry.kind != "address" else "……")
            for entry in state.file.item.form
        ]
        self._form.setVisible(bool(lines))
        _fill(self._form, lines)

    def _show_materials(self, state: CasePageState) -> None:
        lines = []
        for code, handed_in in state.file.case.materials.items():
            parts = []
            if handed_in.originals:
                parts.append(_("原件 %(count)d") % {"count": handed_in.originals})
            if handed_in.copies:
                parts.append(_("复印件 %(count)d") % {"count": handed_in.copies})
            if handed_in.pages:
                parts.append(_("附件 %(count)d 页") % {"count": len(handed_in.pages)})
            lines.append((state.file.item.material(code).name, "，".join(parts)))
        self._materials.setVisible(bool(lines))
        _fill(self._materials, lines)

    def _show_papers(self, state: CasePageState) -> None:
        clear(self._papers.body)
        for index, paper in enumerate(state.file.papers):
            self._papers.body.addWidget(self._paper_row(paper, first=not index))

    def _paper_row(self, paper: PaperRow, *, first: bool) -> Row:
        row = Row(54, first=first)
        row.inside.addWidget(Icon("file-text"))
        row.add_words(paper_words(paper), paper.number)
        save = LinkButton(_("另存"))
        save.clicked.connect(lambda: self.paper_saved.emit(paper))
        row.inside.addWidget(save)
        row.fired.connect(lambda: self.paper_opened.emit(paper))
        return row

    def _lay_out(self) -> None:
        back = ActionButton(_("返回"), "Escape", "arrow-left", "quiet")
        back.fired.connect(self.back_asked)
        copy = ActionButton(_("复制"), "Ctrl+C", kind="quiet")
        copy.fired.connect(self.copy_asked)
        for part in (back, rule(upright=True), self._title, self._badge, self._number, copy):
            self.header.addWidget(part)
        self.header.addStretch(1)
        for part in (label(_("状态"), "small"), self._state_badge, self._light):
            self.header.addWidget(part)
        self._proof.body.addWidget(self._proof_words)
        self._proof.head.addWidget(self._sound)
        stages = Card()
        stages.body.setContentsMargins(*(theme().px(n) for n in (8, 10, 8, 6)))
        stages.body.addWidget(self._stages)
        left = column_layout(stages, self._proof, self._history)
        left.addStretch(1)
        self._applicant.head.addWidget(self._reveal)
        self._reveal.fired.connect(self.reveal_asked)
        self._custody.body.addWidget(label(_("在本窗口"), "", "good"))
        side = column_layout(self._applicant, self._form, self._materials, self._papers, self._custody)
        side.addStretch(1)
        self.body.addWidget(_scrolled(left), 1)
        right = _scrolled(side)
        right.setFixedWidth(theme().px(SIDE_WIDTH))
        self.body.addWidget(right)
        self._go_on.fired.connect(self.go_on_asked)
        if self.bar is not None:
            self.bar.addStretch(1)
            self.bar.addWidget(self._hint)
            self.bar.addWidget(self._go_on)


def _scrolled(column: QVBoxLayout) -> QWidget:
    column.setContentsMargins(0, 0, theme().px(4), 0)
    return scrolled(holding(column))


def _fill(card: Card, lines: list[tuple[str, str]]) -> None:
    clear(card.body)
    for name, words in lines:
        line = row_layout(ElidedLabel(name, "label"), ElidedLabel(words))
        line.itemAt(0).widget().setFixedWidth(theme().px(LABEL_WIDTH))
        card.body.addLayout(line)


def _event_row(event: Event, state: CasePageState, *, first: bool) -> Row:
    sign, what, details = event_words(event.fact, state.file.item)
    row = Row(57, first=first, can_fire=False)
    when = label(short_time(event.at), "small")
    when.setFixedWidth(theme().px(84))
    row.inside.addWidget(when)
    row.inside.addWidget(Icon(sign, "accent"))
    row.add_words(what, details)
    right = QVBoxLayout()
    right.setSpacing(0)
    for words in (event.operator, f"#{event.seq}"):
        right.addWidget(label(words, "small"), 0, Qt.AlignmentFlag.AlignRight)
    row.inside.addLayout(right)
    return row


def _stages(case: Case) -> list[Stage]:
    accepted = short_time(case.accepted_at) if case.accepted_at else ""
    done = case.state is CaseState.DELIVERED
    decided = case.state in {CaseState.DECIDED, CaseState.ISSUED, CaseState.DELIVERED}
    issued = case.certificate is not None
    review = "done" if decided else "now" if case.accepted_at else "next"
    delivered = short_time(case.delivered_at) if case.delivered_at else ""
    return [
        Stage(_("收件"), short_time(case.received_at), "done"),
        Stage(_("受理"), accepted, "done" if case.accepted_at else "now"),
        Stage(_("审查"), "", review),
        Stage(_("决定"), "", "done" if decided else "next"),
        Stage(_("制证"), "", "done" if issued or done else "next"),
        Stage(_("送达"), delivered, "done" if done else "now" if decided else "next"),
    ]
