"""The screen of the end of the day: what the report will say on the left, the report that was signed on the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.domain.paper import PaperState
from ui.dates import day_words, short_day
from ui.day.cards import DayCards
from ui.day.presenter import DayPresenter, DayState
from ui.paper_side import WIDTH as PAPER_WIDTH
from ui.paper_side import PaperSide
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Empty, column_layout, scrolled
from ui.widgets.fields import LineField
from ui.widgets.flow import Flow
from ui.widgets.notices import Notice
from ui.widgets.room import RoomFrame, holding
from ui.widgets.texts import ShrinkingLabel, label


class DayRoom(RoomFrame):
    """Signals name what the clerk wants."""

    day_turned = Signal(int)
    unclosed_asked = Signal()
    remark_edited = Signal(str)
    close_asked = Signal()
    report_taken = Signal(str)
    print_asked = Signal()
    again_asked = Signal()
    case_taken = Signal(str)
    inquiry_taken = Signal(str)
    draft_taken = Signal(str)
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__(has_bar=True)
        self._day = label("", "soft")
        self._notice = Notice()
        self._unclosed = ActionButton(_("先结这一天"), "Ctrl+U", "arrow-u-up-left", "plain")
        self._cards = DayCards()
        self._reading = Empty("moon", _("正在核对当天的台账…"))
        self._paper = PaperSide(_("日结单"))
        self._paper.show_words(_("两个人签署以后，日结单在这里。"))
        self._remark = LineField(_("备注：断电、换人、打印机故障等，可以不填"), 200)
        self._remark.setAccessibleName(_("备注"))
        self._hint = ShrinkingLabel("", "soft")
        self._print = ActionButton(_("打印日结单"), "Ctrl+P", "printer", "plain")
        self._again = ActionButton(_("重打"), "Ctrl+R", kind="quiet")
        self._close = ActionButton(_("日结并签署"), "F9", "check-circle", "primary")
        self._lay_out()

    def connect_to(self, presenter: DayPresenter) -> None:
        """Let ``presenter`` decide."""
        self.day_turned.connect(presenter.turn_day)
        self.unclosed_asked.connect(presenter.open_unclosed)
        self.remark_edited.connect(presenter.edit_remark)
        self.close_asked.connect(presenter.close)
        self.report_taken.connect(presenter.show_report)
        self.print_asked.connect(presenter.print_report)
        self.again_asked.connect(presenter.print_again)
        self.case_taken.connect(presenter.open_case)
        self.inquiry_taken.connect(presenter.open_inquiry)
        self.draft_taken.connect(presenter.open_draft)
        self.escaped.connect(presenter.escape)
        self._paper.turned.connect(presenter.turn)

    def render(self, state: DayState) -> None:
        """Show ``state``."""
        self._day.setText(day_words(state.day))
        self._show_notice(state)
        self._reading.setVisible(state.summary is None)
        self._cards.setVisible(state.summary is not None)
        if state.summary is not None:
            summary = state.summary
            self.show_changed("summary", summary, lambda: self._cards.show_summary(summary))
        self.show_changed(
            "closings", (state.closings, state.report), lambda: self._cards.show_closings(state.closings, state.report)
        )
        self._remark.set_value(state.remark)
        self._print.set_usable(state.paper is not None)
        self._print.set_word(_print_words(state))
        self._again.setVisible(state.paper is not None and state.paper.state is PaperState.SENT)
        self._close.set_usable(state.can_close)
        self._close.set_busy(state.is_busy)
        self._hint.setText("" if state.can_close or state.summary is None else _("日结以后没有新的办理"))
        self._show_paper(state)

    def focus_first(self) -> None:
        """Put the focus on what is to be done next."""
        for part in (self._close, self._print, self._remark):
            if part.isEnabled():
                part.setFocus()
                return

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of a paper should be."""
        return self._paper.width_px

    def _show_notice(self, state: DayState) -> None:
        words, tone = "", "good"
        waits = state.unclosed is not None and state.unclosed != state.day
        if waits and state.unclosed is not None:
            words, tone = _("%(day)s 还没有日结") % {"day": day_words(state.unclosed)}, "warn"
        elif state.summary is not None and state.summary.follows:
            more = state.summary.has_work
            number = {"number": state.summary.follows}
            words = _("已有日结单 %(number)s；再结一次只计其后的办理") if more else _("已日结：%(number)s")
            words, tone = words % number, "warn" if more else "good"
        self._notice.show_words(words, tone)
        self._unclosed.setVisible(waits)
        if state.unclosed is not None:
            self._unclosed.set_word(_("先结 %(day)s") % {"day": short_day(state.unclosed)})

    def _show_paper(self, state: DayState) -> None:
        if state.picture is not None:
            self._paper.show_title(_("日结单 %(number)s") % {"number": state.report})
            self._paper.show_picture(state.picture, state.page)
        elif not state.report:
            self._paper.show_title(_("日结单"))
            self._paper.show_words(_("两个人签署以后，日结单在这里。"))

    def _lay_out(self) -> None:
        self.header.addWidget(label(_("日结"), "title"))
        self.header.addWidget(self._day)
        self.header.addStretch(1)
        self.header.addWidget(self._unclosed)
        for word, key, step in ((_("前一天"), "Alt+Left", -1), (_("后一天"), "Alt+Right", 1)):
            button = ActionButton(word, key, kind="quiet")
            button.fired.connect(lambda step=step: self.day_turned.emit(step))
            self.header.addWidget(button)
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._reading)
        inner.addWidget(self._cards)
        left = column_layout(self._notice, scrolled(holding(inner)), spacing=8)
        left.setStretch(1, 1)
        left.setContentsMargins(0, theme().px(16), 0, theme().px(16))
        self.body.setContentsMargins(theme().px(24), 0, 0, 0)
        self.body.addLayout(left, 1)
        self.body.addWidget(self._paper)
        self.keep_side(self._paper, PAPER_WIDTH)
        assert self.bar is not None  # noqa: S101  asked for in __init__
        back = ActionButton(_("返回"), "Escape", kind="plain")
        back.fired.connect(self.escaped)
        self.bar.addLayout(Flow(back, self._print, self._again), 2)
        self.bar.addWidget(self._remark, 1)
        for part in (self._hint, self._close):
            self.bar.addWidget(part)
        self._unclosed.fired.connect(self.unclosed_asked)
        self._print.fired.connect(self.print_asked)
        self._again.fired.connect(self.again_asked)
        self._close.fired.connect(self.close_asked)
        self._remark.edited.connect(self.remark_edited)
        self._remark.onward.connect(self._close.setFocus)
        self._cards.case_taken.connect(self.case_taken)
        self._cards.inquiry_taken.connect(self.inquiry_taken)
        self._cards.draft_taken.connect(self.draft_taken)
        self._cards.report_taken.connect(self.report_taken)


def _print_words(state: DayState) -> str:
    """Return what the button does with the report: print it, say that it came out, or show it."""
    if state.paper is None or state.paper.state is PaperState.TO_PRINT:
        return _("打印日结单")
    return _("已打印") if state.paper.state is PaperState.SENT else _("看日结单")
