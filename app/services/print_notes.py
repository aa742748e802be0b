"""Which jobs papers were handed over as, until they have ended. No facts: they outlive a crash, not more.

A note is written in the transaction that records the print, so that there is never one without the other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.ports import UnitOfWork

PREFIX = "print_job/"


@dataclass(frozen=True, slots=True)
class PrintNote:
    """A job with its printer's name, and whether it was started."""

    job: str
    printer: str
    is_started: bool = False


def notes(uow: UnitOfWork) -> Mapping[str, PrintNote]:
    """Return the jobs that have not ended, by the paper's number."""
    kept = uow.preferences.all().items()
    return {key.removeprefix(PREFIX): PrintNote(**json.loads(text)) for key, text in kept if key.startswith(PREFIX)}


def note(uow: UnitOfWork, number: str, job: PrintNote) -> None:
    """Take note of a paper's job."""
    uow.preferences.set(PREFIX + number, json.dumps(asdict(job), ensure_ascii=False))


def forget(uow: UnitOfWork, number: str) -> None:
    """Forget a paper's job."""
    uow.preferences.drop(PREFIX + number)
