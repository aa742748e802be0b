"""What another station's body must be before a view or a screen may hold it.

The centre knows nothing but custody, and whoever sent the body may be anybody's program. What came from elsewhere and
is not as it should be concerns its case alone; it is kept, told, and part of nothing.
"""

from collections.abc import Mapping
from typing import Any

from app.domain.case import CaseState
from app.domain.clock import parse_stamp
from app.domain.facts import FACTS, NOTES, CaseReceived, Fact, read_fact
from app.domain.numbering import is_number_of

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What reading something that anybody may have written can raise."""
STAMPS = ("accepted", "due", "suspended", "handed", "closed")
FLAGS = ("late", "deemed")


def read_foreign(body: Mapping[str, Any]) -> Fact:
    """Return the fact of a body; one of ``UNREADABLE`` when body, header or fact are not of a kind that is known here."""
    fact, header, anchor = read_fact(body), body["header"], body.get("anchor")
    if lacks_header(body) or takes_number_of_another(body):
        raise ValueError("no station has a right to it")
    parse_stamp(body["at"])
    _ensure(str, body["operator"])
    if anchor is not None:
        parse_stamp(anchor["at"])
    if header is not None:
        _check_header(header)
    return fact


def lacks_header(body: Mapping[str, Any]) -> bool:
    """Tell whether a body of a case has no header and is of a kind that may not be without: to the centre it is a note.

    Every station with a part in a case may note on it; to change it, it must hold it, and that is known by the header.
    """
    is_bare = body.get("case") is not None and body.get("header") is None
    kind = FACTS.get(str(body.get("kind")))
    return is_bare and kind is not None and kind not in NOTES


def takes_number_of_another(body: Mapping[str, Any]) -> bool:
    """Tell whether a body begins a case under a number that is not its station's to give."""
    begins = body.get("kind") == CaseReceived.__name__
    return begins and not is_number_of(str(body.get("station")), body.get("case"))


def _check_header(header: Mapping[str, Any]) -> None:
    CaseState(header["state"])
    _ensure(str, header["holder"])
    parse_stamp(header["received"])
    for name in STAMPS:
        if header.get(name) is not None:
            parse_stamp(header[name])
    for name in FLAGS:
        _ensure(bool, header.get(name, False))


def _ensure(kind: type, value: object) -> None:
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected, {type(value).__name__} found")
