"""A card that is laid on the reader while a draft lies open."""

from datetime import date

import pytest

from app.capture.card_readers.text_block import card_in
from app.domain.people import Person
from app.domain.plain import to_plain
from app.services.ports import CardKind
from tests.capture.card_readers.blocks import PHOTO, block
from tests.capture.card_readers.decoders import compiled
from tests.domain.samples import id_number
from tests.fakes.card_reading import card_of, with_photos
from tests.support import PERSON, accepted
from tests.ui.intake.desk import Desk

OTHER = Person("欧晚晴", id_number("19800101"), "0832-5210000", "云溪镇老街 9 号")
ASKS_FOR_ETHNICITY = "510109041000"


@pytest.fixture
def desk_with_photos(counter):
    return Desk(with_photos(counter))


def last_words(desk):
    return desk.navigator.went[-1]


def test_the_applicant_is_filled_in_and_the_cursor_goes_to_what_is_still_open(desk):
    desk.begin().presenter.laid_card.take(card_of(PERSON))
    applicant = desk.application.applicant
    assert (applicant.name, applicant.id_number, applicant.address) == (PERSON.name, PERSON.id_number, PERSON.address)
    assert desk.screen.focused == "applicant.phone"
    assert last_words(desk)[:3] == ("notify", "已填入林**", "撤销")


def test_undo_brings_back_what_stood_there(desk):
    desk.begin().edit("applicant.phone", "0832-5210000")
    desk.presenter.laid_card.take(card_of(PERSON))
    desk.undo()
    assert desk.application.applicant == Person("", "", "0832-5210000")


def test_a_form_that_asks_for_it_takes_the_ethnicity_until_undone(desk):
    desk.begin(ASKS_FOR_ETHNICITY).presenter.laid_card.take(card_of(PERSON))
    assert desk.application.form["ethnicity"] == "土家"
    desk.undo()
    assert desk.application.form["ethnicity"] == ""


def test_what_was_typed_of_the_same_person_stays_and_that_of_another_goes(desk):
    desk.begin(ASKS_FOR_ETHNICITY, PERSON).edit("form.ethnicity", "苗")
    desk.presenter.laid_card.take(card_of(PERSON))
    assert desk.application.form["ethnicity"] == "苗"
    desk.presenter.laid_card.take(card_of(OTHER))
    last_words(desk)[3]()
    assert desk.application.form["ethnicity"] == "土家"


def test_whoever_was_here_before_has_a_telephone_and_a_case_already(desk, counter):
    accepted(counter)
    desk.begin().presenter.laid_card.take(card_of(PERSON))
    desk.work()
    assert desk.application.applicant.phone == PERSON.phone
    assert (desk.state.earlier_cases, desk.state.earlier is not None) == (1, True)


def test_a_co_applicant_who_has_the_cursor_is_filled_in(desk):
    desk.begin(person=OTHER)
    desk.presenter.parties.add_co_applicant()
    desk.screen.current_place = "co_applicants.0.name"
    desk.presenter.laid_card.take(card_of(PERSON))
    assert desk.application.co_applicants[0].name == PERSON.name
    assert desk.application.applicant.name == OTHER.name


def test_an_agent_who_has_the_cursor_is_filled_in_and_keeps_the_mandate(desk):
    desk.begin(person=OTHER)
    desk.presenter.parties.toggle_agent()
    desk.edit("agent.mandate", "委托书 3 号")
    desk.screen.current_place = "agent.mandate"
    desk.presenter.laid_card.take(card_of(PERSON))
    assert (desk.application.agent.person.name, desk.application.agent.mandate) == (PERSON.name, "委托书 3 号")


def test_somebody_else_who_stands_there_is_asked_about_and_not_overwritten(desk):
    desk.begin(person=OTHER)
    desk.presenter.laid_card.take(card_of(PERSON))
    assert desk.application.applicant.name == OTHER.name
    _notify, words, act, overwrite = last_words(desk)
    assert (words, act) == ("这里填的是欧**，读到的是林**的身份证件", "改填")
    overwrite()
    assert (desk.application.applicant.name, desk.application.applicant.phone) == (PERSON.name, "")
    desk.undo()
    assert desk.application.applicant == OTHER


def test_an_answer_that_comes_when_another_draft_lies_open_changes_nothing(desk):
    desk.begin(person=OTHER)
    desk.presenter.laid_card.take(card_of(PERSON))
    overwrite = last_words(desk)[3]
    desk.begin()
    overwrite()
    assert desk.application.applicant.name == ""


