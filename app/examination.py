"""What ``doctor`` and the support file look at: program, disk, fonts, printers, keys, store, journal, clock.

It changes nothing. Findings carry codes and figures, no personal data; their words are in ``ui.findings``.
"""

import platform
import shutil
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from app.clock import SystemClock
from app.config import RESOURCES, VERSION, Settings
from app.definitions.catalogue import read_catalogue
from app.definitions.certificates import check_certificates
from app.definitions.papers import read_paper_templates, read_templates_of
from app.domain.clock import JUMP_MS, LONGEST_SILENCE, BothClocks, parse_stamp
from app.papers.coverage import coverage, packages_for
from app.papers.fonts import standard_fonts
from app.papers.maker import PdfPaperMaker
from app.printing.listing import printer_names
from app.security.custody import KeyringCustody, SealedFileCustody
from app.services.errors import BadDefinitions, ServiceError
from app.services.findings import Finding, Grade
from app.services.ledger import LedgerService
from app.services.ports import Store
from app.storage.engine import cipher_version

LEAST_FREE_MB, LITTLE_FREE_MB = 500, 2_000
EARLIEST_YEAR = 2026
"""The program was made in it: a clock before it is wrong."""
RARE_NAMES = "㛃䶮𠅤𬭎𪨰𫖯𬱖"
"""Characters of names that a font of the common set lacks."""
BACKUP_FOLDER = "backup_folder"
"""The preference that names where backups go."""


def examine_machine(settings: Settings) -> Iterator[Finding]:
    """Yield what can be looked at without the counter's keys."""
    yield _program()
    yield _disk("disk", settings.profile)
    yield _fonts()
    yield _characters()
    yield _printers()
    yield _catalogue(settings)
    yield _papers(settings)
    yield _keys(settings)


def examine_store(store: Store, ledger: LedgerService) -> Iterator[Finding]:
    """Yield what an open store tells: its pages, its journal, the clock against it, the place of its backups."""
    yield _tried("pages", store.check_pages)
    yield _journal(store, ledger)
    yield _clock(store)
    yield from _backup_place(store)


def _program() -> Finding:
    details: dict[str, str | int] = {
        "version": VERSION,
        "python": platform.python_version(),
        "qt": _version_of("pyside6-essentials"),
        "sqlcipher": cipher_version(),
        "system": platform.platform(terse=True),
    }
    return Finding("program", details=details)


def _version_of(package: str) -> str:
    """Return an installed package's version; a bundle may have left the note about it out."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "–"


def _disk(code: str, folder: Path) -> Finding:
    while not folder.exists():
        folder = folder.parent
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    grade = Grade.BAD if free_mb < LEAST_FREE_MB else Grade.LOOK if free_mb < LITTLE_FREE_MB else Grade.GOOD
    return Finding(code, grade, {"free_mb": free_mb, "least_mb": LEAST_FREE_MB})


def _fonts() -> Finding:
    try:
        missing = PdfPaperMaker(read_paper_templates(RESOURCES / "papers")).missing_glyphs(RARE_NAMES)
        names = ", ".join(font.name for font in standard_fonts().text)
    except FileNotFoundError:
        return Finding("no_fonts", Grade.BAD)
    return Finding("fonts", Grade.LOOK if missing else Grade.GOOD, {"missing": missing, "names": names})


def _characters() -> Finding:
    """Look how many characters can be printed: of the standard table, and of each of Unicode's blocks beyond it."""
    try:
        standard, basic, *extensions = coverage(standard_fonts())
    except FileNotFoundError:
        return Finding("no_fonts", Grade.BAD)
    details: dict[str, str | int] = {
        "standard": standard.printable,
        "standard_total": standard.total,
        "basic": f"{basic.printable}/{basic.total}",
        "extensions": ", ".join(f"{one.name} {one.printable}/{one.total}" for one in extensions),
        "packages": ", ".join(packages_for(extensions)),
    }
    code = "characters_and_more" if details["packages"] else "characters"
    return Finding(code, Grade.GOOD if standard.is_whole and basic.is_whole else Grade.LOOK, details)


def _printers() -> Finding:
    names = printer_names()
    return Finding("printers" if names else "no_printer", details={"count": len(names), "names": ", ".join(names)})


def _catalogue(settings: Settings) -> Finding:
    """Read the catalogue's files as the next start will, also the remarks that stop nobody."""
    try:
        catalogue = read_catalogue(settings.definitions("catalogue"))
    except BadDefinitions as error:
        return Finding("catalogue", Grade.BAD, error=error)
    remarks = "; ".join(map(str, catalogue.warnings))
    grade = Grade.LOOK if remarks else Grade.GOOD
    return Finding("catalogue", grade, {"items": len(catalogue.items), "remarks": remarks})


def _papers(settings: Settings) -> Finding:
    """Read the counter's own paper templates as the next start will, and hold the catalogue to them."""
    read = read_templates_of(RESOURCES / "papers", settings.own("papers"))
    try:
        items = read_catalogue(settings.definitions("catalogue")).items
    except BadDefinitions:
        items = ()  # which is a finding of its own
    remarks = "; ".join(map(str, (*read.faults, *check_certificates(items, read.templates))))
    grade = Grade.LOOK if remarks else Grade.GOOD
    return Finding("papers", grade, {"templates": len(read.templates), "own": len(read.own), "remarks": remarks})


def _keys(settings: Settings) -> Finding:
    if SealedFileCustody(settings.profile).exists():
        return Finding("keys_sealed")
    return Finding("keyring" if KeyringCustody.works() else "no_keyring")


def _tried(code: str, look: Callable[[], object]) -> Finding:
    try:
        look()
    except ServiceError as error:
        return Finding(code, Grade.BAD, error=error)
    return Finding(code)


def _journal(store: Store, ledger: LedgerService) -> Finding:
    try:
        began = time.monotonic()
        verified = ledger.verify()
        took_ms = round((time.monotonic() - began) * 1000)
        with store.read() as uow:
            head = uow.journal.head()
    except ServiceError as error:
        return Finding("journal", Grade.BAD, error=error)
    details: dict[str, str | int] = {"entries": verified.entries, "took_ms": took_ms}
    return Finding("journal", details=details | ({"epoch": head.epoch, "last_at": head.at} if head else {}))


def _clock(store: Store) -> Finding:
    """Compare the PC's clock with the last entry: time does not run backwards."""
    clock = SystemClock()
    with store.read() as uow:
        head = uow.journal.head()
    wall, uptime_h = clock.reading().wall, clock.uptime_ms() // 3_600_000
    if head is None or not head.at:
        return Finding("clock", Grade.GOOD if wall.year >= EARLIEST_YEAR else Grade.BAD, {"behind_s": 0})
    last_at = parse_stamp(head.at)
    behind_ms = BothClocks(wall, last_at).apart_ms
    details = {"behind_s": max(0, behind_ms // 1000), "uptime_h": uptime_h}
    if behind_ms >= JUMP_MS:
        return Finding("clock", Grade.BAD, details)
    silent = wall - last_at > LONGEST_SILENCE
    return Finding("clock_silent" if silent else "clock", Grade.LOOK if silent else Grade.GOOD, details)


def _backup_place(store: Store) -> Iterator[Finding]:
    with store.read() as uow:
        named = uow.preferences.all().get(BACKUP_FOLDER, "")
    if not named:
        yield Finding("no_backup_place", Grade.LOOK)
    elif not Path(named).is_dir():
        yield Finding("backup_place_gone", Grade.LOOK)
    else:
        yield _disk("disk_backup", Path(named))
