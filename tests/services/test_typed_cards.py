"""What readers type that pretend to be keyboards."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.ports import CardKind
from app.services.typed_cards import typed_card
from tests.domain.samples import TODAY, id_number

NUMBER = id_number("19900307")
ADDRESS = "云溪镇柳湾村 4 组 27 号"
FIELDS = ("丁珊瑚", "女", "土家", "19900307", ADDRESS, NUMBER, "示范县公安局", "20200102", "20400102")
NAMES = ("姓名", "性别", "民族", "出生日期", "住址", "身份证号", "签发机关", "有效期限", "截止日期")


@pytest.mark.parametrize(
    "text",
    [
        "\t".join(FIELDS) + "\n",
        "\n".join(FIELDS) + "\n",
        "|".join(FIELDS) + "|\n",
        "\r\n".join(f"{name}：{value}" for name, value in zip(NAMES, FIELDS, strict=True)) + "\r\n",
        "\t".join(f"{name}:{value}" for name, value in zip(NAMES, FIELDS, strict=True)),
        "\t".join(reversed(FIELDS[1:7])) + "\t2020.01.02-2040.01.02\t姓名:丁珊瑚\n",
        "丁珊瑚|女|土家族|1990年03月07日|" + ADDRESS + f"|{NUMBER}|示范县公安局|2020年01月02日-2040年01月02日\n",
    ],
)
def test_fields_are_known_by_what_stands_in_them(text):
    card = typed_card(text, TODAY)
    assert (card.kind, card.name, card.number, card.sex) == (CardKind.RESIDENT, "丁珊瑚", NUMBER, "女")
    assert (card.birth, card.ethnicity, card.address) == (date(1990, 3, 7), "土家", ADDRESS)
    assert (card.issuer, card.valid_from, card.valid_to) == ("示范县公安局", date(2020, 1, 2), date(2040, 1, 2))


def test_a_name_and_a_number_are_enough():
    card = typed_card(f"丁珊瑚\t{NUMBER.lower()}\n", TODAY)
    assert (card.name, card.number, card.address, card.valid_from) == ("丁珊瑚", NUMBER, "", None)


def test_a_card_without_an_end_is_valid_for_ever():
    assert typed_card(f"丁珊瑚\t{NUMBER}\t20200102\t长期\n", TODAY).valid_from == date(2020, 1, 2)
    assert typed_card(f"丁珊瑚\t{NUMBER}\t20200102-长期\n", TODAY).valid_to is None


@pytest.mark.parametrize("days", ["20200102", "20200102\t20300102\t20400102", "20400102-20200102", "20201302-20400102"])
def test_days_that_are_no_validity_are_none(days):
    card = typed_card(f"丁珊瑚\t19900307\t{NUMBER}\t{days}\n", TODAY)
    assert (card.valid_from, card.valid_to) == (None, None)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (id_number("19900307", area="810000"), CardKind.HMT_RESIDENCE),
        (id_number("19900307", area="911011"), CardKind.FOREIGNER_2023),
    ],
)
def test_the_number_tells_the_kind_of_card(number, kind):
    assert typed_card(f"陈大文\t{number}\n", TODAY).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jzzm\n",
        f"{NUMBER}\n",
        "20260518000731000197\n",
        f"丁珊瑚\t{NUMBER[:-1]}\n",
        f"丁珊瑚\t{NUMBER[:17]}{'0' if NUMBER[17] != '0' else '1'}\n",
        f"土家族\t{NUMBER}\n",
        f"丁珊瑚\t{NUMBER}\t" + "云溪" * 300,
    ],
)
def test_anything_else_is_no_card(text):
    assert typed_card(text, TODAY) is None


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_card_or_none(text):
    card = typed_card(f"{text}\t{NUMBER}\n", TODAY)
    assert card is None or (card.name and card.number == NUMBER)
