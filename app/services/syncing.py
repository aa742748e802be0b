"""Sync with the centre: one routine for the button and the timer.

Greeting, certificate, own entries, inbox, bulletins, images: every step goes on where the last round stood, so that a link may be
cut and the program may be killed anywhere. No transaction of the store is open while the network is waited for, and
nothing is held in memory beyond a batch.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from app.domain.journal import Verify
from app.domain.operators import Act, Operator
from app.services.errors import BadCertificate, CentralUnavailable, Refused, ServiceError
from app.services.permits import ensure_may
from app.services.ports import Central, CentreTrust, Greeting, Store, SyncState
from app.services.recording import Recorder
from app.services.sync_ahead import Ahead, when_asked
from app.services.sync_bulletins import BulletinBoard, Take
from app.services.sync_images import ImageSending
from app.services.sync_pushing import Pushing
from app.services.sync_quarantine import look_whether_let_in
from app.services.sync_receiving import Receiving
from app.services.sync_report import Contact, SyncProgress, SyncResult, SyncStatus, SyncStep, TellSync
from app.services.sync_rhythm import Rhythm
from app.services.sync_round import Round, SyncCancelled
from app.services.sync_views import rebuild_if_stale
from app.services.timekeeping import ClockService

log = logging.getLogger(__name__)

SHOWN_ASIDE = 50
RATE, DAYS = "sync_image_kib_s", "sync_image_days"


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """Settings of this counter's sync."""

    image_kib_s: int = 0
    """How much of the line images may take, 0 for all of it."""
    image_days: int = 0
    """Days after which an image that the centre has is kept there alone, 0 for never."""


def nobody(_progress: SyncProgress) -> None:
    """Tell nobody."""


def nothing() -> None:
    """Have nothing to do before a round."""


def never() -> bool:
    """Never stop."""
    return False


