"""Sets text in lines: which font draws each character, how far it moves on, how lines are filled.

A ``Typesetter`` serves one document and remembers which characters it has set, for the fonts to embed.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from app.papers import linebreak
from app.papers.typeface import FontChain, Typeface
from app.services.errors import MissingGlyphs

MOST_STRETCH = 0.25
"""Part of the type size that may be put between two characters to fill a line; beyond it a line stays short."""
READS_AS_SPACE = 0.08
"""From this gap on, programs that copy text take two characters for two words unless they are told the text."""
_LAST_OF_PLANE = "\uffff"
_BLANKS = str.maketrans(dict.fromkeys("\t\n\r", " "))


class Face(Enum):
    """The two faces of a paper."""

    TEXT = auto()
    BOLD = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """Text on one line: a typeface for each character, and what is added behind each, in parts of ``size`` points."""

    text: str
    typefaces: tuple[Typeface, ...]
    gaps: tuple[float, ...]
    size: float
    cut: float = 0.0
    """Blank in front that is cut off."""

    @property
    def width(self) -> float:
        """Return the width in points."""
        return (sum(self.widths) + sum(self.gaps) - self.cut) * self.size

    @property
    def widths(self) -> tuple[float, ...]:
        """Return the width of each character as a part of the size."""
        return tuple(typeface.width(c) for typeface, c in zip(self.typefaces, self.text, strict=True))


def plain(text: str) -> str:
    """Return ``text`` as it is set: line ends and tabs become spaces."""
    return text.translate(_BLANKS)


class Typesetter:
    """Sets the lines of one document."""

    def __init__(self, chains: Mapping[Face, FontChain]) -> None:
        self._chains = chains
        self.used: defaultdict[Typeface, set[str]] = defaultdict(set)

    def line(self, text: str, size: float, face: Face = Face.TEXT) -> Line:
        """Return ``text`` on one line, however long; MissingGlyphs names what no font has."""
        text = plain(text)
        return self._line(text, self._typefaces(text, face), size)

    def fitted(self, text: str, size: float, width: float, face: Face = Face.TEXT) -> Line:
        """Return ``text`` on one line of at most ``width`` points, set smaller where it has to be."""
        line = self.line(text, size, face)
        return line if line.width <= width else self.line(text, size * width / line.width, face)

    def spread(self, text: str, size: float, width: float, face: Face = Face.TEXT) -> Line:
        """Return ``text`` with its characters spread evenly over ``width`` points."""
        line = self.line(text, size, face)
        free = (width - line.width) / size
        if len(text) < 2 or free <= 0 or not _may_be_told(text):
            return line
        gaps = (*(gap + free / (len(text) - 1) for gap in line.gaps[:-1]), 0.0)
        return Line(line.text, line.typefaces, gaps, size)

    def filled(
        self, text: str, size: float, width: float, *, indent: float = 0.0, justify: bool = True, face: Face = Face.TEXT
    ) -> list[Line]:
        """Return ``text`` broken into lines of ``width`` points, the first one indented by ``indent`` points."""
        text = plain(text)
        typefaces = self._typefaces(text, face)
        widths = [typeface.width(c) for typeface, c in zip(typefaces, text, strict=True)]
        spans = list(linebreak.lines(text, widths, width / size, indent / size))
        lines = [self._line(text[s.start : s.end], typefaces[s.start : s.end], size, s.cut) for s in spans]
        if not justify:
            return lines
        rooms = [width - indent, *[width] * (len(lines) - 1)]
        return [*(_justified(line, room) for line, room in zip(lines[:-1], rooms, strict=False)), *lines[-1:]]

    def _line(self, text: str, typefaces: tuple[Typeface, ...], size: float, cut: float = 0.0) -> Line:
        return Line(text, typefaces, tuple(linebreak.gaps(text)), size, cut)

    def _typefaces(self, text: str, face: Face) -> tuple[Typeface, ...]:
        chain = self._chains[face]
        if missing := chain.missing(text):
            raise MissingGlyphs(missing)
        typefaces = tuple(map(chain.typeface, text))
        for typeface, character in zip(typefaces, text, strict=True):
            self.used[typeface].add(character)
        return typefaces


def _may_be_told(text: str) -> bool:
    """Tell whether text may be told apart from its places: PDFium drops characters above U+FFFF from such text."""
    return max(text, default="") <= _LAST_OF_PLANE


def _justified(line: Line, width: float) -> Line:
    """Return ``line`` stretched to ``width``, or as it is when that would tear it apart."""
    stretchable = [linebreak.may_break(*pair) for pair in pairwise(line.text)]
    free = (width - line.width) / line.size
    most = MOST_STRETCH if _may_be_told(line.text) else READS_AS_SPACE
    if not 0 < free <= most * sum(stretchable):
        return line
    share = free / sum(stretchable)
    gaps = (*(gap + share * on for gap, on in zip(line.gaps, stretchable, strict=False)), 0.0)
    return Line(line.text, line.typefaces, gaps, line.size, line.cut)
