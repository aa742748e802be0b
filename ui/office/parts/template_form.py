"""The form of one block of a template, or of the paper as a whole: its texts, what goes with them, and rows."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.template_draft import MANY_ROWS, BlockKind, DraftBlock, TemplateDraft
from app.domain.template_remarks import TemplateRemark
from ui.office.lines import buttons
from ui.office.presenters.templates import TemplatesState
from ui.template_words import block_words, fault_words, places_for, setting_words
from ui.text import _, pgettext
from ui.widgets.areas import TextArea
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, clear, column_layout
from ui.widgets.choices import Segments, Toggles
from ui.widgets.fields import ChoiceField, Editor, FormField, LineField, lead_on, line_up
from ui.widgets.room import Showing
from ui.widgets.texts import label

LONGEST = 2000
NOTES = 3
RIGHT_LINES = 3
WHOLE = ("title", "list.form", "numbering", "pending", "text_size", "title_size", "line_height")
OPTIONS: Mapping[BlockKind, tuple[str, ...]] = {
    BlockKind.PARAGRAPH: ("indent",),
    BlockKind.GRID: ("height",),
    BlockKind.TABLE: ("foot",),
    BlockKind.SIGNING: ("seal",),
    BlockKind.CODE: ("size",),
}
FLAGS: Mapping[BlockKind, str] = {BlockKind.PARAGRAPH: "bold", BlockKind.SIGNING: "sealed"}


class TemplateForm(QWidget):
    """``edited`` names the text and what stands there now; rows are counted from 1."""

    edited = Signal(str, str)
    row_added = Signal(int)
    row_removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        self._fields: dict[str, FormField] = {}
        self._choices: dict[str, Segments | Toggles] = {}
        self._last: Editor | None = None
        self._card = Card(" ")
        self._places: list[tuple[str, str]] = []
        self._inside = column_layout(spacing=8)
        self._card.body.addLayout(self._inside)
        outside = column_layout(self._card)
        outside.addStretch(1)
        self.setLayout(outside)

    def show_form(self, state: TemplatesState) -> None:
        """Show the block that is being changed."""
        draft = state.draft
        if draft is None:
            return
        shape = (state.block, _shape(draft, state.block), draft.form)
        self._showing.changed("shape", shape, lambda: self._build(draft, state.block))
        remarks = {_key(one): fault_words(one) for one in state.remarks if one.block == state.block}
        for key, field in self._fields.items():
            value = value_of(draft, state.block, key)
            if key != "list.form" or field.editor.value().replace("，", " ").replace(",", " ").split() != value.split():
                field.editor.set_value(value)
            field.set_remark(remarks.get(key, ""), "error" if key in remarks else "")
        for key, choice in self._choices.items():
            value = value_of(draft, state.block, key)
            if isinstance(choice, Toggles):
                choice.set_values(value.split())
            else:
                choice.set_value(value)

    def take_focus(self) -> None:
        """Put the focus on the first text."""
        for field in self._fields.values():
            field.editor.setFocus()
            return

    def _build(self, draft: TemplateDraft, block: int) -> None:
        clear(self._inside)
        self._fields, self._choices, self._last = {}, {}, None
        if block:
            one = draft.blocks[block - 1]
            self._card.title.setText(block_words(one.kind))
            self._build_block(one)
        else:
            self._card.title.setText(pgettext("template", "整张文书"))
            self._build_whole()
        if self._fields:
            self._add_places(draft)
            fields = list(self._fields.values())
            line_up(fields)
            lead_on(fields, fields[0].editor)

    def _build_whole(self) -> None:
        for key in WHOLE:
            self._add(key, setting_words(key.removeprefix("list.")))
        for row in range(1, NOTES + 1):
            self._add(f"note.{row}", f"{setting_words('note')} {row}")
        self._add("footer.proof", setting_words("proof"))
        levels = [("county", _("县")), ("township", _("乡镇")), ("village", pgettext("level", "村（社区）"))]
        self._add_toggles("list.levels", setting_words("levels"), levels)

    def _build_block(self, block: DraftBlock) -> None:
        for row in range(2 if block.kind is BlockKind.TABLE else 1, len(block.rows) + 1):
            self._add_cells(block, row)
        if block.kind in MANY_ROWS:
            self._add_row_buttons(block.kind)
        if block.kind is BlockKind.SIGNING:
            for row in range(1, RIGHT_LINES + 1):
                self._add(f"right.{row}", f"{setting_words('right')} {row}")
        for name in OPTIONS.get(block.kind, ()):
            self._add(f"option.{name}", setting_words(name))
        self._add_choices(block.kind)

    def _add_cells(self, block: DraftBlock, row: int) -> None:
        shown = 1 if block.kind is BlockKind.TABLE else len(block.rows[row - 1])
        for column in range(1, shown + 1):
            self._add(f"cell.{row}.{column}", _cell_words(block.kind, row, column), block.kind)
        if block.kind in MANY_ROWS:
            remove = ActionButton(_("删去第 %(row)d 行") % {"row": row}, "", "trash", "quiet")
            remove.fired.connect(lambda: self.row_removed.emit(row))
            self._inside.addWidget(buttons(remove))

    def _add_choices(self, kind: BlockKind) -> None:
        if kind is BlockKind.PARAGRAPH:
            places = [("", _("靠左")), ("center", _("居中")), ("right", _("靠右"))]
            self._add_choice("option.align", Segments(places), _("位置"))
        if kind in FLAGS:
            word = _("加粗") if FLAGS[kind] == "bold" else _("这里盖章")
            self._add_toggles(f"option.{FLAGS[kind]}", "", [("true", word)])
        copies = [("", pgettext("template", "每一联")), ("交申请人", "交申请人"), ("存档", "存档")]
        self._add_choice("option.only", Segments(copies), pgettext("template", "印在哪联"))

    def _add(self, key: str, name: str, kind: BlockKind | None = None) -> None:
        editor: Editor = TextArea(longest=LONGEST) if kind is BlockKind.PARAGRAPH else LineField(longest=LONGEST)
        field = FormField(name, editor)
        editor.edited.connect(lambda value: self.edited.emit(key, value))
        editor.left.connect(lambda: setattr(self, "_last", editor))
        self._fields[key] = field
        self._inside.addWidget(field)

    def _add_choice(self, key: str, choice: Segments, name: str) -> None:
        choice.setAccessibleName(name)
        choice.chosen.connect(lambda value: self.edited.emit(key, value))
        self._put(key, choice, name)

    def _add_toggles(self, key: str, name: str, words: list[tuple[str, str]]) -> None:
        toggles = Toggles(words)
        toggles.setAccessibleName(name or words[0][1])
        toggles.changed.connect(lambda: self.edited.emit(key, " ".join(toggles.values())))
        self._put(key, toggles, name)

    def _put(self, key: str, choice: Segments | Toggles, name: str) -> None:
        self._choices[key] = choice
        self._add_named(name, choice)

    def _add_named(self, name: str, part: QWidget) -> None:
        """Put a name above what is chosen: beside it there would be too little room for large letters."""
        if name:
            self._inside.addWidget(label(name, "label"))
        self._inside.addWidget(part)

    def _add_row_buttons(self, kind: BlockKind) -> None:
        one = ActionButton(_("加一行"), "Ctrl+R", "plus")
        one.fired.connect(lambda: self.row_added.emit(1))
        parts = [one]
        if kind is BlockKind.GRID:
            two = ActionButton(_("加一行两栏"), "Ctrl+Shift+R", "plus")
            two.fired.connect(lambda: self.row_added.emit(2))
            parts.append(two)
        self._inside.addWidget(buttons(*parts))

    def _add_places(self, draft: TemplateDraft) -> None:
        self._places = places_for(draft)
        choose = ChoiceField([words for _place, words in self._places])  # a hint inside would widen it beyond its place
        choose.setAccessibleName(_("插入填写项"))
        choose.setToolTip(_("选一个，插到刚才的光标处"))
        choose.edited.connect(self._insert)
        self._add_named(_("插入填写项"), choose)

    def _insert(self, words: str) -> None:
        place = next(place for place, named in self._places if named == words)
        editor = self._last or next(iter(self._fields.values())).editor
        if isinstance(editor, LineField):
            editor.insert(place)
            editor.edited.emit(editor.value())
        elif isinstance(editor, TextArea):
            editor.insertPlainText(place)
        editor.setFocus()


def value_of(draft: TemplateDraft, block: int, key: str) -> str:
    """Return what stands under ``key`` in a block (from 1), or in the paper as a whole (0)."""
    kind, _dot, name = key.partition(".")
    if kind == "cell":
        row, column = map(int, name.split("."))
        return draft.blocks[block - 1].rows[row - 1][column - 1]
    if kind in {"right", "note"}:
        lines = draft.blocks[block - 1].lines if kind == "right" else draft.notes
        return dict(enumerate(lines, 1)).get(int(name), "")
    if kind == "option":
        value = draft.blocks[block - 1].options.get(name, "")
        return "" if (name, value) == ("align", "left") else value
    if kind == "footer":
        return draft.footer.get(name, "")
    if kind == "list":
        return " ".join(getattr(draft, name))
    return draft.title if kind == "title" else draft.settings.get(kind, "")


def _shape(draft: TemplateDraft, block: int) -> object:
    if not block:
        return ()
    one = draft.blocks[block - 1]
    return one.kind, tuple(map(len, one.rows))


def _key(remark: TemplateRemark) -> str:
    """Return under which text a remark is shown."""
    field = remark.field
    if not remark.block:
        return "list.form" if field == "form" else field
    if field[:1].isdecimal():
        return f"cell.{field}"
    if field == "space":
        return "cell.1.1"
    return field if field.startswith("right.") else f"option.{field}"


def _cell_words(kind: BlockKind, row: int, column: int) -> str:
    if kind in MANY_ROWS:
        said = {"row": row}
        label_words, value_words = _("第 %(row)d 行栏名"), _("第 %(row)d 行内容")
        return (label_words if column % 2 else value_words) % said
    return {
        BlockKind.ENDS: list(_ends())[column - 1],
        BlockKind.SPACE: setting_words("space"),
        BlockKind.TABLE: _("第 %(column)d 列表头") % {"column": row - 1},
    }.get(kind, _("文字"))


def _ends() -> Iterator[str]:
    yield pgettext("template", "左边")
    yield pgettext("template", "右边")
