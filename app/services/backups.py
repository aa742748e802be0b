"""Backups while the counter runs: by hand, and by themselves into a second place.

A second place that is gone, full or read-only disturbs nobody: what failed is kept and shown, and it is tried again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from app.domain.clock import CHINA, parse_stamp, stamp
from app.domain.operators import Act, Operator
from app.domain.station import Station
from app.services.backup_files import BackupFiles, Drilled, Manifest
from app.services.errors import BadBackup, ServiceError
from app.services.permits import ensure_may
from app.services.ports import Store
from app.services.progress import Tell, silent
from app.services.recording import Recorder

SUFFIX = ".lideng"
RETRY = timedelta(minutes=10)
OLD = timedelta(days=2)
"""A last good backup that is older than this is worth a warning."""
DAILY_FOR = timedelta(days=30)
SHORTEST_HOURS, LONGEST_HOURS, MOST_KEPT = 1, 168, 100
ENOUGH_AT_END = timedelta(minutes=30)
"""A backup that is younger than this is good enough when the clerk leaves."""
_NAME = re.compile(r"lideng-(\d{6})-(\d{8}-\d{6})\.lideng")
_UNFINISHED = re.compile(rf"({_NAME.pattern})\.part(-journal)?")
FORGOTTEN = timedelta(days=1)
"""A backup that is unfinished for so long was interrupted."""


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Where and how often backups are made by themselves; no folder means never."""

    folder: Path | None = None
    every_hours: int = 4
    """1 to 168."""
    keep: int = 10
    """How many of the last ones are kept, 1 to 100; of the 30 days before, the last one of each day."""
    at_end: bool = True
    """Also at log-out and when the window is closed."""


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """How it stands with backups."""

    plan: BackupPlan
    last_good_at: datetime | None = None
    last_good_file: str = ""
    last_good_sheet: str = ""
    """Name of the recovery sheet that opens it, empty for none."""
    failure: str = ""
    """Class name of why the last automatic one failed, empty when it did not."""
    failed_at: datetime | None = None
    is_old: bool = False
    """There is none, or it is older than two days."""
    has_news: bool = True
    """Something was recorded since the last good one."""
    is_same_disk: bool = False
    """The second place is on the disk of the counter itself, and would be lost with it."""


