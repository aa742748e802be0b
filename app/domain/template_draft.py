"""A paper template as somebody edits it: plain texts that may still be wrong, changed one step at a time.

Every change returns another draft, so that each can be taken back. What is wrong with one is told by
``template_remarks``; reading and writing files is the job of ``app.definitions``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.paper import PaperKind, SignerRole
from app.domain.paper_places import TABLES

DATE = "date"
"""What stands in place of who signs where the date of a signature goes."""
SIGNING_ROLES = frozenset(SignerRole)
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

    A grid and a signing block have rows of label and value, a table its name and then a row (head, width, align) for each column, every
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
        pairs = (row[at : at + 2] for row in self.rows for at in range(0, len(row), 2))
        return frozenset(label for label, value in pairs if not value)


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

    @property
    def kinds(self) -> tuple[BlockKind, ...]:
        """Return the kinds of block that can be added: a table only where the counter still has rows for one."""
        return tuple(kind for kind in BlockKind if kind is not BlockKind.TABLE or self._next_table)

    def add(self, place: int, kind: BlockKind) -> "TemplateDraft":
        """Return the draft with a new block at ``place``; a table is the first that the paper does not have yet."""
        rows = self._next_table if kind is BlockKind.TABLE else FIRST_ROWS[kind]
        return self._with(*self.blocks[:place], DraftBlock(kind, rows), *self.blocks[place:])

    def repeat(self, place: int) -> "TemplateDraft":
        """Return the draft with a second one of a block below it."""
        return self._with(*self.blocks[: place + 1], *self.blocks[place:])

    def remove(self, place: int) -> "TemplateDraft":
        """Return the draft without a block; nobody signs there any more."""
        return self._with(*self.blocks[:place], *self.blocks[place + 1 :])._without_signers(self)

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
        fewer = replace(block, rows=(*block.rows[:row], *block.rows[row + 1 :]))
        return self._change(place, fewer)._without_signers(self)

    def move_row(self, place: int, row: int, by: int) -> "TemplateDraft":
        """Return the draft with a row of a block moved up or down, as far as there is room."""
        block = self.blocks[place]
        target = max(0, min(row + by, len(block.rows) - 1))
        rest = (*block.rows[:row], *block.rows[row + 1 :])
        return self._change(place, replace(block, rows=(*rest[:target], block.rows[row], *rest[target:])))

    # --- who signs on the screen -------------------------------------------------------------------------------

    def signer(self, label: str) -> str:
        """Return who signs behind a label, DATE for the place of a date, empty for somebody with a pen on paper."""
        for one in self.signatures:
            if one["line"] == label:
                return one["by"]
            if one.get("date") == label:
                return DATE
        return ""

    def sign(self, label: str, who: str) -> "TemplateDraft":
        """Return the draft in which ``who`` signs behind a label.

        DATE is the place for the date of whoever signs last before it and has none; without such a one nothing changes.
        """
        if who == self.signer(label):
            return self
        kept = [_without_date(one, label) for one in self.signatures]
        if who in SIGNING_ROLES:
            found = next((place for place, one in enumerate(kept) if one["line"] == label), len(kept))
            kept[found : found + 1] = [{**(kept[found] if found < len(kept) else {"line": label}), "by": who}]
            return replace(self, signatures=self._in_order(kept))
        kept = [one for one in kept if one["line"] != label]
        if who == DATE:
            before = [
                one for one in self._in_order(kept) if self._at(one["line"]) < self._at(label) and "date" not in one
            ]
            if not before:
                return self
            kept = [{**one, "date": label} if one == before[-1] else one for one in kept]
        return replace(self, signatures=tuple(kept))

    def _in_order(self, signatures: Iterable[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
        return tuple(sorted(signatures, key=lambda one: self._at(one["line"])))

    def _at(self, label: str) -> int:
        """Return the place of a label on the paper; one that is not there comes last."""
        said = [text for block in self.blocks for row in block.rows for text in row[::2]]
        return said.index(label) if label in said else len(said)

    def _without_signers(self, before: "TemplateDraft") -> "TemplateDraft":
        """Return the draft without whoever signed behind a label that ``before`` had and this one has not."""
        gone = before.labels - self.labels
        kept = tuple(one for one in self.signatures if one["line"] not in gone)
        for label in gone:
            kept = tuple(_without_date(one, label) for one in kept)
        return replace(self, signatures=kept)

    @property
    def labels(self) -> frozenset[str]:
        """Return the labels behind which somebody writes by hand."""
        return frozenset[str]().union(*(block.labels for block in self.blocks))

    @property
    def _next_table(self) -> Rows:
        """Return name and columns of the first table that the paper does not have, nothing where it has all."""
        here = {block.rows[0][0] for block in self.blocks if block.kind is BlockKind.TABLE}
        tables = TABLES[PaperKind(self.kind)].items()
        return next((((name,), *[("", "1", "")] * columns) for name, columns in tables if name not in here), ())

    def _with(self, *blocks: DraftBlock) -> "TemplateDraft":
        return replace(self, blocks=blocks)

    def _change(self, place: int, block: DraftBlock) -> "TemplateDraft":
        return self._with(*self.blocks[:place], block, *self.blocks[place + 1 :])

    def _renamed(self, before: str, label: str) -> "TemplateDraft":
        """Return the draft whose lines to sign on follow a label, unless another place still has the old one."""
        if before in self.labels:
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
    typed: int = 0
    """How often it was changed in the present step."""

    def changed(self, draft: TemplateDraft, touched: str = "") -> "Editing":
        """Return the editing after a change; one that changes nothing is none."""
        if draft == self.draft:
            return self
        goes_on = bool(touched) and touched == self.touched and self.typed < MOST_TYPED
        before = self.before if goes_on else (*self.before, self.draft)[-MOST_STEPS:]
        return Editing(draft, before, (), touched, self.typed + 1 if goes_on else 1)

    def undone(self) -> "Editing":
        """Return the editing one step back, if there is one."""
        return Editing(self.before[-1], self.before[:-1], (self.draft, *self.after)) if self.before else self

    def redone(self) -> "Editing":
        """Return the editing one step on, if one was taken back."""
        return Editing(self.after[0], (*self.before, self.draft), self.after[1:]) if self.after else self


MOST_STEPS = 500
MOST_TYPED = 20
"""Changes of one text that are one step: a long sentence does not go as a whole."""


def _without_date(signature: Mapping[str, str], label: str) -> Mapping[str, str]:
    return {name: value for name, value in signature.items() if name != "date" or value != label}


def _put(known: Mapping[str, str], name: str, value: str) -> Mapping[str, str]:
    return {**{key: old for key, old in known.items() if key != name or value}, **({name: value} if value else {})}
