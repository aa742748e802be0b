"""One file for whoever helps a counter from afar: what was found, figures and logs, and nothing of a citizen.

What stands in it is listed in docs/security.md. Texts that somebody typed or chose stay out: names, paths, remarks.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from app.domain.clock import stamp
from app.services.findings import Finding
from app.services.ports import KindCount, Store
from app.services.preferences import Preferences, PreferenceService
from app.services.recording import load_station
from app.services.snapshots import CaseCounts

WriteSupport = Callable[[Path, Mapping[str, Any]], None]
"""Writes a summary and the logs to a file, whole or not at all."""
CODES = {"program": ("version", "python", "qt", "sqlcipher", "system"), "journal": ("last_at",), "fonts": ("names",)}
"""The findings whose texts come from the program itself."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How much there is of what in an open counter, and how its window is set."""

    kinds: Mapping[str, KindCount]
    cases: CaseCounts
    preferences: Preferences
    station: str
    level: str


def read_figures(store: Store, now: datetime) -> Figures:
    """Return the figures of an open counter."""
    with store.read() as uow:
        kinds = uow.journal.kinds()
    station = load_station(store)
    preferences = PreferenceService(store).read()
    return Figures(kinds, store.views.counts(now), preferences, station.code, station.level.name.lower())


def summary(now: datetime, schema: str, findings: Iterable[Finding], figures: Figures | None) -> dict[str, Any]:
    """Return what ``summary.json`` says; no figures of a counter that could not be opened."""
    told: dict[str, Any] = {"made_at": stamp(now), "schema": schema, "findings": [_told(one) for one in findings]}
    if figures is None:
        return told
    return told | {
        "station": figures.station,
        "level": figures.level,
        "entries": {kind: {"count": one.count, "last_at": one.last_at} for kind, one in sorted(figures.kinds.items())},
        "cases": asdict(figures.cases),
        "preferences": dict(_settings(figures.preferences)),
    }


def _told(finding: Finding) -> dict[str, Any]:
    texts = CODES.get(finding.code, ())
    details = {name: value for name, value in finding.details.items() if isinstance(value, int) or name in texts}
    error = type(finding.error).__name__ if finding.error else None
    return {"code": finding.code, "grade": finding.grade.value, "details": details, "error": error}


def _settings(preferences: Preferences) -> Iterable[tuple[str, str | int]]:
    """Yield settings that are chosen from a list or counted; what is typed or points to a folder stays out."""
    for one in fields(preferences):
        value = getattr(preferences, one.name)
        if isinstance(value, Enum):
            yield one.name, value.value
        elif isinstance(value, int):
            yield one.name, value


class SupportService:
    """Makes the support file of an open counter."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        look: Callable[[], Iterable[Finding]],
        write: WriteSupport,
        schema: str,
    ) -> None:
        self._store = store
        self._now = now
        self._look = look
        self._write = write
        self._schema = schema

    def examine(self) -> list[Finding]:
        """Look at everything that ``doctor`` looks at; it takes as long as checking the whole journal."""
        return list(self._look())

    def make(self, path: Path) -> list[Finding]:
        """Write the support file to ``path`` and return the findings in it; DiskFull or PlaceUnavailable."""
        findings = self.examine()
        now = self._now()
        self._write(path, summary(now, self._schema, findings, read_figures(self._store, now)))
        return findings
