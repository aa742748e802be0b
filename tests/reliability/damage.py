"""Damages a closed counter's files and tells what is said of it, and when: nothing may be taken for whole that is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.services.counter import Counter
from app.services.errors import Corrupt, NotFound, ServiceError
from app.services.snapshots import CaseFilter
from tests.reliability.checker import views
from tests.support import Place

PAGE = 4096
FLIPS = (0, 1, 17, 100, 2048, PAGE - 65, PAGE - 17, PAGE - 1)
"""Places in a page: header, content, and the reserve in which SQLCipher keeps the vector and the checksum."""
SILENT = "silent"
UNTOUCHED = "nothing changed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What damage was told: the moment and the error, or that nothing was changed, or silence."""

    what: str
    moment: str
    error: str


@dataclass(frozen=True, slots=True)
class Whole:
    """What a counter holds: every entry and every row of every view."""

    journal: list[bytes]
    views: dict[str, list[str]]


def holds(counter: Counter) -> Whole:
    """Return what an open counter holds."""
    with counter.intake._store.read() as uow:
        journal = [entry.hash for entry in uow.journal.entries()]
    return Whole(journal, views(counter))


def flipped(data: bytes, offset: int, bit: int = 0) -> bytes:
    """Return ``data`` with one bit turned over."""
    changed = bytearray(data)
    changed[offset] ^= 1 << bit
    return bytes(changed)


def page_flips(data: bytes, every: int = 1) -> Iterator[tuple[str, bytes]]:
    """Yield the file with one bit flipped, at several places of each page."""
    for page in range(0, len(data) // PAGE, every):
        for place in FLIPS:
            yield f"page {page} byte {place}", flipped(data, page * PAGE + place, place % 8)


def cuts(data: bytes, every: int = 1) -> Iterator[tuple[str, bytes]]:
    """Yield the file cut at the border of each page and in the middle of it."""
    for page in range(0, len(data) // PAGE, every):
        yield f"cut at page {page}", data[: page * PAGE]
        yield f"cut in page {page}", data[: page * PAGE + 1000]


def look(place: Place, file: Path, what: str, data: bytes, whole: Whole) -> Finding:
    """Put ``data`` in place of ``file`` and say what is told when the counter is opened, read, and examined."""
    file.write_bytes(data)
    for beside in ("station.db-wal", "station.db-shm"):
        if beside != file.name:
            (file.parent / beside).unlink(missing_ok=True)
    moment = "opening"
    try:
        with place.opened() as counter:
            moment = "reading"
            _read_as_the_window_does(counter)
            moment = "verifying"
            counter.ledger.verify()
            moment = "examining"
            counter.intake._store.check_pages()
            moment = "afterwards"
            same = holds(counter) == whole
    except ServiceError as error:
        known = isinstance(error, Corrupt | NotFound)
        return Finding(what, moment, type(error).__name__ if known else f"not Corrupt: {type(error).__name__}")
    return Finding(what, moment, UNTOUCHED if same else SILENT)


def _read_as_the_window_does(counter: Counter) -> None:
    for lit in counter.desk.page(CaseFilter(), 0, 1000):
        counter.desk.file(lit.row.number)
    counter.desk.find("林", 20)
