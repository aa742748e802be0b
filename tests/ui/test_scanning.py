"""Scanning beside the window: pages come one by one, whatever lies open, and the cleaner follows behind."""

from dataclasses import replace

import pytest

from app.domain.application import PageRemark
from app.services.errors import ScannerTrouble
from app.services.kept_pages import PagePlace
from app.services.ports.page_cleaning import FoundCode
from app.services.ports.scanning import Colours, Feeding
from app.services.scanning import meant
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.fakes.scanners import FLATBED
from tests.support import filled
from tests.ui.scans import scans_of, with_scanner
from ui.scan_news import PageCame, PageChanged

FIRST, SECOND = b"first sheet", b"second sheet"
NUMBER = "20260518000731000197"


class Table:
    """A window's scans with a scanner that is laid with sheets."""

    def __init__(self, counter, *feeder, **parts):
        self.counter = with_scanner(counter, *feeder, **parts)
        self.runner, self.navigator = PatientRunner(), WrittenNavigator()
        self.scans = scans_of(self.counter, self.runner, self.navigator)
        self.draft = filled(counter)
        self.place = PagePlace("id_card", draft=self.draft.draft_id)
        self.told = []
        self.scans.follow(lambda: self.told.extend(self.scans.take(self.draft.draft_id)))

    def scan(self, **wish):
        self.counter.devices.keep(feeding=Feeding.FEEDER, **wish)
        self.scans.start(self.place, self.counter.devices.read().wish())
        return self

    def work(self, rounds=5):
        for _ in range(rounds):
            self.runner.work()
            self.scans.tick()
        return self


@pytest.fixture
def table(counter):
    return lambda *feeder, **parts: Table(counter, *feeder, **parts)


def test_the_first_scan_of_a_day_has_what_reads_papers_loaded(table):
    there = table(FIRST, SECOND)
    reader = there.counter.recognition._reader
    there.scan().work()
    assert reader.warmed_up == 1
    there.scan().work()
    there.scans.feed(there.place)
    assert reader.warmed_up == 1


def test_what_reads_papers_and_cannot_be_loaded_is_no_error_of_the_scan(table):
    there = table(FIRST)
    there.counter.recognition._reader.is_broken = True
    there.scan().work()
    assert (there.scans.scan.error, there.navigator.errors) == (None, [])


def test_pages_are_told_as_they_come_and_again_when_they_are_clean(table):
    told = table(FIRST, SECOND).scan().work().told
    assert [type(news) for news in told] == [PageCame, PageCame, PageChanged, PageChanged]
    assert [news.after.original for news in told[2:]] == [news.page.digest for news in told[:2]]


def test_a_jam_is_told_with_the_pages_before_it_and_the_scan_goes_on(table):
    there = table(FIRST, ScannerTrouble.JAM, SECOND).scan().work()
    scan = there.scans.scan
    assert (scan.is_running, scan.error.trouble, scan.error.pages, scan.kept) == (False, ScannerTrouble.JAM, 1, 1)
    assert there.scans.shown("another draft") is None
    there.scan().work()
    assert (there.scans.scan.error, len([news for news in there.told if isinstance(news, PageCame)])) == (None, 2)


def test_a_scan_that_is_stopped_is_no_error(table):
    there = table(FIRST, SECOND).scan()
    there.scans.stop()
    there.work()
    assert (there.scans.scan.error, there.scans.scan.kept, there.navigator.errors) == (None, 0, [])


def test_an_error_is_told_until_the_clerk_has_read_it(table):
    there = table(ScannerTrouble.NO_PAPER).scan().work()
    there.scans.dismiss()
    assert there.scans.scan is None


def test_without_a_chosen_scanner_the_only_one_or_the_only_one_at_this_pc_is_taken(table):
    network = replace(FLATBED, key="escl:http://neighbour", name="Neighbour's")
    usb = replace(FLATBED, is_local=True)
    assert (meant([network]), meant([network, usb])) == (network, usb)
    assert (meant([network, FLATBED]), meant([usb, replace(usb, key="fake:1"), network])) == (None, None)
    doubt = table(FIRST, devices=(network, FLATBED)).scan().work()
    assert doubt.scans.scan.error.trouble == ScannerTrouble.NOT_CHOSEN
    assert (doubt.counter.devices.read().scanner, doubt.counter.scanning._scanner.wishes) == ("", [])


def test_without_a_chosen_scanner_the_one_that_is_taken_is_remembered(table):
    there = table(FIRST).scan().work()
    assert there.counter.devices.read().scanner == there.counter.scanning._scanner.wishes[0].scanner == FLATBED.key
    nothing = table(FIRST, devices=())
    nothing.counter.devices.keep(scanner="")
    assert nothing.scan().work().scans.scan.error.trouble == ScannerTrouble.NONE_FOUND


def test_what_cleaning_remarks_and_finds_is_told(table):
    found = {FIRST: ({PageRemark.BLANK}, (FoundCode("Code128", NUMBER),))}
    there = table(FIRST, found=found).scan(colours=Colours.GREY).work()
    page = there.told[-1].after
    assert (page.remarks, page.kept_as) == ((PageRemark.BLANK,), Colours.GREY)
    assert there.navigator.went == [("code_found", NUMBER)]


def test_a_page_that_cannot_be_cleaned_stays_as_it_is(table):
    there = table(FIRST, SECOND)
    there.counter.scanning._cleaner.found = None  # the cleaner breaks
    assert [type(news) for news in there.scan().work().told] == [PageCame, PageCame]
    assert there.navigator.errors == []


def test_what_nobody_has_open_is_told_to_nobody_later(table):
    there = table(FIRST)
    there.scans.forget_followers()
    there.scan().work()
    assert there.scans.take(there.draft.draft_id) == []
