"""Decides whose seal is drawn on signed papers: one picture for each body that speaks on them. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.operators import Act
from app.domain.station import Station
from ui.files import read_file
from ui.sentences import sentence
from ui.settings.around import Around
from ui.settings.presenters.station_change import StationChange
from ui.text import _
from ui.words import why_not


@dataclass(frozen=True, slots=True)
class SealsState:
    """What the section shows: the bodies, the one that is chosen, and its seal."""

    bodies: tuple[str, ...] = ()
    body: str = ""
    picture: bytes = b""
    """PNG, empty for a body that seals by hand."""
    why_not: str = ""
    busy: bool = False
    message: str = ""


class SealsView(Protocol):
    """The section of the seals."""

    def render(self, state: SealsState) -> None:
        """Show ``state``."""
        ...


class SealsPresenter:
    """A picture is looked at before it is kept; both its choice and its removal can be undone."""

    def __init__(self, around: Around, view: SealsView) -> None:
        self._around = around
        self._view = view
        self._change = StationChange(around)
        self.state = SealsState()

    def start(self) -> None:
        """Show the window's own body."""
        self.state = SealsState(why_not=why_not(self._around.session.clerk, Act.CHANGE_STATION), busy=True)
        self._view.render(self.state)
        stations, station = self._around.counter.stations, self._around.counter.station
        self._around.runner.run(
            lambda: (stations.bodies(), stations.seal(station, station.body)), self._begin, self._fail
        )

    def choose_body(self, body: str) -> None:
        """Show the seal of a body."""
        self._show(body=body, picture=b"", busy=True, message="")
        stations, station = self._around.counter.stations, self._around.counter.station
        self._around.runner.run(lambda: stations.seal(station, body), self._show_seal, self._fail)

    def choose_picture(self) -> None:
        """Ask for a picture of the chosen body's seal, and let it count."""
        path = None if self._is_closed() else self._around.files.choose_source(_("图片 (*.png *.jpg *.jpeg)"))
        if path is None:
            return
        station, body, by = self._around.counter.station, self.state.body, self._around.session.clerk

        self._work(lambda: self._around.counter.stations.with_seal(by, station, body, read_file(path)))

    def remove(self) -> None:
        """Let the chosen body seal by hand from now on."""
        if self.state.picture and not self._is_closed():
            station = self._around.counter.station
            self._work(lambda: station.sealed(self.state.body, ""))

    def _is_closed(self) -> bool:
        return self.state.busy or bool(self.state.why_not)

    def _work(self, change: Callable[[], Station]) -> None:
        before = self._around.counter.station
        self._show(busy=True, message="")
        self._around.runner.run(change, lambda after: self._change.record(before, after, self._fail), self._fail)

    def _begin(self, found: tuple[list[str], bytes]) -> None:
        bodies, picture = found
        self._show(bodies=tuple(bodies), body=bodies[0], picture=picture, busy=False)

    def _show_seal(self, picture: bytes) -> None:
        self._show(picture=picture, busy=False)

    def _fail(self, error: Exception) -> None:
        self._show(busy=False, message=sentence(error).text)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)
