"""What every fact is, and the number of a paper that some of them use up."""

from dataclasses import dataclass
from typing import Any

from app.domain.plain import to_plain


@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """The number that a fact uses up: ``serial`` in ``series`` (from 1, without a gap), and ``text`` as printed."""

    series: str
    serial: int
    text: str


NO_NUMBER = NumberedPaper("", 0, "")
"""Stands where a number would be while an act is only imagined; it is never recorded."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened; it is recorded once and never changed."""

    @property
    def kind(self) -> str:
        """Return the name under which the fact stands in a body."""
        return type(self).__name__

    def data(self) -> dict[str, Any]:
        """Return the fact's fields as plain JSON values."""
        plain: dict[str, Any] = to_plain(self)
        return plain
