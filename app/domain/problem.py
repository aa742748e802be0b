"""A remark on one place of what a clerk typed: what is wrong there, and whether it stops the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error must be mended; a warning may be passed with a reason, which the journal keeps."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark: ``place`` is a dotted path such as ``applicant.phone``, ``code`` names the rule."""

    place: str
    code: str
    severity: Severity = Severity.ERROR
    details: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Tell whether the problem must be mended before acceptance."""
        return self.severity is Severity.ERROR
