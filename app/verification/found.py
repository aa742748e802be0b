"""What was found in one file that can be checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Seal(StrEnum):
    """What the electronic signature of a PDF is worth."""

    NONE = "none"
    GOOD = "good"
    BROKEN = "broken"
    STRANGER = "stranger"
    """It holds, and nobody whom this centre certified made it"""


@dataclass(frozen=True, slots=True)
class Found:
    """Codes, text and signature of a file; pictures and texts have nothing but codes."""

    codes: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    """What bar codes (Code 128) say, where they were asked for"""
    text: str = ""
    """A PDF's text, without blanks and line ends"""
    is_longer: bool = False
    """Whether a PDF has pages behind those that were looked at"""
    seal: Seal = Seal.NONE
    certificate: bytes = b""
    """The signer's (DER), where the signature is good"""
    signed_at: datetime | None = None
    claims: Mapping[str, str] = field(default_factory=dict)
    """What goes along with a signed PDF for machines"""
