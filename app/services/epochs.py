"""New epochs of the journal: after a backup was restored, and after lost keys were recovered.

The old signing key is not used again, so a chain that goes on elsewhere can be told from this one. Nobody knows which
numbers were used since the backup, so they are skipped; ``app.domain.skipping`` says how far.
"""

from datetime import datetime

from app.domain.clock import parse_stamp
from app.domain.facts import EpochOpened, NumbersSkipped
from app.domain.operators import SYSTEM
from app.domain.skipping import share_of_day, share_of_year
from app.services.errors import RetiredKey
from app.services.ports import Store, UnitOfWork
from app.services.recording import Recorder

RESTORED, RECOVERED = "restored", "recovered"


def open_epoch(uow: UnitOfWork, recorder: Recorder, program: str, reason: str, made_at: datetime | None = None) -> None:
    """Begin the next epoch inside ``uow``, signed with the recorder's key; ``made_at`` is when the backup was made."""
    head = uow.journal.head()
    now = recorder.now()
    if head and head.at:
        now = max(now, parse_stamp(head.at))  # a clock that is behind must not bring numbers back
    opened = EpochOpened(
        public_key=recorder.public_key.hex(),
        previous_hash=head.hash.hex() if head else None,
        program=program,
        reason=reason,
        backup_made_at=made_at,
    )
    recorder.record(uow, SYSTEM, opened, now)
    skipped = NumbersSkipped(
        day=now.date(),
        day_share=share_of_day(now),
        year=now.year,
        year_share=share_of_year(now),
    )
    recorder.record(uow, SYSTEM, skipped, now)


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
            open_epoch(uow, recorder, program, RECOVERED)
            uow.commit()


def _fits(uow: UnitOfWork, recorder: Recorder) -> bool:
    head = uow.journal.head()
    if head is None:
        return True
    used = [_public_key(uow, epoch) for epoch in range(1, head.epoch + 1)]
    if recorder.public_key in used[:-1]:
        raise RetiredKey
    return used[-1] == recorder.public_key


def _public_key(uow: UnitOfWork, epoch: int) -> bytes:
    return bytes.fromhex(uow.journal.opening(epoch).read()["data"]["public_key"])
