"""One case as a file for another station, on a stick or by whatever way: its entries as in a journal export, its images.

A ZIP without compression. ``case.json`` says that it is a case and holds the key under a code; every other member is
sealed with that key: ``head`` says which case it is and names the images, ``entries`` holds the entries in the order in
which they came to be known, and ``images/`` what they name, by number. Written whole or not at all; read strictly.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.domain.journal import Entry
from app.services.case_files import CaseCipher, CaseFileHead, CaseSeals, ReadCase, SignedEntry
from app.services.errors import BadCaseFile, NotAJournal
from app.storage.journal_file import LONGEST_LINE, line_of, read_line
from app.storage.stored_zip import read_stored
from app.whole_files import place_errors, written_whole

KIND, VERSION = "lideng case", 1
LOCK, HEAD, ENTRIES, IMAGE = "case.json", "head", "entries", "images/{}"
LARGEST_LOCK = 4096
LARGEST_HEAD = 256 * 1024
MOST_ENTRIES = 10_000
MOST_IMAGES = 2_000
LARGEST_IMAGE = 64 * 1024 * 1024
SEAL = 64
"""More than a seal adds to what is sealed."""


class ZipCaseFiles:
    """Implements the port ``CaseFiles``."""

    def __init__(self, seals: CaseSeals) -> None:
        self._seals = seals

    def new_code(self) -> str:
        """Return a code for a file that is to be written."""
        return self._seals.new_code()

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
        lock, cipher = self._seals.lock(code)
        digests = list(images)
        said = {"case": head.case, "station": head.station, "images": digests}
        lines = [line_of(one.entry, one.public_key) + "\n" for one in entries]
        with (
            place_errors(path.parent),
            written_whole(path) as fresh,
            zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as archive,
        ):
            archive.writestr(LOCK, json.dumps({"kind": KIND, "v": VERSION, "lock": lock}))
            archive.writestr(HEAD, cipher.seal(HEAD, json.dumps(said).encode()))
            archive.writestr(ENTRIES, cipher.seal(ENTRIES, "".join(lines).encode()))
            for number, digest in enumerate(digests):
                name = IMAGE.format(number)
                archive.writestr(name, cipher.seal(name, image(digest)))

    def look(self, path: Path) -> None:
        """Raise BadCaseFile when a file is none, without opening it."""
        with _archive(path) as archive:
            _lock(archive)

    @contextmanager
    def opened(self, path: Path, code: str) -> Iterator["OpenedCaseFile"]:
        """Open a file without believing it; WrongFileCode, BadCaseFile says what is wrong."""
        with _archive(path) as archive:
            yield OpenedCaseFile(archive, self._seals.unlock(_lock(archive), code))


class OpenedCaseFile:
    """Implements the port ``OpenCaseFile``."""

    def __init__(self, archive: zipfile.ZipFile, cipher: CaseCipher) -> None:
        self._archive = archive
        self._cipher = cipher
        head, images = _head(self._part(HEAD, LARGEST_HEAD))
        self.content = ReadCase(head, tuple(_entries(self._part(ENTRIES, MOST_ENTRIES * LONGEST_LINE))), tuple(images))

    def image(self, digest: str) -> bytes:
        """Return one image of the file; BadCaseFile when it is not what its name says."""
        data = self._part(IMAGE.format(self.content.images.index(digest)), LARGEST_IMAGE)
        if hashlib.sha256(data).hexdigest() != digest:
            raise BadCaseFile("changed")
        return data

    def _part(self, name: str, largest: int) -> bytes:
        return self._cipher.unseal(name, _member(self._archive, name, largest + SEAL))


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a file to read; what zipfile cannot make sense of is a BadCaseFile."""
    with place_errors(path.parent):
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
            raise BadCaseFile("kind") from error
        with archive:
            yield archive


def _member(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    try:
        return read_stored(archive, name, largest)
    except KeyError:
        raise BadCaseFile("kind" if name == LOCK else "changed") from None
    except zipfile.BadZipFile as error:
        raise BadCaseFile("changed") from error


def _lock(archive: zipfile.ZipFile) -> Any:  # noqa: ANN401  checked by whoever unlocks
    try:
        said = json.loads(_member(archive, LOCK, LARGEST_LOCK))
        if said["kind"] != KIND:
            raise BadCaseFile("kind")
        if said["v"] != VERSION:
            raise BadCaseFile("newer")
        return said["lock"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise BadCaseFile("kind") from error


def _head(data: bytes) -> tuple[CaseFileHead, Sequence[str]]:
    try:
        said = json.loads(data)
        head, images = CaseFileHead(str(said["case"]), str(said["station"])), [str(one) for one in said["images"]]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise BadCaseFile("changed") from error
    if len(images) > MOST_IMAGES:
        raise BadCaseFile("changed")
    return head, images


def _entries(data: bytes) -> list[Entry]:
    lines = data.splitlines(keepends=True)
    if len(lines) > MOST_ENTRIES:
        raise BadCaseFile("changed")
    try:
        return [read_line(line, number)[0] for number, line in enumerate(lines, start=1)]
    except NotAJournal as error:
        raise BadCaseFile("changed") from error
