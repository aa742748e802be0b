"""What the editor of paper templates needs: files as drafts, drafts as files and as paper."""

from collections.abc import Mapping
from typing import Protocol

from app.domain.template_draft import TemplateDraft
from app.domain.template_remarks import TemplateRemark


class TemplateWorkshop(Protocol):
    """Reads, judges and draws templates. Safe to call from any thread."""

    def shipped(self) -> Mapping[str, bytes]:
        """Return the files of the templates that ship, by name."""
        ...

    def read(self, data: bytes) -> TemplateDraft:
        """Return the draft of a file; DefinitionError."""
        ...

    def write(self, draft: TemplateDraft) -> bytes:
        """Return the file of a draft, the same bytes for the same draft."""
        ...

    def judge(self, draft: TemplateDraft) -> "Judged":
        """Return what is wrong with a draft, and its paper with sample values as far as it can be drawn."""
        ...

    def in_bulletin(self, payload: bytes) -> Mapping[str, bytes]:
        """Return the file of each template that a bulletin names; BadInput, BadDefinitions."""
        ...

    def bulletin(self, files: Mapping[str, bytes]) -> bytes:
        """Return the bulletin that names these templates."""
        ...


Judged = tuple[tuple[TemplateRemark, ...], bytes]
"""Remarks and the PDF, which is empty where nothing can be drawn."""
