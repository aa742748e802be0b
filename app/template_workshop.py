"""Implements the port ``TemplateWorkshop``: the reader, the writer and the drawing of templates, put together."""

from collections.abc import Mapping
from functools import cached_property

from app.config import RESOURCES
from app.definitions.papers import read_paper_template
from app.definitions.published import templates_in, templates_payload
from app.definitions.template_files import draft_of, write_draft
from app.domain.paper import PageSize
from app.domain.template_draft import TemplateDraft
from app.domain.template_remarks import TemplateFault, TemplateRemark, remarks_on
from app.papers.maker import PdfPaperMaker
from app.papers.specimen import specimen
from app.services.errors import BadDefinitions, MissingGlyphs
from app.services.ports import Judged

FILE = "template.yaml"


class Workshop:
    """Templates of this program; what a draft looks like is what a counter will print."""

    def shipped(self) -> Mapping[str, bytes]:
        """Return the files of the templates that ship, by name."""
        return self._shipped

    def read(self, data: bytes) -> TemplateDraft:
        """Return the draft of a file; DefinitionError."""
        return draft_of(data, FILE)

    def write(self, draft: TemplateDraft) -> bytes:
        """Return the file of a draft, the same bytes for the same draft."""
        return write_draft(draft)

    def judge(self, draft: TemplateDraft) -> Judged:
        """Return what is wrong with a draft, and its paper with sample values as far as it can be drawn."""
        if remarks := remarks_on(draft):
            return remarks, b""
        try:
            template = read_paper_template(write_draft(draft), FILE)
            maker, papers = PdfPaperMaker({template.name: template}), {}
            for size in PageSize:
                papers[size] = maker.make(specimen(template, size))
        except BadDefinitions as bad:
            return tuple(TemplateRemark(TemplateFault.OTHER, 0, one.field, one.problem) for one in bad.errors), b""
        except MissingGlyphs as missing:
            return (TemplateRemark(TemplateFault.GLYPHS, value=missing.characters),), b""
        return (), papers[PageSize.A4]

    def in_bulletin(self, payload: bytes) -> Mapping[str, bytes]:
        """Return the file of each template that a bulletin names; BadInput, BadDefinitions."""
        return templates_in(payload)

    def bulletin(self, files: Mapping[str, bytes]) -> bytes:
        """Return the bulletin that names these templates."""
        return templates_payload(files)

    @cached_property
    def _shipped(self) -> Mapping[str, bytes]:
        return {path.stem: path.read_bytes() for path in sorted((RESOURCES / "papers").glob("*.yaml"))}
