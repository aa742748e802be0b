"""The screen after acceptance: number, stages, papers, who collects; the paper on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.case import READY, Case, CaseState
from app.domain.numbering import grouped
from app.domain.outcomes import Result
from ui.certificate_words import unsigned_words
from ui.dates import long_time, short_time
from ui.issue.presenter import IssuePresenter, IssueState
from ui.paper_side import WIDTH as PAPER_WIDTH
from ui.paper_side import PaperSide
from ui.paper_titles import paper_words, print_words
from ui.printing import sent
from ui.sync_words import mark_words
from ui.text import _, ngettext, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Row, clear, column_layout, row_layout, scrolled
from ui.widgets.choices import Segments
from ui.widgets.fields import FormField, LineField, lead_on, line_up
from ui.widgets.flow import Flow
from ui.widgets.keys import bind
from ui.widgets.menu import MenuButton
from ui.widgets.notices import Notice
from ui.widgets.printed import BlankBanner, PrintedBanner
from ui.widgets.room import EDGE, RoomFrame, holding
from ui.widgets.signs import Light, Stage, StageLine
from ui.widgets.texts import Icon, ShrinkingLabel, badge, cap, label, rule, set_property
from ui.words import badge_words, case_applicant_words, promise_words, state_words

IN_PERSON, BY_ANOTHER = "person", "another"
COLLECTOR_KEY = "F7"
"""The key of whoever acts for the applicant at the intake too."""


class IssueRoom(RoomFrame):
    """Signals name what the clerk wants; papers are counted from 0."""

    go_on_asked = Signal()
    back_asked = Signal()
    collector_chosen = Signal(bool)
    collector_edited = Signal(str, str)
    paper_chosen = Signal(int)
    redraw_asked = Signal()
    open_asked = Signal()
    save_asked = Signal()
    print_asked = Signal()
    sign_asked = Signal()
    slip_asked = Signal()
    copy_asked = Signal()

    def __init__(self) -> None:
        super().__init__(has_bar=True)
        self._title, self._badge = ShrinkingLabel("", "title"), badge("")
        self._notice = Notice()
        self._stages = StageLine()
        self._number = label("", "huge")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = label("", "soft")
        self._facts.setWordWrap(True)
        self._papers = Card(_("文书"))
        self._papers.flush()
        self._printed = PrintedBanner(_("已打印"), _("重打"), _("全部重打"))
        self._blank = BlankBanner(_("套打"), _("换一个号码"))
        self._mark = Light()
        self._delivery = Card(_("交付"))
        self._who = Segments([(IN_PERSON, _("本人领取")), (BY_ANOTHER, _("他人代领"))])
        self._collector = FormField(_("领取人"), LineField(longest=50), required=True)
        self._collector_id = FormField(_("证件号码"), LineField(longest=30), required=True)
        line_up([self._collector, self._collector_id])
        self._remark = label("", "small", "danger")
        self._paper = PaperSide()
        self._slip = ActionButton(_("取件凭证"), "Ctrl+K", "note-pencil")
        self._hint = ShrinkingLabel("", "soft")
        self._go_on = ActionButton("", "F10", "check-circle", "primary")
        self._next = ActionButton(_("下一位"), "F9", "arrow-right", "primary")
        self._deliver = ActionButton(pgettext("act", "交付"), "F11", "check-circle", "primary")
        self._shown_papers: object = None
        self._shown_title = ""
        self._lay_out()

    def connect_to(self, presenter: IssuePresenter) -> None:
        """Let ``presenter`` decide."""
        self.go_on_asked.connect(presenter.go_on)
        self.back_asked.connect(presenter.leave)
        self.collector_chosen.connect(lambda in_person: presenter.choose_collector(in_person=in_person))
        self.collector_edited.connect(presenter.edit_collector)
        self.paper_chosen.connect(presenter.choose_paper)
        self._paper.turned.connect(presenter.turn)
        self.redraw_asked.connect(presenter.draw)
        self.open_asked.connect(presenter.open_paper)
        self.save_asked.connect(presenter.save_paper)
        self.copy_asked.connect(presenter.copy_number)
        self.print_asked.connect(presenter.print_papers)
        self.sign_asked.connect(presenter.sign_paper)
        self.slip_asked.connect(presenter.make_slip)
        self._printed.confirmed.connect(presenter.confirm_print)
        self._printed.spoiled.connect(presenter.print_again)
        self._printed.all_spoiled.connect(presenter.print_all_again)
        self._blank.taken.connect(presenter.print_onto_blank)
        self._blank.other_asked.connect(presenter.choose_blank)

    def render(self, state: IssueState) -> None:
        """Show ``state``."""
        case = state.case
        self._title.setText(f"{case.title}·{case_applicant_words(case)}")
        word, tone = badge_words(state.item)
        self._badge.setText(word)
        set_property(self._badge, "tone", tone)
        self._mark.setVisible(state.mark is not None)
        if state.mark is not None:
            self._mark.show_light(*mark_words(state.mark))
        doubt = unsigned_words(state.signing) if state.shows_preview and state.signing else ""
        self._notice.show_words(doubt or _success_words(state), "warn" if doubt else "good")
        self._stages.show_stages(_stages(state))
        self._number.setText(grouped(case.number))
        self._facts.setText(_facts_words(state))
        self._show_papers(state)
        self._blank.offer(_blank_words(state), is_left=bool(state.blank and state.blank.number))
        self._show_delivery(state)
        self._show_picture(state)
        self._show_step(state)

    def focus_next(self) -> None:
        """Put the focus on what is to be done next."""
        for button in (self._go_on, self._deliver, self._next):
            if button.isVisibleTo(self):
                button.setFocus()

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of a paper should be."""
        return self._paper.width_px

    def _show_papers(self, state: IssueState) -> None:
        shown = (state.papers, state.chosen, state.shows_preview)
        if self._shown_papers == shown:
            return
        self._shown_papers = shown
        asked = len(sent(state.papers))
        words = ngettext("%(count)d 份打好了吗？", "%(count)d 份打好了吗？", asked) % {"count": asked}
        again = _("重打%(paper)s") % {"paper": paper_words(state.spoiled)} if state.spoiled else ""
        self._printed.ask(words if asked else "", again, several=asked > 1)
        clear(self._papers.body)
        for index, paper in enumerate(state.papers):
            row = Row(54, first=not index)
            row.inside.addWidget(Icon("file-text"))
            row.add_words(paper_words(paper), paper.number)
            row.inside.addWidget(Light(*print_words(paper)))
            row.fired.connect(lambda index=index: self.paper_chosen.emit(index))
            row.set_state("current" if index == state.chosen and not state.shows_preview else "")
            self._papers.body.addWidget(row)

    def _show_delivery(self, state: IssueState) -> None:
        self._delivery.setVisible(state.step == "deliver")
        self._who.set_value(IN_PERSON if state.in_person else BY_ANOTHER)
        for field, value in ((self._collector, state.collector), (self._collector_id, state.collector_id)):
            field.setVisible(not state.in_person)
            field.editor.set_value(value)
        self._remark.setText(state.collector_problem)
        self._remark.setVisible(bool(state.collector_problem))

    def _show_picture(self, state: IssueState) -> None:
        if state.shows_preview:
            self._shown_title = _("预览：%(name)s") % {"name": state.item.result.name if state.item.result else ""}
        elif state.papers:
            self._shown_title = paper_words(state.papers[state.chosen])
        self._paper.show_title(self._shown_title)
        if state.picture is not None:
            self._paper.show_picture(state.picture, state.page)

    def _show_step(self, state: IssueState) -> None:
        self._go_on.set_word(pgettext("act", "出证") if state.item.makes_certificate else _("准予办结"))
        sends = state.step == "send"
        self._deliver.set_word(_("送到取件地点") if sends else pgettext("act", "交付"))
        for button, steps in ((self._go_on, {"issue"}), (self._deliver, {"deliver", "send"}), (self._next, {"next"})):
            button.setVisible(state.step in steps)
            button.set_busy(state.is_busy)
        self._slip.set_usable(state.may_have_slip)
        hints = {
            "issue": _("核对右边的证明，无误后出证") if state.item.makes_certificate else _("当场准予，不另制证"),
            "deliver": _("盖章后交给领取人"),
            "send": _("取件地点：%(name)s") % {"name": state.case.collect_at_name},
            "next": "",
        }
        self._hint.setText(hints[state.step])

    def _lay_out(self) -> None:
        back = ActionButton(_("返回"), "Escape", "arrow-left", "quiet")
        back.fired.connect(self.back_asked)
        for part in (back, rule(upright=True), self._title, self._badge):
            self.header.addWidget(part)
        self.header.addStretch(1)
        self.header.addWidget(self._mark)
        self.body.setContentsMargins(theme().px(EDGE), 0, 0, 0)
        self.body.addWidget(scrolled(self._left_side()), 1)
        self.body.addWidget(self._paper)
        self.keep_side(self._paper, PAPER_WIDTH)
        for button in (self._go_on, self._deliver, self._next):
            button.fired.connect(self.go_on_asked)
        if self.bar is not None:
            self._slip.fired.connect(self.slip_asked)
            self.bar.addLayout(Flow(*self._paper_acts(), self._slip, self._more(), self._hint, pushed=True), 1)
            for part in (self._go_on, self._deliver, self._next):
                self.bar.addWidget(part)
        self._who.chosen.connect(self._choose_collector)
        bind(self._delivery, COLLECTOR_KEY, _("本人领取，或由他人代领"), self._switch_collector)
        lead_on([self._collector, self._collector_id], self._deliver)
        for field in (self._collector, self._collector_id):
            field.editor.edited.connect(lambda _value: self._tell_collector())
        self._paper.width_changed.connect(lambda: self._title.text() and self.redraw_asked.emit())

    def _paper_acts(self) -> list[QWidget]:
        acts: list[QWidget] = []
        for word, key, icon, signal in (
            (_("打印"), "Ctrl+P", "printer", self.print_asked),
            (_("屏幕签名"), "Ctrl+J", "pencil-line", self.sign_asked),
        ):
            button = ActionButton(word, key, icon)
            button.fired.connect(signal)
            acts.append(button)
        return acts

    def _more(self) -> MenuButton:
        more = MenuButton(_("更多"), lambda: self._shown_title)
        more.add(_("打开"), "Ctrl+O", "file-text", self.open_asked.emit)
        more.add(_("另存为"), "Ctrl+S", "download-simple", self.save_asked.emit)
        return more

    def _left_side(self) -> QWidget:
        number = Card(_("办件编号"))
        copy = ActionButton(_("复制"), "Ctrl+C", kind="quiet")
        copy.fired.connect(self.copy_asked)
        number.head.addWidget(copy)
        number.body.addWidget(self._number)
        number.body.addWidget(self._facts)
        number.body.addWidget(self._stages)
        who = row_layout(self._who, cap(COLLECTOR_KEY))
        who.addStretch(1)
        self._delivery.body.addLayout(who)
        for part in (self._collector, self._collector_id, self._remark):
            self._delivery.body.addWidget(part)
        column = column_layout(self._notice, self._printed, self._blank, number, self._delivery, self._papers)
        column.setContentsMargins(0, theme().px(16), theme().px(8), theme().px(8))
        column.addStretch(1)
        return holding(column)

    def _switch_collector(self) -> None:
        self._who.choose(BY_ANOTHER if self._who.value() == IN_PERSON else IN_PERSON)

    def _choose_collector(self, value: str) -> None:
        """Tell who collects, and lead to what is to be typed or done next."""
        self.collector_chosen.emit(value == IN_PERSON)
        (self._deliver if value == IN_PERSON else self._collector.editor).setFocus()

    def _tell_collector(self) -> None:
        self.collector_edited.emit(self._collector.editor.value(), self._collector_id.editor.value())


