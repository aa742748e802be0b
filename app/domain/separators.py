"""What the bar code of a separator sheet says: which material of an item, or which case, the papers behind it belong to.

A code is ``LD1:M:ITEM:MATERIAL:CHECK`` or ``LD1:C:CASE NUMBER:CHECK``; CHECK is the first six hex digits, in capitals, of
the SHA-256 of everything before its colon. So it is never taken for a case number, which has digits alone, nor is
anybody's other code taken for a separator. The form is fixed: sheets are printed once and used for years.
"""

import hashlib
from dataclasses import dataclass

from app.domain.numbering import is_case_number

MARK = "LD1"
MATERIAL, CASE = "M", "C"
CHECK_DIGITS = 6


@dataclass(frozen=True, slots=True)
class MaterialSeparator:
    """Papers behind it belong to a material of an item."""

    item: str
    material: str


@dataclass(frozen=True, slots=True)
class CaseSeparator:
    """Papers behind it belong to a case."""

    number: str


Separator = MaterialSeparator | CaseSeparator


def written(separator: Separator) -> str:
    """Return the code of a separator; ValueError for a name with a colon in it, which none has."""
    words: tuple[str, ...]
    match separator:
        case MaterialSeparator(item, material):
            words = (MARK, MATERIAL, item, material)
        case CaseSeparator(number):
            words = (MARK, CASE, number)
    if any(not word or ":" in word for word in words):
        raise ValueError("a name in a separator's code has no colon")
    stem = ":".join(words)
    return f"{stem}:{_check(stem)}"


def read_separator(text: str) -> Separator | None:
    """Return what a code says, None when it is no separator's or was misread."""
    stem, _, check = text.strip().rpartition(":")
    if check != _check(stem):
        return None
    match stem.split(":"):
        case [mark, kind, item, material] if (mark, kind) == (MARK, MATERIAL) and item and material:
            return MaterialSeparator(item, material)
        case [mark, kind, number] if (mark, kind) == (MARK, CASE) and is_case_number(number):
            return CaseSeparator(number)
    return None


def _check(stem: str) -> str:
    return hashlib.sha256(stem.encode()).hexdigest()[:CHECK_DIGITS].upper()
