"""How much goes over a line in one call, on a clock that stands still but for the calls."""

from contextlib import suppress

import pytest

from app.services.errors import CentralUnavailable
from app.services.ports import MOST_BYTES, MOST_ENTRIES
from app.services.sync_pace import FIRST_BYTES, LEAST_BYTES, Pace

LONGEST_S = 60
"""The centre ends a statement then."""


class Line:
    """Carries so many bytes a second."""

    def __init__(self, bytes_s):
        self.bytes_s, self.now = bytes_s, 0.0
        self.pace = Pace(lambda: self.now)

    def carries(self, size):
        """Return whether a call came back."""
        with suppress(CentralUnavailable), self.pace.call():
            self._take(size / self.bytes_s)
            return True
        return False

    def _take(self, seconds):
        self.now += min(seconds, LONGEST_S)
        if seconds > LONGEST_S:
            raise CentralUnavailable("network")

    def carries_what_fits(self):
        return self.carries(self.pace.most_bytes)


def test_a_quick_line_soon_carries_all_that_a_call_may():
    line = Line(10_000_000)
    for _ in range(5):
        assert line.carries_what_fits()
    assert (line.pace.most_bytes, line.pace.most_entries) == (MOST_BYTES, MOST_ENTRIES)


@pytest.mark.parametrize("bytes_s", [500, 2000, 8000, 64000])
def test_a_slow_line_settles_at_calls_that_come_back(bytes_s):
    line = Line(bytes_s)
    outcomes = [line.carries_what_fits() for _ in range(12)]
    assert all(outcomes[4:])
    assert line.pace.most_bytes / bytes_s < LONGEST_S / 2


def test_at_8_kb_a_second_the_first_call_comes_back_already():
    assert Line(8000).carries(FIRST_BYTES)


def test_a_line_that_is_cut_at_once_is_no_slow_line():
    pace = Pace(lambda: 0.0)
    with pytest.raises(CentralUnavailable), pace.call():
        raise CentralUnavailable("network")
    assert pace.most_bytes == FIRST_BYTES


def test_there_is_always_room_for_an_entry():
    line = Line(1)
    for _ in range(20):
        line.carries_what_fits()
    assert line.pace.most_bytes == LEAST_BYTES
    assert line.pace.most_entries >= 1
