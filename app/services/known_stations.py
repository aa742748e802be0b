"""The other stations, as the centre's directory names them: found by name, initials or code, and called by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.pile import Fit, Pile
from app.domain.station import KnownStation, StationKind
from app.services.ports import Pinyin, Store

MOST_RECENT = 8


@dataclass(frozen=True, slots=True)
class _Index:
    stations: tuple[KnownStation, ...]
    names: Pile
    initials: Pile


class KnownStationService:
    """Use cases around the directory; it has everything to choose from in memory once ``load`` was called."""

    def __init__(self, store: Store, own: str, pinyin: Pinyin) -> None:
        self._store = store
        self._own = own
        self._pinyin = pinyin
        self._index = self._indexed(())
        self._recent: tuple[str, ...] = ()

    def has_others(self) -> bool:
        """Tell whether there is another station that a case could go to."""
        with self._store.read() as uow:
            count = uow.directory.count()
            return count > 1 or (count == 1 and uow.directory.get(self._own) is None)

    def load(self) -> None:
        """Read the directory as it is now; of a province that takes a moment."""
        with self._store.read() as uow:
            known = uow.directory.everyone()
        stations = tuple(one for one in known if one.code != self._own and one.revoked_at is None)
        if stations != self._index.stations:
            self._index = self._indexed(stations)
        self._recent = tuple(self._store.views.chosen_places(MOST_RECENT))

    def find(self, text: str, limit: int = 8) -> list[KnownStation]:
        """Return stations whose code begins with ``text``, or whose name or its initials have it somewhere.

        Nothing typed gives the first by code; what fits the beginning comes before what fits the middle.
        """
        typed = "".join(text.split()).lower()
        stations = self._index.stations
        if not typed:
            return list(stations[:limit])
        found = [place for place, station in enumerate(stations) if station.code.startswith(typed)]
        for fit in (Fit.START, Fit.ANYWHERE):
            for pile in (self._index.names, self._index.initials):
                found += [place for place, _span in pile.find(typed, fit)]
        return [stations[place] for place in list(dict.fromkeys(found))[:limit]]

    def find_places(self, text: str, limit: int = 8) -> list[KnownStation]:
        """Return service points where a result can be collected, by name, initials or code as ``find``.

        Nothing typed gives those that were chosen last at this counter, then the collection points.
        """
        if text.strip():
            found = self.find(text, len(self._index.stations))
            return [one for one in found if one.kind is not StationKind.DEPARTMENT][:limit]
        recent = [one for code in self._recent if (one := self.get(code))]
        points = [one for one in self._index.stations if one.kind is StationKind.COLLECTION]
        windows = [one for one in self._index.stations if one.kind is StationKind.WINDOW]
        return list(dict.fromkeys([*recent, *points, *windows]))[:limit]

    def named(self, name: str) -> KnownStation | None:
        """Return the one place where a result can be collected that is called so, None when there is not just one."""
        found = [
            one
            for one in self._index.stations
            if called(one) == name.strip() and one.kind is not StationKind.DEPARTMENT
        ]
        return found[0] if len(found) == 1 else None

    def get(self, code: str) -> KnownStation | None:
        """Return a station that a case could go to, None when there is none of that code."""
        return next((station for station in self._index.stations if station.code == code), None)

    def _indexed(self, stations: tuple[KnownStation, ...]) -> _Index:
        titles = [called(station) for station in stations]
        names = Pile((place, tuple(title.lower())) for place, title in enumerate(titles))
        initials = Pile(
            (place, tuple(syllable[:1] for syllable in reading))
            for place, title in enumerate(titles)
            for reading in self._pinyin.readings(title)
        )
        return _Index(stations, names, initials)


def called(station: KnownStation) -> str:
    """Return what a station is called in a sentence: its service point, and the window where that has several."""
    parts = (station.service_point, station.name)
    return "·".join(dict.fromkeys(part for part in parts if part)) or station.code


def names_of(stations: Iterable[KnownStation | None]) -> dict[str, str]:
    """Return what stations are called, by code."""
    return {station.code: called(station) for station in stations if station}
