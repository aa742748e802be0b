"""SANE's ``test`` device through the helper process: lists, pages, stops, statuses, processes that die and hang."""

import io
import os
import signal
from dataclasses import replace
from threading import Thread
from types import SimpleNamespace

import pytest
from PIL import Image

from app.capture.scanners.scanners import Scanners
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports import Colours, Feeding, ScanWish, SheetSize
from tests.capture.scanners.conftest import DEVICE

FED = ScanWish(DEVICE, Feeding.FEEDER, Colours.GREY, 75, SheetSize.A5)
SLOW = ("read-delay true", "read-delay-duration 200000", "read-limit true", "read-limit-size 4096")
"""A page of 75 dpi takes ten seconds."""


class Stop(Exception):
    """What a window raises that wants no more."""


def picture(page):
    return Image.open(io.BytesIO(page.data), formats=("JPEG", "PNG"))


def scanned(scanners, wish, pages=None):
    pages = [] if pages is None else pages
    assert scanners.scan(wish, pages.append) == len(pages)
    return pages


@pytest.mark.parametrize(
    ("colours", "mode", "lines"),
    [
        (Colours.COLOUR, "RGB", ["depth 16"]),
        (Colours.COLOUR, "RGB", ["three-pass true", "three-pass-order GBR"]),
        (Colours.BLACK_AND_WHITE, "1", ["ppl-loss 3"]),
    ],
)
def test_a_page_from_the_glass_has_the_size_and_the_colours_that_were_wished(sane_test, scanners, colours, mode, lines):
    sane_test('test-picture "Color pattern"', *lines)
    (page,) = scanned(scanners, ScanWish(DEVICE, colours=colours, dpi=150))
    shown = picture(page)
    assert (shown.mode, page.dpi, shown.info["dpi"][0]) == (mode, 150, pytest.approx(150, abs=0.1))
    assert (shown.width, shown.height) == (pytest.approx(1240, abs=4), pytest.approx(1753, abs=2))
    if mode == "RGB":
        assert len(set(shown.resize((9, 9)).convert("P").tobytes())) > 5, "the colours are not those of the pattern"


def test_a_scanner_that_is_led_by_hand_gives_as_much_as_it_was_led_over(sane_test, scanners):
    sane_test("hand-scanner true")
    (page,) = scanned(scanners, ScanWish(DEVICE, colours=Colours.GREY, dpi=75))
    assert picture(page).height > 100


def test_a_status_of_the_driver_stops_the_scan_with_its_trouble(sane_test, scanners):
    sane_test('read-status-code "SANE_STATUS_JAMMED"')
    with pytest.raises(ScannerFault) as fault:
        scanned(scanners, FED)
    assert (fault.value.trouble, fault.value.pages) == (ScannerTrouble.JAM, 0)


def test_a_scanner_that_is_not_there_is_gone(sane_test, scanners):
    for key in ("wia:other", ""):
        with pytest.raises(ScannerFault) as fault:
            scanned(scanners, ScanWish(key))
        assert fault.value.trouble is ScannerTrouble.GONE


def test_a_scanner_whose_name_changed_is_found_by_what_it_is(sane_test, scanners):
    (device,) = scanners.devices()
    assert device.key == f"{DEVICE}|Noname frontend-tester"
    moved = replace(FED, scanner="sane:test:7|Noname frontend-tester", feeding=Feeding.FLATBED)
    assert scanned(scanners, moved)
    with pytest.raises(ScannerFault) as fault:
        scanned(scanners, replace(moved, scanner="sane:test:7|Noname other"))
    assert fault.value.trouble is ScannerTrouble.GONE


def test_a_program_that_ends_does_not_wait_for_its_scan(sane_test, scanners):
    sane_test(*SLOW)
    ended = []

    def tell(_page, percent):
        if percent and not ended:
            ended.append(Thread(target=scanners.close))
            ended[0].start()

    with pytest.raises(ScannerFault) as fault:
        scanners.scan(FED, pytest.fail, tell)
    ended[0].join()
    assert fault.value.trouble is ScannerTrouble.DRIVER


def test_a_stop_in_the_middle_of_a_page_ends_it_and_the_next_scan_goes_well(sane_test, scanners):
    sane_test(*SLOW)
    heard = []

    def tell(page, percent):
        heard.append((page, percent))
        if percent:
            raise Stop

    with pytest.raises(Stop):
        scanners.scan(FED, pytest.fail, tell)
    assert 0 < heard[-1][1] < 99
    sane_test()
    assert len(scanned(scanners, FED)) == 10


def test_a_driver_that_crashes_costs_a_message_and_no_page(sane_test, scanners):
    kept = []

    def keep(page):
        kept.append(page)
        if len(kept) == 3:
            os.kill(scanners.helper_pid, signal.SIGSEGV)

    with pytest.raises(ScannerFault) as fault:
        scanners.scan(FED, keep)
    assert (fault.value.trouble, fault.value.pages) == (ScannerTrouble.DRIVER, len(kept)) == ("driver", 3)
    assert len(scanned(scanners, FED)) == 10


def test_a_process_that_says_nothing_any_more_is_killed(sane_test):
    patience = SimpleNamespace(silent_s=60, still_s=60, end_s=0.1)
    scanners = Scanners(patience=patience)

    def keep(_page):
        os.kill(scanners.helper_pid, signal.SIGSTOP)
        patience.silent_s = 0.4

    with pytest.raises(ScannerFault) as fault:
        scanners.scan(FED, keep)
    assert (fault.value.trouble, fault.value.pages) == (ScannerTrouble.DRIVER, 1)
    scanners.close()
