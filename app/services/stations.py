"""The counter's own data: service point, window, numbers of papers, hours; changed by an administrator."""

from app.domain.facts import StationSetUp
from app.domain.operators import Act, Operator
from app.domain.station import Station
from app.services.permits import ensure_may
from app.services.ports import PaperMaker, Store
from app.services.recording import Recorder, load_station


class StationService:
    """Use cases around what the counter was told of itself."""

    def __init__(self, store: Store, recorder: Recorder, maker: PaperMaker) -> None:
        self._store = store
        self._recorder = recorder
        self._maker = maker

    def read(self) -> Station:
        """Return the counter as it was last told of itself."""
        return load_station(self._store)

    def with_seal(self, by: Operator, station: Station, body: str, data: bytes) -> Station:
        """Return ``station`` with the picture of the seal of a body, which is kept; ``change`` lets it count.

        NotPermitted for anybody but an administrator, NotASeal for a file that is no such picture.
        """
        ensure_may(by, Act.CHANGE_STATION)
        picture = self._maker.seal_as_kept(data)
        with self._store.write() as uow:
            digest = uow.blobs.put(picture)
            uow.commit()
        return station.sealed(body, digest)

    def seal(self, station: Station, body: str) -> bytes:
        """Return the picture (PNG) of the seal of a body, nothing where it has none."""
        digest = station.seal_of(body)
        if not digest:
            return b""
        with self._store.read() as uow:
            return uow.blobs.get(digest)

    def bodies(self) -> list[str]:
        """Return who speaks on papers that this window makes: its own body first, then those that decide on its items."""
        with self._store.read() as uow:
            departments = sorted({item.department for item in uow.items.current()})
        return list(dict.fromkeys([self.read().body, *departments]))

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
