import pytest

from app.domain.wording import Wording


def test_places_are_filled():
    assert (
        Wording("兹证明{name}住在{address}。").fill({"name": "林小禾", "address": "柳湾村"})
        == "兹证明林小禾住在柳湾村。"
    )


def test_a_group_is_left_out_when_one_of_its_places_has_no_value():
    wording = Wording("{name}[，{sex}][，{birth}出生于{town}]。")
    assert (
        wording.fill({"name": "林小禾", "sex": "", "birth": "2003年", "town": "云溪"}) == "林小禾，2003年出生于云溪。"
    )
    assert wording.fill({"name": "林小禾", "birth": "2003年"}) == "林小禾。"


def test_a_value_is_never_read_as_a_place_or_a_group():
    assert Wording("{name}[（{note}）]").fill({"name": "{sex}", "note": "[x]"}) == "{sex}（[x]）"


def test_a_wording_is_empty_when_none_of_its_places_has_a_value():
    wording = Wording("{clerk}（{window}）")
    assert wording.is_empty({"clerk": ""})
    assert not wording.is_empty({"window": "3号窗口"})
    assert not Wording("盖章处").is_empty({})


def test_places_are_told_in_order():
    assert Wording("{number}[，{date}]").places == ("number", "date")


@pytest.mark.parametrize("text", ["{name", "name}", "{Name}", "{}", "[{name}", "{name}]", "[[{a}]{b}]", "[无]"])
def test_brackets_that_do_not_pair_or_hold_no_place_are_refused(text):
    with pytest.raises(ValueError, match="bracket"):
        Wording(text)
