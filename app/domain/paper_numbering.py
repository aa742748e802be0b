"""Paper numbers (文号): series, patterns, and what is wrong with a pattern that a centre wrote.

A series belongs to one window, one kind of paper (or one certificate with numbers of its own) and one year. Which
number is next is asked of the store, inside the transaction that uses it; a number is never given out twice.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from string import Formatter

from app.domain.errors import SeriesExhausted
from app.domain.paper import PaperKind

USUAL_PATTERN = "{prefix}{word}〔{year}〕{serial:06}号"
LONGEST_PATTERN = 60

SERIES_WORDS = {
    PaperKind.MATERIALS_RECEIPT: "收",
    PaperKind.ACCEPTANCE_NOTICE: "受",
    PaperKind.CERTIFICATE: "证",
    PaperKind.SUPPLEMENT_NOTICE: "补",
    PaperKind.SUPPLEMENT_RECEIPT: "补收",
    PaperKind.NON_ACCEPTANCE_NOTICE: "不受",
    PaperKind.GRANT_DECISION: "准",
    PaperKind.REFUSAL_DECISION: "不准",
    PaperKind.EXTENSION_NOTICE: "延",
    PaperKind.SUSPENSION_NOTICE: "特",
    PaperKind.SERVICE_RECEIPT: "送",
    PaperKind.COLLECTION_SLIP: "取",
    PaperKind.WITHDRAWAL_FORM: "撤",
    PaperKind.RETURN_SLIP: "退",
    PaperKind.FORWARDING_SLIP: "转",
    PaperKind.HANDOVER_SLIP: "交",
    PaperKind.MANDATE: "委",
    PaperKind.PLEDGE: "诺",
    PaperKind.PRIVACY_NOTICE: "个",
    PaperKind.INQUIRY_SLIP: "咨",
    PaperKind.DAY_REPORT: "日",
}
UNNUMBERED = frozenset(PaperKind) - SERIES_WORDS.keys()
"""Papers that belong to no series and to no case."""


_SPECS = {"prefix": "", "word": "", "year": "", "serial": r"(0[1-9][0-9]?)?", "division": r"(\.[1-9][0-9]?)?"}
"""The places of a pattern, and how each may be written out: a padded serial, the beginning of the division's code."""
_PADDED = re.compile(r"\{serial:0([0-9]+)\}")
_DIGITS = re.compile(r"[0-9#]+")
_PIECE = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class PaperSeries:
    """One gapless series of paper numbers: issuing prefix, kind of paper, year.

    ``own`` names the template of a certificate that is counted by itself, such as the 农村宅基地批准书.
    """

    prefix: str
    kind: PaperKind
    year: int
    own: str = ""

    @property
    def key(self) -> str:
        """Return the name under which the series is counted."""
        return f"{self.prefix}/{self.kind}{'.' if self.own else ''}{self.own}/{self.year}"


def paper_number(series: PaperSeries, serial: int, pattern: str, division: str = "") -> str:
    """Return a paper's number by ``pattern``, which ``check_pattern`` or ``check_numbering`` found good.

    The usual pattern gives 云溪3收〔2026〕000412号. SeriesExhausted when a number of nothing but digits has no room for
    the serial: a further digit would make it another number's text.
    """
    if serial < 1:
        raise ValueError("serials start at 1")
    word = SERIES_WORDS.get(series.kind, "")
    text = pattern.format(prefix=series.prefix, word=word, year=series.year, serial=serial, division=division)
    padded = _PADDED.search(pattern)
    if text.isdecimal() and padded and len(str(serial)) > int(padded[1]):
        raise SeriesExhausted
    return text


def number_pieces(typed: str) -> tuple[str, ...]:
    """Return the pieces of a paper's number as somebody types it; the number has all of them, in their order.

    Whatever parts them is left out, for nobody types 〔〕: 云溪3收［2026］412 and 云溪3收 2026 412号 ask for the same, and
    so do letters and digits of full width. Empty where no digit is among them: a name is no number.
    """
    pieces = tuple(_PIECE.findall(unicodedata.normalize("NFKC", typed[:LONGEST_PATTERN])))
    return pieces if any(character.isdecimal() for piece in pieces for character in piece) else ()


def check_pattern(pattern: str) -> str:
    """Return what is wrong with a station's pattern, empty when nothing is.

    ``too_long``; ``shape`` when its braces do not pair or a place is written out in a way that places are not;
    ``place:NAME`` for a place that does not exist; ``needs:NAME`` for one that must be there: every window counts by
    itself, so the prefix must tell it; the year and the serial tell the numbers of a series apart.
    """
    return _remark(pattern, ("prefix", "year", "serial"))


def check_numbering(pattern: str) -> str:
    """Return what is wrong with a certificate's own pattern, in the words of ``check_pattern``.

    It need not name the window, because such a certificate is issued at one window of a body.
    """
    return _remark(pattern, ("year", "serial"))


def _remark(pattern: str, needed: tuple[str, ...]) -> str:
    if len(pattern) > LONGEST_PATTERN:
        return "too_long"
    try:
        places = [
            (name, spec or "", turned) for _, name, spec, turned in Formatter().parse(pattern) if name is not None
        ]
    except ValueError:
        return "shape"
    for name, spec, turned in places:
        if name not in _SPECS:
            return f"place:{name}"
        if turned or not re.fullmatch(_SPECS[name], spec):
            return "shape"
    names = [name for name, _, _ in places]
    missing = next((name for name in needed if names.count(name) != 1), "")
    return f"needs:{missing}" if missing else ""


def colliding(patterns: Mapping[str, tuple[PaperKind, str]], prefix: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of names whose patterns could give one and the same number.

    ``patterns`` holds a kind and a good pattern by name. Numbers are compared with every run of digits taken as one,
    so that no padding and no literal digit lets two of them meet.
    """
    shapes = {name: _shape(kind, pattern, prefix) for name, (kind, pattern) in patterns.items()}
    return tuple((one, other) for one, other in combinations(shapes, 2) if shapes[one] == shapes[other])


def _shape(kind: PaperKind, pattern: str, prefix: str) -> str:
    filled = "".join(
        literal + {"prefix": prefix, "word": SERIES_WORDS.get(kind, "")}.get(name or "", "#" if name else "")
        for literal, name, _, _ in Formatter().parse(pattern)
    )
    return _DIGITS.sub("#", filled)