class SyncService:
    """Use cases of sync; safe to call from any thread, one round at a time."""

    def __init__(
        self,
        store: Store,
        recorder: Recorder,
        clock: ClockService,
        verify: Verify,
        *,
        connect: Callable[[], Central],
        join: Callable[[], None] = nothing,
        certify: Callable[[], None] = nothing,
        trust: Callable[[], CentreTrust],
        takers: Mapping[str, Take] | None = None,
        program: str = "",
        is_alone: Callable[[], bool] = never,
        chance: random.Random | None = None,
        pause: Callable[[float], None] = time.sleep,
        ahead: Ahead = when_asked,
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._clock = clock
        self._connect = connect
        self._join = join
        self._certify = certify
        self._is_alone = is_alone
        self._pushing = Pushing(store, verify, ahead)
        self._receiving = Receiving(store, verify, ahead)
        self._bulletins = BulletinBoard(store, trust, takers or {}, program)
        self._images = ImageSending(store, pause, ahead)
        self._lock = threading.Lock()
        self._rhythm = Rhythm(lambda: recorder.uptime_ms() / 1000, chance or random.SystemRandom())
        self._last: SyncResult | None = None
        self._central: Central | None = None

    def run(self, tell: TellSync = nobody, is_cancelled: Callable[[], bool] = never) -> SyncResult:
        """Do one round to its end, as far as it goes, and return what it did; it raises nothing.

        A second call waits for the first one's end. What went wrong stands in the result, item by item, and in
        ``status``; the next round goes on from where this one stood. ``is_cancelled`` is asked between calls and, by
        this thread, while one hangs.
        """
        if self._is_alone():
            return SyncResult(Contact.ALONE)
        with self._lock:
            result = self._round(tell, is_cancelled)
            self._last = result
            self._rhythm.went(well=result.contact is Contact.ON_LINE or result.is_cancelled)
        return result

    def wait_s(self) -> float:
        """Return the seconds until the next round is due."""
        return self._rhythm.wait_s()

    def hurry(self) -> None:
        """Let the next round be due at once, because something was recorded that others wait for."""
        self._rhythm.hurry()

    def close(self) -> None:
        """End the connection."""
        if self._central is not None:
            self._central.close()
            self._central = None

    # --- how things stand --------------------------------------------------------------------------------------

    def status(self) -> SyncStatus:
        """Return how things stand, without asking the centre."""
        if self._is_alone():
            return SyncStatus(Contact.ALONE)
        with self._store.read() as uow:
            state = uow.outbox.state()
            images, image_bytes = uow.outbox.count_images()
            status = SyncStatus(
                contact=self._contact(state),
                is_running=self._lock.locked(),
                last_contact=state.last_contact,
                failure=state.failure,
                failed_at=state.failed_at,
                entries_waiting=uow.outbox.count_after(*_place(state)),
                images_waiting=images,
                image_bytes_waiting=image_bytes,
                set_aside=tuple(uow.outbox.aside(SHOWN_ASIDE)),
                received_waiting=uow.received.count_waiting(),
            )
        return replace(status, next_in_s=self.wait_s())

    def last(self) -> SyncResult | None:
        """Return what the last round since the start did, None before the first."""
        return self._last

    def options(self) -> SyncOptions:
        """Return the settings of this counter's sync."""
        with self._store.read() as uow:
            kept = uow.preferences.all()
        return SyncOptions(_number(kept.get(RATE, "")), _number(kept.get(DAYS, "")))

    def keep_options(self, options: SyncOptions, by: Operator) -> None:
        """Keep the settings of this counter's sync; NotPermitted."""
        ensure_may(by, Act.CHANGE_STATION)
        with self._store.write() as uow:
            uow.preferences.set(RATE, str(options.image_kib_s))
            uow.preferences.set(DAYS, str(options.image_days))
            uow.commit()

    def _contact(self, state: SyncState) -> Contact:
        if self._last is not None:
            return self._last.contact
        if state.failure:
            return Contact.FAILING
        return Contact.ON_LINE if state.last_contact else Contact.OFF_LINE

    # --- the round ---------------------------------------------------------------------------------------------

    def _round(self, tell: TellSync, is_cancelled: Callable[[], bool]) -> SyncResult:
        error: Exception | None = None
        was_cancelled = False
        round_ = Round(tell, is_cancelled)
        try:
            self._steps(round_)
        except SyncCancelled:
            was_cancelled = True
        except (CentralUnavailable, Refused) as caught:
            log.info("sync did not get through: %s", type(caught).__name__)
            error = caught
            was_cancelled = is_cancelled()
            self.close()
        except Exception as caught:  # the next round comes later and later, and the screen says so
            log.exception("a round of sync broke")
            error = caught
            self.close()
        if self._central is not None:
            self._central.give_up_when(never)  # the next round has somebody else who may stop it
        result = round_.result(error, is_cancelled=was_cancelled)
        try:
            self._note_outcome(result)
        except ServiceError:
            log.warning("how the round went could not be noted", exc_info=True)
        return result

    def _steps(self, round_: Round) -> None:
        round_.go_on(SyncProgress(SyncStep.GREETING))
        self._join()
        kept = self._central
        round_.central, round_.greeting = self._reach(round_)
        round_.is_new_link = self._central is not kept
        self._look_for_certificate(round_)
        with round_.step(SyncStep.ENTRIES):
            rebuild_if_stale(self._store, round_)
            reached = self._pushing.agree(round_)
            self._pushing.push(round_, reached)
            self._pushing.look_behind(round_)
            look_whether_let_in(self._store, round_)
        rebuild_if_stale(self._store, round_)
        with round_.step(SyncStep.INBOX):
            self._receiving.pull(round_)
        rebuild_if_stale(self._store, round_)
        with round_.step(SyncStep.BULLETINS):
            self._bulletins.read(round_)
            self._receiving.fold_waiting(round_)
        rebuild_if_stale(self._store, round_)
        with round_.step(SyncStep.IMAGES):
            options = self.options()
            self._images.send(round_, options.image_kib_s)
            self._images.purge(round_, round_.greeting.now, options.image_days)

    def _look_for_certificate(self, round_: Round) -> None:
        """Fetch the certificate where one is due, behind the greeting that sets the clock; no failure of it ends a round."""
        round_.go_on(SyncProgress(SyncStep.CERTIFICATE))
        try:
            self._certify()
        except Exception as error:  # whatever the centre or a thief put in its place
            log.warning("the certificate was not taken", exc_info=True)
            reason = f"certificate_{error.fault}" if isinstance(error, BadCertificate) else "certificate"
            round_.fail(SyncStep.CERTIFICATE, "certificate", reason)

    def _reach(self, round_: Round) -> tuple[Central, Greeting]:
        """Return the centre with its greeting; a connection that was kept may have died, and is made anew once."""
        kept = self._central
        if kept is not None:
            kept.give_up_when(round_.is_cancelled)
            try:
                return kept, self._greet(kept, round_)
            except CentralUnavailable:
                self.close()
                if round_.is_cancelled():
                    raise
        central = self._central = self._connect()
        central.give_up_when(round_.is_cancelled)
        return central, self._greet(central, round_)

    def _greet(self, central: Central, round_: Round) -> Greeting:
        """Say hello, let the clock follow the centre, and carry its anchor into every entry from now on."""
        began_ms = self._recorder.uptime_ms()
        greeting = central.hello()
        took = timedelta(milliseconds=self._recorder.uptime_ms() - began_ms)
        ahead = greeting.now + took / 2 - self._recorder.now()
        if self._clock.follow(ahead, took):
            round_.add("clock_moved_s", round(ahead.total_seconds()))
        with self._store.write() as uow:
            state = uow.outbox.state()
            uow.outbox.save(
                replace(state, anchor=greeting.anchor, last_contact=greeting.now, inbox_last=greeting.inbox_last)
            )
            uow.commit()
        self._recorder.anchor = greeting.anchor
        return greeting

    def _note_outcome(self, result: SyncResult) -> None:
        failure = type(result.error).__name__ if result.error else ""
        with self._store.write() as uow:
            state = uow.outbox.state()
            failed_at = self._recorder.now() if failure else None
            uow.outbox.save(replace(state, failure=failure, failed_at=failed_at))
            uow.commit()


def _place(state: SyncState) -> tuple[int, int]:
    return (state.head.epoch, state.head.seq) if state.head else (0, 0)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0
