"""Scanners that SANE knows, as one driver of the helper process."""

from collections.abc import Iterator

from app.capture.scanners import sane_options
from app.capture.scanners.driver import Progress
from app.capture.scanners.raw_pages import RawFrame, encode, most_bytes
from app.capture.scanners.sane_library import SaneDevice, SaneLibrary
from app.capture.scanners.sane_options import Setting
from app.capture.scanners.sane_terms import FrameShape, Option
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports.scanning import ScannedPage, ScannerInfo, ScanWish

MOST_FRAMES = 3
"""Of a page: one, or one a colour."""


class SaneDriver:
    """Implements ``Driver`` on libsane."""

    def __init__(self) -> None:
        self._library = SaneLibrary()

    def devices(self) -> Iterator[ScannerInfo]:
        """Yield every scanner; one that is busy or forbidden too, so that scanning can say what the trouble is."""
        for name in list(self._library.names()):
            try:
                device = self._library.open(name.name)
            except ScannerFault as fault:
                if fault.trouble is not ScannerTrouble.GONE:
                    yield sane_options.unopened(name)
                continue
            try:
                yield sane_options.capabilities(name, device.options())
            finally:
                device.close()

    def begin(self, wish: ScanWish, progress: Progress) -> "SaneJob":
        """Open the scanner and set it as wished; ScannerFault."""
        device = self._library.find(wish.scanner)
        try:
            return SaneJob(device, wish, progress)
        except ScannerFault:
            device.close()
            raise


class SaneJob:
    """Implements ``Job`` on one open device."""

    def __init__(self, device: SaneDevice, wish: ScanWish, progress: Progress) -> None:
        self._device = device
        self._progress = progress
        self._pages = 0
        self._apply(sane_options.source_settings(wish.feeding, self._options()))
        self._apply(sane_options.colour_settings(wish.colours, self._options()))
        dpi = sane_options.bearable_dpi(wish.dpi, wish.size, self._options())
        self._apply(sane_options.resolution_settings(dpi, self._options()))
        self._dpi = self._real_dpi(dpi)
        self._apply(sane_options.area_settings(wish.size, self._dpi, self._options()))
        self._is_fed = sane_options.is_fed(wish.feeding, self._options())

    def next_page(self) -> ScannedPage | None:
        """Feed and read one page; None when there are no more. ScannerFault says why it stopped."""
        if self._pages and not self._is_fed:
            return None
        self._progress.turn_to(self._pages + 1)
        frames: list[RawFrame] = []
        while len(frames) < MOST_FRAMES:
            try:
                self._device.start()
            except ScannerFault as fault:
                if fault.trouble is ScannerTrouble.NO_PAPER and self._pages and not frames:
                    return None
                raise
            frames.append(self._frame(len(frames)))
            if frames[-1].shape.is_last:
                break
        page = encode(frames, self._dpi)
        self._pages += 1
        return page

    def cancel(self) -> None:
        """Make ``next_page`` end soon; called from another thread."""
        self._device.cancel()

    def end(self) -> None:
        """Let the scanner go. Some drivers hang here: what has to be said is said before."""
        self._device.cancel()
        self._device.close()

    def _frame(self, number: int) -> RawFrame:
        promised = self._device.shape()
        most = most_bytes(promised)
        data = bytearray()
        while (chunk := self._device.read()) is not None:
            if self._progress.stop.is_set():
                raise ScannerFault(ScannerTrouble.DRIVER)
            data += chunk
            if len(data) > most:
                raise ScannerFault(ScannerTrouble.DRIVER)
            if chunk:
                self._progress.move((number * most + len(data)) * 100 // most if promised.lines > 0 else None)
        if self._progress.stop.is_set():
            raise ScannerFault(ScannerTrouble.DRIVER)  # a driver that was stopped may call what it has a page
        return RawFrame(self._shape_of(promised, len(data)), data)

    def _shape_of(self, promised: FrameShape, length: int) -> FrameShape:
        """Return the shape as it is now known; ScannerFault when what came is not what was promised.

        A driver may learn at the end of a sheet how long it was, and then says so.
        """
        known = self._device.shape()
        told = known.lines if known.bytes_a_line == promised.bytes_a_line else promised.lines
        if promised.lines > 0 and length < promised.bytes_a_line * min(promised.lines, max(told, 1)):
            raise ScannerFault(ScannerTrouble.DRIVER)
        return promised

    def _real_dpi(self, wished: int) -> int:
        option = self._options().get("resolution") or self._options().get("x-resolution")
        return max(1, round(self._device.number(option))) if option else wished

    def _options(self) -> dict[str, Option]:
        return self._device.options()

    def _apply(self, settings: list[Setting]) -> None:
        """Set one option after the other, each as the others have made it.

        A driver that refuses one scans as it stands, which is better than not at all; not from the wrong place, though.
        """
        options = self._options()
        for setting in settings:
            option = options.get(setting.name)
            if option is None or not option.can_be_set:
                continue
            try:
                if self._device.set(option, setting.value):
                    options = self._options()
            except ScannerFault:
                if setting.name == sane_options.SOURCE:
                    raise
