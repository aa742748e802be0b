"""What a paper template says: its blocks in order. Which places it may have is told in ``paper_places``.

Reading templates from files is the job of ``app.definitions``, drawing them that of ``app.papers``. Sizes are points
on A4; smaller sheets scale them down.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.catalogue import UseLevel
from app.domain.paper import PaperKind, SignerRole
from app.domain.paper_places import PLACES
from app.domain.wording import Wording

ARCHIVE = "存档"
APPLICANT_AND_ARCHIVE = ("交申请人", ARCHIVE)
"""Who keeps the copies of a paper whose template does not say it."""
KEEPERS = (*APPLICANT_AND_ARCHIVE, "随件移交")
"""Who may keep a copy, as papers say it; the last goes with the case to another station."""

MASKED_HOLDER = Wording("{addressee}")
MASKED_CODE = Wording("{applicant_id}")


class Align(StrEnum):
    """Where a line stands between the margins."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a paper; ``only`` names the copy that it stands on, empty for every copy."""

    only: str = ""
    is_blank: bool = field(default=False, kw_only=True)
    """Whether it stands on the blank form already: what is printed onto that has its room, and its values where ruled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer(Block):
    """The issuing body, centred above the title."""

    text: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Title(Block):
    """The title, large, bold and spaced."""

    text: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends(Block):
    """One line with a text at its left and one at its right end."""

    left: Wording
    right: Wording


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what belongs to it."""

    label: Wording
    value: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid(Block):
    """A ruled grid of labels and values; a row has one entry or two."""

    rows: tuple[tuple[Entry, ...], ...]
    height: float = 1.7
    """Lines of height that a cell to write into has."""


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its head, its share of the width, and how its cells are set."""

    head: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """A ruled table of the rows called ``rows``; the head is repeated on every page."""

    rows: str
    columns: tuple[Column, ...]
    foot: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    """Running text, the first line indented by ``indent`` characters; centred and right text is never indented."""

    text: Wording
    align: Align = Align.LEFT
    indent: int = 2
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing(Block):
    """Where a paper is signed and sealed: entries at the left, centred lines or a circle for the seal at the right.

    An entry without text gets a line to write on.
    """

    left: tuple[Entry, ...] = ()
    right: tuple[Wording, ...] = ()
    seal: str = ""
    is_sealed: bool = False
    """Whether the body's seal belongs on the lines at the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut(Block):
    """A dashed line across the page with words on it, such as 存根."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Block):
    """A QR code in the middle of the sheet, ``size`` mm wide on A4."""

    text: Wording
    size: float = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Space(Block):
    """White space, in lines of text."""

    lines: float


@dataclass(frozen=True, slots=True)
class Footer:
    """The bar code at the foot of every page, with lines beside it and the word before the witness digits."""

    note: tuple[Wording, ...] = ()
    witness: str = ""
    pending: str = ""
    """What stands where the bar code will be while there is no case number."""
    proof: str = ""
    """The words that lead to the QR code of a certificate's proof."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A place where whoever comes to the counter signs by hand: its label, and that of the place for the date."""

    role: SignerRole
    label: str
    date: str = ""
    """Empty where the paper has no place for the date; several lines may share one."""
    of: int = 0
    """Which of several applicants signs there, from 1; 0 is all of them, one beside the other."""


@dataclass(frozen=True, slots=True)
class PaperTemplate:
    """One template: ``name`` is asked for by papers, ``form`` names places that the item's form fills."""

    name: str
    kind: PaperKind
    title: str
    """What the paper is called in the PDF's properties."""
    blocks: tuple[Block, ...]
    footer: Footer
    pending: str = ""
    """What stands where the paper's number will be while there is none."""
    copies: tuple[str, ...] = APPLICANT_AND_ARCHIVE
    """Who keeps which copy, in order."""
    numbering: str = ""
    """Pattern of this template's own numbers, which then have a series of their own; empty for the kind's."""
    signatures: tuple[SignatureLine, ...] = ()
    """The lines that can be signed on the screen; facts and PDFs count them from 1."""
    levels: tuple[UseLevel, ...] = ()
    """Levels whose service points may issue it; empty where the law leaves it open."""
    digest: str = ""
    """SHA-256 (hex) of the file that it was read from: its version."""
    form: tuple[str, ...] = ()
    blank: str = ""
    """What the pre-numbered blank form is called that it is printed onto (套打); empty for plain paper."""
    holder: Wording = MASKED_HOLDER
    """What a certificate tells machines of whom it is about, in its QR code: 持证主体."""
    holder_code: Wording = MASKED_CODE
    """Likewise 持证主体代码."""
    is_landscape: bool = False
    """Whether the sheet lies across, for wide tables."""
    text_size: float = 12.0
    title_size: float = 22.0
    line_height: float = 1.6

    @property
    def places(self) -> frozenset[str]:
        """Return every place that may stand in this template."""
        return PLACES[self.kind] | set(self.form)


def places_to_write(blocks: Iterable[Block]) -> frozenset[str]:
    """Return the labels of grids and signing blocks behind which somebody writes by hand."""
    entries: list[Entry] = []
    for block in blocks:
        if isinstance(block, Grid):
            entries += (entry for row in block.rows for entry in row)
        elif isinstance(block, Signing):
            entries += block.left
    return frozenset(entry.label.text for entry in entries if not entry.value.text)
