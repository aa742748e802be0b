from datetime import date

import pytest

from app.capture.recognition.lines import Fields
from app.capture.recognition.resident_card import back, front, fronts
from app.services.ports import ReadField
from tests.capture.recognition.recorded import A4_COPY, BACK, FRONT, changed, moved

TODAY = date(2026, 11, 26)


def texts(fields: Fields) -> dict[str, str]:
    return {str(name): found.text for name, found in fields.items()}


def test_every_field_of_a_front_side_is_found() -> None:
    assert texts(front(FRONT, TODAY)) == {
        "name": "戴宇",
        "sex": "女",
        "ethnicity": "苗",
        "birth": "1974-04-30",
        "address": "样例省麦积山市榆树区柳湾街道迎春路286号6幢2单元1104室",
        "number": "555866197404309381",
    }


def test_every_field_of_a_back_side_is_found() -> None:
    assert texts(back(BACK)) == {
        "issuer": "麦积山市榆树区公安局",
        "valid_from": "2016-11-24",
        "valid_to": "2036-11-24",
    }


def test_a_card_without_an_end_says_so() -> None:
    fields = back(changed(BACK, n3="有效期限 2020.10.03-長期"))
    assert fields[ReadField.VALID_TO].text == "长期"


def test_a_term_that_no_card_has_is_doubtful() -> None:
    assert back(BACK)[ReadField.VALID_TO].confidence > 0.9
    assert back(changed(BACK, n3="有效期限 2016.11.24-2039.11.24"))[ReadField.VALID_TO].confidence < 0.5


def test_both_sides_on_one_page_are_kept_apart() -> None:
    (own,) = fronts(A4_COPY, TODAY)
    assert own[ReadField.ADDRESS].text == "样例省麦积山市榆树区红旗镇胜利村民委员会老鸦岭屯112号附3号"
    assert own[ReadField.NUMBER].text == "289927200401113387"
    assert texts(back(A4_COPY)) == {
        "issuer": "麦积山市榆树区公安局",
        "valid_from": "2012-10-19",
        "valid_to": "2022-10-19",
    }


def test_two_cards_on_one_page_are_two() -> None:
    page = [*FRONT, *moved(changed(FRONT, n0="姓名黄军", n9="289927200401113387", n3="出生2004年1月11日"), 900)]
    upper, lower = fronts(page, TODAY)
    assert (upper[ReadField.NAME].text, lower[ReadField.NAME].text) == ("戴宇", "黄军")
    assert lower[ReadField.NUMBER].text == "289927200401113387"


def test_validity_is_never_taken_for_a_number() -> None:
    assert fronts(BACK, TODAY) == []


def test_what_a_sound_number_tells_stands_above_what_was_read() -> None:
    fields = front(changed(FRONT, n1="性别男", n3="出生1974年4月80日"), TODAY)
    assert (fields[ReadField.SEX].text, fields[ReadField.SEX].is_repaired) == ("女", True)
    assert (fields[ReadField.BIRTH].text, fields[ReadField.BIRTH].is_repaired) == ("1974-04-30", True)


def test_the_printed_birth_date_mends_the_number() -> None:
    number = front(changed(FRONT, n9="555866197404909381"), TODAY)[ReadField.NUMBER]
    assert (number.text, number.is_repaired) == ("555866197404309381", True)
    assert number.confidence <= 0.8


def test_a_number_that_cannot_be_mended_is_shown_as_read_and_doubtful() -> None:
    number = front(changed(FRONT, n9="558566197404309381"), TODAY)[ReadField.NUMBER]
    assert (number.text, number.is_repaired) == ("558566197404309381", False)
    assert number.confidence <= 0.3


@pytest.mark.parametrize("read", ["姓名戴宇", "n8戴宇", "姓各戴宇", "姓名：戴宇"])
def test_the_name_is_found_whatever_its_label_was_read_as(read: str) -> None:
    assert front(changed(FRONT, n0=read), TODAY)[ReadField.NAME].text == "戴宇"


def test_the_address_is_found_when_its_label_was_misread() -> None:
    address = front(changed(A4_COPY, n4="信量样例省麦积山市榆树区红"), TODAY)[ReadField.ADDRESS]
    assert address.text.startswith("样例省麦积山市")


@pytest.mark.parametrize(
    ("read", "name"),
    [("阿依古丽•玉素甫", "阿依古丽·玉素甫"), ("易志㑇", "易志㑇"), ("陳𬭎", "陳𬭎"), ("欧阳 佳", "欧阳佳")],
)
def test_names_keep_the_characters_that_were_read(read: str, name: str) -> None:
    assert front(changed(FRONT, n0=f"姓名 {read}"), TODAY)[ReadField.NAME].text == name


def test_ethnic_groups_and_addresses_are_in_simplified_characters() -> None:
    fields = front(changed(FRONT, n2="民族漢", n5="樣例省麦積山市榆樹區柳"), TODAY)
    assert fields[ReadField.ETHNICITY].text == "汉"
    assert fields[ReadField.ADDRESS].text.startswith("样例省麦积山市榆树区柳")


def test_what_is_no_ethnic_group_is_doubtful() -> None:
    found = front(changed(FRONT, n2="民族舞"), TODAY)[ReadField.ETHNICITY]
    assert (found.text, found.confidence) == ("舞", 0.3)


def test_a_card_whose_sex_was_not_read_has_it_from_the_number() -> None:
    fields = front(changed(FRONT, n1="", n2=""), TODAY)
    assert (fields[ReadField.NAME].text, fields[ReadField.SEX].text) == ("戴宇", "女")


def test_a_card_whose_number_was_not_read_still_has_the_rest() -> None:
    (fields,) = fronts(changed(FRONT, n9=""), TODAY)
    assert fields[ReadField.NAME].text == "戴宇"
    assert ReadField.NUMBER not in fields


def test_half_a_number_is_no_part_of_the_address() -> None:
    fields = front(changed(FRONT, n9="5558661974"), TODAY)
    assert fields[ReadField.ADDRESS].text.endswith("1104室")
    assert ReadField.NUMBER not in fields


def test_a_number_is_never_taken_for_validity() -> None:
    fields = back([*changed(FRONT, n9="598101198009070119"), *moved(BACK, 900)])
    assert fields[ReadField.VALID_FROM].text == "2016-11-24"


def test_each_field_knows_where_it_stands() -> None:
    fields = front(FRONT, TODAY)
    assert [box.top for box in fields[ReadField.ADDRESS].boxes] == [324, 371, 422]
    assert fields[ReadField.NUMBER].boxes[0].left == 370


def test_other_text_is_no_card() -> None:
    assert fronts(changed(BACK, n3=""), TODAY) == []
    assert back(FRONT) == {}
