"""What a paper says of those who signed it on the screen: line by line, in whose place, and when."""

from collections.abc import Sequence
from itertools import groupby

from app.domain.paper_places import IN_FULL, PLACES
from app.domain.people import masked_name
from app.services.paper_words import long_time
from app.services.ports import OnLine
from app.services.snapshots import PaperRow, PaperSignature

ON_SCREEN = "屏幕手写签名"
AGENT = "代理人"


def written(row: PaperRow, pictures: Sequence[bytes]) -> list[OnLine]:
    """Return what stands on each line of a paper that was signed; ``pictures`` are those of its signatures in order."""
    both = sorted(zip(row.signatures, pictures, strict=True), key=lambda pair: pair[0].line)
    lines = [(line, [*pairs]) for line, pairs in groupby(both, key=lambda pair: pair[0].line)]
    return [
        OnLine(line, tuple(ink for _, ink in pairs), _note(row, [one for one, _ in pairs])) for line, pairs in lines
    ]


def _note(row: PaperRow, signatures: Sequence[PaperSignature]) -> str:
    times = "、".join(dict.fromkeys(long_time(one.signed_at) for one in signatures))
    agents = [one.signer for one in signatures if one.for_whom]
    shown = agents if PLACES[row.kind] >= IN_FULL else [masked_name(name) for name in agents]
    return " ".join(filter(None, (AGENT + "、".join(shown) if agents else "", times, ON_SCREEN)))
