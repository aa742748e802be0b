"""The clock: what the counter counts by, what the PC says, and setting it right."""

from ui.settings.presenters.clock import ClockPresenter, ClockSectionState
from ui.settings.section import Section, at_left
from ui.text import _
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import LineField
from ui.widgets.notices import Notice
from ui.widgets.texts import label

LONGEST_REASON = 100


class ClockSection(Section):
    """Both times with a sentence about them, and the act that brings them together."""

    key, icon = "clock", "clock"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("时钟")

    def build(self) -> None:
        """Make the cards."""
        self.presenter = ClockPresenter(self.around, self)
        self._counter_time, self._pc_time = label("", "figure"), label("", "figure")
        self._state, self._result = Notice(), Notice()
        self._reason, self._why_not = LineField(longest=LONGEST_REASON), label("", "small")
        self._look = ActionButton(_("再看一次"), "F5", "arrows-clockwise")
        self._correct = ActionButton(_("以电脑时间为准"), "", "clock")
        card = self.card(_("计时"), _("打开时取电脑时间，之后自己计时，改动电脑时间不影响记录"))
        words = "时钟 时间 日期 跳变 clock time date jump"
        self.setting(card, "counter_time", _("记录的时间"), self._counter_time, words)
        self.setting(card, "pc_time", _("电脑时间"), self._pc_time, words)
        card.body.addWidget(self._state)
        card.body.addLayout(at_left(self._look))
        card = self.card(_("校正"), _("电脑时间曾经不对、现在已校准时使用；原有记录不变"))
        self.setting(card, "reason", _("原因"), self._reason, "校正 校准 改时间 correct set clock reason")
        card.body.addLayout(at_left(self._correct, self._why_not))
        card.body.addWidget(self._result)
        self.findable("correct", _("以电脑时间为准"), self._correct, "校正 校准 改时间 correct set clock")
        self._look.fired.connect(self.presenter.look)
        self._reason.edited.connect(self.presenter.give_reason)
        self._correct.fired.connect(self.presenter.correct)

    def start(self) -> None:
        """Show things as they are now."""
        self.presenter.start()

    def render(self, state: ClockSectionState) -> None:
        """Show ``state``."""
        self._counter_time.setText(state.counter_time)
        self._pc_time.setText(state.pc_time)
        self._state.show_words(state.words, state.tone)
        self._reason.set_value(state.reason)
        self._reason.setEnabled(not state.why_not)
        self._correct.set_usable(not state.why_not)
        self._correct.set_busy(state.busy)
        self._why_not.setText(state.why_not)
        self._result.show_words(state.message, state.message_tone)
