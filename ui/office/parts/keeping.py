"""Keys and retention: the authority, how long bodies are kept, and years that go to the archive."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.office.lines import Lines, buttons, wrapped
from ui.office.presenters.keeping import DETACH, ERASE, MAKE, KeepingPresenter, KeepingState
from ui.text import _, listed, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, column_layout, scrolled
from ui.widgets.choices import Segments
from ui.widgets.fields import LineField, SecretField
from ui.widgets.room import Showing, holding
from ui.widgets.texts import label

WIDTH = 760


class KeepingPart(QWidget):
    """Signals name what the administrator wants; ``edited`` what was typed."""

    edited = Signal(str, str)
    begun = Signal(str)
    submitted = Signal()
    given_up = Signal()
    days_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        self._make, self._make_lines = ActionButton(_("新建签发密钥"), "F6", "key"), Lines()
        self._save = ActionButton(_("选地方保存"), "F9", "floppy-disk", "primary")
        self._days_lines, self._keep = Lines(), ActionButton(pgettext("act", "保存天数"), "", "check")
        self._erase = ActionButton(_("清除期满的内容"), "F8", "eraser", "danger")
        self._erase_now = ActionButton(_("确认清除，不能撤销"), "F9", "eraser", "danger")
        self._detach = ActionButton(_("移出一年"), "F7", "archive")
        self._detach_now = ActionButton(_("确认移出"), "F9", "archive", "danger")
        self._cancel = {
            form: ActionButton(pgettext("act", "取消"), "Ctrl+Delete", "x", "quiet") for form in (MAKE, ERASE, DETACH)
        }
        self._year_column = column_layout(spacing=8)
        self._year_remark, self._tables = wrapped("", "small", "danger"), wrapped("", "")
        self._forms: dict[str, QWidget] = {}
        self._lay_out()
        self._connect()

    def connect_to(self, presenter: KeepingPresenter) -> None:
        """Let ``presenter`` decide."""
        self.edited.connect(presenter.edit)
        self.begun.connect(presenter.begin)
        self.submitted.connect(presenter.submit)
        self.given_up.connect(presenter.give_up)
        self.days_asked.connect(presenter.keep_days)

    def render(self, state: KeepingState) -> None:
        """Show ``state``."""
        self._make_lines.show_values(state.values, state.remarks)
        days = state.values.get("days", str(state.days or ""))
        self._days_lines.show_values({"days": days}, state.remarks)
        self._showing.changed("years", (state.years, state.form), lambda: self._show_years(state))
        self._year_remark.setText(state.remarks.get("year", ""))
        self._year_remark.setVisible("year" in state.remarks)
        self._tables.setText(_("请归档后删除：%(tables)s") % {"tables": listed(state.tables)})
        self._tables.setVisible(bool(state.tables))
        for form, (opener, widget) in {
            MAKE: (self._make, self._forms[MAKE]),
            ERASE: (self._erase, self._forms[ERASE]),
            DETACH: (self._detach, self._forms[DETACH]),
        }.items():
            opener.setVisible(state.form != form)
            widget.setVisible(state.form == form)
        self._showing.changed("form", state.form, lambda: self._open_form(state.form))

    def forget_secrets(self) -> None:
        """Empty the passphrase."""
        self._make_lines.forget_secrets()

    def focus_first(self) -> None:
        """Put the focus on the first act."""
        self._make.setFocus()

    def _open_form(self, form: str) -> None:
        self.forget_secrets()
        if form == MAKE:
            self._make_lines.take_focus()
        elif form:
            {ERASE: self._erase_now, DETACH: self._detach_now}[form].setFocus()

    def _show_years(self, state: KeepingState) -> None:
        while self._year_column.count():
            self._year_column.takeAt(0).widget().deleteLater()
        if state.form == DETACH:
            years = Segments([(str(year), str(year)) for year in state.years])
            years.setAccessibleName(_("哪一年"))
            years.set_value(state.values.get("year", ""))
            years.chosen.connect(lambda year: self.edited.emit("year", year))
            self._year_column.addWidget(years)

    def _lay_out(self) -> None:
        column = column_layout(self._key_card(), self._days_card(), self._year_card(), spacing=12)
        column.addStretch(1)
        column.setContentsMargins(0, 0, theme().px(4), 0)
        inner = holding(column)
        inner.setMaximumWidth(theme().px(WIDTH))
        self.setLayout(column_layout(scrolled(inner)))

    def _key_card(self) -> Card:
        card = Card(_("签发密钥"))
        words = _(
            "邀请、证书、公告都由它签名，窗口只信它。它只在管理员手里的文件中，用口令封存，不进数据库，也不要放在数据库的服务器上。"
            "一个中心只建一次：换了它，各窗口都要重新入网。"
        )
        self._make_lines.add("name", _("中心名称"), LineField(_("写在证书里"), longest=60), required=True)
        self._make_lines.add("passphrase", _("口令"), SecretField(), required=True)
        self._make_lines.add("again", _("再输一次"), SecretField(), required=True)
        self._make_lines.finish(self._save)
        form = holding(column_layout(self._make_lines, buttons(self._save, self._cancel[MAKE]), spacing=8))
        self._forms[MAKE] = form
        for widget in (wrapped(words), buttons(self._make), form):
            card.body.addWidget(widget)
        return card

    def _days_card(self) -> Card:
        card = Card(_("内容的保存"))
        words = _("办结的内容保存这么多天，至少 365。期满后清除只留摘要和签名，链仍可核对。")
        self._days_lines.add("days", _("保存天数"), LineField(longest=6))
        self._days_lines.finish(self._keep)
        warning = wrapped(_("期满的办结件内容将被清除，任何人都不能再恢复。请确认备份和归档都做好了。"), "", "danger")
        form = holding(column_layout(warning, buttons(self._erase_now, self._cancel[ERASE]), spacing=8))
        self._forms[ERASE] = form
        for widget in (wrapped(words), self._days_lines, buttons(self._keep, self._erase), form):
            card.body.addWidget(widget)
        return card

    def _year_card(self) -> Card:
        card = Card(_("整年归档"))
        words = _("把保存期满、办件都办结的一年从台账和图像中移出，移出的表归档后自己删除。")
        inner = column_layout(label(_("哪一年"), "label"), spacing=8)
        inner.addLayout(self._year_column)
        inner.addWidget(self._year_remark)
        inner.addWidget(buttons(self._detach_now, self._cancel[DETACH]))
        self._forms[DETACH] = holding(inner)
        for widget in (wrapped(words), buttons(self._detach), self._forms[DETACH], self._tables):
            card.body.addWidget(widget)
        return card

    def _connect(self) -> None:
        for lines in (self._make_lines, self._days_lines):
            lines.edited.connect(self.edited)
        for form, button in ((MAKE, self._make), (ERASE, self._erase), (DETACH, self._detach)):
            button.fired.connect(lambda form=form: self.begun.emit(form))
        for button in (self._save, self._erase_now, self._detach_now):
            button.fired.connect(self.submitted)
        for button in self._cancel.values():
            button.fired.connect(self.given_up)
        self._keep.fired.connect(self.days_asked)
