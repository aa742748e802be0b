"""Bringing a counter back: restoring a backup, checking one without its counter, and recovering lost keys.

Whatever is in the way is moved aside, never removed. A restored counter is made whole beside its place and then moved
into it, so that a crash leaves either the old folder or the new one. Words are in ``ui`` and ``main``.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.config import VERSION, Settings
from app.domain.facts import SeriesEnd
from app.domain.vouching import NOBODY, Voucher, vouch
from app.open_profile import open_profile, readings
from app.security.custody import CentralSecrets, KeyCustody, KeyringCustody, SealedFileCustody, Secrets, unsealed
from app.security.keys import Ed25519StationKey, verify
from app.security.recovery import RecoveryFile, unseal_with
from app.services.backup_files import Drilled, Manifest
from app.services.epochs import RESTORED, open_epoch
from app.services.errors import BadBackup, KeyringUnavailable, KeysMissing, NoProfile, ProfileExists
from app.services.ports import Clock
from app.services.progress import Tell, silent
from app.services.recording import Recorder, load_station
from app.storage.backup_file import Backup, extract, read_backup
from app.storage.backup_writing import unpack_files
from app.storage.backups import check_store, drill
from app.storage.profile import ProfileLock, make_profile
from app.storage.store import last_epoch, open_store, series_ends
from app.whole_files import place_errors, sync_folder

PASSPHRASE, RECOVERY = "passphrase", "recovery"
"""What a backup calls the sealed keys that it carries."""


class Asks(Protocol):
    """Asks the person who restores; each is called only when the answer is needed."""

    def passphrase(self) -> str:
        """Return the passphrase that seals the counter's keys."""
        ...

    def new_passphrase(self) -> str:
        """Return a passphrase to seal keys with from now on, where there is no system keyring."""
        ...

    def recovery_code(self, sheet: str) -> str:
        """Return the code of the recovery sheet with this name."""
        ...


@dataclass(frozen=True, slots=True)
class Restored:
    """A counter that was brought back: from which backup, how many entries it has, where the old folder is now."""

    manifest: Manifest
    entries: int
    aside: Path | None


def check_backup(settings: Settings, path: Path, asks: Asks, *, by_sheet: bool = False, tell: Tell = silent) -> Drilled:
    """Drill a backup, of this profile's counter or of another one whose keys can be had; no counter is touched."""
    with place_errors(path.parent):
        backup = read_backup(path)
    found = _find_keys(backup, settings.profile, asks, by_sheet)
    return drill(backup, found.database_key, readings(), verify, settings.cache, tell)


def restore(
    settings: Settings,
    path: Path,
    asks: Asks,
    clock: Clock,
    *,
    replace: bool = False,
    by_sheet: bool = False,
    tell: Tell = silent,
) -> Restored:
    """Bring the counter in the backup at ``path`` back into the profile's place, in a new epoch.

    ProfileExists when a counter is there already and ``replace`` does not allow to move it aside; ProfileInUse while
    its window is open. BadBackup, WrongKey, WrongRecoveryCode, WrongPassphrase, KeysMissing, DamagedStore, DiskFull
    leave everything as it was.
    """
    profile = settings.profile
    if settings.store.exists() and not replace:
        raise ProfileExists(profile)
    with place_errors(path.parent):
        backup = read_backup(path)
    with _held(profile):
        found = _find_keys(backup, profile, asks, by_sheet)
        custody = _new_custody(profile, found.passphrase, asks)
        staging = profile.with_name(f"{profile.name}.restoring")
        fresh = Secrets(found.database_key, Secrets.fresh().station_seed, found.central)
        with place_errors(profile.parent):
            former = _former(settings.store, found)
            entries = _fill(staging, backup, fresh, clock, former, tell)
    with place_errors(profile.parent):
        aside = _put_in_place(staging, profile, custody, fresh, clock.now())
    return Restored(backup.manifest, entries, aside)


def recover(settings: Settings, asks: Asks, clock: Clock) -> None:
    """Make lost keys good again with the code of the recovery sheet; the journal goes on in a new epoch.

    NoProfile, KeysMissing when no sheet was ever made, WrongRecoveryCode, WrongKey; nothing is changed then.
    """
    profile = settings.profile
    if not settings.store.exists():
        raise NoProfile(profile)
    with _held(profile):
        sealed = RecoveryFile(profile).read()
        key = unseal_with(asks.recovery_code(str(sealed.get("sheet", ""))), sealed)
        open_store(settings.store, key, readings()).close()  # before any key is replaced
        kept = _new_custody(profile, "", asks).store(Secrets(key, Secrets.fresh().station_seed), profile)
        open_profile(settings, kept, clock).store.close()  # a key that never signed here opens an epoch


@dataclass(frozen=True, slots=True)
class _NewCustody:
    """Where the keys of the counter at ``profile`` will be: in the keyring, or sealed with a passphrase."""

    profile: Path
    passphrase: str

    def store(self, kept: Secrets, folder: Path) -> KeyCustody:
        """Keep the secrets; a sealed file goes into ``folder``, which may still have to become the profile."""
        custody = SealedFileCustody(folder, self.passphrase) if self.passphrase else KeyringCustody(self.profile)
        custody.store(kept)
        return custody


def _new_custody(profile: Path, passphrase: str, asks: Asks) -> _NewCustody:
    """Choose as a start does: a sealed file where there is one or no keyring; its passphrase stays the known one."""
    if not passphrase and (SealedFileCustody(profile).exists() or not KeyringCustody.works()):
        passphrase = asks.new_passphrase()
    return _NewCustody(profile, passphrase)


