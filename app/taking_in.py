"""Taking in at the centre what a station cannot bring itself: it was shut out, or its machine is gone and a file was left."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from app.central.administration import Administration
from app.domain.journal import Entry, Verify
from app.services.errors import BatchRefused, ChainForked, NotAParty
from app.services.ports import LARGEST_BODY, MOST_BYTES, MOST_ENTRIES, Batch, Outgoing, TakenIn
from app.services.progress import Tell, silent
from app.services.sync_images import chunks_of, digest_of
from app.storage.image_file import BesideImage, images_beside
from app.storage.journal_file import check_export, read_export


def take_in(opened: Administration, path: Path, verify: Verify, tell: Tell = silent) -> TakenIn:
    """Bring the centre what it lacks of an exported journal (``journal export``), of a station that cannot push itself.

    The file is checked from end to end first: NotAJournal, BrokenJournal. ChainForked when the centre has another
    history of this station, or knows an epoch of it by another key; nothing is taken in then. Page images that were
    exported with it lie in a file beside it; BadImageFile. ``tell`` counts entries and images.
    """
    checked = check_export(path, verify)
    images = images_beside(path)
    total = checked.entries + (images.count if images else 0)
    head = opened.head(checked.station)
    _ensure_same_history(opened, path, head[:2])
    taken, aside = 0, []
    lacking = (entry for entry, _key in read_export(path) if (entry.epoch, entry.seq) > head[:2])
    for batch in batches(lacking):
        set_aside = _bring(opened, checked.station, batch)
        taken += len(batch.entries)
        aside += [(batch.epoch, seq, reason) for seq, reason in set_aside]
        tell(min(taken, checked.entries), total)
    done, refused = 0, 0
    for image in images or ():
        refused += not _bring_image(opened, checked.station, image)
        done += 1
        tell(checked.entries + done, total)
    return TakenIn(checked.station, checked.entries, taken, tuple(aside), done - refused, refused)


def _bring_image(opened: Administration, station: str, image: BesideImage) -> bool:
    """Bring one image, chunk by chunk what is not there; False when it is damaged or of no case of the station."""
    if not image.is_sound:
        return False
    chunks = {digest_of(chunk): chunk for chunk in chunks_of(image.data)}
    for digest in opened.missing_chunks(station, chunks):
        opened.put_chunk(station, chunks[digest])
    order = tuple(digest_of(chunk) for chunk in chunks_of(image.data))
    try:
        return opened.put_blob(station, bytes.fromhex(image.digest), len(image.data), order, image.case_number)
    except (NotAParty, BatchRefused):
        return False


def _bring(opened: Administration, station: str, batch: Batch) -> tuple[tuple[int, str], ...]:
    """Store a batch; of an entry whose body the centre cannot read only the chain goes on, and nothing stands in its way."""
    try:
        return opened.take_in(station, batch)
    except BatchRefused:
        if len(batch.entries) > 1:
            return tuple(chain.from_iterable(_bring(opened, station, half) for half in _halves(batch)))
        if batch.entries[0].body is None:
            raise
        return opened.take_in(station, replace(batch, entries=(replace(batch.entries[0], body=None),)))


def _halves(batch: Batch) -> tuple[Batch, Batch]:
    middle = len(batch.entries) // 2
    first, second = batch.entries[:middle], batch.entries[middle:]
    return (
        replace(batch, entries=first),
        replace(batch, first_seq=batch.first_seq + middle, prev=first[-1].hash, entries=second),
    )


def _ensure_same_history(opened: Administration, path: Path, head: tuple[int, int]) -> None:
    """Compare keys, and the hash of the last entry that both have: it stands for all before it."""
    keys: Mapping[int, bytes] = {}
    last: Entry | None = None
    for entry, key in read_export(path):
        keys = keys or opened.epoch_keys(entry.station)
        if keys.get(entry.epoch, key) != key:
            raise ChainForked(entry.epoch, entry.seq)
        if (entry.epoch, entry.seq) <= head:
            last = entry
    if last is not None and opened.hash_at(last.station, last.epoch, last.seq) != last.hash:
        raise ChainForked(last.epoch, last.seq)


def batches(entries: Iterable[Entry]) -> Iterator[Batch]:
    """Yield batches of one epoch each, within the centre's bounds; a body that it cannot take stays behind."""
    waiting: list[Entry] = []
    size = 0
    for entry in chain(entries, [None]):
        if waiting and (entry is None or _begins_another(entry, waiting, size)):
            yield _batch(waiting)
            waiting, size = [], 0
        if entry is not None:
            waiting.append(entry)
            size += len(entry.body.encode())


def _begins_another(entry: Entry, waiting: list[Entry], size: int) -> bool:
    is_full = len(waiting) == MOST_ENTRIES or size + len(entry.body.encode()) > MOST_BYTES
    return is_full or entry.epoch != waiting[0].epoch


def _batch(entries: list[Entry]) -> Batch:
    return Batch(entries[0].epoch, entries[0].seq, entries[0].prev, tuple(map(_outgoing, entries)))


def _outgoing(entry: Entry) -> Outgoing:
    body = entry.body if len(entry.body.encode()) <= LARGEST_BODY else None
    return Outgoing(entry.hash, hashlib.sha256(entry.body.encode()).digest(), body, entry.signature)
