"""Rules of Chinese line breaking and punctuation, on plain text: where a line may end and how tight signs stand.

Widths are parts of the type size (em). The rules follow GB/T 15834-2011: no closing mark begins a line, no opening
mark ends one, and two marks side by side share the blank between them.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

OPENING = frozenset("（《〈「『〔【“‘")
CLOSING = frozenset("，。、；：？！）》〉」』〕】”’")
_NEVER_FIRST = CLOSING | frozenset("·…／～,.;:?!)]%℃°")
_NEVER_LAST = OPENING | frozenset("([￥¥")
_UNITS = frozenset("年月日时分号组室元栋")
"""Never parted from the digit before them."""
HALF = 0.5
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Span:
    """One line of a text: its characters from ``start`` up to ``end``, and the blank in front of it that is cut off."""

    start: int
    end: int
    cut: float = 0.0


def is_wide(character: str) -> bool:
    """Tell whether a character fills a whole square, as Han characters and Chinese marks do."""
    return unicodedata.east_asian_width(character) in "WF" or character in OPENING | CLOSING


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters."""
    if after == " " or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if (before.isdigit() and after in _UNITS) or (before == "〕" and after.isdigit()):
        return False
    return before == " " or is_wide(before) or is_wide(after)


def gap(before: str, after: str) -> float:
    """Return how much two characters are moved together (negative) when they stand side by side."""
    two_marks = before in CLOSING and after in CLOSING | OPENING
    return -HALF if two_marks or (before in OPENING and after in OPENING) else 0.0


def gaps(text: str) -> list[float]:
    """Return the gap behind each character of ``text``; the last one is 0."""
    return [gap(before, after) for before, after in pairwise(text)] + [0.0] * bool(text)


def lines(text: str, widths: Sequence[float], room: float, indent: float = 0.0) -> Iterator[Span]:
    """Yield the lines of ``text`` in ``room``, the first one shortened by ``indent``.

    A word that is wider than a line is broken anywhere; every line takes one character at least.
    """
    start = 0
    moves = [width + move for width, move in zip(widths, gaps(text), strict=True)]
    while start < len(text):
        cut = HALF if start and text[start] in OPENING else 0.0
        end = _end(text, moves, start, room + cut - (0.0 if start else indent))
        yield Span(start, _without_spaces(text, start, end), cut)
        start = end


def _end(text: str, moves: Sequence[float], start: int, room: float) -> int:
    fitting = _fitting(text, moves, start, room)
    if fitting == len(text):
        return fitting
    good = (end for end in range(fitting, start, -1) if may_break(text[end - 1], text[end]))
    return next(good, fitting)


def _fitting(text: str, moves: Sequence[float], start: int, room: float) -> int:
    """Return where the longest line ends; the blank half of a closing mark and spaces may hang over."""
    used, fitting = 0.0, start + 1
    for index in range(start, len(text)):
        used += moves[index]
        if used - _hanging(text[index], moves[index]) > room + ROUNDING:
            break
        fitting = index + 1
    return fitting


def _hanging(character: str, move: float) -> float:
    if character == " ":
        return move
    return HALF if character in CLOSING and move > HALF else 0.0


def _without_spaces(text: str, start: int, end: int) -> int:
    return start + max(1, len(text[start:end].rstrip(" ")))
