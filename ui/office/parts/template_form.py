"""The form of one block of a template, or of the paper as a whole: its texts, what goes with them, and rows."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.paper import SIGNED, PaperKind
from app.domain.paper_template import KEEPERS
from app.domain.template_draft import MANY_ROWS, BlockKind, DraftBlock, TemplateDraft
from ui.office.lines import buttons
from ui.office.parts.picker import Picker
from ui.office.presenters.template_edits import key_of, value_of
from ui.office.presenters.template_state import TemplatesState
from ui.template_words import block_words, fault_words, places_for, setting_words, signer_words
from ui.text import _, pgettext
from ui.widgets.areas import TextArea
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, clear, column_layout
from ui.widgets.choices import Segments, Toggles
from ui.widgets.fields import ChoiceField, Editor, FormField, LineField, lead_on, line_up
from ui.widgets.room import Showing
from ui.widgets.texts import label

LONGEST = 2000
NOTES = 4
RIGHT_LINES = 3
WHOLE = ("title", "text_size", "title_size", "line_height", "numbering", "pending", "blank")
OF_CERTIFICATES = ("footer.proof", "holder", "holder_code")
OPTIONS: Mapping[BlockKind, tuple[str, ...]] = {
    BlockKind.PARAGRAPH: ("indent",),
    BlockKind.GRID: ("height",),
    BlockKind.TABLE: ("foot",),
    BlockKind.SIGNING: ("seal",),
    BlockKind.CODE: ("size",),
}
FLAGS: Mapping[BlockKind, str] = {BlockKind.PARAGRAPH: "bold", BlockKind.SIGNING: "sealed"}
UNDOING = {
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
}


class TemplateForm(QWidget):
    """``edited`` names the text and what stands there now; rows are counted from 1."""

    edited = Signal(str, str)
    row_added = Signal(int)
    row_removed = Signal(int)
    row_moved = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        self._fields: dict[str, FormField] = {}
        self._choices: dict[str, Segments | Toggles] = {}
        self._words: dict[str, Mapping[str, str]] = {}
        """Of choices that are fields: what each value is called."""
        self._rows = 0
        self._last: Editor | None = None
        self._card = Card(" ")
        self._places: list[tuple[str, str]] = []
        self._choose = Picker([], _("填写项"), _("插入填写项"), "Ctrl+I", "plus")
        self._choose.picked.connect(self._insert)
        self._inside = column_layout(spacing=8)
        self._card.body.addLayout(self._inside)
        self._card.body.addWidget(self._choose)
        outside = column_layout(self._card)
        outside.addStretch(1)
        self.setLayout(outside)

    def show_form(self, state: TemplatesState) -> None:
        """Show the block that is being changed."""
        draft = state.draft
        if draft is None:
            return
        shape = (draft.name, state.block, _shape(draft, state.block), state.fields)
        self._showing.changed("shape", shape, lambda: self._build(draft, state))
        self._places = places_for(draft, state.fields)
        self._choose.show_choices([words for _place, words in self._places])
        remarks = {key_of(one): fault_words(one) for one in state.remarks if one.block == state.block}
        for key, field in self._fields.items():
            self._show_value(key, field, value_of(draft, state.block, key))
            field.set_remark(remarks.get(key, ""), "error" if key in remarks else "")
            if key.startswith("signer."):
                field.setVisible(value_of(draft, state.block, key.replace("signer", "cell")) in draft.labels)
        for key, choice in self._choices.items():
            value = value_of(draft, state.block, key)
            if isinstance(choice, Toggles):
                choice.set_values(value.split())
            else:
                choice.set_value(value)

    def take_focus(self, key: str = "") -> None:
        """Put the focus on the text of that key, else on the first one, to be typed anew."""
        field = self._fields.get(key) or next(iter(self._fields.values()), None)
        if field is not None:
            _focus(field)
            if isinstance(field.editor, LineField):
                field.editor.selectAll()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Let undoing reach the editor of the template: a field knows its own letters alone."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if (Qt.Key(event.key()), event.modifiers()) not in UNDOING:
            return False
        event.ignore()
        return True

    def _show_value(self, key: str, field: FormField, value: str) -> None:
        if key in self._words:
            value = self._words[key].get(value, value)
        elif key == "list.form" and _codes(field.editor.value()) == value.split():
            return  # how the codes are set apart is left to whoever types them
        field.editor.set_value(value)

    def _build(self, draft: TemplateDraft, state: TemplatesState) -> None:
        """Make the fields anew; where one had the focus, it stays in the form."""
        focused = next((key for key, field in self._fields.items() if field.editor.hasFocus()), "")
        clear(self._inside)
        self._fields, self._choices, self._words, self._last = {}, {}, {}, None
        if state.block:
            one = draft.blocks[state.block - 1]
            self._card.title.setText(block_words(one.kind))
            self._rows = len(one.rows)
            self._build_block(one, draft)
        else:
            self._card.title.setText(pgettext("template", "整张文书"))
            self._build_whole(draft, state.fields)
        if self._fields:
            fields = list(self._fields.values())
            line_up(fields)
            lead_on(fields, fields[0].editor)
            if focused:
                _focus(self._fields.get(focused, fields[0]))

    def _build_whole(self, draft: TemplateDraft, fields: tuple[tuple[str, str], ...]) -> None:
        is_certificate = draft.kind == PaperKind.CERTIFICATE
        self._add("title", setting_words("title"))
        if is_certificate:
            if fields:
                self._add_toggles("list.form", pgettext("template", "印上表单的哪些栏"), list(fields))
            levels = [("county", _("县")), ("township", _("乡镇")), ("village", pgettext("level", "村（社区）"))]
            self._add_toggles("list.levels", setting_words("levels"), levels)
        self._add_toggles("list.copies", setting_words("copies"), [(keeper, keeper) for keeper in KEEPERS])
        self._add_toggles("landscape", "", [("true", pgettext("template", "横放"))])
        for key in WHOLE[1:]:
            self._add(key, setting_words(key))
        for row in range(1, NOTES + 1):
            self._add(f"note.{row}", f"{setting_words('note')} {row}")
        self._add("footer.witness", setting_words("witness"))
        if is_certificate:
            for key in (*OF_CERTIFICATES, "list.form"):
                self._add(key, setting_words(key.rpartition(".")[2]))

    def _build_block(self, block: DraftBlock, draft: TemplateDraft) -> None:
        for row in range(2 if block.kind is BlockKind.TABLE else 1, len(block.rows) + 1):
            self._add_row(block, row, is_signed=draft.kind in SIGNED)
        if block.kind in MANY_ROWS:
            self._add_row_buttons(block.kind)
        if block.kind is BlockKind.SIGNING:
            for row in range(1, max(RIGHT_LINES, len(block.lines)) + 1):
                self._add(f"right.{row}", f"{setting_words('right')} {row}")
        for name in OPTIONS.get(block.kind, ()):
            self._add(f"option.{name}", setting_words(name))
        self._add_choices(block, is_blank=bool(draft.settings.get("blank")))

    def _add_row(self, block: DraftBlock, row: int, *, is_signed: bool) -> None:
        if block.kind is BlockKind.TABLE:
            named = _("第 %(column)d 列") % {"column": row - 1}
            self._inside.addWidget(label(named, "label"))
            self._add(f"cell.{row}.1", _("表头"), within=named)
            self._add(f"cell.{row}.2", pgettext("template", "宽度（份）"), within=named)
            self._add_choice_field(f"cell.{row}.3", _("位置"), {**_aligned(), "left": _("靠左")}, named)
        elif block.kind in MANY_ROWS:
            named = self._add_row_head(row, len(block.rows))
            for column in range(1, len(block.rows[row - 1]), 2):
                self._add(f"cell.{row}.{column}", _("栏名"), within=named)
                self._add(f"cell.{row}.{column + 1}", _("内容"), within=named)
                if is_signed:
                    signing = pgettext("template", "谁来签")
                    self._add_choice_field(f"signer.{row}.{column}", signing, signer_words(), named)
        else:
            for column in range(1, len(block.rows[row - 1]) + 1):
                self._add(f"cell.{row}.{column}", _text_words(block.kind, column), block.kind)

    def _add_row_head(self, row: int, rows: int) -> str:
        """Name a row, with what moves it and takes it away; return its name."""
        named = _("第 %(row)d 行") % {"row": row}
        acts: list[QWidget] = [label(named, "label")]
        for word, icon, can, act in (
            (_("上移"), "arrow-up", row > 1, lambda: self._move_row(row, -1)),
            (_("下移"), "arrow-down", row < rows, lambda: self._move_row(row, 1)),
            (_("删去"), "trash", True, lambda: self._remove_row(row)),
        ):
            button = ActionButton(word, "", icon, "quiet")
            button.setAccessibleName(f"{named} {word}")
            button.set_usable(can)
            button.fired.connect(act)
            acts.append(button)
        self._inside.addWidget(buttons(*acts))
        return named

    def _add_row_buttons(self, kind: BlockKind) -> None:
        one = ActionButton(_("加一行"), "Ctrl+R", "plus")
        one.fired.connect(lambda: self._new_row(1))
        parts = [one]
        if kind is BlockKind.GRID:
            two = ActionButton(_("加一行两栏"), "Ctrl+Shift+R", "plus")
            two.fired.connect(lambda: self._new_row(2))
            parts.append(two)
        self._inside.addWidget(buttons(*parts))

    def _new_row(self, pairs: int) -> None:
        self.row_added.emit(pairs)
        self.take_focus(f"cell.{self._rows}.1")

    def _remove_row(self, row: int) -> None:
        self.row_removed.emit(row)
        self.take_focus(f"cell.{min(row, self._rows)}.1")

    def _move_row(self, row: int, by: int) -> None:
        self.row_moved.emit(row, by)
        self.take_focus(f"cell.{row + by}.1")

    def _add_choices(self, block: DraftBlock, *, is_blank: bool) -> None:
        if block.kind is BlockKind.PARAGRAPH:
            self._add_choice("option.align", Segments(list(_aligned().items())), _("位置"))
        if block.kind in FLAGS:
            word = _("加粗") if FLAGS[block.kind] == "bold" else _("这里盖章")
            self._add_toggles(f"option.{FLAGS[block.kind]}", "", [("true", word)])
        copies = [("", pgettext("template", "每一联")), *((keeper, keeper) for keeper in KEEPERS)]
        self._add_choice("option.only", Segments(copies), pgettext("template", "印在哪联"))
        if is_blank or "blank" in block.options:
            self._add_toggles("option.blank", "", [("true", pgettext("template", "空白凭证上已印好"))])

    def _add(self, key: str, name: str, kind: BlockKind | None = None, *, within: str = "") -> None:
        editor: Editor = TextArea(longest=LONGEST) if kind is BlockKind.PARAGRAPH else LineField(longest=LONGEST)
        editor.edited.connect(lambda value: self.edited.emit(key, value))
        editor.left.connect(lambda: setattr(self, "_last", editor))
        editor.installEventFilter(self)
        self._put(key, FormField(name, editor), f"{within} {name}".strip())

    def _add_choice_field(self, key: str, name: str, words: Mapping[str, str], within: str) -> None:
        """Add one of a few; ``words`` says what each value is called, the last of several values that share one counts."""
        editor = ChoiceField(list(dict.fromkeys(words.values())))
        values = {said: value for value, said in words.items()}
        editor.edited.connect(lambda said: self.edited.emit(key, values[said]))
        self._words[key] = words
        self._put(key, FormField(name, editor), f"{within} {name}")

    def _put(self, key: str, field: FormField, spoken: str) -> None:
        field.editor.setAccessibleName(spoken)
        self._fields[key] = field
        self._inside.addWidget(field)

    def _add_choice(self, key: str, choice: Segments, name: str) -> None:
        choice.setAccessibleName(name)
        choice.chosen.connect(lambda value: self.edited.emit(key, value))
        self._choices[key] = choice
        self._add_named(name, choice)

    def _add_toggles(self, key: str, name: str, words: list[tuple[str, str]]) -> None:
        toggles = Toggles(words)
        toggles.setAccessibleName(name or words[0][1])
        toggles.changed.connect(lambda: self.edited.emit(key, " ".join((*toggles.values(), *self._others(key, words)))))
        self._choices[key] = toggles
        self._add_named(name, toggles)

    def _others(self, key: str, words: list[tuple[str, str]]) -> list[str]:
        """Return what was typed under the same key and is none of the choices."""
        typed = _codes(self._fields[key].editor.value()) if key in self._fields else []
        return [code for code in typed if code not in dict(words)]

    def _add_named(self, name: str, part: QWidget) -> None:
        """Put a name above what is chosen: beside it there would be too little room for large letters."""
        if name:
            self._inside.addWidget(label(name, "label"))
        self._inside.addWidget(part)

    def _insert(self, words: str) -> None:
        place = next(place for place, named in self._places if named == words)
        editors = [field.editor for field in self._fields.values() if not isinstance(field.editor, ChoiceField)]
        editor = next((one for one in editors if one.hasFocus()), self._last or next(iter(editors), None))
        if isinstance(editor, LineField):
            editor.insert(place)
            editor.edited.emit(editor.value())
        elif isinstance(editor, TextArea):
            editor.insertPlainText(place)
        if editor is not None:
            editor.setFocus()


def _focus(field: FormField) -> None:
    field.show()  # Qt shows a new part a moment later, and nothing that is not shown takes the focus
    field.editor.setFocus()


def _aligned() -> dict[str, str]:
    return {"": _("靠左"), "center": _("居中"), "right": _("靠右")}


def _codes(text: str) -> list[str]:
    return text.replace("，", " ").replace(",", " ").split()


def _shape(draft: TemplateDraft, block: int) -> object:
    if not block:
        return ()
    one = draft.blocks[block - 1]
    return one.kind, tuple(map(len, one.rows)), len(one.lines) > RIGHT_LINES, bool(draft.settings.get("blank"))


def _text_words(kind: BlockKind, column: int) -> str:
    if kind is BlockKind.ENDS:
        return pgettext("template", "左边") if column == 1 else pgettext("template", "右边")
    return setting_words("space") if kind is BlockKind.SPACE else _("文字")
