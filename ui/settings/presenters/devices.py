"""Decides what the section of the devices shows: scanners that answer, how they scan, a test, camera, folder. Qt-free."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.services.device_settings import DeviceSettings
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.findings import Finding
from app.services.ports import CameraInfo, ReaderPort, ReaderState, ScannedPage, ScannerInfo
from app.services.scanning import meant
from ui.findings import words
from ui.sentences import sentence
from ui.settings.around import Around
from ui.text import _

PICTURE_PX = 360


@dataclass(frozen=True, slots=True)
class DevicesState:
    """What was found, what is chosen, and what a test gave."""

    settings: DeviceSettings = field(default_factory=DeviceSettings)
    scanners: tuple[ScannerInfo, ...] = ()
    cameras: tuple[CameraInfo, ...] = ()
    ports: tuple[ReaderPort, ...] = ()
    """Serial ports that a card reader may be at."""
    screens: tuple[str, ...] = ()
    """Screens beside that of the window."""
    reader: ReaderState = ReaderState.NONE
    reader_at: ReaderPort | None = None
    photos: str = ""
    """What to say of the library that decodes the photos of cards, once that is known."""
    is_looking: bool = False
    has_looked: bool = False
    is_testing: bool = False
    address: str = ""
    message: str = ""
    tone: str = "good"
    picture: bytes = b""

    @property
    def scanner(self) -> ScannerInfo | None:
        """Return what is known of the scanner that is chosen or meant, None while it does not answer or for doubt."""
        if not self.settings.scanner:
            return meant(self.scanners)
        return next((one for one in self.scanners if one.key == self.settings.scanner), None)


class DevicesView(Protocol):
    """The section of the devices."""

    def render(self, state: DevicesState) -> None:
        """Show ``state``."""
        ...


class DevicesPresenter:
    """Every choice is kept at once; devices are looked for when the section is opened for the first time, and when asked."""

    def __init__(self, around: Around, view: DevicesView) -> None:
        self._around = around
        self._view = view
        self.state = DevicesState()

    def start(self) -> None:
        """Show what is kept, and look for devices unless that was done."""
        settings = self._around.counter.devices.read()
        self._show(settings=settings, address=" ".join(settings.network_scanners), message="", picture=b"")
        self._look_at_reader()
        self._look_at_photos()
        self._show(screens=self._around.files.screens())
        if not self.state.has_looked:
            self.look()

    def look(self) -> None:
        """Look for scanners and cameras again."""
        if self.state.is_looking:
            return
        counter = self._around.counter
        self._show(is_looking=True, message="", screens=self._around.files.screens())
        self._look_at_reader()
        self._around.runner.run(
            lambda: (
                tuple(counter.scanning.devices()),
                tuple(counter.cameras.devices()),
                tuple(counter.card_reader.ports()),
            ),
            self._found,
            self._failed,
        )

    def change(self, **changes: object) -> None:
        """Keep a choice."""
        try:
            kept = self._around.counter.devices.keep(**changes)
        except Exception as error:  # noqa: BLE001  every failure is shown; what was chosen before stays
            self._around.navigator.report(error)
            return
        self._show(settings=kept)

    def choose_scanner(self, name: str) -> None:
        """Scan with the scanner of this name from now on."""
        chosen = next((one for one in self.state.scanners if one.name == name), None)
        if chosen is not None:
            self.change(scanner=chosen.key, scanner_name=chosen.name)

    def choose_camera(self, name: str) -> None:
        """Take pictures with the camera of this name from now on."""
        chosen = next((one for one in self.state.cameras if one.name == name), None)
        if chosen is not None:
            self.change(camera=chosen.key)

    def choose_port(self, device: str) -> None:
        """Look for the card reader at this serial port alone, or at every one when it is empty."""
        self.change(card_reader=device)
        self._around.counter.card_reader.use(device)

    def type_addresses(self, text: str) -> None:
        """Take note of what is typed as addresses."""
        self._show(address=text)

    def keep_addresses(self) -> None:
        """Ask these scanners of the network too from now on, and look for them."""
        self.change(network_scanners=tuple(self.state.address.replace("，", " ").replace(",", " ").split()))
        self.look()

    def choose_folder(self) -> None:
        """Take the files that a scanner saves into a folder."""
        if folder := self._around.files.choose_folder():
            self.change(watched_folder=str(folder))

    def forget_folder(self) -> None:
        """Watch no folder any more."""
        self.change(watched_folder="")

    def choose_photo_library(self) -> None:
        """Decode the photos of cards with a file that the maker of the reader gave."""
        if path := self._around.files.choose_source(_("照片解码程序 (*.so *.so.* *.dll)")):
            self.change(photo_library=str(path))
            self._look_at_photos()

    def forget_photo_library(self) -> None:
        """Show no photos of cards any more."""
        self.change(photo_library="")
        self._look_at_photos()

    def test(self) -> None:
        """Scan one page that is not kept, and show it."""
        if self.state.is_testing:
            return
        scanner = self.state.scanner
        if scanner is None and self.state.scanners and not self.state.settings.scanner:
            self._failed(ScannerFault(ScannerTrouble.NOT_CHOSEN))
            return
        scanner = scanner or next(iter(self.state.scanners), None)
        if scanner is None:
            self._show(message=_("先接好扫描仪，再按“再找一次”"), tone="warn")
            return
        counter, wish = self._around.counter, self.state.settings.wish(scanner.key)
        self._show(is_testing=True, message="", picture=b"")

        def scan() -> tuple[ScannedPage, bytes]:
            page = counter.scanning.test(wish)
            return page, counter.pages.picture_of(page.data, page.media_type, PICTURE_PX)

        self._around.runner.run(scan, self._tested, self._failed)

    def _look_at_reader(self) -> None:
        reader = self._around.counter.card_reader
        self._show(reader=reader.state, reader_at=reader.reader)

    def _look_at_photos(self) -> None:
        """Say whether the library can be used; it is loaded in a process of its own, which takes a moment."""
        chosen = self.state.settings.photo_library
        self._show(photos="" if chosen else words(Finding("no_photo_library")))
        if not chosen:
            return

        def say(error: Exception | None) -> None:
            if self.state.settings.photo_library == chosen:
                self._show(photos=words(Finding("photo_library", error=error)))

        self._around.runner.run(self._around.counter.card_photos.examine, say, say)

    def _found(self, answer: tuple[Sequence[ScannerInfo], Sequence[CameraInfo], Sequence[ReaderPort]]) -> None:
        scanners, cameras, ports = answer
        self._show(scanners=scanners, cameras=cameras, ports=ports, is_looking=False, has_looked=True)

    def _failed(self, error: Exception) -> None:
        self._show(is_looking=False, is_testing=False, message=sentence(error).text, tone="warn")

    def _tested(self, answer: tuple[ScannedPage, bytes]) -> None:
        page, picture = answer
        words = {"dpi": page.dpi, "size": max(1, len(page.data) // 1000)}
        self._show(
            is_testing=False,
            message=_("扫到一页：%(dpi)d dpi，%(size)d kB，没有保存") % words,
            tone="good",
            picture=picture,
        )

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)