class BackupService:
    """Use cases of backups; safe to call from any thread."""

    def __init__(
        self, store: Store, recorder: Recorder, station: Station, files: BackupFiles, profile: Path | None = None
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._files = files
        self._profile = profile
        self._running = Lock()

    def suggested_name(self) -> str:
        """Return how a backup of now is called."""
        return self._name(self._recorder.now())

    def back_up(self, path: Path, tell: Tell = silent, operator: Operator | None = None) -> Manifest:
        """Write a backup to ``path``, whole or not at all. NotPermitted, DiskFull, PlaceUnavailable."""
        if operator:  # the command line has opened the keys instead
            ensure_may(operator, Act.BACK_UP)
        manifest = self._files.write(path, self._recorder.now(), tell)
        self._succeeded(path, manifest)
        return manifest

    def check(self, path: Path, tell: Tell = silent) -> Drilled:
        """Open a backup of this counter in a temporary place and check all of it (恢复演练).

        BadBackup, also for another counter's; WrongKey, DamagedStore, BrokenJournal, DiskFull.
        """
        if self._files.read(path).station != self._station.code:
            raise BadBackup("station")
        return self._files.drill(path, tell)

    def status(self) -> BackupStatus:
        """Return how it stands with backups."""
        with self._store.read() as uow:
            kept, head = uow.preferences.all(), uow.journal.head()
        plan = _plan(kept)
        last = _moment(kept.get("backup_last_at", ""))
        return BackupStatus(
            plan=plan,
            last_good_at=last,
            last_good_file=kept.get("backup_last_file", ""),
            last_good_sheet=kept.get("backup_last_sheet", ""),
            failure=kept.get("backup_failure", ""),
            failed_at=_moment(kept.get("backup_failed_at", "")),
            is_old=last is None or self._recorder.now() - last > OLD,
            has_news=head is None or head.hash.hex() != kept.get("backup_last_head", ""),
            is_same_disk=plan.folder is not None and _same_disk(plan.folder, self._profile),
        )

    def keep_plan(self, plan: BackupPlan, operator: Operator | None = None) -> BackupPlan:
        """Keep ``plan``, its figures within their limits, and return it. NotPermitted."""
        if operator:
            ensure_may(operator, Act.BACK_UP)
        tidy = replace(
            plan,
            every_hours=min(max(plan.every_hours, SHORTEST_HOURS), LONGEST_HOURS),
            keep=min(max(plan.keep, 1), MOST_KEPT),
        )
        self._set(
            backup_folder=str(tidy.folder or ""),
            backup_hours=str(tidy.every_hours),
            backup_keep=str(tidy.keep),
            backup_at_end="1" if tidy.at_end else "0",
            backup_failure="",
            backup_failed_at="",
        )
        return tidy

    def run_due(self, *, at_end: bool = False) -> BackupStatus:
        """Make the automatic backup when its time has come, or when the clerk leaves; return how it stands then.

        What a second place cannot do is no error here: it stands in the status, and is tried again in ten minutes.
        """
        if self._running.acquire(blocking=False):
            try:
                status = self.status()
                if status.plan.folder and self._is_due(status, at_end):
                    self._run(status.plan.folder, status.plan.keep)
            finally:
                self._running.release()
        return self.status()

    def _is_due(self, status: BackupStatus, at_end: bool) -> bool:
        now = self._recorder.now()
        if at_end:
            return status.plan.at_end and status.has_news and _is_past(status.last_good_at, ENOUGH_AT_END, now)
        retry = _is_past(status.failed_at, RETRY, now)
        return retry and _is_past(status.last_good_at, timedelta(hours=status.plan.every_hours), now)

    def _run(self, folder: Path, keep: int) -> None:
        now = self._recorder.now()
        path = folder / self._name(now)
        try:
            manifest = self._files.write(path, now)
        except ServiceError as error:
            self._set(backup_failure=type(error).__name__, backup_failed_at=stamp(now))
            return
        self._succeeded(path, manifest)
        self._files.remove(folder / name for name in self._surplus(self._files.names(folder), now, keep))

    def _surplus(self, names: Sequence[str], now: datetime, keep: int) -> list[str]:
        """Return the backups of this counter that need not be kept any longer."""
        made = sorted(((at, name) for name in names if (at := self._made_at(name))), reverse=True)
        last_of_day: dict[object, str] = {}
        for at, name in made:
            if now - at <= DAILY_FOR:
                last_of_day.setdefault(at.date(), name)
        wanted = {name for _, name in made[:keep]} | set(last_of_day.values())
        return [name for _, name in made if name not in wanted] + self._interrupted(names, now)

    def _interrupted(self, names: Iterable[str], now: datetime) -> list[str]:
        """Return what a crash left of backups of this counter."""
        parts = {name: self._made_at(found[1]) for name in names if (found := _UNFINISHED.fullmatch(name))}
        return [name for name, at in parts.items() if at and now - at > FORGOTTEN]

    def _name(self, at: datetime) -> str:
        return f"lideng-{self._station.code}-{at.astimezone(CHINA):%Y%m%d-%H%M%S}{SUFFIX}"

    def _made_at(self, name: str) -> datetime | None:
        """Return when a backup of this counter was made, by its name; None for any other file."""
        found = _NAME.fullmatch(name)
        if not found or found[1] != self._station.code:
            return None
        try:
            return datetime.strptime(found[2], "%Y%m%d-%H%M%S").replace(tzinfo=CHINA)
        except ValueError:
            return None

    def _succeeded(self, path: Path, manifest: Manifest) -> None:
        self._set(
            backup_last_at=stamp(manifest.made_at),
            backup_last_file=str(path),
            backup_last_head=manifest.head,
            backup_last_sheet=manifest.sheet,
            backup_failure="",
            backup_failed_at="",
        )

    def _set(self, **values: str) -> None:
        with self._store.write() as uow:
            for key, value in values.items():
                uow.preferences.set(key, value)
            uow.commit()


def _plan(kept: Mapping[str, str]) -> BackupPlan:
    usual = BackupPlan()
    return BackupPlan(
        folder=Path(kept["backup_folder"]) if kept.get("backup_folder") else None,
        every_hours=int(kept.get("backup_hours", usual.every_hours)),
        keep=int(kept.get("backup_keep", usual.keep)),
        at_end=kept.get("backup_at_end", "1") == "1",
    )


def _moment(text: str) -> datetime | None:
    return parse_stamp(text) if text else None


def _is_past(at: datetime | None, wait: timedelta, now: datetime) -> bool:
    """Tell whether ``wait`` has gone by since ``at``; a moment in the future, after a clock was set back, has too."""
    return at is None or not timedelta(0) <= now - at < wait


def _same_disk(folder: Path, profile: Path | None) -> bool:
    try:
        return profile is not None and folder.stat().st_dev == profile.stat().st_dev
    except OSError:
        return False
