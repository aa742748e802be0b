"""Puts the list of what was called back together: what the centre's journals say now, and what earlier lists said.

An earlier list counts on: bodies are erased in time, whole years detached, and a centre may come from a backup.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from app.central.paper_ends import Ended
from app.security.authority import Authority
from app.security.cose import FIRST_DAY
from app.security.revocation_list import PaperEnd, RevocationList, as_text, read_list, read_list_file
from app.services.errors import BadInput, BadRevocationList
from app.services.ports import CalledBack
from app.verification.judging import ENDS
from app.whole_files import place_errors, written_whole

REASONS = {reason: end for end, reason in ENDS.items()}


def lists_before(path: Path, published: bytes, root: str) -> list[RevocationList]:
    """Return the list in a file, if there is one, and the one that was ``published`` last; oldest first.

    BadRevocationList for a file that is something else, or another centre's; PlaceUnavailable. What was published by an
    authority that was there before says nothing any more.
    """
    with place_errors(path.absolute().parent):
        found = [read_list_file(path, root)] if path.exists() else []
    last = _published(published, root)
    return sorted([*found, *([last] if last else [])], key=lambda one: one.number)


def called_back(
    ended: Ended,
    certificates: Iterable[tuple[int, datetime]],
    before: Iterable[RevocationList],
    now: datetime,
    lasts: timedelta,
) -> RevocationList:
    """Return the list that follows those of ``before``; ``certificates`` are those of revoked stations."""
    number = 0
    stations: dict[int, datetime] = {}
    papers: dict[bytes, tuple[PaperEnd, date]] = {}
    for one in before:
        number = max(number, one.number)
        stations |= one.stations
        papers |= one.papers
    papers = {entry: end for entry, end in papers.items() if entry not in ended.undone}
    papers |= {entry: (REASONS[why], max(day, FIRST_DAY)) for entry, (why, day) in ended.papers.items()}
    return RevocationList(number + 1, now, now + lasts, stations | dict(certificates), papers)


def write_list(path: Path, made: RevocationList, authority: Authority) -> str:
    """Sign a list, write it whole and return its text; BadInput when it is longer than its readers take."""
    text = as_text(made, authority.root, authority.sign)
    try:
        read_list(text, authority.root)
    except BadRevocationList as error:
        raise BadInput("the list is too long") from error
    with place_errors(path.absolute().parent), written_whole(path) as fresh:
        fresh.write_text(text + "\n", encoding="ascii")
    return text


def is_news(made: RevocationList, published: bytes, root: str) -> bool:
    """Tell whether a list says anything that the published one does not, or that one is half over."""
    old = _published(published, root)
    if old is None or (old.stations, old.papers) != (made.stations, made.papers):
        return True
    return made.made - old.made > (old.until - old.made) / 2


def came_to(
    path: Path, made: RevocationList, before: Iterable[RevocationList], ended: Ended, version: int
) -> CalledBack:
    """Return what is told of a list that was written."""
    known = {entry for one in before for entry in one.papers}
    return CalledBack(
        path,
        made.number,
        made.until,
        stations=len(made.stations),
        papers=len(made.papers),
        added=len(made.papers.keys() - known),
        entries=ended.entries,
        version=version,
        remarks=tuple(ended.remarks),
    )


def _published(payload: bytes, root: str) -> RevocationList | None:
    try:
        return read_list(payload.decode(errors="replace"), root)
    except BadRevocationList:
        return None