def _success_words(state: IssueState) -> str:
    case = state.case
    if case.state is CaseState.DECIDED and case.voided_certificate:
        return _("原证明已作废，可以重新出证。")
    if case.state is CaseState.DECIDED and case.result is Result.REFUSED:
        return _("已决定不予许可，把决定书交给申请人，由其在送达回证上签名。")
    if not state.is_here:
        return _("已交给%(name)s，同步后对方就能看到") % {"name": case.holder_name}
    if case.state in READY:
        return _("已出证，可以打印、盖章、交付。") if state.item.makes_certificate else _("已准予，可以交付。")
    words = {
        CaseState.RECEIVED: _("已收件。五个工作日内要告知是否受理，逾期视为受理。"),
        CaseState.SUPPLEMENT: _("已收件，补正告知书已取号，等申请人补齐。"),
        CaseState.NOT_ACCEPTED: _("已决定不予受理，把通知书交给申请人。"),
        CaseState.ACCEPTED: _("已受理，受理时间已记入台账。"),
        CaseState.DELIVERED: _("已交付，办结。"),
    }
    return words.get(case.state, _("受理时间已记入台账。"))


def _blank_words(state: IssueState) -> str:
    if state.blank is None:
        return ""
    if not state.blank.number:
        return _("“%(form)s”没有结存，请先到“设置→空白凭证”登记领用。") % {"form": state.blank.form}
    blank = {"number": state.blank.number, "paper": paper_words(state.blank.paper)}
    return _("请在打印机里放好 %(number)s，套打%(paper)s。") % blank


