"""Bits turn over and files are cut: it is told, and nothing is taken for whole that is not.

``tests.campaigns.damage`` goes through every page.
"""

import pytest

from tests.reliability.damage import SILENT, cuts, flipped, holds, look, page_flips
from tests.reliability.disk_faults import session
from tests.support import copy_of


@pytest.fixture
def worked(place, tmp_path):
    """A closed counter with some work in it, and what it holds."""
    copy = copy_of(place, tmp_path / "worked")
    with copy.opened() as counter:
        session(counter, [])
        return copy, holds(counter)


@pytest.mark.slow
def test_one_bit_in_a_page_is_told_as_damage(worked):
    place, whole = worked
    file = place.settings.store
    findings = [look(place, file, what, data, whole) for what, data in page_flips(file.read_bytes(), every=60)]
    assert findings
    assert {finding.error for finding in findings} <= {"DamagedStore", "WrongKey"}, findings


@pytest.mark.slow
def test_a_file_that_was_cut_is_told_as_damage(worked):
    place, whole = worked
    file = place.settings.store
    findings = [look(place, file, what, data, whole) for what, data in cuts(file.read_bytes(), every=60)]
    assert {(finding.moment, finding.error) for finding in findings} <= {
        ("opening", "DamagedStore"),
        ("opening", "WrongKey"),
    }


def test_an_emptied_file_is_damage_and_no_new_counter(worked):
    place, whole = worked
    finding = look(place, place.settings.store, "emptied", b"", whole)
    assert (finding.moment, finding.error) == ("opening", "DamagedStore")
    assert place.settings.store.read_bytes() == b""


def test_the_looking_would_see_a_change_that_nobody_tells(worked):
    place, whole = worked
    data = place.settings.store.read_bytes()
    with place.opened() as counter:
        session(counter, [])
    changed = place.settings.store.read_bytes()
    assert look(place, place.settings.store, "another journal", changed, whole).error == SILENT
    assert flipped(data, 9) != data
