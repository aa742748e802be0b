"""What a disk may hold after the power went: everything that was synced, and any part of what was not.

The model is that of POSIX, which promises nothing of a write before the file was synced. Of the writes since the last
sync of a file each may be on the disk or not, in any combination, and each may be torn between sectors of 512 bytes.
A file that was deleted may be there again. ``watched_disk`` remembers the acts in the order in which SQLite made them.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.reliability.disk import Act, watched_disk
from tests.reliability.disk_faults import session
from tests.support import Place, copy_of

SECTOR = 512
FILES = ("station.db", "station.db-wal")
TOLD = "told"


@dataclass
class Recorded:
    """A session as the disk saw it: the files before it, the acts, with marks of what was told, and the journal."""

    before: dict[str, bytes]
    acts: list[Act]
    journal: list[bytes]
    """Hash of every entry at the end."""


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Act] = field(default_factory=list)
    exists: bool = True
    deleted: bool = False

    def sync(self) -> None:
        for act in self.pending:
            _apply(self.durable, act)
        self.pending.clear()

    def after_power_loss(self, chance: random.Random, keeps: float) -> bytes:
        left = bytearray(self.durable)
        for act in self.pending:
            for part in _sectors(act):
                if chance.random() < keeps:
                    _apply(left, part)
        return bytes(left)


def record(place: Place, folder: Path, sessions: int) -> Recorded:
    """Play sessions on a copy of ``place``, close it, and return what the disk saw."""
    copy = copy_of(place, folder)
    before = {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}
    with watched_disk() as disk:
        acts = disk.record()
        with copy.opened() as counter:
            for _ in range(sessions):
                told: list[tuple[str, str]] = _Marks(acts)
                session(counter, told)
            with counter.intake._store.read() as uow:
                journal = [entry.hash for entry in uow.journal.entries()]
    return Recorded(before, acts, journal)


class _Marks(list[tuple[str, str]]):
    """Puts what is told between the acts of the disk."""

    def __init__(self, acts: list[Act]) -> None:
        super().__init__()
        self._acts = acts

    def append(self, told: tuple[str, str]) -> None:
        self._acts.append(Act(TOLD, f"{told[0]} {told[1]}"))


def told_before(recorded: Recorded, moment: int) -> list[tuple[str, str]]:
    """Return what had been told when the first ``moment`` acts were done."""
    marks = [act.name.split(" ") for act in recorded.acts[:moment] if act.kind == TOLD]
    return [(kind, name) for kind, name in marks]


def lose_power(recorded: Recorded, moment: int, folder: Path, chance: random.Random, keeps: float) -> None:
    """Write to ``folder`` what the disk may hold after ``moment`` acts.

    Each sector that was not synced is there with probability ``keeps``; 0 drops all, 1 keeps all.
    """
    files = {name: _File(bytearray(data)) for name, data in recorded.before.items()}
    for act in recorded.acts[:moment]:
        if act.kind != TOLD:
            _follow(files, act)
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
        file = files.get(name)
        if file and (file.exists or (file.deleted and chance.random() >= keeps)):
            (folder / name).write_bytes(file.after_power_loss(chance, keeps))


def _follow(files: dict[str, _File], act: Act) -> None:
    match act.kind:
        case "open":
            file = files.get(act.name)
            if file is None or not file.exists:
                files[act.name] = _File()
        case "delete":
            if act.name in files:
                files[act.name].exists, files[act.name].deleted = False, True
        case "sync":
            files[act.name].sync()
        case _:
            files[act.name].pending.append(act)


def _sectors(act: Act) -> Iterable[Act]:
    """Return the parts of a write that the disk keeps or loses as a whole."""
    if act.kind != "write":
        return [act]
    first = SECTOR - act.offset % SECTOR
    cuts = [0, *range(first, len(act.data), SECTOR), len(act.data)]
    return [Act("write", act.name, act.offset + start, act.data[start:end]) for start, end in pairwise(cuts)]


def _apply(data: bytearray, act: Act) -> None:
    if act.kind == "truncate":
        del data[act.offset :]
        return
    data.extend(bytes(max(0, act.offset - len(data))))
    data[act.offset : act.offset + len(act.data)] = act.data
