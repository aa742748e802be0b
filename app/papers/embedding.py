"""Embeds subsets in a ReportLab document as composite fonts (ISO 32000-1, 9.7) with a text layer that copies right.

ReportLab's own TrueType fonts are not used: 5.1.0 takes no CFF outlines, writes a wrong ToUnicode map above U+FFFF and
keeps every font in a registry of the process. Glyph numbers of the subset are the character codes, two bytes each.
"""

import hashlib
from collections.abc import Iterator, Mapping
from itertools import groupby

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFStream, PDFString

from app.papers.typeface import Subset, Typeface

_SYMBOLIC = 4
_STEM_WIDTH = 80
"""Required in a descriptor, used only to choose a substitute for a font that is not embedded."""
_SQUARE = 1000
"""The width of most glyphs, which the W array leaves out."""
_BLOCK = 100
"""Entries that a block of a CMap may have (Adobe technical note 5411)."""
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class EmbeddedFont:
    """A subset inside one document, under ``resource``, the name that its pages know it by."""

    def __init__(self, document: PDFDocument, resource: str, typeface: Typeface, characters: set[str]) -> None:
        self.resource = resource
        subset = typeface.subset(sorted(characters))
        self._codes = subset.glyphs
        self._spoken = {glyph: character for character, glyph in reversed(subset.glyphs.items())}
        _add(document, resource, _composite(document, typeface, subset, self._spoken))

    def code(self, character: str) -> str:
        """Return the character's code as hexadecimal digits."""
        return f"{self._codes[character]:04X}"

    def speaks(self, character: str) -> bool:
        """Tell whether copying the glyph gives ``character``; two characters may share one glyph."""
        return self._spoken[self._codes[character]] == character


def embed(document: PDFDocument, used: Mapping[Typeface, set[str]]) -> dict[Typeface, EmbeddedFont]:
    """Embed what each typeface has to draw, and return the embedded fonts."""
    ordered = sorted(used.items(), key=lambda entry: entry[0].name)
    return {
        typeface: EmbeddedFont(document, f"F{number}", typeface, characters)
        for number, (typeface, characters) in enumerate(ordered, start=1)
    }


def to_unicode(spoken: Mapping[int, str]) -> str:
    """Return the CMap that turns character codes back into text."""
    entries = [f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>" for code, character in spoken.items()]
    blocks = [entries[start : start + _BLOCK] for start in range(0, len(entries), _BLOCK)]
    return _CMAP.format(
        blocks="\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    )


def _add(document: PDFDocument, resource: str, font: PDFDictionary) -> None:
    document.idToObject["BasicFonts"].dict[resource] = document.Reference(font, resource)
    document.fontMapping[resource] = f"/{resource}"


def _composite(document: PDFDocument, typeface: Typeface, subset: Subset, spoken: Mapping[int, str]) -> PDFDictionary:
    name = f"{_tag(subset)}+{typeface.name}"
    return PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": PDFName(name),
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([document.Reference(_descendant(document, typeface, subset, name))]),
            "ToUnicode": document.Reference(PDFStream(content=to_unicode(dict(sorted(spoken.items()))))),
        }
    )


def _descendant(document: PDFDocument, typeface: Typeface, subset: Subset, name: str) -> PDFDictionary:
    system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
    font = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("CIDFontType0" if subset.is_cff else "CIDFontType2"),
        "BaseFont": PDFName(name),
        "CIDSystemInfo": PDFDictionary(system),
        "FontDescriptor": document.Reference(_descriptor(document, typeface, subset, name)),
        "DW": _SQUARE,
        "W": PDFArray(list(_widths(typeface, subset))),
    }
    if not subset.is_cff:
        font["CIDToGIDMap"] = PDFName("Identity")
    return PDFDictionary(font)


def _descriptor(document: PDFDocument, typeface: Typeface, subset: Subset, name: str) -> PDFDictionary:
    metrics = typeface.metrics
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": PDFName(name),
            "Flags": _SYMBOLIC,
            "FontBBox": PDFArray(list(metrics.box)),
            "ItalicAngle": 0,
            "Ascent": metrics.ascent,
            "Descent": metrics.descent,
            "CapHeight": metrics.ascent,
            "StemV": _STEM_WIDTH,
            "FontFile3" if subset.is_cff else "FontFile2": document.Reference(_program(subset)),
        }
    )


def _program(subset: Subset) -> PDFStream:
    stream = PDFStream(content=subset.program)
    if subset.is_cff:
        stream.dictionary["Subtype"] = PDFName("CIDFontType0C")
    else:
        stream.dictionary["Length1"] = len(subset.program)
    return stream


def _widths(typeface: Typeface, subset: Subset) -> Iterator[int | PDFArray]:
    """Yield the W array: runs of glyphs that are not a whole square wide."""
    widths = {glyph: round(typeface.width(character) * 1000) for character, glyph in subset.glyphs.items()}
    narrow = sorted(glyph for glyph, width in widths.items() if width != _SQUARE)
    for _, run in groupby(enumerate(narrow), key=lambda entry: entry[1] - entry[0]):
        glyphs = [glyph for _, glyph in run]
        yield glyphs[0]
        yield PDFArray([widths[glyph] for glyph in glyphs])


def _tag(subset: Subset) -> str:
    """Return the six capitals that mark a subset (ISO 32000-1, 9.6.4), the same for the same subset."""
    digest = hashlib.sha256(subset.program).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
