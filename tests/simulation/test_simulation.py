"""Seeds of the simulation: the quick ones, some with the real store, some with the centre's real SQL, and planted faults.

A seed that fails here is looked at with ``python -m tests.simulation --seed N --trace``, and ``--sql`` or ``--encrypted 1``
where the test has those; CONTRIBUTING.md tells more.
"""

import pytest

from tests.central import conftest
from tests.simulation.faults import FAULTS
from tests.simulation.running import on_postgres, play

server = conftest.server


QUICK = 20
"""Seeds of one test: a failure names its seed, and no test takes long."""
MOST = 60
"""Seeds after which a planted fault has to be found; which one does it changes with the scheduler."""


@pytest.fixture(scope="module")
def real(server):
    with on_postgres(server) as found:
        yield found


@pytest.mark.parametrize("first", range(1, 200, QUICK))
def test_whatever_happens_nothing_is_lost_and_all_agree_in_the_end(first):
    for seed in range(first, first + QUICK):
        assert_sound(seed)


@pytest.mark.parametrize("seed", [1001, 1002, 1003, 1004])
def test_the_same_holds_of_encrypted_stores(seed):
    assert_sound(seed, encrypted=2)


@pytest.mark.parametrize("seed", [2001, 2002, 2003])
def test_the_same_holds_of_the_real_centre(real, seed):
    assert_sound(seed, **real)


@pytest.mark.parametrize("fault", ["receiving", "numbers", "images", "anybody"])
def test_a_fault_that_is_planted_is_found(fault):
    with FAULTS[fault](), pytest.raises((AssertionError, LookupError)):
        for seed in range(1, MOST):
            play(seed)


def test_an_inbox_that_is_numbered_by_a_sequence_is_found(server):
    with FAULTS["sequence"]() as plant, on_postgres(server, plant) as more, pytest.raises(AssertionError):
        for seed in range(1, MOST):
            play(seed, **more)


def assert_sound(seed, **more):
    try:
        play(seed, **more)
    except AssertionError as broken:
        raise AssertionError(f"seed {seed}: {broken}") from broken
