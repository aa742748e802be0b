"""Puts together what a counter has of its devices, and the processes in which pictures are cleaned and read.

Nothing is started before it is used; what was is ended by ``close``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.capture.cameras.live import VideoCameras
from app.capture.card_readers.photo_decoder import HelperPhotoDecoder
from app.capture.card_readers.reader import SerialCardReader
from app.capture.cleaning.cleaner import HelperCleaner
from app.capture.pages import FilePages
from app.capture.recognition.reader import HelperTextReader
from app.capture.scanner_folder import FileFolder
from app.capture.scanners.scanners import Scanners
from app.config import Settings
from app.printing.cups import CupsPrinters
from app.printing.rolls import EscposPrinters
from app.services.card_photos import CardPhotoService
from app.services.device_settings import DeviceSettingsService
from app.services.ports import (
    Cameras,
    CardReader,
    PageReader,
    PhotoDecoder,
    Printers,
    RollPrinters,
    Scanner,
    Store,
    TextReader,
)
from app.services.recording import Recorder
from app.services.scanning import ScanningService
from app.services.watched_folder import WatchedFolderService
from app.verification.papers import Judges


@dataclass(frozen=True, slots=True)
class AtDevices:
    """What a counter has of its devices, for as long as its profile is open."""

    chosen: DeviceSettingsService
    pages: PageReader
    scanning: ScanningService
    watched_folder: WatchedFolderService
    cameras: Cameras
    card_reader: CardReader
    photo_decoder: PhotoDecoder
    card_photos: CardPhotoService
    text_reader: TextReader
    printers: Printers
    rolls: RollPrinters
    judges: Judges

    def close(self) -> None:
        """End every process and let every device go."""
        for part in (self.card_reader, self.scanning, self.text_reader, self.photo_decoder):
            part.close()
        self.judges.stop()


@dataclass(frozen=True, slots=True)
class PageSources:
    """What pages come from, made of the scanners and cameras of this PC; a demonstration puts its own beside them."""

    scanner: Callable[[Scanner], Scanner] = lambda own: own
    cameras: Callable[[Cameras], Cameras] = lambda own: own
    printers: Callable[[Printers, PageReader], Printers] = lambda own, _pages: own
    """Where pages go in the end; a window puts its own here where the system's cannot be asked without it."""


THIS_PC = PageSources()


def at_devices(settings: Settings, store: Store, recorder: Recorder, sources: PageSources = THIS_PC) -> AtDevices:
    """Return the devices of a profile."""
    chosen = DeviceSettingsService(store)
    pages = FilePages()
    photo_decoder = HelperPhotoDecoder()
    scanners = Scanners(lambda: chosen.read().network_scanners)
    return AtDevices(
        chosen=chosen,
        pages=pages,
        scanning=ScanningService(store, recorder.now, sources.scanner(scanners), HelperCleaner()),
        watched_folder=WatchedFolderService(store, recorder.now, recorder.uptime_ms, FileFolder(), pages),
        cameras=sources.cameras(VideoCameras(settings.films)),
        card_reader=SerialCardReader(),
        photo_decoder=photo_decoder,
        card_photos=CardPhotoService(photo_decoder, chosen),
        text_reader=HelperTextReader(recorder.now),
        printers=sources.printers(CupsPrinters(), pages),
        rolls=EscposPrinters(),
        judges=Judges(),
    )
