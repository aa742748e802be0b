"""Sync when the link is cut or the program killed: whatever the moment, it goes on where it stood."""

import pytest

from app.services.sync_report import Contact
from tests.services.sync_desk import TOWN, VILLAGE, Centre, Desk, converged, worked

MOST_CALLS = 20


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_link_that_is_cut_at_any_call_loses_and_doubles_nothing(where):
    for cut in range(1, MOST_CALLS):
        centre = Centre()
        town, village = Desk(centre, TOWN), Desk(centre, VILLAGE)
        worked(centre, town, village)
        town.link.plan = {cut: where}
        result = town.round()
        if result.contact is Contact.ON_LINE:
            break
        assert result.contact is Contact.OFF_LINE
        assert town.round().contact is Contact.ON_LINE
        village.round()
        converged(centre, town, village)
        assert len(centre.state.blobs) == 2
        assert len(centre.state.inboxes[VILLAGE]) == 2
    assert cut > 10


class Killed(BaseException):
    """Ends a program between two steps, as a power cut does."""


def test_a_program_that_is_killed_between_any_two_steps_goes_on_where_it_stood():
    for last in range(1, 60):
        centre = Centre()
        town, village = Desk(centre, TOWN), Desk(centre, VILLAGE)
        worked(centre, town, village)
        if not killed_at(town, last):
            break
        town.starts()
        assert town.round().contact is Contact.ON_LINE
        village.round()
        converged(centre, town, village)
        assert len(centre.state.blobs) == 2
    assert last > 12


def killed_at(desk, last):
    """Run a round in which the ``last`` transaction is never committed and nothing comes after it."""
    real, count = desk.store.write, 0

    def write():
        nonlocal count
        count += 1
        if count == last:
            raise Killed
        return real()

    desk.store.write = write
    try:
        desk.round()
    except Killed:
        return True
    finally:
        desk.store.write = real
    return False
