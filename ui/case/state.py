"""What the page of a case shows, without Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.application import Page
from app.domain.case import Case
from app.services.desk import CaseFile
from ui.case.acts import Acts, CaseAct


class Part(StrEnum):
    """What lies between header and bar."""

    PAGE = "page"
    ACTS = "acts"
    """Everything that could be done, with the reasons why not."""
    FORM = "form"


@dataclass(frozen=True, slots=True)
class CasePageState:
    """What the page shows; ``revealed`` holds the personal data while it is shown in full."""

    file: CaseFile
    acts: Acts
    begun: frozenset[CaseAct] = frozenset()
    """Acts whose forms were left before they were done; what was filled in is kept."""
    for_blanks: frozenset[str] = frozenset()
    """Numbers of the papers that are printed onto blank forms."""
    part: Part = Part.PAGE
    is_busy: bool = False
    is_checking: bool = True
    is_sound: bool | None = None
    """Whether hashes and signatures of the case's entries check; None when that is not known (yet)."""
    revealed: Case | None = None
    thumbnails: Mapping[Page, bytes] = field(default_factory=dict)
    zoomed: bytes = b""
    """A page to look at closely, as PNG."""
