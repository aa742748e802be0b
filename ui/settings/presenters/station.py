"""Decides what can be said of this window and checks it while it is typed. Qt-free."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from itertools import pairwise
from typing import Protocol

from app.domain.deadline import WindowHours
from app.domain.operators import Act
from app.domain.paper import PageSize
from app.domain.station import Station
from ui.sentences import sentence
from ui.settings.around import Around
from ui.settings.presenters.station_change import StationChange
from ui.text import _
from ui.words import why_not

TEXTS = ("service_point", "body", "window", "phone", "paper_prefix")
LONGEST = 40
LONGEST_ADDRESS = 80
"""Every letter makes the code on a certificate larger."""
LONGEST_PREFIX = 12
_SPAN = re.compile(r"([0-2]?[0-9]):([0-5][0-9])\s*[-–—~]\s*([0-2]?[0-9]):([0-5][0-9])")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")
_BETWEEN = re.compile(r"[\s,、;]*")


@dataclass(frozen=True, slots=True)
class StationState:
    """What the section shows; ``problems`` has a sentence for every place that cannot stay as it is."""

    station: Station
    """As it is now; code, division and level are shown and never changed here."""
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    why_not: str = ""
    is_changed: bool = False
    busy: bool = False
    message: str = ""


class StationView(Protocol):
    """The section of this window's data."""

    def render(self, state: StationState) -> None:
        """Show ``state``."""
        ...


class StationPresenter:
    """What is typed takes effect when it is saved, as one fact; the window then goes on with it at once."""

    def __init__(self, around: Around, view: StationView) -> None:
        self._around = around
        self._view = view
        self._change = StationChange(around)
        self.state = StationState(around.counter.station)

    def start(self) -> None:
        """Show what is known, with what was typed and not saved before the section was left."""
        station, before = self._around.counter.station, self.state
        reason = why_not(self._around.session.clerk, Act.CHANGE_STATION)
        self.state = StationState(station, values=_values(station), why_not=reason)
        if before.is_changed and before.station == station and not reason:
            self._show(values=before.values, problems=before.problems, is_changed=True)
        else:
            self._view.render(self.state)

    def edit(self, place: str, value: str) -> None:
        """Take note of what was typed and check it."""
        values = {**self.state.values, place: value}
        changed = values != _values(self.state.station)
        self._show(values=values, problems=dict(_problems(values)), is_changed=changed, message="")

    def save(self) -> None:
        """Record the change when everything is in order; without one nothing is recorded."""
        if self.state.busy or not self.state.is_changed or self.state.problems:
            return
        self._show(busy=True)
        self._change.record(self.state.station, _station(self.state.station, self.state.values), self._fail)

    def _fail(self, error: Exception) -> None:
        self._show(busy=False, message=sentence(error).text)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)


def _values(station: Station) -> dict[str, str]:
    texts = {place: getattr(station, place) for place in TEXTS}
    hours = "  ".join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in station.hours.spans)
    page = station.verification_page
    return {**texts, "page_size": station.page_size, "hours": hours, "verification_page": page}


def _station(known: Station, values: Mapping[str, str]) -> Station:
    texts = {place: values[place].strip() for place in TEXTS}
    hours = read_hours(values["hours"]) or known.hours
    page = values["verification_page"].strip()
    return replace(known, **texts, page_size=PageSize(values["page_size"]), hours=hours, verification_page=page)


def _problems(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for place in TEXTS:
        longest = LONGEST_PREFIX if place == "paper_prefix" else LONGEST
        text = values[place].strip()
        if not text:
            yield place, _("请填写")
        elif len(text) > longest:
            yield place, _("最多 %(count)d 个字") % {"count": longest}
        elif place == "paper_prefix" and "/" in text:
            yield place, _("字头里不能有“/”")
    if read_hours(values["hours"]) is None:
        yield "hours", _("请按先后填写，如 09:00–12:00  13:30–17:00")
    page = values["verification_page"].strip()
    if page and (len(page) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(page)):
        yield (
            "verification_page",
            _("请填写网址，如 https://zw.example.cn/v，最多 %(count)d 个字") % {"count": LONGEST_ADDRESS},
        )


def read_hours(text: str) -> WindowHours | None:
    """Return window hours as they were typed, None when they are no spans of time in order."""
    plain = text.replace("：", ":").replace("至", "-").replace("，", ",")
    matches = list(_SPAN.finditer(plain))
    between = _BETWEEN.fullmatch(_SPAN.sub("", plain))
    numbers = [int(number) for match in matches for number in match.groups()]
    if not matches or not between or any(hour > 23 for hour in numbers[::2]):
        return None
    times = [time(hour, minute) for hour, minute in zip(numbers[::2], numbers[1::2], strict=True)]
    if any(earlier >= later for earlier, later in pairwise(times)):
        return None
    return WindowHours(tuple(zip(times[::2], times[1::2], strict=True)))
