"""The watch over a helper process that hangs, lies or does not let itself be stopped."""

import pytest

from app.capture.scanners.scanners import Patience, Scanners
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports import ScanWish

HASTY = Patience(still_s=0.1, busy_s=0.01, stop_s=0.1, end_s=0.1)


class Stop(Exception):
    """What a window raises that wants no more."""


@pytest.fixture
def scanners():
    made = Scanners(patience=HASTY, process="tests.capture.scanners.odd_process")
    made._drivers = ["odd"]
    yield made
    made.close()
    assert not made.helper_pid


@pytest.mark.parametrize("oddness", ["still", "no parts", "no words", "ends without a word"])
def test_a_process_that_is_odd_costs_a_message(scanners, oddness):
    with pytest.raises(ScannerFault) as fault:
        scanners.scan(ScanWish(f"odd:{oddness}"), print)
    assert (fault.value.trouble, fault.value.pages) == (ScannerTrouble.DRIVER, 0)


def test_a_process_that_cannot_be_stopped_is_killed(scanners):
    def tell(_page, _percent):
        raise Stop

    with pytest.raises(Stop):
        scanners.scan(ScanWish("odd:deaf"), print, tell)


def test_scanners_are_not_listed_while_one_is_at_work(scanners):
    def tell(_page, _percent):
        with pytest.raises(ScannerFault) as fault:
            scanners.devices()
        assert fault.value.trouble is ScannerTrouble.BUSY
        raise Stop

    with pytest.raises(Stop):
        scanners.scan(ScanWish("odd:deaf"), print, tell)
