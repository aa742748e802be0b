"""A paper maker that draws a text file; passes the same contract as the real one where they can agree."""

import re

from app.services.errors import MissingGlyphs, NotASeal, NotSignable, UnknownTemplate
from app.services.ports import PlaceToSign


class PlainPaperMaker:
    """Implements the port ``PaperMaker``; has every character but the tags of plane 14."""

    def __init__(self, templates):
        self._templates = dict(templates)

    def make(self, paper):
        self.template(paper.template)
        if missing := self.missing_glyphs("".join(paper.values.values())):
            raise MissingGlyphs(missing)
        lines = range(1, len(self._templates[paper.template].signatures) + 1)
        return b"%PDF-" + repr(paper).encode() + "".join(f"\n%line {paper.template} {line}" for line in lines).encode()

    def overlay(self, paper, shift):
        return self.make(paper) + f"\n%onto {self.template(paper.template).blank} {shift}".encode()

    def test_sheet(self, size, shift):
        return f"%PDF-{size} {shift}".encode()

    def template(self, name):
        if name not in self._templates:
            raise UnknownTemplate(name)
        return self._templates[name]

    def marked(self, pdf, line, *, across=""):
        return pdf + f"\n%{line} {across}".encode()

    def signed(self, pdf, written, date=""):
        lines = {place.line for place in self.places_to_sign(pdf)}
        for one in written:
            if one.line not in lines or not all(picture.startswith(b"\x89PNG") for picture in one.pictures):
                raise NotSignable
            pdf += b"\n%signed " + b"".join(one.pictures) + one.note.encode()
        return pdf

    def places_to_sign(self, pdf):
        places = []
        for template, line in re.findall(rb"%line (\S+) (\d+)", pdf):
            told = self._templates[template.decode()].signatures[int(line) - 1]
            places.append(PlaceToSign(int(line), told.role, told.of))
        return tuple(places)

    def stamped(self, pdf, lines):
        return pdf + f"\n%{' '.join(lines)}".encode()

    def seal_as_kept(self, data):
        if not data.startswith(b"\x89PNG"):
            raise NotASeal("form")
        return data

    def missing_glyphs(self, text):
        return "".join(dict.fromkeys(character for character in text if ord(character) >= 0xE0000))

    def warm_up(self):
        """Need nothing."""
