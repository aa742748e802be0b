"""The journal as a file that a stranger can check: JSON lines, written whole or not at all, read strictly.

What stands in it and how it is checked is told in docs/journal.md.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.journal import ChainBroken, Entry, Verify, checked
from app.services.errors import BrokenJournal, NotAJournal, ReadOnlyStore
from app.whole_files import system_errors, written_whole

LONGEST_LINE = 1024 * 1024
HASH_LENGTH, SIGNATURE_LENGTH, KEY_LENGTH = 32, 64, 32
FIELDS = {
    "station": str,
    "epoch": int,
    "seq": int,
    "prev": str,
    "hash": str,
    "signature": str,
    "body": str,
    "public_key": str,
}


@dataclass(frozen=True, slots=True)
class CheckedExport:
    """A file that checks: the station, how many entries it has, where it ends, and whose key signed its last epoch."""

    station: str
    entries: int
    head: str
    public_key: str
    witnessed: Entry | None = None
    """The entry whose hash begins with the witness digits that were asked for."""


def write_export(entries: Iterable[Entry], path: Path) -> None:
    """Write ``entries`` to ``path``, one line each; DiskFull or ReadOnlyStore leave what was there before."""
    with (
        system_errors(ReadOnlyStore()),
        written_whole(path) as fresh,
        fresh.open("w", encoding="utf-8", newline="\n") as file,
    ):
        for line in _lines(entries):
            file.write(line + "\n")


def check_export(
    path: Path,
    verify: Verify,
    public_key: bytes | None = None,
    witness: str | None = None,
    see: Callable[[Entry], None] | None = None,
) -> CheckedExport:
    """Check a file without anything else; ``public_key`` is the key that its last epoch must have been signed with.

    ``see`` is shown each entry after it was checked against those before it; what it saw counts once this returns.

    BrokenJournal names the first bad entry: ``cut`` when the file does not end with the fact that it was exported,
    ``key`` when a line or the whole file has another key. NotAJournal names a line that is none.
    """
    found: Entry | None = None
    last: Entry | None = None
    count = 0
    keys = _Keys()
    try:
        for entry in checked(keys.watch(read_export(path)), verify):
            count, last = count + 1, entry
            if witness and entry.witness == witness.lower():
                found = entry
            if see is not None:
                see(entry)
    except ChainBroken as broken:
        raise BrokenJournal(broken.epoch, broken.seq, broken.fault) from broken
    if last is None:
        raise NotAJournal(1)
    _check_end(last, count, keys.current, public_key)
    return CheckedExport(last.station, count, last.hash.hex(), keys.current.hex(), found)


def read_export(path: Path) -> Iterator[tuple[Entry, bytes]]:
    """Yield the entries of a file with the public key beside each; NotAJournal at the first line that is none."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise NotAJournal(0) from error
    with file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), start=1):
            yield read_line(line, number)


class _Keys:
    """Sees to it that a line's public key is the one that its epoch was opened with."""

    def __init__(self) -> None:
        self.current = b""

    def watch(self, lines: Iterable[tuple[Entry, bytes]]) -> Iterator[Entry]:
        epoch = None
        for entry, public_key in lines:
            if entry.epoch != epoch:
                epoch, self.current = entry.epoch, public_key
                _check_opened_with(entry, public_key)
            elif public_key != self.current:
                raise BrokenJournal(entry.epoch, entry.seq, "key")
            yield entry


def _check_opened_with(entry: Entry, public_key: bytes) -> None:
    try:
        opened_with = entry.read()["data"]["public_key"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return  # the check of the chain says what is wrong with this body
    if opened_with != public_key.hex():
        raise BrokenJournal(entry.epoch, entry.seq, "key")


def _check_end(last: Entry, count: int, found: bytes, expected: bytes | None) -> None:
    body = last.read()
    if body["kind"] != "JournalExported" or body["data"].get("entries") != count:
        raise BrokenJournal(last.epoch, last.seq, "cut")
    if expected is not None and found != expected:
        raise BrokenJournal(last.epoch, 1, "key")


def _lines(entries: Iterable[Entry]) -> Iterator[str]:
    public_key = b""
    for entry in entries:
        if entry.seq == 1:
            public_key = bytes.fromhex(entry.read()["data"]["public_key"])
        yield line_of(entry, public_key)


def line_of(entry: Entry, public_key: bytes) -> str:
    """Return an entry as one line of a file, without the newline at its end."""
    line = {
        "station": entry.station,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "prev": entry.prev.hex(),
        "hash": entry.hash.hex(),
        "signature": entry.signature.hex(),
        "body": entry.body,
        "public_key": public_key.hex(),
    }
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def read_line(line: bytes, number: int) -> tuple[Entry, bytes]:
    """Return the entry of line ``number`` with the public key beside it; NotAJournal when it is none."""
    if len(line) > LONGEST_LINE or not line.endswith(b"\n"):
        raise NotAJournal(number)
    try:
        fields = json.loads(line, object_pairs_hook=_unique)
        return _entry(fields)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotAJournal(number) from error


def _entry(fields: dict[str, Any]) -> tuple[Entry, bytes]:
    if set(fields) != set(FIELDS) or any(type(fields[name]) is not kind for name, kind in FIELDS.items()):
        raise ValueError("other fields than an entry has")
    entry = Entry(
        station=fields["station"],
        epoch=fields["epoch"],
        seq=fields["seq"],
        prev=_binary(fields["prev"], HASH_LENGTH),
        hash=_binary(fields["hash"], HASH_LENGTH),
        signature=_binary(fields["signature"], SIGNATURE_LENGTH),
        body=fields["body"],
    )
    return entry, _binary(fields["public_key"], KEY_LENGTH)


def _binary(text: str, length: int) -> bytes:
    data = bytes.fromhex(text)
    if len(data) != length or data.hex() != text:
        raise ValueError("not lower-case hex of the right length")
    return data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field twice")
    return fields
