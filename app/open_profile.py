"""A profile's store with what its journal needs: opened so, it is enough for commands without a window."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

from app.at_centre import AtCentre, administering_of, at_centre
from app.clock import SystemClock
from app.config import RESOURCES, VERSION, Settings
from app.definitions.papers import read_paper_templates
from app.definitions.pinyin import Readings, read_surnames
from app.log import FILE
from app.papers.maker import PdfPaperMaker
from app.security.central_keys import KeptCentralKeys
from app.security.custody import KeyCustody, KeyringCustody, SealedFileCustody, ThrowAwayCustody
from app.security.keys import Ed25519StationKey, verify
from app.security.passwords import Argon2Passwords
from app.security.recovery import RecoverySeals
from app.security.signing_keys import KeptSigningKeys
from app.services.administering import AdministeringService
from app.services.backups import BackupService
from app.services.epochs import KeyRotation, ensure_epoch
from app.services.errors import NoProfile
from app.services.ledger import LedgerService
from app.services.ports import Clock, PaperMaker, Store
from app.services.recording import Recorder, load_station
from app.services.recovery import RecoveryService
from app.services.support import WriteSupport
from app.services.timekeeping import ClockService
from app.services.twins import TwinService
from app.services.unsent import UnsentService
from app.storage.backups import StoredBackups
from app.storage.image_file import write_images
from app.storage.journal_file import write_export
from app.storage.profile import ProfileLock
from app.storage.store import open_store
from app.storage.support_file import write_support_file


@dataclass(frozen=True, slots=True)
class OpenProfile:
    """A profile's store with what its journal needs; enough for commands without a window."""

    store: Store
    recorder: Recorder
    passwords: Argon2Passwords
    ledger: LedgerService
    unsent: UnsentService
    clock: ClockService
    backups: BackupService
    seals: RecoverySeals
    centre: AtCentre
    rotation: KeyRotation
    twins: TwinService
    administering: AdministeringService


def open_profile(settings: Settings, custody: KeyCustody, clock: Clock) -> OpenProfile:
    """Open a profile's store with the keys that ``custody`` keeps."""
    if not settings.store.exists():
        raise NoProfile(settings.profile)
    kept = custody.load()
    store = open_store(settings.store, kept.database_key, readings())
    try:
        station = load_station(store)
        recorder = Recorder(clock, Ed25519StationKey(kept.station_seed), station.code)
        ensure_epoch(store, recorder, VERSION)
    except BaseException:
        store.close()
        raise
    files = StoredBackups(settings.store, kept.database_key, readings(), verify, settings.cache)
    timekeeping = ClockService(store, recorder, clock)
    ledger = LedgerService(store, recorder, verify, write_export)
    keys = KeptCentralKeys(custody, kept.central)
    centre = at_centre(settings, store, recorder, timekeeping, keys, readings())
    return OpenProfile(
        store=store,
        recorder=recorder,
        passwords=Argon2Passwords(),
        ledger=ledger,
        unsent=UnsentService(store, station.code, ledger, write_images),
        clock=timekeeping,
        backups=BackupService(store, recorder, station, files, settings.profile),
        seals=RecoverySeals(settings.profile, kept.database_key),
        centre=centre,
        rotation=KeyRotation(store, recorder, KeptSigningKeys(custody), VERSION),
        twins=TwinService(store, recorder, KeptSigningKeys(custody), VERSION, centre.connect),
        administering=administering_of(settings, store, custody),
    )


def recovery_service(opened: OpenProfile, maker: PaperMaker | None = None) -> RecoveryService:
    """Return what makes recovery sheets for an open profile."""
    maker = maker or PdfPaperMaker(read_paper_templates(RESOURCES / "papers"))
    return RecoveryService(opened.store, opened.recorder, load_station(opened.store), maker, opened.seals)


@contextmanager
def opened_profile(
    settings: Settings, ask_passphrase: Callable[[], str], *, alone: bool = False
) -> Iterator[OpenProfile]:
    """Open a profile for a command without a window; ask only where keys are sealed.

    It may stand beside a window, unless it asks to be ``alone``: ProfileInUse.
    """
    custody: KeyCustody = KeyringCustody(settings.profile)
    if SealedFileCustody(settings.profile).exists():
        custody = SealedFileCustody(settings.profile, ask_passphrase())
    elif ThrowAwayCustody(settings.profile).exists():
        custody = ThrowAwayCustody(settings.profile)
    with ExitStack() as stack:
        if alone and settings.store.exists():
            lock = ProfileLock(settings.profile)
            lock.take()
            stack.callback(lock.release)
        opened = open_profile(settings, custody, SystemClock())
        stack.callback(opened.store.close)
        yield opened


def support_writer(settings: Settings) -> WriteSupport:
    """Return what writes the support file of a profile."""
    return partial(write_support_file, settings.profile, FILE)


def readings() -> Readings:
    """Return the readings of Chinese names that every store is searched by."""
    return Readings(read_surnames(RESOURCES / "surnames.txt"))
