"""What is handed in, exactly as it was asked for: each material with its counts and pages, each field with its value."""

from PySide6.QtCore import QMimeData, Signal

from app.domain.application import HandedIn
from ui.forms.form import FormState, HandedLine
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Row, clear
from ui.widgets.fields import LineField
from ui.widgets.flow import Flow
from ui.widgets.keys import bind
from ui.widgets.pages import PageStrip
from ui.widgets.signs import Light
from ui.widgets.steps import Steps
from ui.widgets.texts import cap, label

MOST_KEYS = 9


class HandingCard(Card):
    """Every signal names the material first."""

    counted = Signal(str, int, int)
    toggled = Signal(str)
    chosen = Signal(str)
    pasted = Signal(str)
    dropped = Signal(str, QMimeData)
    turned = Signal(str, int)
    moved = Signal(str, int, int)
    removed = Signal(str, int)
    zoomed = Signal(str, int)
    edited = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(" ")
        self.flush()
        self._lines: tuple[HandedLine, ...] = ()
        self._rows: dict[str, _MaterialRow | _ValueRow] = {}
        self._remark = label("", "small", "danger")
        for word, key, icon, signal in (
            (_("附件"), "F4", "download-simple", self.chosen),
            (_("粘贴"), "Ctrl+Shift+V", "files", self.pasted),
        ):
            button = ActionButton(word, key, icon, "quiet")
            button.fired.connect(lambda signal=signal: self._at_current(signal))
            self.head.addWidget(button)

    def show_handed(self, state: FormState) -> None:
        """Show what was handed in so far."""
        self.setVisible(bool(state.handed_title))
        self.title.setText(state.handed_title)
        if self._lines != tuple(state.handed):
            self._build(tuple(state.handed))
        for code, row in self._rows.items():
            if isinstance(row, _MaterialRow):
                row.show_material(state.filled.handed.get(code, HandedIn()), state)
            else:
                row.show_value(state.filled.values.get(f"form.{code}", ""), state.problems.get(f"form.{code}", ""))
        there = sum(_is_there(line, state) for line in self._lines)
        self.note.setText(_("收到 %(there)d / %(total)d") % {"there": there, "total": len(self._lines)})
        self._remark.setText(state.problems.get("handed", ""))
        self._remark.setVisible("handed" in state.problems)

    def forget(self) -> None:
        """Let the next lines be built anew."""
        self._build(())

    def take_focus(self, code: str = "") -> None:
        """Put the cursor to a line, else to the first."""
        row = self._rows.get(code) or next(iter(self._rows.values()), None)
        if row is not None:
            row.take_focus()

    def _at_current(self, signal: object) -> None:
        materials = [code for code, row in self._rows.items() if isinstance(row, _MaterialRow)]
        current = next((code for code in materials if self._rows[code].isAncestorOf(self.focusWidget() or self)), "")
        if code := current or next(iter(materials), ""):
            signal.emit(code)  # type: ignore[attr-defined]

    def _build(self, lines: tuple[HandedLine, ...]) -> None:
        self._lines = lines
        self.body.removeWidget(self._remark)
        clear(self.body)
        self._rows = {}
        for number, line in enumerate(lines, start=1):
            row = _MaterialRow(number, line) if line.material else _ValueRow(number, line)
            self._rows[line.code] = row
            self._connect(row, line.code)
            self.body.addWidget(row)
        self.body.addWidget(self._remark)

    def _connect(self, row: "_MaterialRow | _ValueRow", code: str) -> None:
        if isinstance(row, _ValueRow):
            row.value.edited.connect(lambda value: self.edited.emit(f"form.{code}", value))
            return
        row.counted.connect(lambda originals, copies: self.counted.emit(code, originals, copies))
        row.toggled.connect(lambda: self.toggled.emit(code))
        row.strip.chosen.connect(lambda: self.chosen.emit(code))
        row.strip.pasted.connect(lambda: self.pasted.emit(code))
        row.strip.dropped.connect(lambda mime: self.dropped.emit(code, mime))
        row.strip.turned.connect(lambda index: self.turned.emit(code, index))
        row.strip.moved.connect(lambda index, step: self.moved.emit(code, index, step))
        row.strip.removed.connect(lambda index: self.removed.emit(code, index))
        row.strip.zoomed.connect(lambda index: self.zoomed.emit(code, index))


class _MaterialRow(Row):
    counted = Signal(int, int)
    toggled = Signal()

    def __init__(self, number: int, line: HandedLine) -> None:
        super().__init__(60, first=number == 1, can_fire=False)
        self._handed_in = HandedIn()
        self.inside.addWidget(label(str(number), "soft"))
        self.add_words(line.name, line.why)
        self._originals, self._copies = Steps(_("原件")), Steps(_("复印件"))
        self._originals.changed.connect(lambda value: self.counted.emit(value, self._handed_in.copies))
        self._copies.changed.connect(lambda value: self.counted.emit(self._handed_in.originals, value))
        self.strip = PageStrip(
            _("第 %(number)d 页：回车放大，R 旋转，Alt+←→ 移动，Delete 删除"), _("添加附件，也可拖放或 Ctrl+V 粘贴")
        )
        self._light = Light()
        counts = Flow(self._originals, self._copies, self.strip, spacing=8)
        self.inside.addLayout(counts, 1)
        self.inside.addWidget(self._light)
        _give_key(self, number, line.name)

    def show_material(self, handed_in: HandedIn, state: FormState) -> None:
        self._handed_in = handed_in
        self._originals.set_value(handed_in.originals)
        self._copies.set_value(handed_in.copies)
        self.strip.show_pages([state.thumbnails.get(page, b"") for page in handed_in.pages])
        if state.busy_material and handed_in is state.filled.handed.get(state.busy_material):
            self._light.show_light("plain", _("读取中…"))
        elif handed_in.pages:
            count = len(handed_in.pages)
            self._light.show_light("good", ngettext("已收 %(count)d 页", "已收 %(count)d 页", count) % {"count": count})
        else:
            self._light.show_light(*(("good", _("已收")) if handed_in.is_there else ("warn", _("还缺"))))
        self.set_state("" if handed_in.is_there else "warn")

    def take_focus(self) -> None:
        self._originals.take_focus()


class _ValueRow(Row):
    toggled = Signal()

    def __init__(self, number: int, line: HandedLine) -> None:
        super().__init__(60, first=number == 1, can_fire=False)
        self.value = LineField(longest=200)
        self.value.setAccessibleName(line.name)
        self.inside.addWidget(label(str(number), "soft"))
        self.add_words(line.name, line.why)
        self._remark = label("", "small", "danger")
        self.inside.addWidget(self._remark)
        self.inside.addWidget(self.value, 1)
        self.toggled.connect(self.value.setFocus)
        _give_key(self, number, line.name)

    def show_value(self, value: str, problem: str) -> None:
        self.value.set_value(value)
        self._remark.setText(problem)

    def take_focus(self) -> None:
        self.value.setFocus()


def _give_key(row: "_MaterialRow | _ValueRow", number: int, name: str) -> None:
    if number <= MOST_KEYS:
        key = f"Ctrl+{number}"
        row.inside.addWidget(cap(key))
        row.inside.setSpacing(theme().px(8))
        bind(row, key, _("%(name)s 收了或没收") % {"name": name}, row.toggled.emit)


def _is_there(line: HandedLine, state: FormState) -> bool:
    if line.material is None:
        return bool(state.filled.value(f"form.{line.code}"))
    return state.filled.handed.get(line.code, HandedIn()).is_there
