"""What a file would change of what is published: checked as a counter checks it, then laid beside the last bulletin.

A bulletin that no counter could use would be told as broken at every one of them, so it is refused here.
"""

import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from app.config import RESOURCES
from app.definitions.published import PAPERS, take_calendar, take_catalogue, take_papers, templates_in, years_in
from app.services.errors import BadInput
from app.services.ports import Changes
from app.services.published_operators import read_operators
from app.services.revocations import read_revocations
from app.template_checks import ensure_drawn

Things = Mapping[str, tuple[str, object]]
"""What a bulletin holds, by key: what people call it, and all of it."""


def compare(topic: str, payload: bytes, version: int, published: tuple[datetime, bytes] | None) -> Changes:
    """Return what ``payload`` changes of what was ``published`` as ``version``; BadInput, BadDefinitions.

    A bulletin of before that cannot be read any more counts as empty: everything is new then.
    """
    if topic not in READERS:
        raise BadInput("no such topic")
    new = READERS[topic](payload)
    old = _readable(READERS[topic], published[1]) if published else {}
    return Changes(
        topic,
        version,
        published[0] if published else None,
        added=tuple(new[key][0] for key in sorted(set(new) - set(old))),
        removed=tuple(old[key][0] for key in sorted(set(old) - set(new))),
        changed=tuple(new[key][0] for key in sorted(set(new) & set(old)) if new[key] != old[key]),
    )


def _readable(read: Callable[[bytes], Things], payload: bytes) -> Things:
    try:
        return read(payload)
    except BadInput:
        return {}


def _items(payload: bytes) -> Things:
    with tempfile.TemporaryDirectory() as folder:
        items = take_catalogue(Path(folder) / "catalogue", payload)
    return {item.code: (f"{item.code} {item.name}", item) for item in items}


def _years(payload: bytes) -> Things:
    with tempfile.TemporaryDirectory() as folder:
        take_calendar(Path(folder) / "calendar", RESOURCES / "calendar", payload)
    return {year: (year, data) for year, data in years_in(payload).items()}


def _papers(payload: bytes) -> Things:
    with tempfile.TemporaryDirectory() as folder:
        templates = take_papers(Path(folder) / PAPERS, RESOURCES / "papers", payload, ensure_drawn).templates
    return {name: (f"{templates[name].title} ({name})", data) for name, data in templates_in(payload).items()}


def _operators(payload: bytes) -> Things:
    return {f"{one.station} {one.login}": (f"{one.station} {one.name}", one) for one in read_operators(payload)}


def _revocations(payload: bytes) -> Things:
    return {code: (code, at) for code, at in read_revocations(payload).stations.items()}


READERS: Mapping[str, Callable[[bytes], Things]] = {
    "catalogue": _items,
    "calendar": _years,
    PAPERS: _papers,
    "operators": _operators,
    "revocations": _revocations,
}
"""What can be published from a file, by topic."""
