"""A paper template as somebody edits it: plain texts that may still be wrong, changed one step at a time.

Every change returns another draft, so that each can be taken back. What is wrong with one is told by
``template_remarks``; reading and writing files is the job of ``app.definitions``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

Rows = tuple[tuple[str, ...], ...]


class BlockKind(StrEnum):
    """The kinds of block, as files call them."""

    TITLE = "title"
    ISSUER = "issuer"
    ENDS = "ends"
    PARAGRAPH = "paragraph"
    GRID = "grid"
    TABLE = "table"
    SIGNING = "signing"
    CUT = "cut"
    CODE = "code"
    SPACE = "space"


FIRST_ROWS: Mapping[BlockKind, Rows] = {
    **dict.fromkeys(BlockKind, (("",),)),
    BlockKind.ENDS: (("", ""),),
    BlockKind.GRID: (("", ""),),
    BlockKind.SIGNING: (),
    BlockKind.SPACE: (("1",),),
}
"""What a new block says."""
MANY_ROWS = frozenset({BlockKind.GRID, BlockKind.SIGNING})
"""Kinds to which rows can be added: each a label with a value, or two of them."""


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """One block: ``rows`` of texts, the ``lines`` at the right of a signing block, and options by name.

    A grid has rows of label and value, a table its name and then a row (head, width, align) for each column, every
    other kind one row.
    """

    kind: BlockKind
    rows: Rows = ()
    lines: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def labels(self) -> frozenset[str]:
        """Return the labels behind which somebody writes by hand."""
        if self.kind not in MANY_ROWS:
            return frozenset()
        pairs = ((row[at], *row[at + 1 : at + 2]) for row in self.rows for at in range(0, len(row), 2))
        return frozenset(label for label, *value in pairs if not "".join(value))


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A template under way. ``settings`` and ``footer`` hold single texts by the names that files have for them."""

    name: str
    kind: str
    title: str
    blocks: tuple[DraftBlock, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    signatures: tuple[Mapping[str, str], ...] = ()
    footer: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """The lines at the foot of every page."""

    def copied(self, name: str, title: str) -> "TemplateDraft":
        """Return a copy under another name; its large title changes along where it was the old one."""
        blocks = tuple(
            replace(block, rows=((title,),))
            if block.kind is BlockKind.TITLE and block.rows == ((self.title,),)
            else block
            for block in self.blocks
        )
        return replace(self, name=name, title=title, blocks=blocks)

    def put(self, name: str, value: str) -> "TemplateDraft":
        """Return the draft with one setting changed; an empty one is left out."""
        return replace(self, settings=_put(self.settings, name, value))

    def put_footer(self, name: str, value: str) -> "TemplateDraft":
        """Return the draft with a text of the footer changed; an empty one is left out."""
        return replace(self, footer=_put(self.footer, name, value))

    # --- blocks, from 0 ----------------------------------------------------------------------------------------

    def add(self, place: int, kind: BlockKind) -> "TemplateDraft":
        """Return the draft with a new block at ``place``."""
        return self._with(*self.blocks[:place], DraftBlock(kind, FIRST_ROWS[kind]), *self.blocks[place:])

    def repeat(self, place: int) -> "TemplateDraft":
        """Return the draft with a second one of a block below it."""
        return self._with(*self.blocks[: place + 1], *self.blocks[place:])

    def remove(self, place: int) -> "TemplateDraft":
        """Return the draft without a block."""
        return self._with(*self.blocks[:place], *self.blocks[place + 1 :])

    def move(self, place: int, by: int) -> "TemplateDraft":
        """Return the draft with a block moved up or down, as far as there is room."""
        target = max(0, min(place + by, len(self.blocks) - 1))
        rest = (*self.blocks[:place], *self.blocks[place + 1 :])
        return self._with(*rest[:target], self.blocks[place], *rest[target:])

    def option(self, place: int, name: str, value: str) -> "TemplateDraft":
        """Return the draft with an option of a block changed; an empty one is left out."""
        block = self.blocks[place]
        return self._change(place, replace(block, options=_put(block.options, name, value)))

    def lines(self, place: int, lines: tuple[str, ...]) -> "TemplateDraft":
        """Return the draft with other lines at the right of a signing block."""
        return self._change(place, replace(self.blocks[place], lines=lines))

    def cell(self, place: int, row: int, column: int, text: str) -> "TemplateDraft":
        """Return the draft with one text of a block changed; who signs behind a label goes on signing there."""
        block = self.blocks[place]
        before = block.rows[row][column]
        changed = (*block.rows[row][:column], text, *block.rows[row][column + 1 :])
        after = self._change(place, replace(block, rows=(*block.rows[:row], changed, *block.rows[row + 1 :])))
        return after._renamed(before, text) if before in block.labels and column % 2 == 0 else after

    def add_row(self, place: int, pairs: int = 1) -> "TemplateDraft":
        """Return the draft with a row of one or two labels with values at the end of a block."""
        block = self.blocks[place]
        return self._change(place, replace(block, rows=(*block.rows, ("", "") * pairs)))

    def remove_row(self, place: int, row: int) -> "TemplateDraft":
        """Return the draft without a row of a block."""
        block = self.blocks[place]
        return self._change(place, replace(block, rows=(*block.rows[:row], *block.rows[row + 1 :])))

    def _with(self, *blocks: DraftBlock) -> "TemplateDraft":
        return replace(self, blocks=blocks)

    def _change(self, place: int, block: DraftBlock) -> "TemplateDraft":
        return self._with(*self.blocks[:place], block, *self.blocks[place + 1 :])

    def _renamed(self, before: str, label: str) -> "TemplateDraft":
        """Return the draft whose lines to sign on follow a label, unless another place still has the old one."""
        if any(before in block.labels for block in self.blocks):
            return self
        signatures = tuple(
            {name: label if name in {"line", "date"} and value == before else value for name, value in one.items()}
            for one in self.signatures
        )
        return replace(self, signatures=signatures)


@dataclass(frozen=True, slots=True)
class Editing:
    """A draft with the steps that led to it; changes of one text right after each other are one step."""

    draft: TemplateDraft
    before: tuple[TemplateDraft, ...] = ()
    after: tuple[TemplateDraft, ...] = ()
    touched: str = ""
    """Which text was changed last, empty when it was no text."""

    def changed(self, draft: TemplateDraft, touched: str = "") -> "Editing":
        """Return the editing after a change; one that changes nothing is none."""
        if draft == self.draft:
            return self
        goes_on = bool(touched) and touched == self.touched
        before = self.before if goes_on else (*self.before, self.draft)[-MOST_STEPS:]
        return Editing(draft, before, (), touched)

    def undone(self) -> "Editing":
        """Return the editing one step back, if there is one."""
        return Editing(self.before[-1], self.before[:-1], (self.draft, *self.after)) if self.before else self

    def redone(self) -> "Editing":
        """Return the editing one step on, if one was taken back."""
        return Editing(self.after[0], (*self.before, self.draft), self.after[1:]) if self.after else self


MOST_STEPS = 500


def _put(known: Mapping[str, str], name: str, value: str) -> Mapping[str, str]:
    return {**{key: old for key, old in known.items() if key != name or value}, **({name: value} if value else {})}
