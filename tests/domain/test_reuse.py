from dataclasses import replace
from datetime import date

import pytest

from app.domain.application import HandedIn, Page, TakenHow
from app.domain.catalogue import Material
from app.domain.reuse import EarlierMaterial, reusable
from tests.domain.samples import ITEM, TODAY

BOOK = Material("household_book", "户口簿", originals=1, copies=1, valid_months=12)
NEW = replace(ITEM, materials=(Material("id_card", "居民身份证", originals=1), BOOK))
PAGE = Page("0" * 64, "image/png")
EARLIER = EarlierMaterial("20260302000731001229", "hukou", "户口簿", date(2026, 3, 2), HandedIn(1, 2, pages=(PAGE,)))


def test_a_material_of_the_same_name_or_code_is_used_again():
    assert reusable(NEW, [EARLIER], TODAY) == {"household_book": EARLIER}
    renamed = replace(EARLIER, code="household_book", name="户口本")
    assert reusable(NEW, [renamed], TODAY) == {"household_book": renamed}
    assert reusable(NEW, [replace(EARLIER, name="户口本")], TODAY) == {}


def test_what_is_never_valid_again_is_asked_for_each_time():
    assert reusable(NEW, [replace(EARLIER, code="id_card", name="居民身份证")], TODAY) == {}


@pytest.mark.parametrize(
    ("taken_on", "is_valid"), [(TODAY, True), (date(2025, 5, 18), True), (date(2025, 5, 17), False)]
)
def test_a_material_ages(taken_on, is_valid):
    old = replace(EARLIER, taken_on=taken_on)
    assert bool(reusable(NEW, [old], TODAY)) is is_valid


def test_the_newest_is_offered_and_never_one_that_was_taken_over_itself():
    newer = replace(EARLIER, case="20260402000731000018", taken_on=date(2026, 4, 2))
    again = replace(newer, taken_on=TODAY, handed_in=HandedIn(copies=1, how=TakenHow.REUSED))
    promised = replace(newer, taken_on=TODAY, handed_in=HandedIn(promised_by=TODAY))
    assert reusable(NEW, [EARLIER, again, newer, promised], TODAY) == {"household_book": newer}


def test_copies_and_pages_are_taken_over_and_originals_only_where_there_is_nothing_else():
    taken = EARLIER.taken_over()
    assert taken == HandedIn(0, 2, TakenHow.REUSED, (PAGE,), reused_from=EARLIER.case)
    assert taken.is_there
    only_original = replace(EARLIER, handed_in=HandedIn(originals=1))
    assert only_original.taken_over().originals == 1
