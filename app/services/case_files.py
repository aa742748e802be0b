"""One case as a file: taken out with its entries and images, and taken in elsewhere even if it never synced.

A stick is lost more easily than a paper file, so nothing of a case is readable in the file without the code that was
shown when it was written. What comes in is received as from the centre: each entry's signature is checked by the
directory, and the same entries may come again by the centre later.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.domain.facts import CasesExported, read_fact
from app.domain.foreign import takes_number_of_another
from app.domain.journal import Entry, Verify, case_of
from app.domain.operators import Act, Operator
from app.domain.station import Station
from app.services.errors import BadCaseFile, NotFound
from app.services.permits import ensure_may
from app.services.ports import Store, UnitOfWork
from app.services.recording import Recorder, load_case
from app.services.sync_images import ImageService, images_of
from app.services.sync_receiving import Receiving
from app.services.sync_views import rebuild_if_stale

FORM = "case"


@dataclass(frozen=True, slots=True)
class CaseFileHead:
    """What a file says of itself: the case, and the station that wrote it."""

    case: str
    station: str


@dataclass(frozen=True, slots=True)
class SignedEntry:
    """An entry with the public key of its epoch, for a stranger who checks the file."""

    entry: Entry
    public_key: bytes


@dataclass(frozen=True, slots=True)
class ReadCase:
    """What was found in a file; nothing of it is checked yet but its form."""

    head: CaseFileHead
    entries: tuple[Entry, ...]
    images: tuple[str, ...]
    """SHA-256 (hex) of each."""


@dataclass(frozen=True, slots=True)
class CaseTakenIn:
    """What became of a file: the case, how much of it was new here, and how many entries wait for something."""

    case: str
    entries: int
    images: int
    waiting: int


class CaseCipher(Protocol):
    """Seals and opens the parts of one file."""

    def seal(self, name: str, part: bytes) -> bytes:
        """Return ``part`` sealed under ``name``."""
        ...

    def unseal(self, name: str, sealed: bytes) -> bytes:
        """Return what was sealed under ``name``; BadCaseFile when it is not that."""
        ...


class CaseSeals(Protocol):
    """Makes the codes that open case files, and the ciphers behind them."""

    def new_code(self) -> str:
        """Return a code that nobody has had before, as it is said and shown."""
        ...

    def lock(self, code: str) -> tuple[Mapping[str, Any], CaseCipher]:
        """Return a fresh cipher and what opens it with ``code``, as plain JSON values."""
        ...

    def unlock(self, lock: object, code: str) -> CaseCipher:
        """Return the cipher of a file; WrongFileCode, BadCaseFile when ``lock`` is not as it was written."""
        ...


class OpenCaseFile(Protocol):
    """A case file that its code has opened."""

    content: ReadCase

    def image(self, digest: str) -> bytes:
        """Return one image of the file; BadCaseFile when it is not what its name says."""
        ...


class CaseFiles(Protocol):
    """Writes and reads case files."""

    def new_code(self) -> str:
        """Return a code for a file that is to be written."""
        ...

    def write(
        self,
        path: Path,
        code: str,
        head: CaseFileHead,
        entries: Iterable[SignedEntry],
        images: Iterable[str],
        image: Callable[[str], bytes],
    ) -> None:
        """Write a case to ``path``, sealed, whole or not at all; DiskFull, PlaceUnavailable."""
        ...

    def look(self, path: Path) -> None:
        """Raise BadCaseFile when a file is none, without opening it."""
        ...

    def opened(self, path: Path, code: str) -> AbstractContextManager[OpenCaseFile]:
        """Open a file without believing it; WrongFileCode, BadCaseFile says what is wrong."""
        ...


class CaseFileService:
    """Use cases of case files."""

    def __init__(
        self,
        store: Store,
        recorder: Recorder,
        station: Station,
        verify: Verify,
        files: CaseFiles,
        images: ImageService,
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._files = files
        self._images = images
        self._receiving = Receiving(store, verify)

    def new_code(self) -> str:
        """Return the code for the next file; it is kept nowhere, so whoever takes the case in has to be told it."""
        return self._files.new_code()

    def export(self, number: str, path: Path, by: Operator, code: str, purpose: str = "") -> int:
        """Write a case to ``path`` for another station and return how many entries it has; it is on record first.

        NotPermitted, NotFound; ImageElsewhere when an image is at the centre alone and that is not reached.
        """
        ensure_may(by, Act.HANDLE_CASES)
        with self._store.write() as uow:
            load_case(uow, number)
            exported = CasesExported(1, True, FORM, purpose=purpose.strip())
            self._recorder.record(uow, by.login, exported, self._recorder.now())
            entries = [SignedEntry(entry, _key(uow, entry)) for entry in uow.journal.of_case(number)]
            uow.commit()
        named = dict.fromkeys(digest for one in entries for digest in images_of(read_fact(one.entry.read())))
        head = CaseFileHead(number, self._station.code)
        self._files.write(path, code, head, entries, named, self._images.get)
        return len(entries)

    def look(self, path: Path, by: Operator) -> None:
        """Tell whether a case could be taken in from ``path``, before anybody is asked for its code.

        NotPermitted, BadCaseFile.
        """
        ensure_may(by, Act.HANDLE_CASES)
        self._files.look(path)

    def take_in(self, path: Path, by: Operator, code: str) -> CaseTakenIn:
        """Take a case in that another station wrote to ``path``; doing it twice is doing it once.

        WrongFileCode; BadCaseFile when the file is none or was changed, or begins a case under a number that its
        station cannot give: nothing is taken in then. What cannot be checked yet, because the directory does not know
        a key, is kept and waits.
        """
        ensure_may(by, Act.HANDLE_CASES)
        with self._files.opened(path, code) as file:
            found = file.content
            if not (found.head.case and found.entries) or any(
                case_of(entry) != found.head.case for entry in found.entries
            ):
                raise BadCaseFile("changed")
            if any(takes_number_of_another(entry.read()) for entry in found.entries):
                raise BadCaseFile("changed")
            foreign = [entry for entry in found.entries if entry.station != self._station.code]
            named = {digest for entry in foreign for digest in _named(entry)}
            images = sum(self._keep(file, digest) for digest in found.images if digest in named)
        with self._store.write() as uow:
            fresh = self._receiving.take_whole(uow, found.head.case, found.entries, self._station.code)
            uow.commit()
        self._receiving.fold_waiting()
        rebuild_if_stale(self._store)
        with self._store.read() as uow:
            kept = [uow.received.get(entry.station, entry.epoch, entry.seq) for entry in foreign]
        return CaseTakenIn(found.head.case, fresh, images, sum(1 for one in kept if one and one.waits))

    def _keep(self, file: OpenCaseFile, digest: str) -> bool:
        """Keep one image of a file unless it is here; one at a time is in memory."""
        with self._store.write() as uow:
            try:
                uow.blobs.get(digest)
            except NotFound:
                pass
            else:
                uow.blobs.unmark([digest])  # nothing may name it but the entries that are taken in next
                uow.commit()
                return False
        data = file.image(digest)
        with self._store.write() as uow:
            uow.blobs.put(data)
            uow.commit()
        return True


def _named(entry: Entry) -> list[str]:
    """Return the images that an entry of another station names; none where this program cannot read it."""
    try:
        return list(images_of(read_fact(entry.read())))
    except (LookupError, ValueError, TypeError, AttributeError):
        return []


def _key(uow: UnitOfWork, entry: Entry) -> bytes:
    """Return the public key of an entry's epoch: the own chain says it of own ones, the directory of others."""
    first = uow.outbox.at(entry.epoch, 1)
    if first is not None and first.station == entry.station:
        return bytes.fromhex(first.read()["data"]["public_key"])
    station = uow.directory.get(entry.station)
    return (station.key_of(entry.epoch) if station else None) or bytes(32)
