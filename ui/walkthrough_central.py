"""Shows in two real windows, one for each counter, what two counters and their centre do together, and takes pictures.

What is done comes from outside, scene by scene, through the counters' services; here is only what is looked at. At the end
an administrator at the last window looks at the centre itself, with keys.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import Protocol

from app.services.counter import Counter
from app.services.snapshots import CaseScope
from app.services.starting import Starter
from ui.office.presenter import AUDIT, PARTS, Stage
from ui.player import Player

SIZE = (1366, 768)
SYNC, CASE = "sync", "case"


class Scene(Protocol):
    """Something has happened, and something of a counter is worth a look."""

    @property
    def name(self) -> str:
        """Return what the picture is called."""
        ...

    @property
    def at(self) -> int:
        """Return which of the counters it is, from 0."""
        ...

    @property
    def show(self) -> str:
        """Return ``case``, ``sync`` or the scope of a list of cases."""
        ...

    @property
    def case(self) -> str:
        """Return the number of the case."""
        ...


Tell = Callable[[Counter, Counter], Iterable[Scene]]
"""Plays at two open counters; what lies between two scenes has happened when the next one is asked for."""


class CentralWalkthrough:
    """One pass through the story that ``tell`` plays, with its pictures in ``out``."""

    def __init__(
        self, starters: Sequence[Starter], password: str, out: Path, cache: Path, tell: Tell, office_url: str
    ) -> None:
        numbers = count(1)
        self._players = [Player(starter, out, cache, SIZE, numbers) for starter in starters]
        self._password = password
        self._tell = tell
        self._office_url = office_url

    def play(self) -> None:
        """Play everything; Stuck when a window does not come along."""
        try:
            for player in self._players:
                self._enter(player)
            village, town = (player.counter for player in self._players)
            for scene in self._tell(village, town):
                self._look(self._players[scene.at], scene)
            self._run_the_centre(self._players[-1])
        finally:
            for player in self._players:
                player.start.close()

    def _enter(self, player: Player) -> None:
        player.start.open()
        player.until(lambda: player.start.rooms is not None, "the open counter")
        player.start.window.activateWindow()  # nobody else does it where no window manager runs
        player.settle()
        player.type(self._password)
        player.key("Return")
        player.until(lambda: player.shows("CounterRoom"), "the counter")

    def _run_the_centre(self, player: Player) -> None:
        """Go into the centre's office, look at every part of it, and let the audit run."""
        player.rooms.open_office()
        player.settle()
        player.type(self._office_url)
        player.key("F9")
        office, _room = player.rooms.built.open_office()
        player.until(lambda: office.state.stage is Stage.INSIDE, "the centre's office")
        for part in PARTS:
            player.until(lambda part=part: office.state.part == part, part)
            player.settle()
            if part == AUDIT:
                player.key("F9")
                player.until(lambda: office.audit.state.audited, "the end of the audit")
            player.picture(f"office-{part}")
            player.key("Ctrl+PgDown")

    @staticmethod
    def _look(player: Player, scene: Scene) -> None:
        player.rooms.look_at_sync()
        if scene.show == CASE:
            player.rooms.open_case(scene.case)
        elif scene.show == SYNC:
            player.rooms.open_sync()
        else:
            player.rooms.open_desk(CaseScope(scene.show))
        player.settle()
        player.picture(scene.name)
