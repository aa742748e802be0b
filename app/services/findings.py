"""What is found when the counter and its PC are looked at; the words are in ``ui.findings``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.services.errors import BadInput, Corrupt, Refused


class Grade(StrEnum):
    """How a finding is to be taken."""

    GOOD = "good"
    LOOK = "look"
    """Work goes on; somebody should look when there is time."""
    BAD = "bad"
    """Something is to be done before work goes on."""


class Outcome(StrEnum):
    """What findings come to, for a script that asked."""

    SOUND = "sound"
    UNSOUND = "unsound"
    """Something is not as it was written, or a file cannot be used."""
    ENVIRONMENT = "environment"
    """The PC does not allow it: no data, no room, no font, a clock that is wrong."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, figures for its sentence, and the error when looking failed."""

    code: str
    grade: Grade = Grade.GOOD
    details: Mapping[str, str | int] = field(default_factory=dict)
    error: Exception | None = None

    @property
    def is_good(self) -> bool:
        """Tell whether nothing has to be done."""
        return self.grade is Grade.GOOD

    @property
    def outcome(self) -> Outcome:
        """Return what this finding alone comes to."""
        if self.grade is not Grade.BAD:
            return Outcome.SOUND
        if isinstance(self.error, Corrupt | BadInput):
            return Outcome.UNSOUND
        return Outcome.REFUSED if isinstance(self.error, Refused) else Outcome.ENVIRONMENT


def outcome(findings: Iterable[Finding]) -> Outcome:
    """Return what ``findings`` come to together: what is not sound weighs most, what the PC lacks least."""
    found = {finding.outcome for finding in findings}
    weights = (Outcome.UNSOUND, Outcome.REFUSED, Outcome.ENVIRONMENT)
    return next((worst for worst in weights if worst in found), Outcome.SOUND)
