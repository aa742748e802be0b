"""Materials: handed in, taken over from an earlier case, or promised."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.demonstration import CLERK
from app.domain.application import HandedIn, Page, TakenHow
from tests.domain.samples import id_number
from tests.support import MONDAY, PERSON, filled
from tests.ui.intake.desk import MAY_FOLLOW


@pytest.fixture
def earlier_copies(counter, place):
    """A case of 100 days ago with two copies and a page of the household book."""
    item = counter.catalogue.item("510111031000")
    draft = filled(counter, item.code)
    page = Page("0" * 64, "image/png")
    materials = {**draft.application.materials, "household_book": HandedIn(1, 2, pages=(page,))}
    draft = counter.intake.save(replace(draft, application=replace(draft.application, materials=materials)))
    case = counter.intake.accept(draft, item, CLERK).case
    place.clock.set(MONDAY + timedelta(days=100))
    return case


def test_a_valid_material_of_an_earlier_case_is_offered_taken_over_and_given_back(desk, earlier_copies):
    desk.begin(person=PERSON)
    assert set(desk.state.reusable) == {"household_book"}
    desk.presenter.earlier.reuse()
    taken = desk.application.materials["household_book"]
    assert (taken.copies, len(taken.pages), taken.how) == (2, 1, TakenHow.REUSED)
    assert taken.reused_from == earlier_copies.number
    assert "materials.household_book" not in desk.places()
    desk.undo()
    assert "materials.household_book" in desk.places()


def test_what_was_taken_over_goes_when_the_applicant_changes(desk, earlier_copies):
    desk.begin(person=PERSON)
    desk.presenter.earlier.reuse()
    desk.edit("applicant.id_number", id_number("19700101", "011")).work()
    assert "household_book" not in desk.application.materials
    assert desk.state.reusable == {}


def test_everything_is_handed_in_with_one_key_and_undone(desk):
    desk.begin()
    desk.presenter.checklist.set_count("id_card", 2, 0)
    desk.presenter.checklist.take_all()
    assert desk.application.materials["id_card"] == HandedIn(2, 0)
    assert desk.application.materials["household_book"] == HandedIn(1, 1)
    assert not [place for place in desk.places() if place.startswith("materials.")]
    desk.undo()
    assert set(desk.application.materials) == {"id_card"}


def test_a_material_that_may_follow_is_promised_with_one_key(desk):
    desk.begin(MAY_FOLLOW)
    assert "materials.neighbour_opinion" in desk.places()
    desk.presenter.checklist.promise()
    promised = desk.application.materials["neighbour_opinion"]
    assert (promised.how, promised.promised_by) == (TakenHow.PROMISED, date(2026, 6, 1))
    assert "materials.neighbour_opinion" not in desk.places()
    desk.presenter.checklist.move_promise("neighbour_opinion", 2)
    assert desk.application.materials["neighbour_opinion"].promised_by == date(2026, 6, 3)
    desk.presenter.checklist.move_promise("neighbour_opinion", -30)
    assert desk.application.materials["neighbour_opinion"].promised_by == date(2026, 6, 3)
    desk.presenter.checklist.promise()
    assert "materials.neighbour_opinion" in desk.places()


def test_a_promised_material_that_comes_after_all_is_no_longer_promised(desk):
    desk.begin(MAY_FOLLOW)
    desk.presenter.checklist.promise()
    desk.presenter.checklist.toggle("neighbour_opinion")
    assert desk.application.materials["neighbour_opinion"] == HandedIn(originals=1)


def test_only_what_may_follow_can_be_promised(desk):
    desk.begin(MAY_FOLLOW)
    desk.presenter.checklist.promise("id_card")
    assert "materials.id_card" in desk.places()


def test_counts_that_were_wiped_out_by_a_toggle_come_back(desk):
    desk.begin()
    code = desk.state.item.materials[0].code
    desk.presenter.checklist.set_count(code, 2, 5)
    desk.presenter.checklist.toggle(code)
    assert desk.application.materials[code].copies == 0
    desk.undo()
    assert desk.application.materials[code].copies == 5
