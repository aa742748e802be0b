"""Decides how papers are numbered at this window: one pattern for all kinds, and others for some. Qt-free."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from app.domain.clock import CHINA
from app.domain.operators import Act
from app.domain.paper import PaperKind
from app.domain.paper_numbering import SERIES_WORDS, check_pattern
from app.domain.station import Station
from ui.paper_titles import kind_words
from ui.sentences import sentence
from ui.settings.around import Around
from ui.settings.presenters.station_change import StationChange
from ui.text import _
from ui.words import why_not

SPECIMEN_KIND = PaperKind.MATERIALS_RECEIPT
SPECIMEN_SERIAL = 12


@dataclass(frozen=True, slots=True)
class NumbersState:
    """What the section shows; ``kind`` is None while the pattern of all kinds is being changed."""

    station: Station
    kind: PaperKind | None = None
    pattern: str = ""
    """As it is typed; empty for a kind that is numbered as all are."""
    example: str = ""
    problem: str = ""
    why_not: str = ""
    is_changed: bool = False
    busy: bool = False
    message: str = ""


class NumbersView(Protocol):
    """The section of the papers' numbers."""

    def render(self, state: NumbersState) -> None:
        """Show ``state``."""
        ...


class NumbersPresenter:
    """A pattern is checked with every letter; numbers that were given out stay as they are."""

    def __init__(self, around: Around, view: NumbersView) -> None:
        self._around = around
        self._view = view
        self._change = StationChange(around)
        self.state = NumbersState(around.counter.station)

    def start(self) -> None:
        """Show the pattern of all kinds."""
        reason = why_not(self._around.session.clerk, Act.CHANGE_STATION)
        self.state = NumbersState(self._around.counter.station, why_not=reason)
        self.choose(None)

    def choose(self, kind: PaperKind | None) -> None:
        """Show the pattern of a kind, or that of all kinds."""
        self.state = replace(self.state, kind=kind, message="")
        self.edit(self._known(kind))

    def edit(self, pattern: str) -> None:
        """Take note of what was typed, check it and show what it gives."""
        changed = pattern.strip() != self._known(self.state.kind)
        problem = _problem(self._with(pattern.strip()), self.state.kind, pattern.strip())
        self._show(pattern=pattern, is_changed=changed, problem=problem, message="")
        self._show(example="" if problem else _example(self._with(pattern.strip()), self.state.kind))

    def save(self) -> None:
        """Record the pattern when nothing is wrong with it."""
        if self.state.is_changed and not self.state.problem and not self.state.busy:
            self._show(busy=True)
            self._change.record(self.state.station, self._with(self.state.pattern.strip()), self._fail)

    def _known(self, kind: PaperKind | None) -> str:
        station = self.state.station
        return station.paper_pattern if kind is None else station.paper_patterns.get(kind, "")

    def _with(self, pattern: str) -> Station:
        """Return the station as the pattern would make it."""
        station, kind = self.state.station, self.state.kind
        if kind is None:
            return replace(station, paper_pattern=pattern)
        others = {known: kept for known, kept in station.paper_patterns.items() if known != kind}
        return replace(station, paper_patterns={**others, str(kind): pattern} if pattern else others)

    def _fail(self, error: Exception) -> None:
        self._show(busy=False, message=sentence(error).text)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)


def _problem(station: Station, kind: PaperKind | None, pattern: str) -> str:
    """Return a sentence for what is wrong with a pattern, empty when nothing is."""
    if kind is not None and not pattern:
        return ""
    fault, _colon, name = check_pattern(pattern).partition(":")
    sentences = {
        "too_long": _("格式太长"),
        "shape": _("花括号没有成对，或里面的写法不对"),
        "place": _("没有名为 {%(name)s} 的位置") % {"name": name},
        "needs": _("要有且只有一个 {%(name)s}") % {"name": name},
    }
    return sentences[fault] if fault else _collision(station)


def _collision(station: Station) -> str:
    """Return a sentence naming two kinds whose numbers could be the same."""
    pair = next(iter(station.pattern_collisions({})), None)
    if pair is None:
        return ""
    one, other = (kind_words(PaperKind(kind)) for kind in pair)
    return _("%(one)s和%(other)s会得到相同的编号；加上 {word} 可以区分") % {"one": one, "other": other}


def _example(station: Station, kind: PaperKind | None) -> str:
    return station.paper_number(kind or SPECIMEN_KIND, datetime.now(CHINA).year, SPECIMEN_SERIAL)


def kinds() -> tuple[PaperKind, ...]:
    """Return the kinds of paper that have numbers, in the order of the screen."""
    return tuple(SERIES_WORDS)
