"""The printers of Windows through Qt, which prints pictures of the pages: the port ``Printers`` where there is no CUPS.

Qt hides much. It sends what is meant for an unknown printer to another one, so the name is looked up first; it has no
queue to follow, so a job has ended when Qt took it; and of a printer that refuses it the spooler tells nobody. What was
laid is kept in memory alone: a job that nobody remembers was never printed.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import count
from threading import Lock

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.services.errors import NotFound, PrinterFault, PrinterTrouble
from app.services.ports import JobState, PageReader, Picture, PrinterInfo, PrintJob, PrintWish

PREFIX = "qt:"
DPI = 300
SIZES = {
    "iso_a3_297x420mm": QPageSize.PageSizeId.A3,
    "iso_a4_210x297mm": QPageSize.PageSizeId.A4,
    "iso_a5_148x210mm": QPageSize.PageSizeId.A5,
    "jis_b5_182x257mm": QPageSize.PageSizeId.JisB5,
    "iso_b5_176x250mm": QPageSize.PageSizeId.B5,
}
WRONG = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)


@dataclass(slots=True)
class _Laid:
    pdf: bytes
    wish: PrintWish
    mark: str
    state: JobState = JobState.LAID


class QtPrinters:
    """Prints on the thread that calls, one job at a time."""

    def __init__(self, pages: PageReader, make: Callable[[str], QPrinter] | None = None) -> None:
        self._pages = pages
        self._make = make or _printer
        self._jobs: dict[str, _Laid] = {}
        self._numbers = count(1)
        self._lock = Lock()

    def printers(self) -> Sequence[PrinterInfo]:
        """Return the printers that Windows names; it does not say which trays they have."""
        found = [_told(one) for one in QPrinterInfo.availablePrinters()]
        return sorted(found, key=lambda one: (one.name, one.key))

    def lay(self, pdf: bytes, wish: PrintWish, mark: str) -> str:
        """Keep a PDF for the printer; PrinterFault(UNKNOWN) when there is none of that name."""
        self._make(wish.printer.removeprefix(PREFIX))
        job = f"{PREFIX}{next(self._numbers)}"
        self._jobs[job] = _Laid(pdf, wish, mark)
        return job

    def start(self, job: str) -> None:
        """Print a job; errors as of the port."""
        with self._lock:
            laid = self._jobs.get(job)
            if laid is None:
                raise NotFound("job")
            if laid.state is JobState.LAID:
                laid.state = JobState.FAILED
                self._print(laid)
                laid.state, laid.pdf = JobState.PRINTED, b""

    def follow(self, job: str) -> PrintJob:
        """Return whether Qt took a job."""
        laid = self._jobs.get(job)
        if laid is None:
            return PrintJob(JobState.GONE)
        return PrintJob(laid.state, PrinterTrouble.FAILED if laid.state is JobState.FAILED else None)

    def cancel(self, job: str) -> None:
        """Drop a job that was not started."""
        laid = self._jobs.get(job)
        if laid is not None and laid.state is JobState.LAID:
            laid.state = JobState.CANCELLED

    def discard(self, mark: str, keep: Collection[str]) -> int:
        """Drop laid jobs; there are none after a start."""
        left = [job for job, laid in self._jobs.items() if laid.mark.startswith(mark) and job not in keep]
        forgotten = [job for job in left if self._jobs[job].state is JobState.LAID]
        for job in forgotten:
            self.cancel(job)
        return len(forgotten)

    def _print(self, laid: _Laid) -> None:
        printer = self._make(laid.wish.printer.removeprefix(PREFIX))
        printer.setDocName(laid.mark)
        printer.setResolution(DPI)
        printer.setCopyCount(laid.wish.copies)
        printer.setFullPage(True)
        if (size := SIZES.get(laid.wish.size)) is not None:
            printer.setPageSize(QPageSize(size))
        first = self._picture(laid.pdf, 0, printer)
        _lay_across(printer, first)
        painter = QPainter()
        if not painter.begin(printer):
            raise PrinterFault(PrinterTrouble.FAILED)
        try:
            for page in range(first.pages):
                if page and not printer.newPage():
                    raise PrinterFault(PrinterTrouble.FAILED)
                _draw(painter, printer, self._picture(laid.pdf, page, printer))
        finally:
            has_ended = painter.end()
        if not has_ended or printer.printerState() in WRONG:
            raise PrinterFault(PrinterTrouble.FAILED)

    def _picture(self, pdf: bytes, page: int, printer: QPrinter) -> Picture:
        return self._pages.paper(pdf, page, round(printer.paperRect(QPrinter.Unit.DevicePixel).width()))


def _draw(painter: QPainter, printer: QPrinter, picture: Picture) -> None:
    """Draw a page at its own size from the corner of the sheet, printable or not."""
    image = QImage(picture.pixels, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32)
    sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
    painter.drawImage(QRectF(0, 0, sheet.width(), sheet.width() * picture.height / picture.width), image)


def _lay_across(printer: QPrinter, picture: Picture) -> None:
    """Turn the sheet as the paper lies, without margins of Qt's own."""
    across = picture.width > picture.height
    orientation = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(orientation)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def _printer(name: str) -> QPrinter:
    info = next((one for one in QPrinterInfo.availablePrinters() if one.printerName() == name), None)
    if info is None:
        raise PrinterFault(PrinterTrouble.UNKNOWN)
    return QPrinter(info, QPrinter.PrinterMode.HighResolution)


def _told(info: QPrinterInfo) -> PrinterInfo:
    has = {size.id() for size in info.supportedPageSizes()}
    return PrinterInfo(
        key=PREFIX + info.printerName(),
        name=info.description() or info.printerName(),
        place=info.location(),
        sizes=tuple(name for name, size in SIZES.items() if size in has),
        is_usual=info.isDefault(),
        trouble=PrinterTrouble.OFFLINE if info.state() in WRONG else None,
    )
