"""Pre-numbered blank forms: what is left, what is written down of them, their ledger, and where papers are printed on them."""

from app.domain.blanks import Blank, BlankState
from app.services.blanks import BlankStock
from ui.dates import long_time
from ui.settings.presenters.blanks import (
    MOST_ROWS,
    TENTHS,
    BlankAct,
    BlanksPresenter,
    BlanksState,
    Typed,
    blank_act_words,
    blank_state_words,
)
from ui.settings.section import Section, at_left
from ui.text import _, ngettext
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Empty, Row, clear
from ui.widgets.choices import Segments
from ui.widgets.fields import LineField
from ui.widgets.notices import Notice
from ui.widgets.texts import ElidedLabel, badge, label

ROW_HEIGHT = 52
LONGEST_NUMBER, LONGEST_COUNT = 40, 4


class BlanksSection(Section):
    """One form at a time: chosen in the list of what is left."""

    key, icon = "blanks", "stack"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("空白凭证")

    def build(self) -> None:
        """Make the cards."""
        self.presenter = BlanksPresenter(self.around, self)
        self._stocks = self.card(_("结存"), _("印有号码、套打用的纸；选一种看台账"))
        self._stocks.flush()
        self._lay_out_form()
        self._lay_out_place()
        self._lay_out_ledger()

    def start(self) -> None:
        """Show how things are."""
        self.presenter.start()

    def fill(self, typed: Typed) -> None:
        """Put ``typed`` into the fields."""
        for field, value in (
            (self._form, typed.form),
            (self._first, typed.first),
            (self._last, typed.last),
            (self._why, typed.why),
        ):
            field.set_value(value)

    def render(self, state: BlanksState) -> None:
        """Show ``state``."""
        self._show_stocks(state)
        self._act.set_value(state.act)
        why = _("从哪里领来") if state.act is BlankAct.RECEIVE else _("原因")
        self._why_field.set_name(why, required=False)
        self._reason.setText(state.why_not)
        for part in (self._form, self._first, self._last, self._why):
            part.setEnabled(not state.why_not)
        self._save.set_word(blank_act_words(state.act))
        self._save.set_usable(not state.why_not)
        self._save.set_busy(state.busy)
        self._notice.show_words(state.message, state.tone)
        self._show_place(state)
        self._show_ledger(state)

    # --- parts -------------------------------------------------------------------------------------------------

    def _show_stocks(self, state: BlanksState) -> None:
        focused = self.focusWidget()
        had_focus = focused is not None and self._stocks.isAncestorOf(focused)
        clear(self._stocks.body)
        if not state.stocks:
            self._stocks.body.addWidget(Empty("stack", _("还没有空白凭证。领来以后，在下面登记号码。")))
        for place, stock in enumerate(state.stocks):
            row = self._stock_row(stock, first=place == 0)
            row.set_state("current" if stock.form == state.chosen else "")
            self._stocks.body.addWidget(row)
            if had_focus and stock.form == state.chosen:
                row.setFocus()

    def _stock_row(self, stock: BlankStock, *, first: bool) -> Row:
        row = Row(ROW_HEIGHT, first=first)
        counts = stock.counts
        words = [f"{_('结存')} {counts.unused}", f"{_('使用')} {counts.used}", f"{_('作废')} {counts.spoiled}"]
        if stock.next:
            words.append(_("下一张 %(number)s") % {"number": stock.next})
        row.setAccessibleName(f"{stock.form} {' '.join(words)}")
        row.add_words(ElidedLabel(stock.form), "　".join(words))
        if stock.is_low:
            row.inside.addWidget(badge(_("快用完了，请领用"), "warn"))
        row.fired.connect(lambda: self.presenter.choose(stock.form))
        return row

    def _lay_out_form(self) -> None:
        words = "空白凭证 套打 领用 作废 退回 恢复 号码 结存 台账 blank form stock receive spoil"
        card = self.card(_("领用和去向"))
        self._reason = label("", "small")
        card.head.addWidget(self._reason)
        self._act = Segments([(act, blank_act_words(act)) for act in BlankAct])
        self._form = LineField(longest=LONGEST_NUMBER)
        self._first = LineField(_("照纸上印的号码"), LONGEST_NUMBER)
        self._last = LineField(_("只有一张就空着"), LONGEST_NUMBER)
        self._why = LineField()
        self._save = ActionButton(_("领用"), "F9", "check", "primary")
        self._notice = Notice()
        self.setting(card, "act", _("登记"), self._act, words)
        self.setting(card, "form", _("空白凭证"), self._form, words)
        self.setting(card, "first", _("起号"), self._first, words)
        self.setting(card, "last", _("止号"), self._last, words)
        field = self.setting(card, "why", _("从哪里领来"), self._why, words)
        assert field is not None  # noqa: S101  a LineField has one
        self._why_field = field
        card.body.addWidget(self._notice)
        card.body.addLayout(at_left(self._save))
        self._act.chosen.connect(self.presenter.choose_act)
        self._save.fired.connect(
            lambda: self.presenter.write_down(
                Typed(self._form.value(), self._first.value(), self._last.value(), self._why.value())
            )
        )

    def _lay_out_place(self) -> None:
        words = "套打 偏移 位置 对齐 测试页 毫米 overlay offset shift align test sheet"
        card = self.card(_("提醒和套打位置"))
        self._printer = card.note
        self._low = LineField(longest=LONGEST_COUNT)
        self._right, self._down = LineField("0.0", 6), LineField("0.0", 6)
        self._test = ActionButton(_("打测试页"), "F6", "printer")
        self.setting(
            card, "low", _("剩几张时提醒"), self._low, "空白凭证 快用完 提醒 领用 张数 low stock remind blank form"
        )
        self.setting(card, "right", _("往右挪（毫米）"), self._right, words)
        self.setting(card, "down", _("往下挪（毫米）"), self._down, words)
        hint = label(_("往左、往上挪填负数。测试页上写着怎么量。"), "small")
        hint.setWordWrap(True)
        card.body.addWidget(hint)
        card.body.addLayout(at_left(self._test))
        self.findable("test_sheet", _("打测试页"), self._test, words)
        self._low.left.connect(lambda: self.presenter.remind(self._low.value()))
        for field in (self._right, self._down):
            field.left.connect(lambda: self.presenter.move(self._right.value(), self._down.value()))
        self._test.fired.connect(self._print_test)

    def _print_test(self) -> None:
        self.presenter.move(self._right.value(), self._down.value())
        self.presenter.print_test()

    def _show_place(self, state: BlanksState) -> None:
        printer = state.printer or _("不用打印机，打开 PDF")
        self._printer.setText(f"{state.chosen} · {printer}" if state.chosen else "")
        for field, value in (
            (self._low, str(state.stock.low) if state.stock else ""),
            (self._right, f"{state.shift.right / TENTHS:.1f}"),
            (self._down, f"{state.shift.down / TENTHS:.1f}"),
        ):
            field.setEnabled(bool(state.chosen))
            if not field.hasFocus():
                field.set_value(value)
        self._test.set_usable(bool(state.chosen))
        self._test.set_busy(state.busy)

    def _lay_out_ledger(self) -> None:
        self._ledger = self.card(_("台账"))
        self._ledger.flush()
        self._shown = Segments([(state, blank_state_words(state)) for state in BlankState])
        self._export = ActionButton(_("导出"), "F8", "export", "quiet")
        self._ledger.head.addWidget(self._shown)
        self._ledger.head.addWidget(self._export)
        self.findable("ledger", _("台账"), self._export, "空白凭证 台账 导出 ledger export")
        self._shown.chosen.connect(self.presenter.choose_state)
        self._export.fired.connect(self.presenter.export)

    def _show_ledger(self, state: BlanksState) -> None:
        self._shown.set_value(state.shown)
        self._export.set_usable(state.stock is not None and bool(state.chosen))
        count = len(state.rows)
        words = ngettext("最近 %(count)d 张", "最近 %(count)d 张", count) % {"count": count}
        self._ledger.note.setText(words if count == MOST_ROWS else "")
        clear(self._ledger.body)
        if not state.rows:
            self._ledger.body.addWidget(Empty("stack", _("没有这样的号码")))
        for place, blank in enumerate(state.rows):
            self._ledger.body.addWidget(_ledger_row(blank, first=place == 0))


def _ledger_row(blank: Blank, *, first: bool) -> Row:
    row = Row(ROW_HEIGHT, first=first, can_fire=False)
    about = blank.paper_number or (blank.source if blank.state is BlankState.UNUSED else "")
    row.add_words(ElidedLabel(blank.number), " · ".join(part for part in (about, blank.reason) if part))
    row.inside.addWidget(label(long_time(blank.changed_at), "small"))
    return row
