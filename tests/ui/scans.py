"""Scanning for presenters in tests: nobody wakes it, the test looks; what it finds is written down by the navigator."""

from dataclasses import replace

from app.services.recognising import RecognitionService
from app.services.scanning import ScanningService
from tests.fakes.pages import BlankPages
from tests.fakes.reading import FakeTextReader
from tests.fakes.scanners import FakeCleaner, FakeScanner
from ui.scanning import Scans


def scans_of(counter, runner, navigator):
    """Return scans that tell the navigator of codes."""
    return Scans(counter, runner, lambda: None, navigator.code_found, navigator.report)


def with_scanner(counter, *feeder, found=None, devices=None):
    """Return the counter with a fake scanner, its feeder laid, a fake cleaner and a fake reader."""
    scanner = FakeScanner(feeder) if devices is None else FakeScanner(feeder, devices)
    service = ScanningService(counter.intake._store, counter.desk.now, scanner, FakeCleaner(found))
    recognition = RecognitionService(FakeTextReader(), BlankPages(), counter.images)
    return replace(counter, scanning=service, recognition=recognition)
