"""Scanners that Windows knows (WIA 2.0), as one driver of the helper process, through the automation objects of Windows.

Written after Microsoft's reference and tried on objects of our own that behave as it says; **it has never been run on
Windows or with a scanner.** What the automation objects do not offer is left out: both sides of a sheet, how far a page
is, and a stop in the middle of a page – the watch ends the process then.
"""

from collections.abc import Callable, Iterator
from typing import Any

from app.capture.limits import MOST_PIXELS
from app.capture.scanners.driver import Progress
from app.capture.scanners.raw_pages import JPEG_QUALITY, whole_jpeg
from app.capture.scanners.sane_options import MM_OF_AN_INCH, SHEETS_MM, USUAL_DPI
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports.scanning import Colours, Feeding, ScannedPage, ScannerInfo, ScanWish

SCANNER = 1
"""WiaDeviceType; cameras and video come after it."""
BMP = "{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}"
"""Which every driver gives."""
JPEG = "{B96B3CAE-0728-11D3-9D7B-0000F81EF32E}"
INTENTS = {Colours.COLOUR: 1, Colours.GREY: 2, Colours.BLACK_AND_WHITE: 4}
FEEDER, FLATBED = 1, 2
"""Flags of what a device can do and of what is chosen."""
CAPABILITIES, CHOSEN, PAGES = "3086", "3088", "3096"
BED_WIDTH, BED_HEIGHT, SHEET_WIDTH, SHEET_HEIGHT = "3074", "3075", "3076", "3077"
"""In thousandths of an inch."""
INTENT, DPI_X, DPI_Y, LEFT, TOP, WIDTH, HEIGHT = "6146", "6147", "6148", "6149", "6150", "6151", "6152"
"""Properties of what is scanned; lengths in pixels."""
RANGE, LIST = 1, 2
"""WiaSubType: how a property says what it may be."""
TROUBLES = {
    0x80210002: ScannerTrouble.JAM,
    0x80210003: ScannerTrouble.NO_PAPER,
    0x80210004: ScannerTrouble.JAM,
    0x80210005: ScannerTrouble.GONE,
    0x80210006: ScannerTrouble.BUSY,
    0x80210007: ScannerTrouble.BUSY,
    0x80210009: ScannerTrouble.GONE,
    0x8021000A: ScannerTrouble.GONE,
    0x8021000D: ScannerTrouble.BUSY,
    0x80210015: ScannerTrouble.GONE,
    0x80210016: ScannerTrouble.COVER_OPEN,
    0x80210020: ScannerTrouble.JAM,
    0x80070005: ScannerTrouble.DENIED,
    0x8007000E: ScannerTrouble.MEMORY,
}
"""By HRESULT; every other one is the driver's trouble."""

Make = Callable[[str], Any]
"""Makes an automation object by its name."""


class WiaDriver:
    """Implements ``Driver``; ``make`` and the errors of its objects are comtypes' own."""

    def __init__(self, make: Make, com_error: type[Exception]) -> None:
        self._make = make
        self._com_error = com_error

    def ensure_there(self) -> None:
        """Raise a ScannerFault where the service of Windows for scanners does not answer."""
        try:
            list(self._scanners())
        except self._com_error as error:
            raise ScannerFault(ScannerTrouble.GONE) from error

    def devices(self) -> Iterator[ScannerInfo]:
        """Yield the scanners that can be connected to."""
        for info in self._scanners():
            try:
                yield _info(info, info.Connect())
            except self._com_error:
                continue  # switched off: Windows still knows it

    def begin(self, wish: ScanWish, progress: Progress) -> "WiaJob":
        """Connect to the scanner and set it as wished; ScannerFault."""
        try:
            for info in self._scanners():
                if info.DeviceID == wish.scanner:
                    return WiaJob(info.Connect(), wish, progress, self._make, self._com_error)
        except self._com_error as error:
            raise _fault(error) from error
        raise ScannerFault(ScannerTrouble.GONE)

    def _scanners(self) -> Iterator[Any]:
        return (info for info in _each(self._make("WIA.DeviceManager").DeviceInfos) if info.Type == SCANNER)


