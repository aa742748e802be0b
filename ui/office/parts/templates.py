"""Templates of papers: the list of them, or one with its blocks, the form of a block, and the paper beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.template_draft import BlockKind
from app.domain.template_remarks import TemplateRemark
from app.services.template_editing import ListedTemplate
from ui.dates import short_time
from ui.office.lines import buttons
from ui.office.parts.listing import Listing
from ui.office.parts.picker import Picker
from ui.office.parts.template_form import TemplateForm
from ui.office.presenters.template_edits import key_of
from ui.office.presenters.template_state import TemplatesState
from ui.office.presenters.templates import TemplatesPresenter
from ui.paper_side import PaperSide
from ui.template_words import block_words, remark_words, said_words
from ui.text import _, ngettext, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Row, clear, column_layout, row_layout, scrolled
from ui.widgets.menu import MenuButton
from ui.widgets.notices import Notice
from ui.widgets.room import Showing, holding
from ui.widgets.table import TableRow
from ui.widgets.texts import ElidedLabel, Icon

LIST_WIDTH, LIST_SHARE = 330, 0.25
SIDE_WIDTH, SIDE_SHARE, LEAST_SIDE = 420, 0.34, 290
MOST_REMARKS = 3
REMARK_HEIGHT = 40


class TemplatesPart(QStackedWidget):
    """The list and the editor; what an administrator wants goes to the presenter."""

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        self._list = TemplateList()
        self._editor = TemplateEditor()
        self.addWidget(self._list)
        self.addWidget(self._editor)

    def connect_to(self, presenter: TemplatesPresenter) -> None:
        """Let ``presenter`` decide."""
        self._list.connect_to(presenter)
        self._editor.connect_to(presenter)

    def render(self, state: TemplatesState) -> None:
        """Show ``state``."""
        is_open = state.editing is not None
        self.setCurrentWidget(self._editor if is_open else self._list)
        if is_open:
            self._editor.render(state)
        else:
            shown = (state.rows, state.chosen, state.is_unread, state.dropped)
            self._showing.changed("rows", shown, lambda: self._list.show_rows(state))
        self._showing.changed("open", is_open, lambda: self.isVisible() and self.focus_first())
        self._showing.changed("copy", state.is_copy, lambda: state.is_copy and self._editor.take_title())

    def focus_first(self) -> None:
        """Put the focus on the list that is shown."""
        self.currentWidget().take_focus()  # type: ignore[attr-defined]


class TemplateList(QWidget):
    """Every template, drafts and published ones told apart."""

    def __init__(self) -> None:
        super().__init__()
        heads = (_("状态"), pgettext("template", "文书名称"), pgettext("template", "代号"), _("时间"))
        samples = (f"      {_standing_words('superseded')}", "", "", "2026-05-18 10:26")
        self._rows = Listing(_("文书模板"), heads, (130, 260, 240, 150), 1, samples)
        self._rows.give_way((3, 2))
        self._open = ActionButton(_("打开修改"), "F6", "note-pencil", "primary")
        self._copy = ActionButton(_("复制成新模板"), "F7", "plus")
        self._drop = ActionButton(_("删草稿"), "Ctrl+Delete", "trash", "quiet")
        self._take_back = ActionButton(_("撤销"), "Ctrl+Z", "arrow-u-up-left", "quiet")
        acts = buttons(self._open, self._copy, self._drop, self._take_back)
        column = column_layout(self._rows, acts, spacing=8)
        column.setStretch(0, 1)
        self.setLayout(column)

    def connect_to(self, presenter: TemplatesPresenter) -> None:
        """Let ``presenter`` decide."""
        self._rows.table.current_changed.connect(presenter.choose)
        self._rows.table.taken.connect(lambda _name: presenter.open())
        self._open.fired.connect(presenter.open)
        self._copy.fired.connect(presenter.copy)
        self._drop.fired.connect(presenter.drop)
        self._take_back.fired.connect(presenter.take_back)

    def show_rows(self, state: TemplatesState) -> None:
        """Show the list."""
        chosen = next((row for row in state.rows or () if row.name == state.chosen), None)
        self._open.set_usable(chosen is not None)
        self._copy.set_usable(chosen is not None)
        self._drop.set_usable(chosen is not None and chosen.is_draft)
        self._take_back.setVisible(state.dropped is not None)
        empty = _("没有读到。请按 F5 再读一次。") if state.is_unread else _("正在读取…")
        self._rows.show_rows([_row(row) for row in state.rows or ()], state.chosen, empty)

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self._rows.table.setFocus()


class TemplateEditor(QWidget):
    """One template: blocks, form, paper and remarks side by side."""

    resized = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        heads = (pgettext("template", "块"), pgettext("template", "内容"))
        self._blocks = Listing(_("文书的各块"), heads, (120, 100), 1)
        self._add = Picker([], pgettext("template", "块"), _("加一块"), "Ctrl+N", "plus")
        self._more = MenuButton(_("更多"), lambda: _("文书的各块"))
        self._undo = ActionButton(_("撤销"), "Ctrl+Z", "arrow-u-up-left", "quiet")
        self._form = TemplateForm()
        self._paper = PaperSide()
        self._superseded = Notice()
        self._remarks = Card(_("要改的地方"))
        self._remarks.flush()
        self._publish = ActionButton(_("签名并发布"), "F9", "paper-plane-tilt", "primary")
        self._presenter: TemplatesPresenter | None = None
        self._lay_out()

    def connect_to(self, presenter: TemplatesPresenter) -> None:
        """Let ``presenter`` decide."""
        self._presenter = presenter
        kinds = {block_words(kind): kind.value for kind in BlockKind}
        self._blocks.table.current_changed.connect(lambda key: key and presenter.choose_block(int(key)))
        self._blocks.table.taken.connect(lambda _key: self._form.take_focus())
        self._add.picked.connect(lambda words: presenter.add(kinds[words]))
        for word, bound, icon, act in (
            (_("上移"), "Ctrl+Up", "arrow-up", lambda: presenter.move(-1)),
            (_("下移"), "Ctrl+Down", "arrow-down", lambda: presenter.move(1)),
            (_("重复"), "Ctrl+D", "plus", presenter.repeat),
            (_("删去"), "Ctrl+Delete", "trash", presenter.remove),
            (_("重做"), "Ctrl+Y", "arrow-clockwise", presenter.redo),
            (_("删草稿"), "Ctrl+Shift+Delete", "eraser", presenter.drop),
        ):
            self._more.add(word, bound, icon, act)
        self._undo.fired.connect(presenter.undo)
        self._form.edited.connect(presenter.edit)
        self._form.row_added.connect(presenter.add_row)
        self._form.row_removed.connect(presenter.remove_row)
        self._form.row_moved.connect(presenter.move_row)
        self._paper.turned.connect(presenter.turn)
        self._paper.width_changed.connect(lambda: presenter.resize(self._paper.width_px))
        self._publish.fired.connect(presenter.publish)

    def render(self, state: TemplatesState) -> None:
        """Show ``state``."""
        draft, editing = state.draft, state.editing
        assert draft is not None and editing is not None  # noqa: S101, PT018  told by the part
        self._form.show_form(state)
        self._add.show_choices([block_words(kind) for kind in draft.kinds])
        self._paper.show_title(draft.title)
        if state.picture is not None:
            self._paper.show_picture(state.picture, state.page)
        else:
            self._paper.show_words("" if state.remarks else _("正在画…"))
        self._undo.set_usable(bool(editing.before))
        self._publish.set_usable(state.can_publish)
        newer = _("您开始修改之后，这份文书又有了新版。按 F9 会用您的替换它；要在新版上改，请先删草稿。")
        self._superseded.show_words(newer if state.is_superseded else "", "warn")
        self._remarks.setVisible(bool(state.remarks))
        self._showing.changed("remarks", (state.remarks, draft), lambda: self._show_remarks(state))
        shown = (draft.blocks, draft.title, state.remarks, state.block)
        self._showing.changed("blocks", shown, lambda: self._show_blocks(state))

    def take_focus(self) -> None:
        """Put the focus on the blocks."""
        self._blocks.table.setFocus()

    def take_title(self) -> None:
        """Put the focus on the title, which a copy has from its template."""
        self._form.take_focus("title")

    def resizeEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Let the columns follow."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._left.setFixedWidth(min(theme().px(LIST_WIDTH), round(self.width() * LIST_SHARE)))
        side = min(theme().px(SIDE_WIDTH), round(self.width() * SIDE_SHARE))
        self._right.setFixedWidth(max(theme().px(LEAST_SIDE), side))

    def _show_blocks(self, state: TemplatesState) -> None:
        assert state.draft is not None  # noqa: S101  told by the part
        bad = {remark.block for remark in state.remarks}
        whole = TableRow("0", (pgettext("template", "整张文书"), state.draft.title), "danger" if 0 in bad else "")
        rows = [
            TableRow(str(place), (block_words(block.kind), said_words(block)), "danger" if place in bad else "")
            for place, block in enumerate(state.draft.blocks, 1)
        ]
        self._blocks.show_rows([whole, *rows], str(state.block), "")

    def _show_remarks(self, state: TemplatesState) -> None:
        clear(self._remarks.body)
        draft, presenter = state.draft, self._presenter
        assert draft is not None and presenter is not None  # noqa: S101, PT018  connected before anything is shown
        for index, remark in enumerate(state.remarks[:MOST_REMARKS]):
            if remark.block > len(draft.blocks):
                continue  # the block is gone, and the remark with it as soon as the draft was judged
            words = remark_words(draft, remark)
            row = Row(REMARK_HEIGHT, first=not index)
            row.setAccessibleName(words)
            row.inside.addWidget(Icon("warning-circle-fill", "danger", 16))
            row.inside.addWidget(ElidedLabel(words, "small"), 1)
            row.fired.connect(lambda remark=remark: self._lead_to(remark))
            self._remarks.body.addWidget(row)
        if (rest := len(state.remarks) - MOST_REMARKS) > 0:
            more = ngettext("还有 %(count)d 项内容", "还有 %(count)d 项内容", rest) % {"count": rest}
            self._remarks.body.addWidget(ElidedLabel(f"　{more}", "soft"))

    def _lead_to(self, remark: TemplateRemark) -> None:
        if self._presenter is not None:
            self._presenter.choose_block(remark.block)
            self._form.take_focus(key_of(remark))

    def _lay_out(self) -> None:
        left = column_layout(self._blocks, self._add, buttons(self._undo, self._more), spacing=8)
        left.setStretch(0, 1)
        self._left = holding(left)
        right = column_layout(self._paper, self._remarks, self._superseded, buttons(self._publish), spacing=8)
        right.setStretch(0, 1)
        self._right = holding(right)
        together = row_layout(self._left, scrolled(self._form), self._right)
        together.setSpacing(theme().px(12))
        together.setStretch(1, 1)
        self.setLayout(together)


def _row(row: ListedTemplate) -> TableRow:
    standing = _standing(row)
    tone = {"superseded": "danger", "draft": "warn", "published": "good"}.get(standing, "")
    changed = short_time(row.changed_at) if row.changed_at else ""
    return TableRow(row.name, (_standing_words(standing), row.title, row.name, changed), tone)


def _standing(row: ListedTemplate) -> str:
    if row.is_draft:
        return "superseded" if row.is_superseded else "draft"
    return "published" if row.is_published else "shipped"


def _standing_words(standing: str) -> str:
    return {
        "superseded": pgettext("template", "草稿，另有新版"),
        "draft": _("草稿"),
        "published": _("已发布"),
        "shipped": pgettext("template", "自带"),
    }[standing]
