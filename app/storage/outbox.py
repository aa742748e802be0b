"""The own chain on its way to the centre, inside one transaction: how far it is, what was set aside, which images wait."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlcipher3.dbapi2 import Connection

from app.domain.clock import parse_stamp, stamp
from app.domain.journal import Entry
from app.services.ports import (
    Anchor,
    Aside,
    CentralHead,
    InboxPlace,
    SetAside,
    SyncState,
    WaitingImage,
)
from app.services.ports.outbox import leaves_views
from app.storage.schema import PLACE

_STATE_COLUMNS = (
    "epoch, seq, hash, verified_epoch, verified_seq, inbox, inbox_mark, inbox_last, bulletin, anchor_nonce, anchor_at,"
    " last_contact, failure, failed_at, stale, whole_until, images_until"
)
_STATE = f"SELECT {_STATE_COLUMNS} FROM sync_state"
_SAVE = f"INSERT OR REPLACE INTO sync_state (id, {_STATE_COLUMNS}) VALUES (1, {', '.join('?' * 17)})"
_ENTRY = "station, epoch, seq, prev, hash, signature, body"
_AT = (
    f"SELECT {_ENTRY} FROM journal WHERE place = :place"
    f" UNION ALL SELECT {_ENTRY} FROM received WHERE rank = 0 AND after_place = :place"
)
# Each part is in order by itself: what is far away is neither read nor sorted.
_AFTER = (
    f"SELECT {_ENTRY} FROM ("
    f"SELECT * FROM (SELECT place, {_ENTRY} FROM journal WHERE place > :place ORDER BY place LIMIT :limit) UNION ALL"
    f" SELECT * FROM (SELECT after_place, {_ENTRY} FROM received WHERE rank = 0 AND after_place > :place"
    " ORDER BY after_place LIMIT :limit)) ORDER BY place LIMIT :limit"
)
_LAST_BEFORE = (
    f"SELECT {_ENTRY} FROM ("
    f"SELECT * FROM (SELECT place, {_ENTRY} FROM journal WHERE place <= :place ORDER BY place DESC LIMIT 1) UNION ALL"
    f" SELECT * FROM (SELECT after_place, {_ENTRY} FROM received WHERE rank = 0 AND after_place <= :place"
    " ORDER BY after_place DESC LIMIT 1)) ORDER BY place DESC LIMIT 1"
)
_OF_CASE = (
    f'SELECT {_ENTRY} FROM (SELECT place, {_ENTRY} FROM journal WHERE "case" = :case'
    f" UNION ALL SELECT after_place, {_ENTRY} FROM received WHERE \"case\" = :case AND rank = 0 AND body <> '')"
    " WHERE place NOT IN (SELECT place FROM set_aside WHERE leaves = 1) ORDER BY place"
)
_KNOWS = (
    "SELECT 1 FROM journal WHERE hash = :hash UNION ALL SELECT 1 FROM received WHERE rank = 0 AND hash = :hash LIMIT 1"
)
_COUNT_AFTER = (
    "SELECT (SELECT count(*) FROM journal WHERE place > :place)"
    " + (SELECT count(*) FROM received WHERE rank = 0 AND after_place > :place)"
)
_DIGEST = "SELECT digest FROM received WHERE rank = 0 AND after_place = ?"
_RECEIVED_AT = "SELECT received_at FROM confirmations WHERE place >= ? ORDER BY place LIMIT 1"
_LET_IN = 'DELETE FROM set_aside WHERE place = ? RETURNING leaves, "case"'
_ASK_AGAIN = "DELETE FROM uploads WHERE refusal != '' AND \"case\" = ?"
_ASK_AGAIN_LATER = (
    "DELETE FROM uploads AS u WHERE refusal != '' AND refusal = ? AND at < ?"
    ' AND EXISTS (SELECT 1 FROM cases AS c WHERE c.number = u."case" AND c.closed_at IS NULL)'
)
_SET_ASIDE = (
    'INSERT INTO set_aside (place, "case", kind, reason, leaves, final) VALUES (?, ?, ?, ?, ?, ?)'
    " ON CONFLICT (place) DO UPDATE SET kind = excluded.kind, reason = excluded.reason, leaves = excluded.leaves,"
    f" final = excluded.final WHERE kind = '{Aside.PARTED}' AND excluded.kind = '{Aside.QUARANTINED}'"
)
_MOVES = "SELECT 1 FROM set_aside WHERE place = ? AND leaves <> ?"
_SETTLE = "UPDATE set_aside SET reason = ?, final = ?, leaves = ? WHERE place = ?"
_ASIDE = 'SELECT place, "case", kind, reason, final FROM set_aside ORDER BY place DESC LIMIT ?'
_UNSENT = (
    " FROM images AS i JOIN blobs AS b ON b.digest = i.digest WHERE i.place > :after"
    ' AND i."case" <> \'\' AND NOT EXISTS (SELECT 1 FROM uploads AS u WHERE u.digest = i.digest AND u."case" = i."case")'
)
# The size is taken inside, for what a window function looks at is copied: every image, to send eight of them.
_IMAGES = (
    'SELECT digest, "case", size FROM (SELECT digest, "case", place, size, sum(size) OVER (PARTITION BY "case") AS whole'
    f' FROM (SELECT i.digest, i."case", i.place, length(b.data) AS size{_UNSENT} AND i.place <= :pushed))'
    ' ORDER BY whole, "case", place LIMIT :limit'
)
_ALL_UNSENT = f'SELECT i.digest, i."case", length(b.data){_UNSENT} ORDER BY i.place, i.digest'
_COUNT_IMAGES = f"SELECT count(*), coalesce(sum(length(b.data)), 0){_UNSENT}"
_ELSEWHERE = (
    'SELECT i.digest, i."case", 0 FROM images AS i WHERE i.place > :after AND i.place <= :pushed AND i."case" <> \'\''
    " AND NOT EXISTS (SELECT 1 FROM blobs AS b WHERE b.digest = i.digest)"
    ' AND NOT EXISTS (SELECT 1 FROM uploads AS u WHERE u.digest = i.digest AND u."case" = i."case")'
    " ORDER BY i.place, i.digest LIMIT :limit"
)
_SENT = 'INSERT OR REPLACE INTO uploads (digest, "case", at, refusal, purged) VALUES (?, ?, ?, ?, ?)'
_SENT_SINCE = (
    "SELECT digest FROM uploads WHERE purged = 0 AND refusal = '' AND \"case\" <> '' AND at >= ?"
    " GROUP BY digest ORDER BY max(at) DESC LIMIT ?"
)
_PURGEABLE = (
    "SELECT digest FROM uploads AS u WHERE purged = 0 AND at < :before AND NOT EXISTS ("
    " SELECT 1 FROM drafts, json_each(application, '$.materials') AS material,"
    " json_each(material.value, '$.pages') AS page WHERE json_extract(page.value, '$.digest') = u.digest)"
    " GROUP BY digest ORDER BY min(at) LIMIT :limit"
)


class StoredOutbox:
    """Implements the port ``Outbox``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def state(self) -> SyncState:
        """Return how far things are."""
        row = self._connection.execute(_STATE).fetchone()
        return _state(row) if row else SyncState()

    def save(self, state: SyncState) -> None:
        """Keep how far things are."""
        head, verified, anchor = state.head, state.verified, state.anchor
        row = (
            *((head.epoch, head.seq, head.hash) if head else (None, None, None)),
            *(verified or (None, None)),
            state.inbox.n,
            state.inbox.mark,
            state.inbox_last,
            state.bulletin,
            *((anchor.nonce, anchor.at) if anchor else (None, None)),
            stamp(state.last_contact) if state.last_contact else None,
            state.failure,
            stamp(state.failed_at) if state.failed_at else None,
            int(state.is_stale),
            state.whole_until,
            place_of(*state.images_until),
        )
        self._connection.execute(_SAVE, row)

    def at(self, epoch: int, seq: int) -> Entry | None:
        """Return one entry of the own chain, in the journal or read back; None when there is none."""
        row = self._connection.execute(_AT, {"place": place_of(epoch, seq)}).fetchone()
        return Entry(*row) if row else None

    def after(self, epoch: int, seq: int, limit: int) -> list[Entry]:
        """Return what follows a place in the own chain, journal and read back, by epoch and seq."""
        rows = self._connection.execute(_AFTER, {"place": place_of(epoch, seq), "limit": limit})
        return [Entry(*row) for row in rows]

    def last_before(self, epoch: int, seq: int) -> Entry | None:
        """Return the last entry of the own chain up to a place, None when there is none."""
        row = self._connection.execute(_LAST_BEFORE, {"place": place_of(epoch, seq)}).fetchone()
        return Entry(*row) if row else None

    def of_case(self, case_number: str) -> list[Entry]:
        """Return the own entries of a case, journal and read back, without those that left the views."""
        return [Entry(*row) for row in self._connection.execute(_OF_CASE, {"case": case_number})]

    def knows(self, digest: bytes) -> bool:
        """Tell whether an own entry has this hash; there is no index of them, and it is seldom asked."""
        return self._connection.execute(_KNOWS, {"hash": digest}).fetchone() is not None

    def count_after(self, epoch: int, seq: int) -> int:
        """Return how many entries follow a place."""
        return int(self._connection.execute(_COUNT_AFTER, {"place": place_of(epoch, seq)}).fetchone()[0])

    def digest(self, epoch: int, seq: int) -> bytes | None:
        """Return the digest of an own entry that was read back without its body, None when it is not known."""
        row = self._connection.execute(_DIGEST, (place_of(epoch, seq),)).fetchone()
        return row[0] if row else None

    def confirm(self, epoch: int, seq: int, received_at: datetime) -> None:
        """Note that the centre had everything up to a place at that time."""
        row = (place_of(epoch, seq), stamp(received_at))
        self._connection.execute("INSERT OR IGNORE INTO confirmations (place, received_at) VALUES (?, ?)", row)

    def forget_after(self, epoch: int, seq: int) -> None:
        """Take back what was noted beyond a place, and all that was said of images: the centre lost it."""
        self._connection.execute("DELETE FROM confirmations WHERE place > ?", (place_of(epoch, seq),))
        self._connection.execute("DELETE FROM uploads WHERE purged = 0 OR refusal != ''")

    def received_at(self, epoch: int, seq: int) -> datetime | None:
        """Return when the centre had an own entry at the latest, None when it did not yet."""
        row = self._connection.execute(_RECEIVED_AT, (place_of(epoch, seq),)).fetchone()
        return parse_stamp(row[0]) if row else None

    def set_aside(self, aside: Iterable[SetAside]) -> bool:
        """Note own entries that do nothing at the centre; tell whether the views have to be built again for one."""
        is_stale = False
        for one in aside:
            leaves = leaves_views(one)
            row = (place_of(one.epoch, one.seq), one.case_number, one.kind, one.reason, int(leaves), int(one.is_final))
            is_new = self._connection.execute(_SET_ASIDE, row).rowcount > 0
            is_stale = is_stale or (is_new and leaves)
        return is_stale

    def settle(self, aside: Iterable[SetAside]) -> bool:
        """Note why entries were set aside, and whether for good; tell whether the views have to be built again."""
        is_stale = False
        for one in aside:
            leaves, place = int(leaves_views(one)), place_of(one.epoch, one.seq)
            is_stale = self._connection.execute(_MOVES, (place, leaves)).fetchone() is not None or is_stale
            self._connection.execute(_SETTLE, (one.reason, int(one.is_final), leaves, place))
        return is_stale

    def let_in(self, places: Iterable[tuple[int, int]]) -> bool:
        """Forget that entries were set aside and images of their cases refused; tell whether the views must be built again."""
        found = [self._connection.execute(_LET_IN, (place_of(*place),)).fetchone() for place in places]
        gone = [row for row in found if row]
        for case in sorted({case for _leaves, case in gone}):
            self._let_images_wait(self._connection.execute(_ASK_AGAIN, (case,)).rowcount)
        return any(leaves for leaves, _case in gone)

    def aside(self, limit: int) -> list[SetAside]:
        """Return what was set aside, the newest first."""
        return [
            SetAside(place // PLACE, place % PLACE, case, Aside(kind), reason, bool(final))
            for place, case, kind, reason, final in self._connection.execute(_ASIDE, (limit,))
        ]

    def images(self, limit: int) -> list[WaitingImage]:
        """Return images of entries that the centre has and that it lacks itself; those of small cases first."""
        rows = self._connection.execute(_IMAGES, {**self._span(), "limit": limit})
        return [WaitingImage(*row) for row in rows]

    def images_elsewhere(self, limit: int) -> list[WaitingImage]:
        """Return images of entries that the centre has, not noted as sent, which are not here."""
        rows = self._connection.execute(_ELSEWHERE, {**self._span(), "limit": limit})
        return [WaitingImage(*row) for row in rows]

    def unsent_images(self) -> list[WaitingImage]:
        """Return all images that the centre is not known to have, also of entries that it does not have yet."""
        rows = self._connection.execute(_ALL_UNSENT, {"after": place_of(*self.state().images_until)})
        return [WaitingImage(*row) for row in rows]

    def count_images(self) -> tuple[int, int]:
        """Return how many images the centre lacks, and their bytes, also those of entries that it does not have yet."""
        after = place_of(*self.state().images_until)
        count, size = self._connection.execute(_COUNT_IMAGES, {"after": after}).fetchone()
        return count, size

    def image_sent(self, image: WaitingImage, at: datetime, refusal: str = "") -> None:
        """Note an image that the centre confirmed, or refuses for good."""
        self._connection.execute(_SENT, (image.digest, image.case_number, stamp(at), refusal, int(bool(refusal))))

    def ask_again(self, refusal: str, before: datetime) -> None:
        """Let images wait again that were refused for this reason before ``before``, of cases that are open."""
        self._let_images_wait(self._connection.execute(_ASK_AGAIN_LATER, (refusal, stamp(before))).rowcount)

    def _let_images_wait(self, count: int) -> None:
        if count:
            self._connection.execute("UPDATE sync_state SET images_until = 0")

    def image_lost(self, digest: str) -> None:
        """Note that the centre does not have an image any more: it waits again."""
        self._connection.execute("DELETE FROM uploads WHERE digest = ?", (digest,))
        self._connection.execute("UPDATE sync_state SET images_until = 0")

    def image_fetched(self, digest: str, at: datetime) -> None:
        """Note an image that was read from the centre: the copy here may go again."""
        self._connection.execute(_SENT, (digest, "", stamp(at), "", 0))

    def sent_since(self, since: datetime, limit: int) -> list[str]:
        """Return images here that the centre confirmed since ``since``, the last ones first."""
        return [digest for (digest,) in self._connection.execute(_SENT_SINCE, (stamp(since), limit))]

    def purgeable(self, before: datetime, limit: int) -> list[str]:
        """Return images here that the centre confirmed before ``before``; no draft names them."""
        rows = self._connection.execute(_PURGEABLE, {"before": stamp(before), "limit": limit})
        return [digest for (digest,) in rows]

    def purged(self, digest: str) -> None:
        """Remove the copy of an image here; the centre has it."""
        self._connection.execute("DELETE FROM blobs WHERE digest = ?", (digest,))
        self._connection.execute("UPDATE uploads SET purged = 1 WHERE digest = ?", (digest,))

    def _span(self) -> dict[str, int]:
        """Return behind which place images may wait, and up to which the centre has the entries that name them."""
        state = self.state()
        pushed = place_of(state.head.epoch, state.head.seq) if state.head else 0
        return {"after": place_of(*state.images_until), "pushed": pushed}


def place_of(epoch: int, seq: int) -> int:
    """Return the place of an entry in the own chain."""
    return epoch * PLACE + seq


def _state(row: tuple[Any, ...]) -> SyncState:
    epoch, seq, digest, verified_epoch, verified_seq, inbox, inbox_mark, inbox_last, bulletin, *rest = row
    nonce, anchor_at, last_contact, failure, failed_at, stale, whole_until, images_until = rest
    return SyncState(
        head=CentralHead(epoch, seq, digest) if epoch is not None else None,
        verified=(verified_epoch, verified_seq) if verified_epoch is not None else None,
        inbox=InboxPlace(inbox, inbox_mark),
        inbox_last=inbox_last,
        bulletin=bulletin,
        anchor=Anchor(nonce, anchor_at) if nonce else None,
        last_contact=parse_stamp(last_contact) if last_contact else None,
        failure=failure,
        failed_at=parse_stamp(failed_at) if failed_at else None,
        is_stale=bool(stale),
        whole_until=whole_until,
        images_until=divmod(images_until, PLACE),
    )
