"""The backup file: an encrypted database, the counter's own data files, the sealed keys, and what it is of.

::

    database   the copy of station.db, encrypted with SQLCipher
    files      a ZIP of the counter's own data files (catalogue, calendar, …), which are public
    manifest   JSON: what the backup is of, sizes and SHA-256 of the two parts, the sealed keys as they lie in the profile
    tag        HMAC-SHA256 of the manifest by a key that follows from the database key
    length     of the manifest, 8 bytes, big endian
    magic      16 bytes

The end comes last, so that the database is written once, where it stays, and a file that was cut short has no end.
What it looks like inside is told in docs/security.md; nothing in it is a plain key.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from app.domain.plain import from_plain, to_plain
from app.services.backup_files import Manifest
from app.services.errors import BadBackup
from app.services.progress import Tell

MAGIC = b"LIDENG BACKUP\x001\n"
LENGTH_BYTES, TAG_BYTES = 8, 32
FOOT = TAG_BYTES + LENGTH_BYTES + len(MAGIC)
LARGEST_MANIFEST = 64 * 1024
LARGEST_FILES = 64 * 1024 * 1024
VERSION = 1
CHUNK = 1024 * 1024
PURPOSE = b"lideng backup manifest 1"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a backup file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Backup:
    """The end of a backup file, read and found well formed; whether it is true is told by ``is_tagged_by``."""

    path: Path
    manifest: Manifest
    database: Part
    files: Part
    keys: Mapping[str, Any]
    """What opens the database key: the sealed files of the profile by name, not looked into here."""
    text: bytes
    tag: bytes

    def is_tagged_by(self, key: bytes) -> bool:
        """Tell whether the manifest was written by somebody who had the database key."""
        return hmac.compare_digest(self.tag, _tag(self.text, key))


def read_backup(path: Path) -> Backup:
    """Return the end of the file at ``path``; BadBackup with the fault ``kind``, ``changed`` or ``newer``."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        foot = _read_at(file, max(0, size - FOOT), FOOT)
        if not foot.endswith(MAGIC):
            raise BadBackup("kind")
        length = int.from_bytes(foot[TAG_BYTES : TAG_BYTES + LENGTH_BYTES], "big")
        if not 0 < length <= min(LARGEST_MANIFEST, size - FOOT):
            raise BadBackup("changed")
        text = _read_at(file, size - FOOT - length, length)
    try:
        backup = _parse(path, text, foot[:TAG_BYTES])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadBackup("changed") from error
    if size != backup.database.size + backup.files.size + length + FOOT or backup.files.size > LARGEST_FILES:
        raise BadBackup("changed")
    return backup


def append_end(
    file: IO[bytes], database: Part, files: bytes, manifest: Manifest, keys: Mapping[str, Any], key: bytes
) -> None:
    """Write everything that follows the database, which ``file`` holds already and is at the end of."""
    plain = {
        "v": VERSION,
        "manifest": to_plain(manifest),
        "database": to_plain(database),
        "files": to_plain(Part(len(files), hashlib.sha256(files).hexdigest())),
        "keys": keys,
    }
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    file.write(files)
    file.write(text)
    file.write(_tag(text, key) + len(text).to_bytes(LENGTH_BYTES, "big") + MAGIC)


def extract(backup: Backup, target: Path, tell: Tell) -> bytes:
    """Write the database to ``target``, a new file of the owner's alone, and return the ZIP of the data files.

    BadBackup with the fault ``changed`` when either is not what was written.
    """
    digest, done = hashlib.sha256(), 0
    with backup.path.open("rb") as source, private_file(target) as file:
        for chunk in _chunks(source, backup.database.size):
            digest.update(chunk)
            file.write(chunk)
            done += len(chunk)
            tell(done, backup.database.size)
        files = source.read(backup.files.size)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != backup.database.sha256 or hashlib.sha256(files).hexdigest() != backup.files.sha256:
        raise BadBackup("changed")
    return files


def part_of(file: IO[bytes], tell: Tell) -> Part:
    """Return size and digest of all that ``file`` holds."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    digest, done = hashlib.sha256(), 0
    for chunk in _chunks(file, size):
        digest.update(chunk)
        done += len(chunk)
        tell(done, size)
    return Part(size, digest.hexdigest())


def private_file(path: Path) -> IO[bytes]:
    """Open a new file for reading and writing that its owner alone can read."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "w+b")


def _tag(text: bytes, key: bytes) -> bytes:
    own = hmac.digest(key, PURPOSE, "sha256")
    return hmac.digest(own, text, "sha256")


def _parse(path: Path, text: bytes, tag: bytes) -> Backup:
    plain = json.loads(text)
    if plain["v"] != VERSION:
        raise BadBackup("newer")
    return Backup(
        path=path,
        manifest=from_plain(Manifest, plain["manifest"]),
        database=from_plain(Part, plain["database"]),
        files=from_plain(Part, plain["files"]),
        keys=dict(plain["keys"]),
        text=text,
        tag=tag,
    )


def _chunks(file: IO[bytes], size: int) -> Iterator[bytes]:
    left = size
    while left and (chunk := file.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk


def _read_at(file: IO[bytes], place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)
