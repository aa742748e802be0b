"""Reads the blocks of a paper template: one function a kind of block."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.definitions.reader import Node
from app.domain.paper_template import (
    KEEPERS,
    Align,
    Block,
    Code,
    Column,
    Cut,
    Ends,
    Entry,
    Footer,
    Grid,
    Issuer,
    Paragraph,
    Signing,
    Space,
    Table,
    Title,
)
from app.domain.wording import Wording

MOST_SPACE_LINES = 20
MOST_INDENT = 10
MOST_SHARE = 1000
CODE_MM = (20, 120)
LABEL_AND_VALUE = 2
TWO_PAIRS = 4


@dataclass(frozen=True, slots=True)
class Fillable:
    """What the counter fills for this kind of paper: places, and tables with their number of columns."""

    places: frozenset[str]
    tables: Mapping[str, int]

    def wording(self, node: Node, *, may_be_empty: bool = False) -> Wording:
        """Return a text whose places all exist."""
        try:
            wording = Wording(node.text(may_be_empty=may_be_empty))
        except ValueError as error:
            raise node.error(str(error)) from error
        for place in wording.places:
            if place not in self.places:
                raise node.error(f"{{{place}}} is no place of this kind of paper")
        return wording


def read_block(node: Node, fillable: Fillable) -> Block:
    """Return the block that ``node`` describes: its kind is the name that stands in it."""
    at = node.mapping(
        [
            *_READERS,
            "only",
            "blank",
            "align",
            "indent",
            "bold",
            "columns",
            "foot",
            "right",
            "seal",
            "sealed",
            "height",
            "size",
        ]
    )
    kinds = [name for name in at if name in _READERS]
    if len(kinds) != 1:
        raise node.error(f"must have exactly one of {', '.join(_READERS)}")
    read, options = _READERS[kinds[0]]
    at = node.mapping([kinds[0], "only", "blank", *options])
    block = read(at, fillable, at["only"].choice(KEEPERS) if "only" in at else "")
    return replace(block, is_blank=_is_blank(at, block)) if "blank" in at else block


def _is_blank(at: Mapping[str, Node], block: Block) -> bool:
    """Tell whether the block stands on the blank form; running text there could not have places."""
    if at["blank"].flag() and isinstance(block, Paragraph | Ends) and _places(block):
        raise at["blank"].error("must not be true for text with places: put them into a grid, or leave blank out")
    return at["blank"].flag()


def _places(block: Paragraph | Ends) -> tuple[str, ...]:
    return block.text.places if isinstance(block, Paragraph) else block.left.places + block.right.places


def read_footer(node: Node, fillable: Fillable) -> Footer:
    """Return the footer."""
    at = node.mapping(["note", "witness", "pending", "proof"])
    return Footer(
        note=tuple(fillable.wording(line) for line in at["note"].sequence(most=4)) if "note" in at else (),
        witness=at["witness"].text() if "witness" in at else "",
        pending=at["pending"].text() if "pending" in at else "",
        proof=at["proof"].text() if "proof" in at else "",
    )


At = Mapping[str, Node]


def _issuer(at: At, fillable: Fillable, only: str) -> Block:
    return Issuer(only, text=fillable.wording(at["issuer"]))


def _title(at: At, fillable: Fillable, only: str) -> Block:
    return Title(only, text=fillable.wording(at["title"]))


def _ends(at: At, fillable: Fillable, only: str) -> Block:
    left, right = at["ends"].sequence(least=2, most=2)
    return Ends(only, left=fillable.wording(left), right=fillable.wording(right))


def _grid(at: At, fillable: Fillable, only: str) -> Block:
    rows = tuple(_grid_row(row, fillable) for row in at["grid"].sequence(least=1))
    return (
        Grid(only, rows=rows, height=at["height"].number(1, MOST_SPACE_LINES))
        if "height" in at
        else Grid(only, rows=rows)
    )


def _grid_row(node: Node, fillable: Fillable) -> tuple[Entry, ...]:
    cells = node.sequence()
    if len(cells) not in {LABEL_AND_VALUE, TWO_PAIRS}:
        raise node.error("must have a label and a value, or two of each")
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return tuple(Entry(fillable.wording(label), fillable.wording(value, may_be_empty=True)) for label, value in pairs)


def _table(at: At, fillable: Fillable, only: str) -> Block:
    rows = at["table"].choice(fillable.tables)
    if "columns" not in at:
        raise at["table"].error("needs columns")
    columns = at["columns"].sequence(least=fillable.tables[rows], most=fillable.tables[rows])
    foot = fillable.wording(at["foot"]) if "foot" in at else None
    return Table(only, rows=rows, columns=tuple(map(_column, columns)), foot=foot)


def _column(node: Node) -> Column:
    at = node.mapping(["head", "width", "align"], required=["head", "width"])
    return Column(at["head"].text(), at["width"].number(1, MOST_SHARE), _align(at))


def _paragraph(at: At, fillable: Fillable, only: str) -> Block:
    return Paragraph(
        only,
        text=fillable.wording(at["paragraph"]),
        align=_align(at),
        indent=int(at["indent"].number(0, MOST_INDENT)) if "indent" in at else 2,
        bold="bold" in at and at["bold"].choice(["true", "false"]) == "true",
    )


def _signing(at: At, fillable: Fillable, only: str) -> Block:
    return Signing(
        only,
        left=tuple(_signed(row, fillable) for row in at["signing"].sequence()),
        right=tuple(fillable.wording(line) for line in at["right"].sequence()) if "right" in at else (),
        seal=at["seal"].text() if "seal" in at else "",
        is_sealed=at["sealed"].flag() if "sealed" in at else False,
    )


def _signed(node: Node, fillable: Fillable) -> Entry:
    label, *value = node.sequence(least=1, most=2)
    return Entry(fillable.wording(label), fillable.wording(value[0]) if value else Wording(""))


def _cut(at: At, _fillable: Fillable, only: str) -> Block:
    return Cut(only, text=at["cut"].text())


def _code(at: At, fillable: Fillable, only: str) -> Block:
    wording = fillable.wording(at["code"])
    return Code(only, text=wording, size=at["size"].number(*CODE_MM)) if "size" in at else Code(only, text=wording)


def _space(at: At, _fillable: Fillable, only: str) -> Block:
    return Space(only, lines=at["space"].number(0, MOST_SPACE_LINES))


def _align(at: At) -> Align:
    return Align(at["align"].choice(Align)) if "align" in at else Align.LEFT


_READERS: Mapping[str, tuple[Callable[[At, Fillable, str], Block], tuple[str, ...]]] = {
    "issuer": (_issuer, ()),
    "title": (_title, ()),
    "ends": (_ends, ()),
    "grid": (_grid, ("height",)),
    "table": (_table, ("columns", "foot")),
    "paragraph": (_paragraph, ("align", "indent", "bold")),
    "signing": (_signing, ("right", "seal", "sealed")),
    "cut": (_cut, ()),
    "code": (_code, ("size",)),
    "space": (_space, ()),
}
"""The kinds of block, with the options that each may have beside ``only``."""
