"""One case as a file for another station, on a stick or by whatever way: its entries as in a journal export, its images.

A ZIP without compression: ``case.json`` says what it is, ``entries.jsonl`` holds the entries in the order in which they
came to be known, and ``images/`` what they name, by SHA-256. Written whole or not at all; read strictly.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.journal import Entry
from app.services.case_files import CaseFileHead, ReadCase, SignedEntry
from app.services.errors import BadCaseFile, NotAJournal
from app.storage.backup_writing import place_errors, sync_folder
from app.storage.journal_file import LONGEST_LINE, line_of, read_line

KIND, VERSION = "lideng case", 1
HEAD, ENTRIES, IMAGES = "case.json", "entries.jsonl", "images/"
LARGEST_HEAD = 4096
MOST_ENTRIES = 10_000
MOST_IMAGES = 2_000
LARGEST_IMAGE = 64 * 1024 * 1024


class ZipCaseFiles:
    """Implements the port ``CaseFiles``."""

    def write(
        self,
        path: Path,
        head: CaseFileHead,
        entries: Iterable[SignedEntry],
        images: Iterable[str],
        image: Callable[[str], bytes],
    ) -> None:
        """Write a case to ``path``, whole or not at all; DiskFull, PlaceUnavailable."""
        fresh = path.with_name(f"{path.name}.part")
        with place_errors(path.parent):
            try:
                with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as archive:
                    said = {"kind": KIND, "v": VERSION, "case": head.case, "station": head.station}
                    archive.writestr(HEAD, json.dumps(said))
                    lines = [line_of(one.entry, one.public_key) + "\n" for one in entries]
                    archive.writestr(ENTRIES, "".join(lines))
                    for digest in images:
                        archive.writestr(IMAGES + digest, image(digest))
                with fresh.open("rb") as file:
                    os.fsync(file.fileno())
                fresh.replace(path)
                sync_folder(path.parent)
            except BaseException:
                fresh.unlink(missing_ok=True)
                raise

    def read(self, path: Path) -> ReadCase:
        """Return what a file holds without believing it; BadCaseFile says what is wrong."""
        with _opened(path, "kind") as archive:
            head = _head(_member(archive, HEAD, LARGEST_HEAD))
            lines = _member(archive, ENTRIES, MOST_ENTRIES * LONGEST_LINE).splitlines(keepends=True)
            names = [one for one in archive.namelist() if one.startswith(IMAGES)]
        if len(lines) > MOST_ENTRIES or len(names) > MOST_IMAGES:
            raise BadCaseFile("changed")
        return ReadCase(head, tuple(_entries(lines)), tuple(name.removeprefix(IMAGES) for name in names))

    def image(self, path: Path, digest: str) -> bytes:
        """Return one image of a file; BadCaseFile when it is not what its name says."""
        with _opened(path, "changed") as archive:
            data = _member(archive, IMAGES + digest, LARGEST_IMAGE)
        if hashlib.sha256(data).hexdigest() != digest:
            raise BadCaseFile("changed")
        return data


@contextmanager
def _opened(path: Path, fault: str) -> Iterator[zipfile.ZipFile]:
    """Open a file to read; what zipfile cannot make sense of is a BadCaseFile with this ``fault``."""
    with place_errors(path.parent):
        try:
            with zipfile.ZipFile(path) as archive:
                yield archive
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise BadCaseFile(fault) from error


def _member(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise BadCaseFile("kind") from None
    if info.file_size > largest or info.compress_type != zipfile.ZIP_STORED:
        raise BadCaseFile("changed")
    return archive.read(info)


def _head(data: bytes) -> CaseFileHead:
    try:
        said = json.loads(data)
        if said["kind"] != KIND:
            raise BadCaseFile("kind")
        if said["v"] != VERSION:
            raise BadCaseFile("newer")
        return CaseFileHead(str(said["case"]), str(said["station"]))
    except (ValueError, LookupError, TypeError) as error:
        raise BadCaseFile("kind") from error


def _entries(lines: list[bytes]) -> list[Entry]:
    try:
        return [read_line(line, number)[0] for number, line in enumerate(lines, start=1)]
    except NotAJournal as error:
        raise BadCaseFile("changed") from error
