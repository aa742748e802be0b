"""A station's link to the centre that misbehaves: loses, delays, doubles and cuts calls, before and after their effect."""

from collections.abc import Iterator

from app.services.errors import CentralUnavailable

LOSSES = ("before", "after", "late")
TWICE_CHANCE = 0.05
WHILE_HELD = 0.5
"""How likely something happens between the last statement of a push and its commit, where a centre can wait there."""

RUSH_CHANCE = 0.5
"""How likely all other stations sync then."""


class Link:
    """Implements the port ``Central`` over a connection that works."""

    def __init__(self, world, process, central):
        self._world = world
        self._process = process
        self._central = central
        self._restores = world.restores

    def __getattr__(self, name):
        if name in {"close", "give_up_when"}:
            return getattr(self._central, name)

        def call(*arguments):
            return self._call(name, [tuple(one) if isinstance(one, Iterator) else one for one in arguments])

        return call

    def _call(self, name, arguments):
        def method(*given):
            return getattr(self._central, name)(*given)

        self._process.burn()
        fate = self._fate()
        self._world.meanwhile()
        self._process.burn()
        self._ensure_open(name)
        if fate == "late":
            self._world.late.append((self._process.machine.name, name, lambda: self._deliver_late(name, arguments)))
        if fate in ("before", "late"):
            self._say(name, f"lost {fate}")
            raise CentralUnavailable("network")
        if name == "push" and hasattr(self._central, "held") and not self._world.is_healed:
            answer = self._central.held(name, arguments, self._while_held)
        else:
            answer = method(*arguments)
        if fate == "twice":
            self._say(name, "twice")
            answer = method(*arguments)
        self._world.meanwhile()
        self._process.burn()
        self._ensure_open(name)
        if fate == "after":
            self._say(name, "answer lost")
            raise CentralUnavailable("network")
        return sorted(answer) if name == "missing_chunks" else answer

    def _deliver_late(self, name, arguments):
        """Let a call arrive over a connection of its own, which ends with it: the one it was made over is gone."""
        central = self._world.office.connect(self._process.machine.code)
        try:
            return getattr(central, name)(*arguments)
        finally:
            central.close()

    def _while_held(self):
        if self._world.chance.random() < RUSH_CHANCE:
            self._world.rush()
        self._world.meanwhile(WHILE_HELD)

    def _ensure_open(self, name):
        if self._restores != self._world.restores:
            self._restores = self._world.restores
            self._say(name, "finds its link cut")
            raise CentralUnavailable("network")

    def _fate(self):
        chance = self._world.chance
        if self._world.is_healed:
            return "through"
        if chance.random() < self._process.machine.cut_chance:
            return chance.choice(LOSSES)
        return "twice" if chance.random() < TWICE_CHANCE else "through"

    def _say(self, name, what):
        self._process.machine.say(f"  {name} {what}")
