"""What the services need to read what stands on pictures of cards and licences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class ReadPaper(StrEnum):
    """A kind of paper whose fields can be read."""

    RESIDENT_CARD = "resident_card"
    """Front, back, or both sides on one or two pictures."""
    BUSINESS_LICENCE = "business_licence"


class ReadField(StrEnum):
    """A field of a paper; of a licence NAME is that of the enterprise."""

    NAME = "name"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    BIRTH = "birth"
    ADDRESS = "address"
    NUMBER = "number"
    """Resident number, or unified social credit code."""
    ISSUER = "issuer"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"
    """A day, or ``长期``."""
    REPRESENTATIVE = "representative"


@dataclass(frozen=True, slots=True)
class ReadValue:
    """What was read of one field: a proposal, until a person has taken it."""

    text: str
    """Days as ISO dates."""
    confidence: float
    """From 0 to 1; of names it says little: wrong ones were measured at 0.99."""
    is_repaired: bool = False
    """Whether check digit or birth date mended a single misread character."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a paper, and the pieces of the pictures (JPEG) on which each field stands."""

    paper: ReadPaper
    fields: Mapping[ReadField, ReadValue]
    pieces: Mapping[ReadField, bytes]


class TextReader(Protocol):
    """Reads off line, with models that ship with the program, in a process of its own. Slow: beside the window only."""

    def read(self, pictures: Sequence[bytes]) -> list[Reading]:
        """Return what stands on each paper that the pictures (JPEG or PNG, turned anyhow) show; nothing when none is known.

        Both sides of a card are one paper where there is one of each; of several cards each side is a paper of its own.
        BadAttachment when a picture cannot be decoded; ReadingFailed when the process died or took too long.
        """
        ...

    def warm_up(self) -> None:
        """Load the models, so that the first paper need not wait; ReadingFailed as above."""
        ...

    def close(self) -> None:
        """End the process; the next picture starts it anew."""
        ...
