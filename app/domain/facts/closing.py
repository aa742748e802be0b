"""Facts of what comes after the outcome, or beside it: 送达, 评价, 归档, 更正, 作废; see ``app.domain.closing``."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.application import HandedIn
from app.domain.facts.base import Fact, NumberedPaper
from app.domain.outcomes import Correction, Result


@dataclass(frozen=True, slots=True)
class CaseDelivered(Fact):
    """The result was handed over (送达) to ``collected_by``; ``in_person`` when that is the applicant."""

    collected_by: str
    in_person: bool = True
    id_number: str = ""
    """Of whoever collected it for the applicant."""
    receipt: NumberedPaper | None = None
    """The 送达回证 that was signed."""


@dataclass(frozen=True, slots=True)
class MaterialsFollowed(Fact):
    """Materials that were allowed to follow (容缺后补) were handed in, as they are now, by code."""

    materials: Mapping[str, HandedIn]
    receipt: NumberedPaper


@dataclass(frozen=True, slots=True)
class CaseCorrected(Fact):
    """Typing errors were mended: what was written stays in the journal, what counts from now on is ``after``."""

    changes: tuple[Correction, ...]
    reason: str
    passed_warnings: Mapping[str, str] = field(default_factory=dict)
    """Why the clerk went on in spite of a warning about what is mended, by place."""


@dataclass(frozen=True, slots=True)
class CaseVoided(Fact):
    """The case was closed as void (作废办结) or as entered by mistake (录入错误), with a second person's consent."""

    result: Result
    reason: str
    approved_by: str
    """Login of the second person."""


@dataclass(frozen=True, slots=True)
class CaseRated(Fact):
    """The citizen rated the service once, of their own will: grade 1 (very satisfied) to 5."""

    grade: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CaseArchived(Fact):
    """The closed case was put into the archive (归档)."""

    place: str = ""
    """Where its papers stand."""
