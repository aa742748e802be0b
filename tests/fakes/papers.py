"""A paper maker that draws a text file; passes the same contract as the real one where they can agree."""

from app.domain.paper import SIGNED_BY
from app.services.errors import MissingGlyphs, NotASeal, NotSignable, UnknownTemplate

SIGNED = [f"template={kind!r}".encode() for kind in SIGNED_BY]


class PlainPaperMaker:
    """Implements the port ``PaperMaker``; has every character but the tags of plane 14."""

    def __init__(self, templates):
        self._templates = dict(templates)

    def make(self, paper):
        self.template(paper.template)
        if missing := self.missing_glyphs("".join(paper.values.values())):
            raise MissingGlyphs(missing)
        return b"%PDF-" + repr(paper).encode()

    def template(self, name):
        if name not in self._templates:
            raise UnknownTemplate(name)
        return self._templates[name]

    def marked(self, pdf, line, *, across=""):
        return pdf + f"\n%{line} {across}".encode()

    def signed(self, pdf, picture, line):
        if not self.can_be_signed(pdf) or not picture.startswith(b"\x89PNG"):
            raise NotSignable
        return pdf + b"\n%signed " + picture + line.encode()

    def can_be_signed(self, pdf):
        return any(name in pdf for name in SIGNED)

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
