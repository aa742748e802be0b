"""Scanners of the network that speak eSCL (AirScan, Mopria), by address, as one driver of the helper process."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPResponse
from time import monotonic
from urllib.parse import urlsplit

from app.capture.limits import MOST_PIXELS
from app.capture.scanners.driver import Progress
from app.capture.scanners.escl_line import CHUNK, DENIED, Line
from app.capture.scanners.escl_xml import (
    Capabilities,
    JobSettings,
    read_capabilities,
    read_trouble,
    settings_xml,
    sheet_mm,
)
from app.capture.scanners.raw_pages import whole_jpeg
from app.capture.scanners.sane_options import MM_OF_AN_INCH, SHEETS_MM
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports.scanning import Colours, Feeding, ScannedPage, ScannerInfo, ScanWish

AT_ONCE = 8
LARGEST_PAGE = 64 * 1024 * 1024
LONGEST_PAGE_S = 180
"""From asking for a page to its last byte."""
AGAIN_S = 1.0
"""Until a scanner that is not ready is asked again, unless it says when; never more than five times as long."""
USUAL_PATH = "/eSCL"
OK, CREATED, UNAVAILABLE = 200, 201, 503
NO_MORE = (404, 409, 410)
PIXELS_OF_A_BYTE = 8
"""Of a usual page, for how far it is where the scanner does not say how long it will be."""


class EsclDriver:
    """Implements ``Driver`` for the scanners at some addresses."""

    def __init__(self, addresses: Sequence[str] = ()) -> None:
        self._addresses = addresses

    def devices(self) -> list[ScannerInfo]:
        """Return those that answer now, in the order of their addresses."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return [info for info in pool.map(_found, self._addresses) if info is not None]

    def begin(self, wish: ScanWish, progress: Progress) -> "EsclJob":
        """Begin a job that is as wished, as far as the scanner can; ScannerFault."""
        return EsclJob(Line(_checked(wish.scanner)), wish, progress)


def bases(address: str) -> list[str]:
    """Return where a scanner may answer that is known by an address: of host and port, or whole."""
    address = address.strip()
    scheme, mark, rest = address.partition("://")
    if not mark:
        scheme, rest = "http", address
    rest = rest.rstrip("/")
    if "/" not in rest:
        rest += USUAL_PATH
    return [f"{one}://{rest}" for one in ([scheme] if scheme == "https" else ["http", "https"])]


def _found(address: str) -> ScannerInfo | None:
    for base in bases(address):
        with suppress(ScannerFault):
            return _info(base, _capabilities(Line(_checked(base))))
    return None


def _checked(base: str) -> str:
    """Return an address that can be asked; ScannerFault for another one."""
    try:
        parts = urlsplit(base)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_good = False
    if not is_good or not base.isascii() or not base.isprintable() or " " in base:
        raise ScannerFault(ScannerTrouble.GONE)
    return base


def _capabilities(line: Line) -> Capabilities:
    answer = line.ask("GET", f"{line.path}/ScannerCapabilities")
    if answer.status in DENIED:
        raise ScannerFault(ScannerTrouble.DENIED)
    if answer.status != OK:
        raise ScannerFault(ScannerTrouble.BUSY if answer.status == UNAVAILABLE else ScannerTrouble.GONE)
    return read_capabilities(answer.body)


def _info(base: str, told: Capabilities) -> ScannerInfo:
    inputs = told.inputs.values()
    return ScannerInfo(
        key=base,
        name=told.name or urlsplit(base).hostname or "",
        feedings=tuple(told.inputs),
        colours=tuple(colours for colours in Colours if any(colours in one.colours for one in inputs)),
        resolutions=tuple(sorted({dpi for one in inputs for dpi in one.resolutions})),
        largest_mm=(max(one.largest_mm[0] for one in inputs), max(one.largest_mm[1] for one in inputs)),
    )


def job_settings(wish: ScanWish, told: Capabilities) -> JobSettings:
    """Return what a job is asked for: what was wished, or the nearest that the scanner has."""
    feeding = wish.feeding
    if feeding not in told.inputs:
        feeding = (
            Feeding.FEEDER
            if feeding is Feeding.BOTH_SIDES and Feeding.FEEDER in told.inputs
            else next(iter(told.inputs))
        )
    able = told.inputs[feeding]
    wished = Colours.COLOUR if wish.colours is Colours.COLOUR else Colours.GREY
    width_mm, height_mm = sheet_mm(wish.size, able.largest_mm, SHEETS_MM)
    square_inches = width_mm * height_mm / MM_OF_AN_INCH**2
    bearable = [dpi for dpi in able.resolutions if dpi * dpi * square_inches <= MOST_PIXELS] or able.resolutions[:1]
    return JobSettings(
        feeding=feeding,
        colours=wished if wished in able.colours else able.colours[0],
        dpi=min(bearable, key=lambda dpi: abs(dpi - wish.dpi)),
        width_mm=width_mm,
        height_mm=height_mm,
    )