def _facts_words(state: IssueState) -> str:
    accepted = state.case.accepted_at
    parts = [_("受理 %(time)s") % {"time": long_time(accepted)}] if accepted else []
    if state.case.is_immediate:
        parts.append(_("当场办结"))
    elif state.case.due:
        parts.append(_("承诺 %(limit)s") % {"limit": promise_words(state.item)})
        provisional = _("（暂定）") if state.case.due_is_provisional else ""
        parts.append(_("到期 %(time)s") % {"time": long_time(state.case.due)} + provisional)
    return "　·　".join(parts)


def _stages(state: IssueState) -> list[Stage]:
    case = state.case
    accepted = short_time(case.accepted_at) if case.accepted_at else ""
    received = Stage(_("收件"), short_time(case.received_at), "done")
    if case.accepted_at is None:
        return [received, Stage(state_words(case.state), "", "now")]
    stages = [received, Stage(_("受理"), accepted, "done")]
    decided = case.decided_at is not None
    if not case.is_immediate:
        stages.append(Stage(_("审查"), "", "done" if decided else "now"))
        stages.append(Stage(_("决定"), short_time(case.decided_at) if case.decided_at else "", _after(decided)))
        return [*stages, Stage(_("送达"), "", _last(case, decided=decided))]
    second = _("出证") if state.item.makes_certificate else _("决定")
    return [
        *stages,
        Stage(second, "", "done" if decided else "now"),
        Stage(_("交付"), "", _last(case, decided=decided)),
    ]


def _after(decided: bool) -> str:
    return "done" if decided else "next"


def _last(case: Case, *, decided: bool) -> str:
    if case.delivered_at is not None:
        return "done"
    return "now" if decided else "next"
