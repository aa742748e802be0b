"""Which Chinese characters can be printed here: of the standard table and of each block that Unicode has for them.

GB 18030-2022 takes in all that Unicode had up to extension F; G to I came later, and names already use them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.config import RESOURCES
from app.papers.fonts import FontSet
from app.papers.typeface import Typeface

STANDARD = RESOURCES / "characters" / "standard.txt"
"""通用规范汉字表."""
STANDARD_NAME = "standard"
BLOCKS: Mapping[str, tuple[int, int]] = {
    "basic": (0x4E00, 0x9FFF),
    "A": (0x3400, 0x4DBF),
    "B": (0x20000, 0x2A6DF),
    "C": (0x2A700, 0x2B739),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
    "G": (0x30000, 0x3134A),
    "H": (0x31350, 0x323AF),
    "I": (0x2EBF0, 0x2EE5D),
}
"""Unified ideographs, first and last one of each block (Unicode 15.1)."""
FONTS_FOR = {**dict.fromkeys("BCDEF", "fonts-hanazono"), **dict.fromkeys("GH", "fonts-babelstone-han")}
"""Debian's packages with the fonts of a block; Windows has them as optional features of its own."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the characters of a block, or of the standard table, some font has."""

    name: str
    printable: int
    total: int

    @property
    def is_whole(self) -> bool:
        """Tell whether none is missing."""
        return self.printable == self.total


def coverage(fonts: FontSet) -> list[Coverage]:
    """Return what can be printed with ``fonts``, the standard table first; reads every font's table of characters."""
    had: set[int] = set()
    for typeface in _typefaces(fonts):
        had |= typeface.characters
    standard = set(map(ord, standard_characters()))
    blocks = {name: set(range(first, last + 1)) for name, (first, last) in BLOCKS.items()}
    return [
        Coverage(name, len(had & all_of), len(all_of)) for name, all_of in {STANDARD_NAME: standard, **blocks}.items()
    ]


def packages_for(found: Iterable[Coverage]) -> list[str]:
    """Return the packages with fonts for what cannot be printed yet, each once."""
    lacking = (FONTS_FOR[one.name] for one in found if one.name in FONTS_FOR and not one.is_whole)
    return list(dict.fromkeys(lacking))


def standard_characters(path: Path = STANDARD) -> str:
    """Return the 8,105 characters of the standard table in its order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "".join(line for line in lines if not line.startswith("#"))


def _typefaces(fonts: FontSet) -> Iterator[Typeface]:
    yield from map(Typeface, fonts.text)
    yield from (typeface for typeface in map(Typeface, fonts.others) if typeface.can_be_embedded)
