"""What is handed in, exactly as it was asked for: each material with its counts and pages, each field with its value."""

from PySide6.QtCore import Signal

from app.domain.application import HandedIn
from ui.forms.form import FormState, HandedLine
from ui.handed_in import HandedCard, HandedRow, MaterialRow
from ui.text import _
from ui.theme import theme
from ui.widgets.fields import LineField
from ui.widgets.flow import Flow
from ui.widgets.texts import label


class HandingCard(HandedCard):
    """Everything that a form asks for; ``edited`` names the place of a value first."""

    edited = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(" ")
        self._lines: tuple[HandedLine, ...] = ()
        self._rows: dict[str, _AskedMaterial | _AskedValue] = {}
        self._remark = label("", "small", "danger")
        self._remark.setContentsMargins(*(theme().px(n) for n in (16, 4, 16, 8)))
        self.body.addWidget(self._remark)

    def show_handed(self, state: FormState) -> None:
        """Show what was handed in so far."""
        self.setVisible(bool(state.handed_title))
        self.title.setText(state.handed_title)
        if self._lines != tuple(state.handed):
            self._build(tuple(state.handed))
        for code, row in self._rows.items():
            if isinstance(row, _AskedMaterial):
                row.show_material(state)
            else:
                row.show_value(state.filled.values.get(f"form.{code}", ""), state.problems.get(f"form.{code}", ""))
        self.show_pages(state.pages)
        asked = [line for line in self._lines if not line.is_pages]
        there = sum(_is_there(line, state) for line in asked)
        words = _("收到 %(there)d / %(total)d") % {"there": there, "total": len(asked)}
        self.note.setText(words if asked else "")
        self._everything.setVisible(bool(asked))
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

    def _build(self, lines: tuple[HandedLine, ...]) -> None:
        self._lines = lines
        self.body.removeWidget(self._remark)
        self._forget_materials()
        self._rows = {}
        for number, line in enumerate(lines, start=1):
            self._rows[line.code] = self._add_line(number, line)
        self.body.addWidget(self._remark)

    def _add_line(self, number: int, line: HandedLine) -> "_AskedMaterial | _AskedValue":
        if not (line.material or line.is_pages):
            return self._add_value(number, line)
        row = _Pages(number, line) if line.is_pages else _AskedMaterial(number, line)
        self._add_material(line.code, row)
        return row

    def _add_value(self, number: int, line: HandedLine) -> "_AskedValue":
        row = _AskedValue(number, line)
        row.value.edited.connect(lambda value: self.edited.emit(f"form.{line.code}", value))
        self.body.addWidget(row)
        return row


class _AskedMaterial(MaterialRow):
    def __init__(self, number: int, line: HandedLine) -> None:
        super().__init__(number)
        self._code = line.code
        self.add_words(line.name, line.why)
        self._lay_out()
        self.give_key(line.name)

    def _lay_out(self) -> None:
        self.inside.addLayout(Flow(self._originals, self._copies, self.strip, self._check, spacing=8), 1)
        self.inside.addWidget(self._light)

    def show_material(self, state: FormState) -> None:
        handed_in = state.filled.handed.get(self._code, HandedIn())
        self.show_handed_in(handed_in, state.thumbnails, state.pages, busy=state.busy_material == self._code)
        self.set_state("" if handed_in.is_there else "warn")

    def take_focus(self) -> None:
        self._originals.take_focus()


class _Pages(_AskedMaterial):
    """Pages of which nobody knows yet what they are: there is nothing to count, nor to be missing."""

    def show_material(self, state: FormState) -> None:
        self.show_strip(state.filled.handed.get(self._code, HandedIn()), state.thumbnails, state.pages)

    def take_focus(self) -> None:
        self.strip.setFocus()

    def give_key(self, name: str) -> None:
        self.strip.call(_("%(name)s 的附件") % {"name": name})

    def _lay_out(self) -> None:
        self.inside.addLayout(Flow(self.strip, spacing=8), 1)


class _AskedValue(HandedRow):
    def __init__(self, number: int, line: HandedLine) -> None:
        super().__init__(number)
        self.value = LineField(longest=200)
        self.value.setAccessibleName(line.name)
        self.add_words(line.name, line.why)
        self._remark = label("", "small", "danger")
        self.inside.addWidget(self._remark)
        self.inside.addWidget(self.value, 1)
        self.toggled.connect(self.value.setFocus)
        self.give_key(line.name)

    def show_value(self, value: str, problem: str) -> None:
        self.value.set_value(value)
        self._remark.setText(problem)

    def take_focus(self) -> None:
        self.value.setFocus()


def _is_there(line: HandedLine, state: FormState) -> bool:
    if line.material is None:
        return bool(state.filled.value(f"form.{line.code}"))
    return state.filled.handed.get(line.code, HandedIn()).is_there
