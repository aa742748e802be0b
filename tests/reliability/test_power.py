"""The power goes in the middle of work; ``tests.campaigns.power`` tries many more moments."""

import sys

import pytest

from tests.reliability.disk import Act
from tests.reliability.power import SECTOR, Recorded, lose_power, record, told_before
from tests.reliability.power_faults import open_after

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks under SQLite with the library's symbols")


class Never:
    def random(self):
        return 0.999


@pytest.mark.slow
def test_power_that_goes_at_any_moment_takes_nothing_that_was_confirmed(place, tmp_path):
    recorded = record(place, tmp_path / "recorded", sessions=1)
    moments = range(1, len(recorded.acts), len(recorded.acts) // 4)
    assert open_after(recorded, place, tmp_path / "opened", moments, seed=3) >= 16
    assert told_before(recorded, len(recorded.acts))


def test_what_was_synced_stays_and_what_was_not_may_go(tmp_path):
    wal = "station.db-wal"
    acts = [
        Act("open", wal),
        Act("write", wal, 0, b"a" * SECTOR),
        Act("sync", wal),
        Act("write", wal, SECTOR, b"b" * SECTOR * 2),
    ]
    recorded = Recorded({}, acts, [])
    lose_power(recorded, 4, tmp_path, Never(), 0)
    assert (tmp_path / wal).read_bytes() == b"a" * SECTOR
    lose_power(recorded, 4, tmp_path, Never(), 1)
    assert len((tmp_path / wal).read_bytes()) == 3 * SECTOR
    lose_power(recorded, 2, tmp_path, Never(), 0)
    assert (tmp_path / wal).read_bytes() == b""
