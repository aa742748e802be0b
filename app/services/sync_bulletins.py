"""What the centre publishes to all stations: checked against its authority, and taken in by topic.

A bulletin that is broken or not understood is left aside, and the counter goes on with what it has. It is told in every
round until a later one of its topic is taken in, and read again by the next version of the program.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.clock import stamp
from app.domain.plain import from_plain
from app.domain.station import KnownStation
from app.services.bulletins import bulletin_statement
from app.services.errors import BadInput, Unavailable
from app.services.ports import Bulletin, CentreTrust, LeftBulletin, Store
from app.services.sync_report import SyncProgress, SyncStep
from app.services.sync_round import Round

log = logging.getLogger(__name__)

STATIONS = "stations"
AT_ONCE = 10
FORGED, BROKEN, STRANGE, DATED = "forged", "broken", "strange", "dated"
Take = Callable[[bytes], None]
"""Takes the payload of a topic in; BadInput when it cannot be used, and nothing is changed."""


class BulletinBoard:
    """Takes bulletins in: the directory of stations here, every other topic by what was given for it."""

    def __init__(
        self, store: Store, trust: Callable[[], CentreTrust], takers: Mapping[str, Take], program: str = ""
    ) -> None:
        self._store = store
        self._trust = trust
        self._program = program
        self._takers: Mapping[str, Take] = {STATIONS: self._take_stations, **takers}

    def read(self, round_: Round) -> None:
        """Read everything that is new, and tell what of all that was read could not be used."""
        self._read_again(round_)
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
        with self._store.read() as uow:
            for one in uow.directory.left_aside():
                round_.fail(SyncStep.BULLETINS, one.topic, one.why)

    def _read_again(self, round_: Round) -> None:
        """Read what another version of the program could not use; what the centre does not give any more is forgotten."""
        with self._store.read() as uow:
            left = [one for one in uow.directory.left_aside() if one.program != self._program]
        for one in left:
            round_.go_on(SyncProgress(SyncStep.BULLETINS))
            found = round_.central.bulletins(one.n - 1, 1)
            with self._store.write() as uow:
                uow.directory.forget_left(one.topic)
                uow.commit()
            if found and found[0].n == one.n:
                self._read_one(round_, found[0])

    def _read_one(self, round_: Round, bulletin: Bulletin) -> None:
        statement = bulletin_statement(bulletin.topic, bulletin.version, stamp(bulletin.published_at), bulletin.payload)
        if not self._trust().has_signed(statement, bulletin.signature):
            self._leave(bulletin, FORGED)
            return
        with self._store.read() as uow:
            version, published_at = uow.directory.taken_in(bulletin.topic) or (0, None)
        if published_at and bulletin.published_at <= published_at:
            # An older one again; a centre that was restored counts versions anew, but time goes on.
            if bulletin.version > version:
                self._leave(bulletin, DATED)
            return
        take = self._takers.get(bulletin.topic)
        if take is None:
            self._leave(bulletin, STRANGE)
            return
        try:
            take(bulletin.payload)
        except Unavailable:
            raise
        except Exception as error:  # what the authority signed may still be anything
            log.warning("bulletin %d cannot be used", bulletin.n, exc_info=not isinstance(error, BadInput))
            self._leave(bulletin, BROKEN)
            return
        with self._store.write() as uow:
            uow.directory.keep_bulletin(bulletin)
            uow.commit()
        round_.add("bulletins")

    def _leave(self, bulletin: Bulletin, why: str) -> None:
        with self._store.write() as uow:
            uow.directory.leave_aside(LeftBulletin(bulletin.topic, bulletin.n, why, self._program))
            uow.commit()

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
