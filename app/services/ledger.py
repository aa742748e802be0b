"""The journal as a whole (台账): checking it, taking it out, building every view from it again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.domain.facts import JournalExported
from app.domain.journal import ChainBroken, Entry, Head, Verify, chain_hash, checked
from app.domain.operators import SYSTEM, Act, Operator
from app.services.errors import BrokenJournal
from app.services.permits import ensure_may
from app.services.ports import Store, UnitOfWork
from app.services.progress import Tell, silent, told
from app.services.recording import Recorder

WriteExport = Callable[[Iterable[Entry], Path], None]
"""Writes entries as JSON lines to a file, whole or not at all."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A journal that checks: how many entries it has and where it ends."""

    entries: int
    head: Head | None


class LedgerService:
    """Use cases of the whole journal."""

    def __init__(self, store: Store, recorder: Recorder, verify: Verify, write_export: WriteExport) -> None:
        self._store = store
        self._recorder = recorder
        self._verify = verify
        self._write_export = write_export

    def verify(self, tell: Tell = silent) -> Verified:
        """Check every entry's body, hash and signature; BrokenJournal names the first that does not check."""
        count = 0
        with self._store.read() as uow:
            total = uow.journal.length()
            try:
                for _entry in told(checked(uow.journal.entries(), self._verify), total, tell):
                    count += 1
            except ChainBroken as broken:
                raise BrokenJournal(broken.epoch, broken.seq, broken.fault) from broken
            return Verified(count, uow.journal.head())

    def is_sound(self, number: str) -> bool:
        """Tell whether every entry of one case has the hash and the signature that its epoch's key gives it."""
        with self._store.read() as uow:
            entries = uow.journal.of_case(number)
            places = {(entry.station, entry.epoch) for entry in entries}
            keys = {(station, epoch): self._signed_with(uow, station, epoch) for station, epoch in places}
        return all(
            entry.hash == chain_hash(entry.prev, entry.body)
            and self._verify(keys[entry.station, entry.epoch], entry.hash, entry.signature)
            for entry in entries
        )

    def export(self, path: Path, by: Operator | None = None, tell: Tell = silent) -> Verified:
        """Write the whole journal to ``path`` as JSON lines and return where it ends; None is the command line.

        The export is itself a fact and the last line of the file, so that a file cut short shows. One that ``tell``
        stops leaves the fact that it was begun, and no file.
        """
        if by is not None:
            ensure_may(by, Act.EXPORT_JOURNAL)
        operator = by.login if by else SYSTEM
        with self._store.write() as uow:
            self._recorder.record_clock(uow)
            count = sum(1 for _ in uow.journal.entries()) + 1
            last = self._recorder.append(uow, operator, JournalExported(count), self._recorder.now())
            uow.commit()
        with self._store.read() as uow:
            self._write_export(told(islice(uow.journal.entries(), count), count, tell), path)
        return Verified(count, Head(last.epoch, last.seq, last.hash, last.read()["at"]))

    def rebuild(self, tell: Tell = silent) -> int:
        """Build every view from the journal again and return how many entries were read."""
        return self._store.rebuild_views(tell)

    def _signed_with(self, uow: UnitOfWork, station: str, epoch: int) -> bytes:
        """Return the key of an epoch of any station, empty when neither journal nor directory names it."""
        known = uow.directory.get(station)
        first = uow.outbox.at(epoch, 1)
        if first is not None and first.station == station:
            return self._opened_with(uow, epoch)
        return (known.key_of(epoch) if known else None) or b""

    def _opened_with(self, uow: UnitOfWork, epoch: int) -> bytes:
        """Return the public key of an epoch, as its first entry names it."""
        opening = uow.journal.opening(epoch)
        return bytes.fromhex(opening.read()["data"]["public_key"])
