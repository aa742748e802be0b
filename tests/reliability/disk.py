"""A disk that fails on demand and remembers what was written, put between SQLite and the real one.

SQLite reaches files through a table of functions, its VFS. ``watched_disk`` makes a copy of the real table, in which
opening, writing, truncating, syncing and deleting come by here first, the default of this process. The product's code
is not touched and does not know. Linux only: it uses the symbols that the driver's library shows.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_int64, c_void_p, cast, memmove, sizeof
from dataclasses import dataclass, field
from pathlib import Path

import sqlcipher3._sqlite3 as driver

OK, READONLY, FULL, IOERR_WRITE, IOERR_FSYNC = 0, 8, 13, 10 | 3 << 8, 10 | 4 << 8
SHM = "-shm"

# Names are passed on as the pointers that came: SQLite keeps them.
Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
Delete = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
Close = CFUNCTYPE(c_int, c_void_p)
Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
Sync = CFUNCTYPE(c_int, c_void_p, c_int)


class Vfs(Structure):
    """``sqlite3_vfs`` as far as it is changed here, and the rest untouched."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        ("rest", c_void_p * 14),
    )


class Methods(Structure):
    """``sqlite3_io_methods``."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("rest", c_void_p * 13),
    )


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done to a file: ``open``, ``write``, ``truncate``, ``sync``, ``delete``, or a ``told`` mark."""

    kind: str
    name: str
    offset: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """What the disk does and has done; ``fail_from`` counts writes and syncs of every file but the shared memory."""

    fail_from: int | None = None
    code: int = FULL
    writes: int = 0
    failures: int = 0
    acts: list[Act] | None = None
    _names: dict[int, str] = field(default_factory=dict)

    def arm(self, number: int, code: int) -> None:
        """Let the ``number``-th write from now on (from 0) and all later ones fail with ``code``."""
        self.writes, self.failures, self.fail_from, self.code = 0, 0, number, code

    def heal(self) -> None:
        """Let every write succeed again."""
        self.fail_from = None

    def record(self) -> list[Act]:
        """Remember from now on what is done; return the list that grows."""
        self.acts = []
        return self.acts

    def answer(self, kind: str, file: int, offset: int = 0, data: bytes = b"") -> int:
        """Return what SQLite is told before the act happens: 0 to go on."""
        name = self._names.get(file, "")
        if name.endswith(SHM) or not name:
            return OK
        if kind in {"write", "sync", "truncate"}:
            self.writes += 1
            if self.fail_from is not None and self.writes > self.fail_from:
                self.failures += 1
                return IOERR_FSYNC if kind == "sync" else self.code
        self.note(kind, name, offset, data)
        return OK

    def note(self, kind: str, name: str, offset: int = 0, data: bytes = b"") -> None:
        """Remember an act, when that was asked for."""
        if self.acts is not None:
            self.acts.append(Act(kind, name, offset, data))


@contextmanager
def watched_disk() -> Iterator[Disk]:
    """Let every database that is opened inside the block go through the disk that is given; one block at a time."""
    library = ctypes.CDLL(driver.__file__)
    library.sqlite3_vfs_find.restype = POINTER(Vfs)
    real = library.sqlite3_vfs_find(None)
    disk = Disk()
    ours = Vfs()
    memmove(byref(ours), real, sizeof(Vfs))
    ours.name = b"watched"
    kept = _Hooks(disk, real)
    ours.open = cast(kept.open, c_void_p)
    ours.delete = cast(kept.delete, c_void_p)
    library.sqlite3_vfs_register(byref(ours), 1)
    try:
        yield disk
    finally:
        library.sqlite3_vfs_unregister(byref(ours))
        library.sqlite3_vfs_register(real, 1)


class _Hooks:
    """The functions that SQLite calls; they must live as long as a file is open."""

    def __init__(self, disk: Disk, real: "ctypes._Pointer[Vfs]") -> None:
        self._disk = disk
        self._real = cast(real, c_void_p)
        self._real_open = Open(real.contents.open)
        self._real_delete = Delete(real.contents.delete)
        self._tables: dict[int, Methods] = {}
        self._kept: list[object] = []
        self.open = Open(self._open)
        self.delete = Delete(self._delete)

    def _open(self, _vfs: int, name: int | None, file: int, flags: int, out: "ctypes._Pointer[c_int]") -> int:
        code = self._real_open(self._real, name, file, flags, out)
        place = c_void_p.from_address(file)
        if code == OK and place.value and name:
            self._disk._names[file] = _file_name(name)
            self._disk.note("open", _file_name(name))
            place.value = ctypes.addressof(self._table(place.value))
        return code

    def _delete(self, _vfs: int, name: int, sync: int) -> int:
        self._disk.note("delete", _file_name(name))
        return self._real_delete(self._real, name, sync)

    def _table(self, real: int) -> Methods:
        """Return the copy of a table of file methods in which ours stand."""
        if real not in self._tables:
            table = Methods()
            memmove(byref(table), real, 8 + 8 * (12 if Methods.from_address(real).version < 2 else 18))
            for name, form, ours in self._replaced(Methods.from_address(real)):
                function = form(ours)
                self._kept.append(function)
                setattr(table, name, cast(function, c_void_p))
            self._tables[real] = table
        return self._tables[real]

    def _replaced(self, real: Methods) -> list[tuple[str, type, Callable[..., int]]]:
        disk = self._disk
        close, write, truncate, sync = Close(real.close), Write(real.write), Truncate(real.truncate), Sync(real.sync)

        def closed(file: int) -> int:
            disk._names.pop(file, None)
            return close(file)

        def written(file: int, data: int, length: int, offset: int) -> int:
            return disk.answer("write", file, offset, ctypes.string_at(data, length)) or write(
                file, data, length, offset
            )

        def truncated(file: int, size: int) -> int:
            return disk.answer("truncate", file, size) or truncate(file, size)

        def synced(file: int, flags: int) -> int:
            return disk.answer("sync", file) or sync(file, flags)

        return [
            ("close", Close, closed),
            ("write", Write, written),
            ("truncate", Truncate, truncated),
            ("sync", Sync, synced),
        ]


def _file_name(pointer: int) -> str:
    return Path(ctypes.string_at(pointer).decode()).name
