"""The papers of the demonstration are samples of nobody."""

from datetime import date

from app.domain.misreadings import read_resident_number
from app.pretended.people import HOLDER


def test_the_holder_of_the_card_has_a_number_that_checks_and_an_area_that_is_none():
    number = read_resident_number(HOLDER.number, date(2026, 11, 26))
    assert number.is_sound
    assert not number.is_repaired
    assert HOLDER.number.startswith("5199")
