"""The port ``Scanner``: a helper process for each list and each scan, and the watch over it."""

import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock, Thread
from time import monotonic

from app.capture.helper import Helper, HelperDied
from app.capture.messages import Message
from app.domain.plain import from_plain, to_plain
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports import Keep, ScannedPage, ScannerInfo, ScanWish
from app.services.progress import Tell, silent

log = logging.getLogger(__name__)

PROCESS = "app.capture.scanners.process"
Addresses = Callable[[], Sequence[str]]
"""Returns where scanners of the network are that do not make themselves known: hosts, or whole addresses."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited for a driver before it counts as hanging, in seconds."""

    silent_s: float = 15
    """For its process, which tells four times a second how far it is."""
    still_s: float = 60
    """For a scanner that gives nothing: lamps warm up, and sheets of a feeder are drawn in."""
    listing_s: float = 45
    """For a list of scanners: the network is searched."""
    busy_s: float = 5
    """For a scan to end, when scanners are to be listed: it may be a long one."""
    stop_s: float = 3
    """For a scan that was stopped to end by itself."""
    end_s: float = 10
    """For the scanner to be let go after everything was said; meanwhile the next scan waits."""


class Scanners:
    """Implements the port ``Scanner``; one list or scan at a time: a scan waits, a list is refused before long."""

    def __init__(self, addresses: Addresses = tuple, patience: Patience | None = None, process: str = PROCESS) -> None:
        self._addresses = addresses
        self._patience = patience or Patience()
        self._process = process
        self._drivers = ["wia" if sys.platform == "win32" else "sane", "escl"]
        self._running: Helper | None = None
        self._alone = Lock()
        self._ending: list[Thread] = []

    def devices(self) -> Sequence[ScannerInfo]:
        """Return the scanners that answer now; ScannerFault when no driver can be asked at all, or a scan goes on."""
        if not self._alone.acquire(timeout=self._patience.busy_s):
            raise ScannerFault(ScannerTrouble.BUSY)
        found: list[ScannerInfo] = []
        faults: list[ScannerFault] = []
        try:
            for driver in self._drivers:
                try:
                    found += self._listed(driver)
                except ScannerFault as fault:
                    faults.append(fault)
        finally:
            self._alone.release()
        if faults and not found:
            raise faults[0]
        return found

    def scan(self, wish: ScanWish, keep: Keep, tell: Tell = silent) -> int:
        """Scan one page from the flatbed or all sheets of the feeder; return how many pages were kept."""
        driver, _colon, key = wish.scanner.partition(":")
        if driver not in self._drivers:
            raise ScannerFault(ScannerTrouble.GONE)
        with self._alone:
            helper = self._started(driver)
            return _Scan(self._patience, helper, self._end).run(replace(wish, scanner=key), keep, tell)

    @property
    def helper_pid(self) -> int:
        """Return the number of the process that works now, 0 when none does."""
        return self._running.pid if self._running else 0

    def close(self) -> None:
        """End the processes of the drivers, also one that scans now: its scan ends with a fault."""
        running = self._running
        if running:
            running.kill()
        with self._alone:
            self._await_ends()

    def _listed(self, driver: str) -> list[ScannerInfo]:
        addresses = list(self._addresses()) if driver == "escl" else []
        if driver == "escl" and not addresses:
            return []
        helper = self._started(driver)
        try:
            helper.send(Message({"do": "devices", "addresses": addresses}))
            until = monotonic() + self._patience.listing_s
            while monotonic() < until:
                said = helper.receive(self._patience.silent_s)
                match said.header:
                    case {"did": "devices", "devices": devices}:
                        infos = [from_plain(ScannerInfo, plain) for plain in devices]
                        return [replace(info, key=f"{driver}:{info.key}") for info in infos]
                    case {"did": "trouble", "trouble": ScannerTrouble.GONE}:
                        return []  # there is no such driver on this PC
                    case {"did": "trouble", "trouble": str(trouble)}:
                        raise ScannerFault(_trouble(trouble))
            helper.kill()
        except HelperDied as died:
            raise ScannerFault(ScannerTrouble.DRIVER) from died
        finally:
            self._end(helper)
        raise ScannerFault(ScannerTrouble.DRIVER)

    def _started(self, driver: str) -> Helper:
        self._await_ends()
        self._running = Helper(self._process, driver)
        return self._running

    def _end(self, helper: Helper) -> None:
        """Let a process end beside what goes on; whoever scans next waits for it, because it still holds the scanner."""
        ending = Thread(target=helper.close, args=(self._patience.end_s,), daemon=True, name="scanner ends")
        ending.start()
        self._ending.append(ending)

    def _await_ends(self) -> None:
        while self._ending:
            self._ending.pop().join()


class _Scan:
    """One scan, as the window's process sees it."""

    def __init__(self, patience: Patience, helper: Helper, end: Callable[[Helper], None]) -> None:
        self._patience = patience
        self._helper = helper
        self._end = end
        self._kept = 0
        self._moves = -1
        self._moved_at = monotonic()

    def run(self, wish: ScanWish, keep: Keep, tell: Tell) -> int:
        """Scan; whatever happens, the process ends."""
        try:
            self._helper.send(Message({"do": "scan", "wish": to_plain(wish)}))
            while self._goes_on(self._helper.receive(self._patience.silent_s), keep, tell):
                pass
        except HelperDied as died:
            raise ScannerFault(ScannerTrouble.DRIVER, self._kept) from died
        except ScannerFault:
            raise
        except BaseException:
            self._stop()
            raise
        finally:
            self._end(self._helper)
        return self._kept

    def _goes_on(self, said: Message, keep: Keep, tell: Tell) -> bool:
        """Take in what the process says; tell whether more will come."""
        match said.header:
            case {"did": "page", "media_type": str(media_type), "dpi": int(dpi)} if said.parts:
                keep(ScannedPage(said.parts[0], media_type, dpi))
                self._kept += 1
                self._helper.send(Message({"do": "next"}))
                self._moved_at = monotonic()
            case {"did": "pulse", "page": int(page), "percent": int(percent), "moves": int(moves)}:
                self._watch(moves)
                tell(page, percent)
            case {"did": "trouble", "trouble": str(trouble)}:
                raise ScannerFault(_trouble(trouble), self._kept)
            case {"did": "end"}:
                return False
            case _:
                raise ScannerFault(ScannerTrouble.DRIVER, self._kept)
        return True

    def _watch(self, moves: int) -> None:
        """Kill a process whose scanner has given nothing for too long."""
        if moves != self._moves:
            self._moves, self._moved_at = moves, monotonic()
        elif monotonic() - self._moved_at > self._patience.still_s:
            log.warning("a scanner gave nothing for %.0f s", self._patience.still_s)
            self._helper.kill()
            raise ScannerFault(ScannerTrouble.DRIVER, self._kept)

    def _stop(self) -> None:
        """Stop the scan in the middle of the page, politely first: a scanner that is left alone may stay busy."""
        until = monotonic() + self._patience.stop_s
        try:
            self._helper.send(Message({"do": "stop"}))
            while (left_s := until - monotonic()) > 0:
                if self._helper.receive(left_s).header.get("did") in {"end", "trouble"}:
                    return
        except HelperDied:
            return
        self._helper.kill()


def _trouble(said: str) -> ScannerTrouble:
    return ScannerTrouble(said) if said in list(ScannerTrouble) else ScannerTrouble.DRIVER
