"""What ``doctor`` says of scanners and serial ports, and of what is missing for them."""

import pytest

from app import device_examination
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.findings import Grade
from tests.capture.card_readers.decoders import compiled
from tests.fakes.scanners import FLATBED
from ui.findings import words


def refuse():
    raise ScannerFault(ScannerTrouble.DRIVER)


@pytest.mark.parametrize(
    ("found", "code", "said"),
    [
        (lambda: [FLATBED], "scanners", "1 台：Fictitious 100"),
        (list, "no_scanner", "没有找到扫描仪"),
        (refuse, "scanners", "驱动"),
    ],
)
def test_scanners_that_answer_are_named(monkeypatch, found, code, said):
    monkeypatch.setattr(device_examination, "found_scanners", found)
    finding = device_examination._scanners()
    assert (finding.code, said in words(finding)) == (code, True)


def test_libraries_that_are_missing_are_named_with_their_packages(monkeypatch, tmp_path):
    monkeypatch.setattr(device_examination, "LIBRARY", "libnothing.so.0")
    assert [finding.code for finding in device_examination._libraries()] == ["no_libsane"]
    monkeypatch.setattr(device_examination, "LIBRARY", None)  # what is loaded already
    monkeypatch.setattr(device_examination, "LIBRARIES", (tmp_path,))
    assert [finding.code for finding in device_examination._libraries()] == ["no_airscan"]
    (tmp_path / "x86" / "sane").mkdir(parents=True)
    (tmp_path / "x86" / "sane" / "libsane-airscan.so.1").touch()
    assert [finding.code for finding in device_examination._libraries()] == ["libsane"]


def test_a_serial_port_that_may_not_be_opened_is_told_with_what_to_do(monkeypatch, tmp_path):
    port = tmp_path / "ttyUSB0"
    assert [finding.code for finding in device_examination._serial_ports([])] == []
    (denied,) = device_examination._serial_ports([str(port)])
    assert (denied.grade, "dialout" in words(denied)) == (Grade.LOOK, True)
    port.touch()
    (usable,) = device_examination._serial_ports([str(port)])
    assert usable.code == "serial_ports"


def test_a_library_for_photos_is_told_of_whether_it_can_be_used(tmp_path):
    (none,) = device_examination.examine_photo_library("")
    (usable,) = device_examination.examine_photo_library(compiled(tmp_path))
    (gone,) = device_examination.examine_photo_library(str(tmp_path / "gone.so"))
    assert [none.code, usable.code, gone.grade] == ["no_photo_library", "photo_library", Grade.LOOK]
    assert "可用" in words(usable)
    assert "重新选" in words(gone)
