"""What ``doctor`` looks at: program, profile, keys, store, journal, clock, disk, fonts. It changes nothing.

Findings carry codes and figures, no personal data; their words are in ``ui.findings``.
"""

import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from app.bootstrap import OpenProfile, opened_profile
from app.clock import SystemClock
from app.config import RESOURCES, VERSION, Settings
from app.definitions.catalogue import read_catalogue
from app.definitions.papers import read_paper_templates
from app.domain.clock import parse_stamp
from app.domain.facts import OperatorLoggedIn
from app.papers.maker import PdfPaperMaker
from app.security.custody import KeyringCustody, SealedFileCustody
from app.services.errors import BadDefinitions, ServiceError

LEAST_FREE_MB = 500
RARE_NAMES = "㛃䶮𠅤𬭎𪨰𫖯𬱖"
"""Characters of names that a font of the common set lacks."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, whether it is as it should be, and figures for the sentence."""

    code: str
    is_good: bool = True
    details: Mapping[str, str | int] = field(default_factory=dict)
    error: Exception | None = None


def examine(settings: Settings, ask_passphrase: Callable[[], str]) -> list[Finding]:
    """Return every finding, the environment first; what cannot be looked at is a finding too."""
    findings = [
        _program(),
        _disk(settings),
        _fonts(),
        _catalogue(settings),
        _keys(settings),
    ]
    if not settings.store.exists():
        return [*findings, Finding("no_profile", details={"folder": str(settings.profile)})]
    try:
        with opened_profile(settings, ask_passphrase) as profile:
            findings += _store(profile)
    except ServiceError as error:
        findings.append(Finding("store", is_good=False, error=error))
    return findings


def _program() -> Finding:
    details = {"version": VERSION, "python": platform.python_version(), "system": platform.system()}
    return Finding("program", details=details)


def _disk(settings: Settings) -> Finding:
    folder = settings.profile
    while not folder.exists():
        folder = folder.parent
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    return Finding("disk", free_mb >= LEAST_FREE_MB, {"free_mb": free_mb, "least_mb": LEAST_FREE_MB})


def _fonts() -> Finding:
    maker = PdfPaperMaker(read_paper_templates(RESOURCES / "papers"))
    missing = maker.missing_glyphs(RARE_NAMES)
    return Finding("fonts", not missing, {"missing": missing})


def _catalogue(settings: Settings) -> Finding:
    """Read the catalogue's files as the next start will, also the remarks that stop nobody."""
    try:
        catalogue = read_catalogue(settings.definitions("catalogue"))
    except BadDefinitions as error:
        return Finding("catalogue", is_good=False, error=error)
    remarks = "; ".join(map(str, catalogue.warnings))
    return Finding("catalogue", not remarks, {"items": len(catalogue.items), "remarks": remarks})


def _keys(settings: Settings) -> Finding:
    if SealedFileCustody(settings.profile).exists():
        return Finding("keys_sealed")
    return Finding("keyring" if KeyringCustody.works() else "no_keyring")


def _store(profile: OpenProfile) -> Iterator[Finding]:
    yield _tried("pages", profile.store.check_pages)
    yield _tried("journal", profile.ledger.verify)
    yield _clock(profile)


def _tried(code: str, look: Callable[[], object]) -> Finding:
    try:
        look()
    except ServiceError as error:
        return Finding(code, is_good=False, error=error)
    return Finding(code)


def _clock(profile: OpenProfile) -> Finding:
    """Compare the PC's clock with the last log-in: time does not run backwards."""
    now = SystemClock().now()
    with profile.store.read() as uow:
        last = uow.journal.latest(OperatorLoggedIn.__name__)
    behind_s = int((parse_stamp(last.read()["at"]) - now).total_seconds()) if last else 0
    return Finding("clock", behind_s <= 0, {"behind_s": max(0, behind_s)})