@dataclass(frozen=True, slots=True)
class _Found:
    """The keys that belong to a backup, without the one that signs: a restored counter gets a new one.

    ``passphrase`` is what opened them, if that did. ``before`` is the key that signed until then, only to speak for the new
    one; it and ``central`` are None where a recovery sheet opened them, which does not hold them: such a counter needs a
    new invitation of its centre.
    """

    database_key: bytes
    central: CentralSecrets | None = None
    passphrase: str = ""
    before: Ed25519StationKey | None = None


def _find_keys(backup: Backup, profile: Path, asks: Asks, by_sheet: bool) -> _Found:
    """Return the keys of ``backup``.

    The keyring of this machine first, then the passphrase, then the recovery sheet; ``by_sheet`` goes straight to it.
    """
    if not by_sheet:
        kept = _secrets_in_keyring(profile)
        if kept and backup.is_tagged_by(kept.database_key):
            return _Found(kept.database_key, kept.central, before=Ed25519StationKey(kept.station_seed))
        if PASSPHRASE in backup.keys:
            passphrase = asks.passphrase()
            kept = unsealed(backup.keys[PASSPHRASE], passphrase)
            before = Ed25519StationKey(kept.station_seed)
            return _Found(_belonging(backup, kept.database_key), kept.central, passphrase, before)
    if RECOVERY not in backup.keys:
        raise KeysMissing
    code = asks.recovery_code(backup.manifest.sheet)
    return _Found(_belonging(backup, unseal_with(code, backup.keys[RECOVERY])))


def _belonging(backup: Backup, key: bytes) -> bytes:
    """Return the key that was sealed in ``backup``; BadBackup when the manifest around it is not what was written."""
    if not backup.is_tagged_by(key):
        raise BadBackup("changed")
    return key


def _secrets_in_keyring(profile: Path) -> Secrets | None:
    try:
        return KeyringCustody(profile).load()
    except (KeysMissing, KeyringUnavailable):
        return None


@contextmanager
def _held(profile: Path) -> Iterator[None]:
    """Hold the lock of the counter that is there, if one is; a window that is open refuses with ProfileInUse."""
    if not profile.exists():
        yield
        return
    lock = ProfileLock(profile)
    lock.take()
    try:
        yield
    finally:
        lock.release()


@dataclass(frozen=True, slots=True)
class _Former:
    """What is known of the chain that a restored counter goes on from.

    Its last epoch here, how far each series had come here, and a key that signed.
    """

    epoch: int
    given: tuple[SeriesEnd, ...]
    key: Ed25519StationKey | None

    def word_for(self, fresh: bytes, station: str) -> Voucher:
        """Return the word of the key for the next one, nobody's where it is not known."""
        return vouch(self.key.public_key, self.key.sign, station, fresh) if self.key else NOBODY


def _former(store: Path, found: _Found) -> _Former:
    key = found.database_key
    return _Former(last_epoch(store, key), series_ends(store, key), found.before)


def _fill(staging: Path, backup: Backup, kept: Secrets, clock: Clock, former: _Former, tell: Tell) -> int:
    """Make the restored profile in ``staging`` and check all of it; return the entries that the backup had.

    ``former`` says what is known of the counter that was there before.
    """
    if staging.exists():
        shutil.rmtree(staging)  # what an interrupted restore left: a copy of a backup
    make_profile(staging)
    try:
        return _fill_empty(staging, backup, kept, clock, former, tell)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _fill_empty(staging: Path, backup: Backup, kept: Secrets, clock: Clock, former: _Former, tell: Tell) -> int:
    size = backup.database.size
    unpack_files(extract(backup, staging / "station.db", lambda done, _total: tell(done, 2 * size)), staging)
    if RECOVERY in backup.keys:
        RecoveryFile(staging).write(backup.keys[RECOVERY])
    store = open_store(staging / "station.db", kept.database_key, readings(), backup_first=False)
    try:
        entries = check_store(store, backup.manifest, verify, lambda n, of: tell(size + size * n // of, 2 * size))
        station = load_station(store).code
        recorder = Recorder(clock, Ed25519StationKey(kept.station_seed), station)
        voucher, made_at = former.word_for(recorder.public_key, station), backup.manifest.made_at
        with store.write() as uow:
            epoch, given = former.epoch, former.given
            open_epoch(uow, recorder, VERSION, RESTORED, made_at, latest=epoch, given=given, voucher=voucher)
            uow.commit()
    finally:
        store.close()
    tell(2 * size, 2 * size)
    return entries


def _put_in_place(staging: Path, profile: Path, custody: "_NewCustody", kept: Secrets, now: datetime) -> Path | None:
    """Move the folder that is in the way aside, its keys with it, and the restored one into its place.

    Return where the old folder is now; when a step fails the old one is put back.
    """
    aside = _free(profile, f"before-restore-{now:%Y%m%d-%H%M%S}") if profile.exists() else None
    old = _secrets_in_keyring(profile)
    if aside:
        if old:
            KeyringCustody(aside).store(old)
        profile.rename(aside)
    try:
        custody.store(kept, staging)
        staging.rename(profile)
    except BaseException:
        if aside:
            aside.rename(profile)
        if old:
            KeyringCustody(profile).store(old)
        raise
    sync_folder(profile.parent)
    return aside


def _free(profile: Path, word: str) -> Path:
    aside, count = profile.with_name(f"{profile.name}.{word}"), 1
    while aside.exists():
        count += 1
        aside = profile.with_name(f"{profile.name}.{word}-{count}")
    return aside
