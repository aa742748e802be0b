"""The counter's own data: service point, window, numbers of papers, hours; changed by an administrator."""

from app.domain.facts import StationSetUp
from app.domain.operators import Act, Operator
from app.domain.station import Station
from app.services.permits import ensure_may
from app.services.ports import Store
from app.services.recording import Recorder, load_station


class StationService:
    """Use cases around what the counter was told of itself."""

    def __init__(self, store: Store, recorder: Recorder) -> None:
        self._store = store
        self._recorder = recorder

    def read(self) -> Station:
        """Return the counter as it was last told of itself."""
        return load_station(self._store)

    def change(self, by: Operator, station: Station) -> None:
        """Record ``station`` from now on; NotPermitted for anybody but an administrator.

        Its code stays, because the centre gives it and every entry carries it: ValueError for another one. The open
        counter goes on with the old data; ``Counter.again`` gives one with the new.
        """
        ensure_may(by, Act.CHANGE_STATION)
        known = self.read()
        if station.code != known.code:
            raise ValueError("a station keeps its code")
        if station == known:
            return
        with self._store.write() as uow:
            self._recorder.record(uow, by.login, StationSetUp(station), self._recorder.now())
            uow.commit()
