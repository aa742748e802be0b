"""New epochs of the journal: after a backup was restored, after lost keys were recovered, and with a new key on purpose.

The old signing key is not used again, so a chain that goes on elsewhere can be told from this one. Nobody knows which
numbers were used since a backup, so they are skipped; ``app.domain.skipping`` says how far. Nobody knows either which
epochs were begun since: the same backup may have been restored before. So such an epoch takes its number by the PC's
clock, and a later one than the counter that is in its place, if that can be read: two restores of one backup have the same
number only on two machines within five minutes, and then the second at the centre is told of a fork, as of any two machines.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from app.domain.clock import CHINA, parse_stamp
from app.domain.facts import EpochOpened, NumbersSkipped, SeriesEnd
from app.domain.journal import Entry
from app.domain.operators import SYSTEM, Act, Operator
from app.domain.skipping import share_of_day, share_of_year
from app.domain.used_numbers import beyond
from app.domain.vouching import NOBODY, Voucher
from app.services.errors import RetiredKey
from app.services.permits import ensure_may
from app.services.ports import StationKey, Store, UnitOfWork
from app.services.recording import Recorder

RESTORED, RECOVERED, ROTATED, PARTED = "restored", "recovered", "rotated", "parted"
ROTATING_TO = "rotating_to"
"""The preference that names the public key (hex) which is on its way into custody, empty for none."""
ROTATING_BY = "rotating_by"
"""The preference with the word of the key before for it: that key is gone once the new one is kept."""


FIRST_STEP = datetime(2026, 1, 1, tzinfo=CHINA)
MOST_EPOCHS = 10_000
EPOCH_STEP = timedelta(minutes=5)
LAST_BY_CLOCK = 7_000_000
"""The centre takes 8,000,000 epochs; a clock that is centuries ahead must not use them up."""


class SigningKeys(Protocol):
    """Where the key that signs the journal is kept."""

    def draw(self) -> StationKey:
        """Return a fresh key that is kept nowhere yet."""
        ...

    def keep(self) -> None:
        """Keep the key that was drawn last, durably, in place of the one before; KeyringUnavailable."""
        ...


class KeyRotation:
    """Gives the journal a new signing key: the chain goes on in a new epoch, and the old key signs no more."""

    def __init__(self, store: Store, recorder: Recorder, keys: SigningKeys, program: str) -> None:
        self._store = store
        self._recorder = recorder
        self._keys = keys
        self._program = program

    def rotate(self, by: Operator | None = None) -> int:
        """Return the epoch that the new key has opened. NotPermitted; KeyringUnavailable, DiskFull change nothing.

        A crash in between leaves the old key, or a new one that ``ensure_epoch`` knows at the next start.
        """
        if by is not None:
            ensure_may(by, Act.CHANGE_STATION)
        fresh = self._keys.draw()
        with self._store.write() as uow:
            announce(uow, self._recorder, fresh)
            uow.commit()
        self._keys.keep()
        with self._store.write() as uow, self._recorder.signing_with(fresh):
            _rotated(uow, self._recorder, self._program, by.login if by else SYSTEM)
            uow.commit()
        with self._store.read() as uow:
            head = uow.journal.head()
        return head.epoch if head else 0


def announce(uow: UnitOfWork, recorder: Recorder, fresh: StationKey) -> Voucher:
    """Note inside ``uow`` that a key is on its way into custody, and return the word of the one before for it."""
    voucher = recorder.vouch_for(fresh.public_key)
    uow.preferences.set(ROTATING_TO, fresh.public_key.hex())
    uow.preferences.set(ROTATING_BY, f"{voucher.by} {voucher.signature}")
    return voucher


def arrived(uow: UnitOfWork) -> None:
    """Note inside ``uow`` that the key which was announced signs now."""
    uow.preferences.set(ROTATING_TO, "")
    uow.preferences.set(ROTATING_BY, "")


def open_epoch(
    uow: UnitOfWork,
    recorder: Recorder,
    program: str,
    reason: str,
    made_at: datetime | None = None,
    *,
    latest: int = 0,
    behind: Entry | None = None,
    given: Iterable[SeriesEnd] = (),
    voucher: Voucher = NOBODY,
) -> None:
    """Begin the next epoch inside ``uow``, signed with the recorder's key; ``made_at`` is when the backup was made.

    It comes after ``latest`` too, the last epoch that is known to have been begun, and its numbers after those ``given``.
    A journal without entries goes on ``behind`` one that the centre has of it.
    ``voucher`` is the word of an earlier key for this one, where that could be had: without it the centre believes the
    key only when the station enrols anew.
    """
    by_clock = min((recorder.now() - FIRST_STEP) // EPOCH_STEP, LAST_BY_CLOCK)
    after = max(by_clock, latest + 1)
    now = _begin(uow, recorder, program, reason, SYSTEM, voucher, made_at, epoch_from=after, behind=behind)
    recorder.record(uow, SYSTEM, numbers_skipped(now, beyond(given, uow.numbers.ends())), now)


def numbers_skipped(now: datetime, given: tuple[SeriesEnd, ...] = ()) -> NumbersSkipped:
    """Return the fact that what may have been used of ``now``'s day and year, and what is known to be, is left out."""
    return NumbersSkipped(
        day=now.date(),
        day_share=share_of_day(now),
        year=now.year,
        year_share=share_of_year(now),
        given=given,
    )


