"""What the centre publishes to all stations: checked against its authority, and taken in by topic.

A bulletin that is broken or not understood is left aside, and the counter goes on with what it has. It is told in every
round until a later one of its topic is taken in, and read again by the next version of the program. One that is dated ahead of
the centre's time is not taken before that time comes; where it was, what is published now takes its place.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from app.domain.clock import stamp
from app.services import directories, revocations
from app.services.bulletins import bulletin_statement
from app.services.errors import BadInput, Unavailable
from app.services.ports import Bulletin, BulletinHead, CentreTrust, LeftBulletin, Store
from app.services.sync_report import SyncProgress, SyncStep
from app.services.sync_round import Round

log = logging.getLogger(__name__)

WHOLE_LISTS = frozenset({directories.TOPIC, revocations.TOPIC, revocations.CALLED_BACK})
"""Topics of which each bulletin says everything: of those that wait the newest good one is enough."""
MOST_HEADS = 500
FORGED, BROKEN, STRANGE, DATED, AHEAD = "forged", "broken", "strange", "dated", "ahead"
MOST_AHEAD = timedelta(minutes=5)
"""What is dated later than the centre's own time by more was published by a clock that was wrong."""
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
        self._takers: Mapping[str, Take] = {directories.TOPIC: self._take_stations, **takers}

    def read(self, round_: Round) -> None:
        """Read everything that is new, and tell what of all that was read could not be used."""
        self._read_again(round_)
        with self._store.read() as uow:
            place = uow.outbox.state().bulletin
        if round_.greeting.bulletin_last < place:
            place = 0  # the centre was restored and counts again from an earlier place
        while place != round_.greeting.bulletin_last and (heads := round_.central.bulletin_heads(place, MOST_HEADS)):
            self._read_all(round_, heads)
            place = heads[-1].n
            with self._store.write() as uow:
                uow.outbox.save(replace(uow.outbox.state(), bulletin=place))
                uow.commit()
        with self._store.read() as uow:
            for one in uow.directory.left_aside():
                round_.fail(SyncStep.BULLETINS, one.topic, one.why)

    def _read_all(self, round_: Round, heads: Sequence[BulletinHead]) -> None:
        for head in heads:
            if head.topic not in WHOLE_LISTS and (why := self._read_one(round_, head)):
                self._leave(head, why)
        for topic in sorted(WHOLE_LISTS):
            self._read_newest(round_, [head for head in heads if head.topic == topic])

    def _read_newest(self, round_: Round, heads: Sequence[BulletinHead]) -> None:
        """Read bulletins of a whole list from the newest back to one that is good; a forged one hides no other."""
        left = []
        for head in reversed(heads):
            why = self._read_one(round_, head)
            if not why:
                break
            left.append((head, why))
        if left:
            self._leave(*left[0])

    def _read_again(self, round_: Round) -> None:
        """Read what another version of the program could not use, or was dated ahead; what is not given any more is forgotten."""
        with self._store.read() as uow:
            left = [one for one in uow.directory.left_aside() if one.program != self._program or one.why == AHEAD]
        for one in left:
            found = round_.central.bulletin_heads(one.n - 1, 1)
            with self._store.write() as uow:
                uow.directory.forget_left(one.topic)
                uow.commit()
            if found and found[0].n == one.n and (why := self._read_one(round_, found[0])):
                self._leave(found[0], why)

    def _read_one(self, round_: Round, head: BulletinHead) -> str:
        """Take a bulletin in; return why it cannot be used, empty when it was, or is no news."""
        latest = round_.greeting.now + MOST_AHEAD
        with self._store.read() as uow:
            version, published_at = uow.directory.taken_in(head.topic) or (0, None)
        if published_at is not None and published_at > latest:
            published_at = None  # it was taken in by mistake, and keeps nothing out that is published now
        is_older = published_at is not None and head.published_at <= published_at
        if is_older and head.version <= version:
            return ""  # a centre that was restored counts versions anew, but time goes on
        round_.go_on(SyncProgress(SyncStep.BULLETINS, head.n, round_.greeting.bulletin_last))
        bulletin = round_.central.bulletin(head)
        if bulletin is None:
            return ""  # the centre does not give it any more
        statement = bulletin_statement(bulletin.topic, bulletin.version, stamp(bulletin.published_at), bulletin.payload)
        if not self._trust().has_signed(statement, bulletin.signature):
            return FORGED
        if bulletin.published_at > latest:
            return AHEAD
        return DATED if is_older else self._take_in(round_, bulletin)

    def _take_in(self, round_: Round, bulletin: Bulletin) -> str:
        take = self._takers.get(bulletin.topic)
        if take is None:
            return STRANGE
        try:
            take(bulletin.payload)
        except Unavailable:
            raise
        except Exception as error:  # what the authority signed may still be anything
            log.warning("bulletin %d cannot be used", bulletin.n, exc_info=not isinstance(error, BadInput))
            return BROKEN
        with self._store.write() as uow:
            uow.directory.keep_bulletin(bulletin)
            uow.commit()
        round_.add("bulletins")
        return ""

    def _leave(self, head: BulletinHead, why: str) -> None:
        with self._store.write() as uow:
            uow.directory.leave_aside(LeftBulletin(head.topic, head.n, why, self._program))
            uow.commit()

    def _take_stations(self, payload: bytes) -> None:
        stations = directories.read_directory(payload)
        with self._store.write() as uow:
            uow.directory.replace(stations)
            uow.commit()
