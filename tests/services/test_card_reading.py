"""What a card means for whoever it belongs to."""

from datetime import date

import pytest

from app.domain.documents import Document, Sex
from app.domain.people import Person, check_person
from app.services.card_reading import filled_in, is_expired, is_nobody, is_same, person_on
from app.services.ports import CardKind, IdentityCard
from tests.domain.samples import TODAY, id_number
from tests.fakes.card_reading import card_of
from tests.support import PERSON

FOREIGNER = IdentityCard(
    kind=CardKind.FOREIGNER,
    name="穆丽卡",
    number="DEU110190030742",
    sex="女",
    birth=date(1990, 3, 7),
    latin_name="MUSTERMANN, ERIKA",
    country="DEU",
)


def test_a_residents_number_tells_birth_and_sex_so_that_nothing_is_stated():
    person = person_on(card_of(PERSON))
    assert person == Person(PERSON.name, PERSON.id_number, "", PERSON.address)
    assert (person.sex, person.birth_date) == (Sex.FEMALE, date(1992, 3, 7))


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        (CardKind.RESIDENT, Document.RESIDENT_CARD),
        (CardKind.HMT_RESIDENCE, Document.HMT_RESIDENCE_PERMIT),
        (CardKind.FOREIGNER, Document.FOREIGN_PERMANENT_RESIDENT_CARD),
        (CardKind.FOREIGNER_2023, Document.FOREIGN_PERMANENT_RESIDENT_CARD),
    ],
)
def test_the_kind_of_card_is_the_kind_of_document(kind, document):
    assert person_on(card_of(PERSON, kind=kind)).document is document


def test_a_foreigner_whose_number_is_mute_has_birth_sex_and_country_from_the_card():
    person = person_on(FOREIGNER)
    assert (person.stated_birth_date, person.stated_sex) == (date(1990, 3, 7), Sex.FEMALE)
    assert person.nationality == "德国"
    assert not check_person(person, TODAY, needed=frozenset())


def test_a_foreigner_of_2023_has_a_number_that_tells():
    number = id_number("19900307", area="911011")
    person = person_on(card_of(PERSON, kind=CardKind.FOREIGNER_2023, number=number, country="XYZ"))
    assert (person.stated_birth_date, person.nationality) == (None, "XYZ")
    assert person.birth_date == date(1990, 3, 7)


def test_the_address_that_was_written_later_is_where_somebody_lives():
    assert person_on(card_of(PERSON, newest_address="新街 1 号")).address == "新街 1 号"


def test_a_telephone_stays_and_comes_from_last_time_where_nothing_was_typed():
    card = card_of(PERSON)
    typed = Person(PERSON.name, "", "0832-5210000")
    assert filled_in(typed, card, PERSON).phone == "0832-5210000"
    assert filled_in(Person("", ""), card, PERSON).phone == PERSON.phone
    assert filled_in(Person("", "", "0832-5210000"), card).phone == "0832-5210000"


def test_nothing_of_somebody_else_stays():
    other = Person("欧晚晴", id_number("19800101"), "0832-5210000", "老街 9 号")
    assert filled_in(other, FOREIGNER) == person_on(FOREIGNER)


def test_a_foreigners_card_has_no_address_and_leaves_the_one_that_was_typed():
    assert filled_in(Person("穆丽卡", "", "", "老街 9 号"), FOREIGNER).address == "老街 9 号"


def test_two_are_one_by_number_and_else_by_name():
    assert is_same(Person("林", "51990019920307032x"), Person("陈", "51990019920307032X"))
    assert not is_same(Person("林", "1"), Person("林", "2"))
    assert is_same(Person("林", ""), Person("林", "2"))
    assert not is_same(Person("", ""), Person("", "2"))
    assert is_nobody(Person(" ", "", "0832-5210000"))


def test_a_card_has_expired_after_its_last_day():
    card = card_of(PERSON, valid_to=date(2026, 5, 17))
    assert is_expired(card, TODAY)
    assert not is_expired(card, date(2026, 5, 17))
    assert not is_expired(card_of(PERSON, valid_to=None), TODAY)
