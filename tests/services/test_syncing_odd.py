"""Sync on odd days: machines that are the same station, long absences, clocks that are wrong, other versions.

What cannot be mended by itself is told and the work goes on. Cut links, restored stations and restored centres have files
of their own.
"""

from datetime import timedelta

import pytest

from app.domain.clock import parse_stamp
from app.domain.facts import ClockCorrected
from app.services.ports import CENTRAL_SCHEMA
from app.services.snapshots import CaseMark
from app.services.sync_report import Contact
from tests.services.sync_desk import TOWN, Desk, at_centre

# --- twins --------------------------------------------------------------------------------------------------------


def test_two_machines_with_the_same_station_are_told_and_both_work_on(centre, town, village):
    centre.names(town, village)
    town.round()
    twin = town.twin()
    town.takes()
    town.round()
    number = twin.takes()
    for _ in range(2):
        result = twin.round()
        assert (result.contact, type(result.error).__name__) == (Contact.FAILING, "ChainForked")
    assert twin.holder(number) == TOWN
    assert twin.mark(number) is CaseMark.HERE
    assert at_centre(centre, TOWN) == town.chain()
    given = village.takes()
    village.hands(given, TOWN)
    village.round()
    assert twin.round().received == 2
    assert town.round().contact is Contact.ON_LINE


def test_a_machine_that_was_set_back_without_a_restore_is_told_before_it_goes_on(centre, town):
    town.round()
    old = town.twin()
    town.takes()
    town.round()
    result = old.round()
    assert type(result.error).__name__ == "ChainForked"
    assert old.length() == town.length() - 1


# --- time and versions --------------------------------------------------------------------------------------------


def test_a_station_that_was_away_for_a_year_catches_up_in_one_round(centre, town, village):
    centre.names(town, village)
    town.round()
    for _ in range(30):
        village.hands(village.takes(), TOWN)
    village.round()
    centre.at += timedelta(days=365)
    town.clock.pass_by(timedelta(days=365))
    kept = town.takes()
    result = town.round()
    assert (result.received, result.contact) == (60, Contact.ON_LINE)
    assert town.store.views.counts(town.clock.now()).open == 31
    assert town.mark(kept) is CaseMark.AT_CENTRE


@pytest.mark.parametrize("years", [10, -10])
def test_a_clock_that_is_ten_years_off_follows_the_centre_and_says_so(centre, years):
    town = Desk(centre, TOWN, at=centre.at + timedelta(days=365 * years))
    town.takes()
    assert town.round().clock_moved_s == pytest.approx(-years * 365 * 86400, abs=60)
    entry = town.notes()
    assert abs(parse_stamp(entry.read()["at"]) - centre.at) < timedelta(seconds=10)
    with town.store.read() as uow:
        corrected = uow.journal.latest(ClockCorrected.__name__).read()
    assert (corrected["operator"], corrected["data"]["reason"]) == ("system", "centre")
    assert town.round().contact is Contact.ON_LINE
    assert at_centre(centre, TOWN) == town.chain()
    assert town.length() == 4


def test_a_clock_within_two_seconds_is_left_alone(centre):
    town = Desk(centre, TOWN, at=centre.at + timedelta(seconds=1.5))
    town.round()
    assert town.length() == 1


def test_a_centre_of_another_version_is_told_and_nothing_is_sent(centre, town):
    centre.schema = CENTRAL_SCHEMA + 1
    number = town.takes()
    result = town.round()
    assert (result.contact, type(result.error).__name__) == (Contact.FAILING, "CentralVersion")
    assert (result.error.theirs, result.error.ours) == (CENTRAL_SCHEMA + 1, CENTRAL_SCHEMA)
    centre.schema = CENTRAL_SCHEMA
    assert town.round().contact is Contact.ON_LINE
    assert town.mark(number) is CaseMark.AT_CENTRE