def test_the_name_that_was_typed_is_the_one_on_the_card(desk):
    desk.begin().edit("applicant.name", PERSON.name).edit("applicant.phone", "0832-5210000")
    desk.presenter.laid_card.take(card_of(PERSON))
    assert desk.application.applicant == Person(PERSON.name, PERSON.id_number, "0832-5210000", PERSON.address)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"valid_to": date(2026, 5, 17)}, "已填入林**·证件已过期（2026-05-17）"),
        ({"newest_address": "新街 1 号"}, "已填入林**·住址按卡内更新的填"),
        ({"newest_address": PERSON.address}, "已填入林**"),
    ],
)
def test_what_has_to_be_looked_at_is_told(desk, changes, words):
    desk.begin().presenter.laid_card.take(card_of(PERSON, **changes))
    assert last_words(desk)[1] == words


def test_a_draft_whose_form_lies_over_it_takes_no_card(desk):
    assert not desk.presenter.takes_cards
    desk.begin(person=PERSON)
    assert desk.presenter.takes_cards
    desk.presenter.ways_out.refuse()
    assert not desk.presenter.takes_cards


def test_the_photo_follows_the_fields_and_goes_with_whoever_it_shows(desk_with_photos):
    desk = desk_with_photos
    desk.begin().presenter.laid_card.take(card_of(PERSON, photo=PHOTO))
    assert (desk.application.applicant.name, desk.state.photos) == (PERSON.name, {})
    desk.work()
    assert desk.state.photo_of(desk.application.applicant).pixels[:4] == PHOTO[:4]
    desk.undo()
    assert desk.state.photos == {}


def test_a_library_that_crashes_costs_the_photo_and_nothing_else(desk, counter, tmp_path):
    counter.devices.keep(photo_library=compiled(tmp_path, "CRASHES"))
    desk.begin().presenter.laid_card.take(card_of(PERSON, photo=PHOTO))
    filled_in, told = desk.application.applicant, list(desk.navigator.went)
    assert filled_in.id_number == PERSON.id_number
    desk.work()
    assert (desk.application.applicant, desk.state.photos, desk.navigator.went) == (filled_in, {}, told)


def test_a_photo_that_comes_when_its_holder_is_gone_is_not_kept(desk_with_photos):
    desk = desk_with_photos
    desk.begin().presenter.laid_card.take(card_of(PERSON, photo=PHOTO))
    desk.undo()
    desk.work()
    assert desk.state.photos == {}


def test_the_photo_of_an_agent_stands_beside_the_applicants(desk_with_photos):
    desk = desk_with_photos
    desk.begin().presenter.laid_card.take(card_of(PERSON, photo=PHOTO))
    desk.presenter.parties.toggle_agent()
    desk.screen.current_place = "agent.name"
    desk.presenter.laid_card.take(card_of(OTHER, photo=PHOTO[::-1]))
    desk.work()
    assert desk.state.photo_of(desk.application.applicant).pixels[:4] == PHOTO[:4]
    assert desk.state.photo_of(desk.application.agent.person).pixels[:4] == PHOTO[::-1][:4]


@pytest.mark.parametrize("kind", list(CardKind))
def test_every_kind_of_card_has_its_photo(desk_with_photos, kind):
    desk = desk_with_photos
    desk.begin().presenter.laid_card.take(card_in(block(kind), photo=PHOTO))
    desk.work()
    assert desk.state.photo_of(desk.application.applicant) is not None


@pytest.mark.parametrize("works_before", [True, False])
def test_photos_are_forgotten_when_the_intake_is_left(desk_with_photos, works_before):
    desk = desk_with_photos
    desk.begin().presenter.laid_card.take(card_of(PERSON, photo=PHOTO))
    if works_before:
        desk.work()
    desk.presenter.laid_card.forget_photos()
    desk.work()
    assert (desk.state.photos, desk.screen.hid_photos) == ({}, True)


def test_another_draft_has_no_photo_of_the_one_before(desk_with_photos):
    desk = desk_with_photos
    desk.begin().presenter.laid_card.take(card_of(PERSON, photo=PHOTO))
    desk.begin(person=PERSON)
    assert desk.state.photos == {}


def test_a_photo_is_in_no_draft_and_no_case(desk_with_photos, counter):
    desk = desk_with_photos
    desk.begin().presenter.laid_card.take(card_of(PERSON, photo=PHOTO))
    desk.work()
    desk.presenter.save_now()
    assert "photo" not in str(to_plain(desk.state.draft.application))
