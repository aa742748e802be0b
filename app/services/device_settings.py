"""Which devices this window works with and how it scans, as a clerk left it. No facts; the journal does not know them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from app.services.ports.scanning import Colours, Feeding, ScanWish, SheetSize

if TYPE_CHECKING:
    from app.services.ports import Store

RESOLUTIONS = (150, 200, 300, 400, 600)
"""In dpi: 200 reads well on a screen, 300 is what recognition and archives want."""
PREFIX = "device/"
OWN_SCREEN = "own"
"""Where everything is signed on the window's own screen."""
AUTOMATIC = ""

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """The scanner of this window and how it scans; other devices of the counter beside it."""

    scanner: str = ""
    """Key of the scanner; empty for the one that is meant: see ``scanning.meant``."""
    scanner_name: str = ""
    """How it is called, for when it is away."""
    feeding: Feeding = Feeding.FLATBED
    colours: Colours | None = None
    """None scans in colour and lets what is on each page decide what is kept of it."""
    dpi: int = 300
    size: SheetSize = SheetSize.A4
    card_reader: str = ""
    """The serial port of the card reader; empty for whichever USB-serial port has one."""
    photo_library: str = ""
    """The file of a library that decodes the photos of cards; empty for none."""
    network_scanners: tuple[str, ...] = ()
    """Addresses of scanners on the network that do not make themselves known."""

    camera: str = ""
    """Key of the document camera; empty for the first that is found."""
    takes_by_itself: bool = True
    """Whether the document camera takes a sheet as soon as it lies still."""

    signing_screen: str = ""
    """Name of the screen before the applicant; empty for whichever other one is attached, or ``OWN_SCREEN``."""

    watched_folder: str = ""
    """Folder into which a scanner saves that knows no more; empty for none."""

    def wish(self, scanner: str = "") -> ScanWish:
        """Return what is asked of ``scanner``, without one of the scanner that was chosen."""
        return ScanWish(scanner or self.scanner, self.feeding, self.colours or Colours.COLOUR, self.dpi, self.size)


class DeviceSettingsService:
    """Reads and keeps the settings; what is unknown falls back to what is usual."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> DeviceSettings:
        """Return what was kept, with defaults for the rest."""
        with self._store.read() as uow:
            everything = uow.preferences.all().items()
        kept = {key.removeprefix(PREFIX): value for key, value in everything if key.startswith(PREFIX)}
        usual = DeviceSettings()
        dpi = kept.get("dpi", "")
        return DeviceSettings(
            scanner=kept.get("scanner", ""),
            scanner_name=kept.get("scanner_name", ""),
            feeding=_one_of(Feeding, kept.get("feeding", "")) or usual.feeding,
            colours=_one_of(Colours, kept.get("colours", "")),
            dpi=int(dpi) if dpi in map(str, RESOLUTIONS) else usual.dpi,
            size=_one_of(SheetSize, kept.get("size", "")) or usual.size,
            card_reader=kept.get("card_reader", ""),
            photo_library=kept.get("photo_library", ""),
            network_scanners=tuple(kept.get("network_scanners", "").split()),
            camera=kept.get("camera", ""),
            signing_screen=kept.get("signing_screen", ""),
            watched_folder=kept.get("watched_folder", ""),
            takes_by_itself=kept.get("takes_by_itself", "") != str(False),
        )

    def keep(self, **changes: object) -> DeviceSettings:
        """Change some of the settings and return all of them."""
        after = replace(self.read(), **changes)  # type: ignore[arg-type]
        with self._store.write() as uow:
            for name in changes:
                uow.preferences.set(PREFIX + name, _text(getattr(after, name)))
            uow.commit()
        return after


def _one_of(kind: type[E], value: str) -> E | None:
    return kind(value) if value in list(kind) else None


def _text(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else AUTOMATIC if value is None else str(value)