def ensure_epoch(store: Store, recorder: Recorder, program: str) -> None:
    """See to it that the recorder's key is the one of the journal's last epoch.

    A key that never signed here was just made for lost ones: it opens an epoch. RetiredKey for one that signed an
    earlier epoch and must not sign again. A journal without entries is left alone.
    """
    with store.read() as uow:
        fits = _fits(uow, recorder)
    if fits:
        return
    with store.write() as uow:
        if not _fits(uow, recorder):  # another process may have been first
            if uow.preferences.all().get(ROTATING_TO) == recorder.public_key.hex():
                _rotated(uow, recorder, program, SYSTEM)
            else:
                open_epoch(uow, recorder, program, RECOVERED)
            uow.commit()


def _rotated(uow: UnitOfWork, recorder: Recorder, program: str, login: str) -> None:
    """Begin the next epoch with a key that was changed on purpose: every number is known, so none is skipped."""
    said = uow.preferences.all().get(ROTATING_BY, "").split()
    _begin(uow, recorder, program, ROTATED, login, Voucher(*said))
    arrived(uow)


def _begin(
    uow: UnitOfWork,
    recorder: Recorder,
    program: str,
    reason: str,
    login: str,
    voucher: Voucher,
    made_at: datetime | None = None,
    *,
    epoch_from: int = 1,
    behind: Entry | None = None,
) -> datetime:
    """Record that an epoch begins, and return when."""
    head = uow.journal.head()
    now = recorder.now()
    if head and head.at:
        now = max(now, parse_stamp(head.at))  # a clock that is behind must not bring numbers back
    previous = head or behind
    opened = EpochOpened(
        public_key=recorder.public_key.hex(),
        previous_hash=previous.hash.hex() if previous else None,
        program=program,
        reason=reason,
        backup_made_at=made_at,
        vouched_by=voucher.by,
        voucher=voucher.signature,
    )
    recorder.append(uow, login, opened, now, epoch_from=epoch_from)
    return now


def _fits(uow: UnitOfWork, recorder: Recorder) -> bool:
    head = uow.journal.head()
    if head is None:
        return True
    last, *earlier = (_opened_with(entry) for entry in uow.journal.newest(EpochOpened.__name__, MOST_EPOCHS))
    if recorder.public_key in earlier:
        raise RetiredKey
    if last != recorder.public_key:
        return False
    recorder.stand_in(head.epoch)
    return True


def _opened_with(entry: Entry) -> bytes:
    return bytes.fromhex(entry.read()["data"]["public_key"])
