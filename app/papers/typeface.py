"""Loaded fonts: which characters they have, how wide these are, and subsets to embed. Nothing of PDF stands here."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import uharfbuzz as hb

from app.papers.fonts import FontFile

RESTRICTED = 0x0002
"""OpenType, OS/2, fsType: it must not be embedded."""
_NOT_NEEDED = ("GSUB", "GPOS", "GDEF", "BASE", "JSTF", "VORG", "vhea", "vmtx", "DSIG", "name", "post", "OS/2", "STAT")


@dataclass(frozen=True, slots=True)
class Metrics:
    """Measures of a font for its descriptor, in thousandths of its size."""

    ascent: int
    descent: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Subset:
    """Some glyphs of a font as a program of its own: ``glyphs`` tells each character's number in it."""

    program: bytes
    is_cff: bool
    glyphs: dict[str, int]


class Typeface:
    """One font, opened when it is first asked; safe to share between threads once it is."""

    def __init__(self, file: FontFile) -> None:
        self.name = file.name
        self._file = file
        self._widths: dict[str, float | None] = {}

    @cached_property
    def _face(self) -> hb.Face:
        return hb.Face(hb.Blob.from_file_path(str(self._file.path)))

    @cached_property
    def _font(self) -> hb.Font:
        font = hb.Font(self._face)
        if self._is_variable:
            font.set_variations({"wght": self._file.weight})
        return font

    @cached_property
    def _is_variable(self) -> bool:
        return bool(self._file.weight) and "fvar" in self._face.table_tags

    @cached_property
    def can_be_embedded(self) -> bool:
        """Tell whether the font has outlines that can be put into a PDF, and lets itself be embedded (OS/2, fsType)."""
        try:
            tags = self._face.table_tags
        except OSError:
            return False
        if not {"glyf", "CFF "} & set(tags) or "OS/2" not in tags:
            return False
        kind = struct.unpack(">H", self._face.reference_table("OS/2").data[8:10])[0]
        return not kind & RESTRICTED

    @property
    def characters(self) -> set[int]:
        """Return the code points that the font has glyphs for."""
        return set(self._face.unicodes)

    def has(self, character: str) -> bool:
        """Tell whether the font has a glyph for ``character``."""
        return self._width(character) is not None

    def width(self, character: str) -> float:
        """Return how far ``character`` moves on, as a part of the type size; KeyError when the font lacks it."""
        width = self._width(character)
        if width is None:
            raise KeyError(character)
        return width

    def _width(self, character: str) -> float | None:
        if character not in self._widths:
            glyph = self._font.get_nominal_glyph(ord(character))
            advance = None if glyph is None else self._font.get_glyph_h_advance(glyph) / self._face.upem
            self._widths[character] = advance
        return self._widths[character]

    @cached_property
    def metrics(self) -> Metrics:
        """Return the font's measures."""
        scale = 1000 / self._face.upem
        extents = self._font.get_font_extents("ltr")
        box = struct.unpack(">4h", self._face.reference_table("head").data[36:44])
        left, bottom, right, top = (round(edge * scale) for edge in box)
        return Metrics(round(extents.ascender * scale), round(extents.descender * scale), (left, bottom, right, top))

    def subset(self, characters: Iterable[str]) -> Subset:
        """Return a program with the glyphs of ``characters``, all of which the font has."""
        plan = hb.SubsetPlan(self._face, self._wish(characters))
        numbers = plan.old_to_new_glyph_mapping
        glyphs = {c: numbers[self._font.get_nominal_glyph(ord(c))] for c in characters}
        face = plan.execute()
        is_cff = "CFF " in face.table_tags
        program = face.reference_table("CFF ") if is_cff else face.blob
        return Subset(bytes(program.data), is_cff, glyphs)

    def _wish(self, characters: Iterable[str]) -> hb.SubsetInput:
        wish = hb.SubsetInput()
        # Glyph numbers serve as character codes, which a CFF font only allows with an identity charset.
        # Shared subroutines cost more in a small CFF font than they save.
        flags = hb.SubsetFlags
        wish.flags = flags.NO_LAYOUT_CLOSURE | flags.CFF_IDENTITY_CHARSET | flags.DESUBROUTINIZE
        wish.unicode_set.update(map(ord, characters))
        wish.drop_table_tag_set.update(map(_tag, _NOT_NEEDED))
        if self._is_variable:
            wish.pin_axis_location(self._face, "wght", self._file.weight)
        return wish


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


class FontChain:
    """Fonts in the order in which they are asked for a character; ``others`` when all of them lack it."""

    def __init__(self, typefaces: Iterable[Typeface], others: Iterable[Typeface] = ()) -> None:
        self._typefaces = tuple(typefaces)
        self._others = tuple(others)
        self._found: dict[str, Typeface | None] = {}

    def typeface(self, character: str) -> Typeface:
        """Return the first font that has ``character``; KeyError when none has."""
        found = self._find(character)
        if found is None:
            raise KeyError(character)
        return found

    def missing(self, text: str) -> str:
        """Return the characters of ``text`` that no font has, in order, each once."""
        return "".join(dict.fromkeys(character for character in text if self._find(character) is None))

    def _asked(self) -> Iterator[Typeface]:
        yield from self._typefaces
        yield from (face for face in self._others if face.can_be_embedded)

    def _find(self, character: str) -> Typeface | None:
        if character not in self._found:
            self._found[character] = next((face for face in self._asked() if face.has(character)), None)
        return self._found[character]
