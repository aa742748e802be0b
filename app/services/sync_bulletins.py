"""What the centre publishes to all stations: checked against its authority, and taken in by topic.

A bulletin that is broken or not understood is told and skipped; the counter goes on with what it has.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.clock import stamp
from app.domain.plain import from_plain
from app.domain.station import KnownStation
from app.services.bulletins import bulletin_statement
from app.services.errors import BadInput
from app.services.ports import Bulletin, CentreTrust, Store
from app.services.sync_report import SyncProgress, SyncStep
from app.services.sync_round import Round

log = logging.getLogger(__name__)

STATIONS = "stations"
AT_ONCE = 10
FORGED, BROKEN, STRANGE = "forged", "broken", "strange"
Take = Callable[[bytes], None]
"""Takes the payload of a topic in; BadInput when it cannot be used, and nothing is changed."""


class BulletinBoard:
    """Takes bulletins in: the directory of stations here, every other topic by what was given for it."""

    def __init__(self, store: Store, trust: Callable[[], CentreTrust], takers: Mapping[str, Take]) -> None:
        self._store = store
        self._trust = trust
        self._takers: Mapping[str, Take] = {STATIONS: self._take_stations, **takers}

    def read(self, round_: Round) -> None:
        """Read everything that is new."""
        with self._store.read() as uow:
            place = uow.outbox.state().bulletin
        if round_.greeting.bulletin_last < place:
            place = 0  # the centre was restored and counts again from an earlier place
        while True:
            round_.go_on(SyncProgress(SyncStep.BULLETINS, place, round_.greeting.bulletin_last))
            bulletins = round_.central.bulletins(place, AT_ONCE)
            if not bulletins:
                break
            for bulletin in bulletins:
                self._read_one(round_, bulletin)
                place = bulletin.n
                with self._store.write() as uow:
                    uow.outbox.save(replace(uow.outbox.state(), bulletin=place))
                    uow.commit()

    def _read_one(self, round_: Round, bulletin: Bulletin) -> None:
        statement = bulletin_statement(bulletin.topic, bulletin.version, stamp(bulletin.published_at), bulletin.payload)
        if not self._trust().has_signed(statement, bulletin.signature):
            round_.fail(SyncStep.BULLETINS, bulletin.topic, FORGED)
            return
        with self._store.read() as uow:
            known = uow.directory.bulletin_published_at(bulletin.topic)
        if known and bulletin.published_at <= known:
            return  # an older one again; a centre that was restored counts versions anew, but time goes on
        take = self._takers.get(bulletin.topic)
        if take is None:
            round_.fail(SyncStep.BULLETINS, bulletin.topic, STRANGE)
            return
        try:
            take(bulletin.payload)
        except BadInput:
            log.warning("bulletin %d was left aside: %s", bulletin.n, BROKEN)
            round_.fail(SyncStep.BULLETINS, bulletin.topic, BROKEN)
            return
        with self._store.write() as uow:
            uow.directory.keep_bulletin(bulletin)
            uow.commit()
        round_.add("bulletins")

    def _take_stations(self, payload: bytes) -> None:
        stations = read_stations(payload)
        with self._store.write() as uow:
            uow.directory.replace(stations)
            uow.commit()


def read_stations(payload: bytes) -> list[KnownStation]:
    """Return the directory in a bulletin; BadInput when it is none."""
    try:
        stations = [from_plain(KnownStation, one) for one in json.loads(payload)]
        for station in stations:
            for key in station.keys:
                bytes.fromhex(key.public_key)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise BadInput("no directory of stations") from error
    return stations
