"""One scan on a device that does as a test says: troubles after some pages, and pages that are not what was promised."""

import pytest

from app.capture.scanners import sane_library
from app.capture.scanners.driver import Progress
from app.capture.scanners.sane import SaneDriver, SaneJob
from app.capture.scanners.sane_terms import FrameShape, Option, SaneName, Status, ValueType, ensure
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports.scanning import Feeding, ScanWish
from tests.capture.scanners.scripted import GREY, ScriptedDevice

WISH = ScanWish("scripted", Feeding.FEEDER, dpi=200)
EXPECTED = {
    Status.UNSUPPORTED: "driver",
    Status.CANCELLED: "driver",
    Status.DEVICE_BUSY: "busy",
    Status.INVALID: "driver",
    Status.JAMMED: "jam",
    Status.NO_DOCUMENTS: "no_paper",
    Status.COVER_OPEN: "cover_open",
    Status.IO_ERROR: "driver",
    Status.NO_MEMORY: "memory",
    Status.ACCESS_DENIED: "denied",
    Status.WARMING_UP: "busy",
    Status.LOCKED: "driver",
}


def good(shape=GREY, size=None):
    return Status.GOOD, shape, shape.bytes_a_line * shape.lines if size is None else size


def job(*pages, **more):
    return SaneJob(ScriptedDevice(*pages, **more), WISH, Progress())


@pytest.mark.parametrize("status", [status for status in Status if status not in {Status.GOOD, Status.END_OF_FILE}])
def test_every_status_has_its_trouble_and_pages_before_it_were_given(status):
    scan = job(good(), good(), (status, GREY, 0))
    assert scan.next_page()
    assert scan.next_page()
    if status is Status.NO_DOCUMENTS:
        assert scan.next_page() is None
        return
    with pytest.raises(ScannerFault) as fault:
        scan.next_page()
    assert fault.value.trouble == EXPECTED[status]


def test_no_paper_is_trouble_for_the_first_sheet_only():
    with pytest.raises(ScannerFault) as fault:
        job().next_page()
    assert fault.value.trouble is ScannerTrouble.NO_PAPER


def test_a_status_that_nobody_knows_is_the_drivers_trouble():
    with pytest.raises(ScannerFault) as fault:
        ensure(99)
    assert fault.value.trouble is ScannerTrouble.DRIVER


@pytest.mark.parametrize(
    "page",
    [
        good(size=1199),  # a byte less than promised
        good(size=1201),  # and one more
        good(size=0),
        good(FrameShape(0, True, 40, 40, 0, 8)),
        good(FrameShape(0, True, 40, 40, -1, 8), size=39),  # a line that never came
        good(FrameShape(0, True, 10, 40, 30, 8)),  # lines shorter than their pixels
        good(FrameShape(0, True, -1, 40, 30, 8)),
        good(FrameShape(0, True, 40, 0, 30, 8)),
        good(FrameShape(0, True, 1 << 30, 1 << 30, 30, 8), size=9),
        good(FrameShape(0, True, 40_000, 40_000, 40_000, 8), size=9),
        good(FrameShape(1, True, 2_000_000_000, 40, 30, 8), size=9),
        good(FrameShape(0, True, 40, 40, 30, 7)),
        good(FrameShape(9, True, 40, 40, 30, 8)),
        good(FrameShape(1, True, 40, 40, 30, 1)),
    ],
)
def test_a_page_that_is_not_what_was_promised_is_not_taken(page):
    with pytest.raises(ScannerFault) as fault:
        job(page).next_page()
    assert fault.value.trouble is ScannerTrouble.DRIVER


def test_lines_of_an_unknown_number_end_where_no_page_is_as_long(monkeypatch):
    endless = FrameShape(0, True, 60_000, 60_000, -1, 8)
    with pytest.raises(ScannerFault):
        job(good(endless, size=200_000_000)).next_page()


def test_a_sheet_that_turns_out_shorter_is_taken_when_the_driver_says_so():
    shorter = FrameShape(0, True, 40, 40, 20, 8)
    assert job(good(size=800), later=shorter).next_page()
    with pytest.raises(ScannerFault):
        job(good(size=799), later=shorter).next_page()


def test_colours_that_come_one_by_one_have_to_be_of_one_size():
    red, green = FrameShape(2, False, 40, 40, 30, 8), FrameShape(3, False, 40, 40, 30, 8)
    assert job(good(red), good(green), good(FrameShape(4, True, 40, 40, 30, 8))).next_page()
    with pytest.raises(ScannerFault):
        job(good(red), good(green), good(FrameShape(4, True, 40, 40, 20, 8))).next_page()
    with pytest.raises(ScannerFault):
        job(good(red), (Status.NO_DOCUMENTS, GREY, 0)).next_page()


def test_a_stop_never_makes_a_page_of_what_came_so_far():
    scan = job(good())
    scan._progress.stop.set()
    with pytest.raises(ScannerFault):
        scan.next_page()


def test_a_scan_lets_its_device_go():
    scan = job(good())
    scan.end()
    assert scan._device.ended == ["cancel", "close"]


def test_a_scanner_that_cannot_be_asked_is_listed_unless_it_is_gone(monkeypatch):
    class Library:
        def names(self):
            return [SaneName(f"s:{status}", "Maker", status.name, "flatbed scanner") for status in Status if status]

        def open(self, name):
            ensure(int(name.removeprefix("s:")))

    monkeypatch.setattr("app.capture.scanners.sane.SaneLibrary", Library)
    listed = {device.key for device in SaneDriver().devices()}
    assert {f"s:{status}|Maker {status.name}" for status in (Status.DEVICE_BUSY, Status.ACCESS_DENIED)} <= listed


@pytest.mark.parametrize("status", sorted(sane_library.GONE_AT_OPENING))
def test_a_device_that_cannot_be_opened_at_all_is_gone(status):
    class Sane:
        def sane_open(self, _name, _handle):
            return status

    library = sane_library.SaneLibrary.__new__(sane_library.SaneLibrary)
    library._sane = Sane()
    with pytest.raises(ScannerFault) as fault:
        library.open("x")
    assert fault.value.trouble is ScannerTrouble.GONE


@pytest.mark.parametrize(("refused", "is_scanned"), [("mode", True), ("source", False)])
def test_a_driver_that_refuses_an_option_scans_as_it_stands_but_not_from_elsewhere(refused, is_scanned):
    class Refusing(ScriptedDevice):
        def options(self):
            words = {"mode": ("Gray", "Color"), "source": ("Flatbed", "ADF")}
            return {
                name: Option(name, 1, ValueType.STRING, 0, 9, can_be_set=True, limits=one)
                for name, one in words.items()
            }

        def set(self, option, _value):
            ensure(Status.INVALID if option.name == refused else Status.GOOD)
            return False

    if is_scanned:
        assert SaneJob(Refusing(good()), WISH, Progress()).next_page()
        return
    with pytest.raises(ScannerFault):
        SaneJob(Refusing(good()), WISH, Progress())
