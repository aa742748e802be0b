"""Holds templates of papers to what only drawing shows: a character that no font has, a table that fits on no page."""

from app.definitions.papers import PaperTemplates
from app.domain.paper import PageSize
from app.papers.maker import PdfPaperMaker
from app.papers.specimen import specimen


def ensure_drawn(read: PaperTemplates, *, every: bool = False) -> None:
    """Draw the counter's own templates, or ``every`` one, on every size with sample values; raise what is wrong."""
    maker = PdfPaperMaker(read.templates)
    for name, template in read.templates.items():
        if every or name in read.own:
            for size in PageSize:
                maker.make(specimen(template, size))