class EsclJob:
    """Implements ``Job``."""

    def __init__(self, line: Line, wish: ScanWish, progress: Progress) -> None:
        self._line = line
        self._progress = progress
        self._pages = 0
        told = _capabilities(line)
        self._settings = job_settings(wish, told)
        self._usual_size = self._expected_size()
        self._path = self._created(told.version)

    def next_page(self) -> ScannedPage | None:
        """Ask for the next page until it is there; None when there are no more. ScannerFault says why it stopped."""
        if self._pages and self._settings.feeding is Feeding.FLATBED:
            return None
        self._progress.turn_to(self._pages + 1)
        until = monotonic() + LONGEST_PAGE_S
        while monotonic() < until:
            with self._line.asked("GET", f"{self._path}/NextDocument") as response:
                if response.status == OK:
                    page = whole_jpeg(b"".join(self._parts(response, until)), self._settings.dpi)
                    self._pages += 1
                    self._usual_size = len(page.data)
                    return page
                status, wait_s = response.status, _seconds(response.getheader("Retry-After"))
            if status in NO_MORE:
                self._ensure_ended_well()
                return None
            if status != UNAVAILABLE:
                raise ScannerFault(self._why() or ScannerTrouble.DRIVER)
            if self._progress.stop.wait(wait_s):
                break
        raise ScannerFault(ScannerTrouble.DRIVER)

    def cancel(self) -> None:
        """Cut the answer that is being read; ``end`` tells the scanner."""
        self._line.cut()

    def end(self) -> None:
        """Let the scanner forget the job: one that was not read to its end would keep it busy."""
        with suppress(ScannerFault):
            self._line.ask("DELETE", self._path)

    def _created(self, version: str) -> str:
        """Begin the job and return its path."""
        answer = self._line.ask("POST", f"{self._line.path}/ScanJobs", settings_xml(self._settings, version))
        if answer.status == CREATED and (path := _path_of(answer.location)):
            return path
        if answer.status in DENIED:
            raise ScannerFault(ScannerTrouble.DENIED)
        is_busy = answer.status == UNAVAILABLE
        raise ScannerFault(self._why() or (ScannerTrouble.BUSY if is_busy else ScannerTrouble.DRIVER))

    def _parts(self, response: HTTPResponse, until: float) -> Iterator[bytes]:
        """Yield what comes of a page; ScannerFault when it never ends, or nobody wants it any more."""
        told = _length(response.getheader("Content-Length"))
        if told > LARGEST_PAGE:
            raise ScannerFault(ScannerTrouble.DRIVER)
        size = 0
        while part := response.read1(CHUNK):
            size += len(part)
            self._progress.move(100 * size // max(1, told or self._usual_size))
            if size > LARGEST_PAGE or monotonic() > until or self._progress.stop.is_set():
                raise ScannerFault(ScannerTrouble.DRIVER)
            yield part
        if size < told:
            raise ScannerFault(ScannerTrouble.GONE)

    def _ensure_ended_well(self) -> None:
        """Raise a ScannerFault when there should have been another page, or a first one."""
        trouble = self._why()
        if trouble is ScannerTrouble.NO_PAPER and self._pages:
            return
        if trouble or not self._pages:
            usual = ScannerTrouble.DRIVER if self._settings.feeding is Feeding.FLATBED else ScannerTrouble.NO_PAPER
            raise ScannerFault(trouble or usual)

    def _why(self) -> ScannerTrouble | None:
        """Ask the scanner what is the matter; None when it does not say, or nothing is."""
        try:
            answer = self._line.ask("GET", f"{self._line.path}/ScannerStatus")
            return read_trouble(answer.body) if answer.status == OK else None
        except ScannerFault:
            return None

    def _expected_size(self) -> int:
        inches = self._settings.width_mm * self._settings.height_mm / MM_OF_AN_INCH**2
        return int(inches * self._settings.dpi**2) // PIXELS_OF_A_BYTE


def _path_of(location: str) -> str:
    """Return the path of an address, empty for one that has none: who answers there is never asked for."""
    try:
        path = urlsplit(location).path
    except ValueError:
        return ""
    return path.rstrip("/") if path.startswith("/") else ""


def _seconds(text: str | None) -> float:
    told = float(text) if text and text.isascii() and text.isdecimal() and len(text) < 4 else AGAIN_S
    return min(max(told, AGAIN_S / 4), 5 * AGAIN_S)


def _length(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else 0
