"""The centre as the simulation runs it and looks into it: the one in memory, or the real SQL in a real PostgreSQL."""

from dataclasses import dataclass

from app.domain.station import EpochKey, KnownStation
from app.services import directories
from tests.fakes.central import MemoryCentre
from tests.simulation.machine import AUTHORITY

Place = tuple[str, int, int]
"""Station, epoch and seq of an entry."""


@dataclass(frozen=True)
class Folder:
    """What the centre knows of a case; ``entries`` are in the order in which they came."""

    holder: str
    parties: frozenset[str]
    entries: tuple[Place, ...]


class MemoryOffice:
    """Runs the centre in memory."""

    def __init__(self, codes, at):
        self.centre = MemoryCentre(at)
        self.codes = codes
        self.holding = 0
        for code in codes:
            self.centre.enrol(code)

    def pass_by(self, time):
        self.centre.at += time

    def connect(self, code):
        return self.centre.connect(code)

    def backup(self):
        return self.centre.backup()

    def restore(self, backup):
        self.centre.restore(backup)

    def watch(self):
        """Check signatures and publish the stations' keys, as those do who look after the centre."""
        for station, epoch in sorted(self.centre.state.doubted):
            self.centre.believe(station, epoch)
        for code in self.codes:
            self.centre.verify(code)
        payload = directory(self.codes, self._keys())
        published = self.centre.state.bulletins  # a forged one hides the list before it, until it is published again
        if not published or published[-1].payload != payload:
            self.centre.publish(directories.TOPIC, len(self.centre.state.bulletins) + 1, payload, AUTHORITY)

    def forge(self):
        """Let somebody who is not the authority publish something."""
        self.centre.publish(directories.TOPIC, len(self.centre.state.bulletins) + 1, b"[]", bytes(64))

    def _keys(self):
        doubted = self.centre.state.doubted
        return {place: key for place, (key, _newer) in self.centre.state.epochs.items() if place not in doubted}

    # --- what the invariants look at ---------------------------------------------------------------------------

    def journal(self, code):
        """Return all entries of a station, oldest first, with why each was set aside."""
        return self.centre.journal_of(code)

    def published(self):
        """Return the newest list of stations that the authority signed, and when it was published."""
        newest = next(one for one in reversed(self.centre.state.bulletins) if one.signature == AUTHORITY)
        return newest.payload, newest.published_at

    def inbox(self, code):
        return list(self.centre.state.inboxes.get(code, []))

    def folders(self):
        return {
            number: Folder(case.holder, frozenset(case.parties), tuple(case.entries))
            for number, case in self.centre.state.cases.items()
        }

    def close(self):
        """Hold nothing open."""


def directory(codes, keys):
    """Return the payload of the bulletin of stations; ``keys`` are by station and epoch."""
    stations = [
        KnownStation(
            code,
            f"窗口 {code}",
            keys=tuple(EpochKey(epoch, key.hex()) for (of, epoch), key in sorted(keys.items()) if of == code),
        )
        for code in codes
    ]
    return directories.directory_payload(stations)
