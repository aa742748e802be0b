"""The contract of ``Scanner`` on the fake one, on SANE's device for tests, and on an eSCL server of our own."""

import sys
from dataclasses import dataclass
from typing import Any

import pytest

from app.capture.scanners.scanners import Scanners
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports import Colours, Feeding, ScanWish, SheetSize
from tests.capture.scanners.escl_server import serving, sheet
from tests.fakes.scanners import FakeScanner

SHEETS = 10
"""So many lie in the feeder of SANE's device for tests."""


class Stop(Exception):
    """What a window raises that wants no more."""


@dataclass
class Laid:
    """A scanner whose feeder holds ten sheets, and what empties it."""

    scanner: Any
    key: str
    empty: Any
    away: str
    """The key of one that is not there."""

    def wish(self, feeding):
        return ScanWish(self.key, feeding, Colours.GREY, 75, SheetSize.A5)

    def scanned(self, feeding=Feeding.FEEDER):
        pages = []
        assert self.scanner.scan(self.wish(feeding), pages.append) == len(pages)
        return pages


@pytest.fixture(params=["fake", "sane", "escl"])
def laid(request, tmp_path, monkeypatch):
    if request.param == "fake":
        fake = FakeScanner([sheet(number) for number in range(SHEETS)])
        yield Laid(fake, fake.found[0].key, fake.feeder.clear, "fake:9")
        return
    if request.param == "escl":
        with serving() as server:
            server.feeder = [sheet(number) for number in range(SHEETS)]
            scanners = Scanners(lambda: [server.address])
            monkeypatch.setattr(scanners, "_drivers", ["escl"])
            yield Laid(scanners, f"escl:{server.address}", server.feeder.clear, f"escl:{server.address}/other")
            scanners.close()
        return
    if sys.platform != "linux":
        pytest.skip("there is SANE on Linux only")
    (tmp_path / "dll.conf").write_text("test\n")
    setting = tmp_path / "test.conf"
    setting.write_text("number_of_devices 1\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    scanners = Scanners()
    no_paper = 'number_of_devices 1\nread-status-code "SANE_STATUS_NO_DOCS"\n'
    yield Laid(
        scanners, "sane:test:0|Noname frontend-tester", lambda: setting.write_text(no_paper), "sane:test:9|Noname other"
    )
    scanners.close()


def test_it_is_listed_with_what_it_can_do(laid):
    (device,) = laid.scanner.devices()
    assert device.key == laid.key
    assert device.name
    assert Feeding.FEEDER in device.feedings
    assert Colours.GREY in device.colours
    assert list(device.resolutions) == sorted(device.resolutions) != []
    assert min(device.largest_mm) > 100


def test_every_sheet_of_the_feeder_is_kept_and_then_there_is_no_paper(laid):
    pages = laid.scanned()
    assert len(pages) == SHEETS
    assert all(page.data and page.media_type in {"image/jpeg", "image/png"} and page.dpi > 0 for page in pages)
    laid.empty()
    with pytest.raises(ScannerFault) as fault:
        laid.scanned()
    assert (fault.value.trouble, fault.value.pages) == (ScannerTrouble.NO_PAPER, 0)


def test_the_glass_gives_one_page(laid):
    assert len(laid.scanned(Feeding.FLATBED)) == 1


def test_what_keeping_raises_ends_the_scan_and_the_pages_before_it_stay(laid):
    kept = []

    def keep(page):
        if len(kept) == 2:
            raise Stop
        kept.append(page)

    with pytest.raises(Stop):
        laid.scanner.scan(laid.wish(Feeding.FEEDER), keep)
    assert len(kept) == 2
    assert laid.scanned(Feeding.FLATBED), "the scanner is not let go"


def test_a_scanner_that_is_not_there_is_gone(laid):
    laid.key = laid.away
    with pytest.raises(ScannerFault) as fault:
        laid.scanned()
    assert fault.value.trouble is ScannerTrouble.GONE
