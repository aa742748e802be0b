"""An eSCL scanner reached through SANE: the driver sane-airscan, by the address in its configuration."""

from pathlib import Path

import pytest

from app.capture.scanners.scanners import Scanners
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports import Colours, Feeding, ScanWish, SheetSize
from tests.capture.scanners.escl_server import EsclScanner, serving, sheet

DRIVERS = ("/usr/lib", "/usr/lib64")

pytestmark = pytest.mark.skipif(
    not any(found for folder in DRIVERS for found in Path(folder).glob("**/sane/libsane-airscan.so.1")),
    reason="sane-airscan is not installed",
)


@pytest.fixture
def server(tmp_path, monkeypatch):
    with serving(EsclScanner(feeder=[sheet(number, (620, 874)) for number in range(3)])) as scanner:
        folder = tmp_path / "sane.d"
        folder.mkdir()
        (folder / "dll.conf").write_text("airscan\n")
        named = f'[devices]\n"Office" = {scanner.address}, eSCL\n[options]\ndiscovery = disable\n'
        (folder / "airscan.conf").write_text(named)
        monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))
        yield scanner


@pytest.fixture
def scanners():
    made = Scanners()
    yield made
    made.close()


def test_it_is_listed_scans_its_sheets_and_says_that_there_are_no_more(server, scanners):
    (device,) = scanners.devices()
    assert "Office" in device.name
    assert device.feedings == tuple(Feeding)
    assert {Colours.COLOUR, Colours.GREY} <= set(device.colours)
    pages = []
    wish = ScanWish(device.key, Feeding.FEEDER, Colours.GREY, 75, SheetSize.A4)
    assert scanners.scan(wish, pages.append) == len(pages) == 3
    with pytest.raises(ScannerFault) as fault:
        scanners.scan(wish, pages.append)
    assert fault.value.trouble is ScannerTrouble.NO_PAPER


def test_a_jam_is_told_as_one_and_the_sheets_before_it_are_kept(server, scanners):
    server.feeder.insert(2, "ScannerAdfJam")
    (device,) = scanners.devices()
    pages = []
    with pytest.raises(ScannerFault) as fault:
        scanners.scan(ScanWish(device.key, Feeding.FEEDER, Colours.GREY, 75), pages.append)
    assert (fault.value.trouble, fault.value.pages, len(pages)) == (ScannerTrouble.JAM, 2, 2)
