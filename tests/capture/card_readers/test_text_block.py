import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.capture.card_readers.text_block import UNWRITTEN, NoCard, card_in
from app.services.ports import CardKind, IdentityCard
from tests.capture.card_readers.blocks import FOREIGNER_2023, SHANHU, block


def test_a_resident_card_is_read_whole():
    assert card_in(block()) == IdentityCard(
        kind=CardKind.RESIDENT,
        name="丁珊瑚",
        number="511011199003074267",
        sex="女",
        birth=date(1990, 3, 7),
        ethnicity="土家",
        address="云溪省临江市东河区樟木镇和平村 3 组 12 号",
        issuer="临江市公安局东河分局",
        valid_from=date(2020, 1, 2),
        valid_to=date(2040, 1, 2),
    )


def test_a_residence_permit_says_the_permit_of_its_holder_and_no_ethnicity():
    card = card_in(block(CardKind.HMT_RESIDENCE))
    assert (card.kind, card.name, card.permit_number) == (CardKind.HMT_RESIDENCE, "陈大文", "H12345678")
    assert (card.ethnicity, card.address) == ("", SHANHU["address"])


def test_the_foreigners_card_of_2017_has_its_fields_elsewhere():
    card = card_in(block(CardKind.FOREIGNER))
    assert (card.name, card.latin_name, card.number) == ("穆丽卡", "MUSTERMANN, ERIKA", "DEU110190030742")
    assert (card.sex, card.birth, card.country) == ("女", date(1990, 3, 7), "DEU")
    assert (card.valid_from, card.valid_to) == (date(2019, 5, 1), date(2029, 5, 1))


def test_the_foreigners_card_of_2023_has_a_long_name_in_two_parts():
    card = card_in(block(CardKind.FOREIGNER_2023))
    assert card.latin_name == card.name == FOREIGNER_2023["latin_name"]
    assert (card.country, card.number, card.address) == ("USA", "911011199003074217", "")


def test_a_card_without_an_end_is_valid_for_ever():
    card = card_in(block(valid_to="长期   "[:8]))
    assert (card.valid_from, card.valid_to) == (date(2020, 1, 2), None)


@pytest.mark.parametrize("days", [{"valid_to": "20401302"}, {"valid_to": "        "}, {"valid_from": "2020-1-2"}])
def test_a_validity_that_cannot_be_read_is_none_and_not_for_ever(days):
    card = card_in(block(**days))
    assert (card.valid_from, card.valid_to) == (None, None)


@pytest.mark.parametrize(
    ("fields", "lost"),
    [
        ({"birth": "19900231"}, "birth"),
        ({"birth": "１９９００３０７"}, "birth"),
        ({"sex": "9"}, "sex"),
        ({"ethnicity": "57"}, "ethnicity"),
        ({"ethnicity": "²²"}, "ethnicity"),
        ({"address": b"\x00\xd8" + "和平村".encode("utf-16-le")}, "address"),
        ({"address": b"\x07\x00" + "和平村".encode("utf-16-le")}, "address"),
        ({"issuer": "\u202e公安局"}, "issuer"),
        ({"issuer": "\ue000公安局"}, "issuer"),
    ],
)
def test_what_cannot_be_read_costs_its_field(fields, lost):
    card = card_in(block(**fields))
    assert not getattr(card, lost)
    assert (card.name, card.number) == ("丁珊瑚", SHANHU["number"])


@pytest.mark.parametrize("name", ["㛃", "丁䶮", "𠅤𬭎𪨰", "\U00031350一"])
def test_rare_characters_are_read(name):
    assert card_in(block(name=name.ljust(15)[:15])).name == name


@pytest.mark.parametrize(("old", "today"), [("\ue863", "䶮"), ("\ue864", "龻"), ("\ue816", "𠂇"), ("\ue81a", "㑳")])
def test_characters_with_a_number_of_their_own_get_the_one_of_today(old, today):
    assert card_in(block(name=f"丁{old}")).name == f"丁{today}"


@pytest.mark.parametrize(
    "text", [b"", bytes(255), bytes(256), block()[:-1] + b"\0\0", block(name=""), block(number=" " * 18)]
)
def test_a_block_that_says_nothing_of_anybody_is_no_card(text):
    with pytest.raises(NoCard):
        card_in(text)


def test_an_unknown_letter_is_no_card_unless_the_block_is_a_residents():
    letter = "K".encode("utf-16-le")
    resident, foreigner = block(), block(CardKind.FOREIGNER)
    assert card_in(resident[:248] + letter + resident[250:]).kind is CardKind.RESIDENT
    with pytest.raises(NoCard):
        card_in(foreigner[:248] + letter + foreigner[250:])


def test_the_newest_address_stands_beside_the_one_of_the_card():
    card = card_in(block(), "临江市西河区新街 1 号".ljust(35).encode("utf-16-le"))
    assert (card.address, card.newest_address) == (SHANHU["address"], "临江市西河区新街 1 号")


@given(st.binary(min_size=256, max_size=256))
def test_any_bytes_are_a_card_or_none(text):
    try:
        card = card_in(text)
    except NoCard:
        return
    assert card.name
    assert card.number


@given(st.sampled_from(CardKind), st.integers(0, 247), st.binary(min_size=1, max_size=40))
def test_a_card_with_damaged_bytes_is_a_card_or_none(kind, place, damage):
    text = bytearray(block(kind))
    text[place : min(place + len(damage), 248)] = damage[: 248 - place]
    try:
        card = card_in(bytes(text))
    except NoCard:
        return
    assert card.kind is kind
    assert not any(unicodedata.category(sign) in UNWRITTEN for sign in card.name + card.number + card.address)