class WiaJob:
    """Implements ``Job``."""

    def __init__(self, device: Any, wish: ScanWish, progress: Progress, make: Make, com_error: type[Exception]) -> None:  # noqa: ANN401
        self._progress = progress
        self._make = make
        self._com_error = com_error
        self._pages = 0
        self._item = device.Items(1)
        self._is_fed = _is_fed(device, wish.feeding)
        self._put(device, CHOSEN, FEEDER if self._is_fed else FLATBED)
        self._put(device, PAGES, 1)
        self._put(self._item, INTENT, INTENTS[wish.colours])
        largest = _largest_mm(device, is_fed=self._is_fed)
        sheet = SHEETS_MM.get(wish.size, largest)
        inches = [min(one, most) / MM_OF_AN_INCH for one, most in zip(sheet, largest, strict=True)]
        bearable = int((MOST_PIXELS / (inches[0] * inches[1])) ** 0.5)
        self._dpi = min(_resolutions(self._item), key=lambda dpi: (dpi > bearable, abs(dpi - wish.dpi)))
        for name in (DPI_X, DPI_Y):
            self._put(self._item, name, self._dpi)
        for name, length in ((LEFT, 0), (TOP, 0), (WIDTH, inches[0] * self._dpi), (HEIGHT, inches[1] * self._dpi)):
            self._put(self._item, name, int(length))

    def next_page(self) -> ScannedPage | None:
        """Scan one page; None when there are no more. ScannerFault says why it stopped."""
        if self._pages and not self._is_fed:
            return None
        self._progress.turn_to(self._pages + 1)
        try:
            picture = self._item.Transfer(BMP)
            page = whole_jpeg(bytes(self._as_jpeg(picture).FileData.BinaryData), self._dpi)
        except self._com_error as error:
            fault = _fault(error)
            if fault.trouble is ScannerTrouble.NO_PAPER and self._pages:
                return None
            raise fault from error
        self._pages += 1
        return page

    def cancel(self) -> None:
        """Do nothing: these objects may not be called while they work."""

    def end(self) -> None:
        """Do nothing: Windows lets the scanner go when the process ends."""

    def _as_jpeg(self, picture: Any) -> Any:  # noqa: ANN401  an object of Windows
        if str(picture.FormatID).upper() == JPEG:
            return picture
        process = self._make("WIA.ImageProcess")
        process.Filters.Add(process.FilterInfos("Convert").FilterID)
        settings = process.Filters(1).Properties
        settings("FormatID").Value = JPEG
        settings("Quality").Value = JPEG_QUALITY
        return process.Apply(picture)

    def _put(self, holder: Any, name: str, value: int) -> None:  # noqa: ANN401
        """Set a property as near as it goes; a scanner that does not know or allow it stays as it is."""
        try:
            if holder.Properties.Exists(name):
                told = holder.Properties(name)
                if told.SubType == RANGE:
                    value = min(max(value, told.SubTypeMin), told.SubTypeMax)
                told.Value = value
        except self._com_error:
            return


def _info(info: Any, device: Any) -> ScannerInfo:  # noqa: ANN401
    able = _value(device, CAPABILITIES, FLATBED)
    feedings = tuple(one for one, flag in ((Feeding.FLATBED, FLATBED), (Feeding.FEEDER, FEEDER)) if able & flag)
    return ScannerInfo(
        key=str(info.DeviceID),
        name=str(info.Properties("Name").Value),
        feedings=feedings or (Feeding.FLATBED,),
        colours=tuple(Colours),
        resolutions=_resolutions(device.Items(1)),
        largest_mm=_largest_mm(device, is_fed=not able & FLATBED),
    )


def _is_fed(device: Any, feeding: Feeding) -> bool:  # noqa: ANN401
    able = _value(device, CAPABILITIES, FLATBED)
    return bool(able & FEEDER) and (feeding is not Feeding.FLATBED or not able & FLATBED)


def _largest_mm(device: Any, *, is_fed: bool) -> tuple[int, int]:  # noqa: ANN401
    names = (SHEET_WIDTH, SHEET_HEIGHT) if is_fed else (BED_WIDTH, BED_HEIGHT)
    width, height = (round(_value(device, name, 0) * MM_OF_AN_INCH / 1000) for name in names)
    return (width, height) if width > 0 and height > 0 else (210, 297)


def _resolutions(item: Any) -> tuple[int, ...]:  # noqa: ANN401
    if not item.Properties.Exists(DPI_X):
        return (300,)
    told = item.Properties(DPI_X)
    if told.SubType == RANGE:
        found = [dpi for dpi in USUAL_DPI if told.SubTypeMin <= dpi <= told.SubTypeMax]
    elif told.SubType == LIST:
        found = [int(dpi) for dpi in _each(told.SubTypeValues) if int(dpi) > 0]
    else:
        found = []
    return tuple(sorted(found)) or (max(1, int(told.Value)),)


def _value(holder: Any, name: str, usual: int) -> int:  # noqa: ANN401
    return int(holder.Properties(name).Value) if holder.Properties.Exists(name) else usual


def _each(collection: Any) -> Iterator[Any]:  # noqa: ANN401  it counts from 1
    return (collection(number) for number in range(1, collection.Count + 1))


def _fault(error: Exception) -> ScannerFault:
    code = int(getattr(error, "hresult", 0)) & 0xFFFFFFFF
    return ScannerFault(TROUBLES.get(code, ScannerTrouble.DRIVER))


def windows_driver() -> WiaDriver:
    """Return the driver on this PC's own objects; where they cannot be had, all its scanners are gone."""
    try:
        import comtypes  # noqa: PLC0415  there is none elsewhere
        import comtypes.client  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise ScannerFault(ScannerTrouble.GONE) from error
    driver = WiaDriver(lambda name: comtypes.client.CreateObject(name, dynamic=True), comtypes.COMError)
    driver.ensure_there()
    return driver
