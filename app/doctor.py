"""What the command line has for a counter that is ill: ``doctor`` and ``support``, also when it cannot be opened."""

from collections.abc import Callable, Iterable
from pathlib import Path

from app.clock import SystemClock
from app.config import Settings
from app.device_examination import examine_devices, examine_photo_library
from app.examination import examine_machine, examine_store
from app.open_profile import opened_profile, support_writer
from app.services.device_settings import DeviceSettingsService
from app.services.errors import NoProfile, ServiceError
from app.services.findings import Finding, Grade
from app.services.ports import Store
from app.services.support import Figures, read_figures, summary
from app.storage.schema import HEAD


def examine(settings: Settings, ask_passphrase: Callable[[], str]) -> list[Finding]:
    """Return every finding, the PC's first and its devices last; what cannot be looked at is a finding too.

    Nothing is changed, except that an older store is brought up to date first, as by any command.
    """
    findings = _look(settings, ask_passphrase, _photo_library)[0]
    return [*findings, *examine_devices()]


def write_support(settings: Settings, ask_passphrase: Callable[[], str], path: Path) -> list[Finding]:
    """Write the support file to ``path`` and return the findings in it; a counter that cannot be opened has no figures.

    DiskFull or PlaceUnavailable leave what was there before.
    """
    findings, figures = _look(settings, ask_passphrase)
    support_writer(settings)(path, summary(SystemClock().now(), HEAD, findings, figures))
    return findings


def _photo_library(store: Store) -> Iterable[Finding]:
    return examine_photo_library(DeviceSettingsService(store).read().photo_library)


def _look(
    settings: Settings,
    ask_passphrase: Callable[[], str],
    also: Callable[[Store], Iterable[Finding]] = lambda _store: (),
) -> tuple[list[Finding], Figures | None]:
    findings = list(examine_machine(settings))
    if not settings.store.exists():
        details = {"folder": str(settings.profile)}
        return [*findings, Finding("no_profile", Grade.BAD, details, NoProfile(settings.profile))], None
    try:
        with opened_profile(settings, ask_passphrase) as profile:
            findings += [*examine_store(profile.store, profile.ledger), *also(profile.store)]
            return findings, read_figures(profile.store, SystemClock().now())
    except ServiceError as error:
        return [*findings, Finding("store", Grade.BAD, error=error)], None
