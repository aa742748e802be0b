import pytest

from app.domain import blanks as rules
from app.domain.blanks import Blank, BlankState, run, tidy_number
from app.domain.errors import BlankNotSo, LimitExceeded, NoRun, ReasonMissing
from tests.domain.samples import AT

FORM = "居住证明用纸"


def blank(number="A0000001", state=BlankState.UNUSED, paper=""):
    return Blank(FORM, number, state, AT, "县政务服务局", AT, "hechangning", paper)


def test_a_run_has_every_number_with_its_letters_and_all_its_digits():
    assert run("川A0098", "川A0101") == ("川A0098", "川A0099", "川A0100", "川A0101")
    assert run("7", "7") == ("7",)


@pytest.mark.parametrize(
    ("first", "last"),
    [("A01", "B02"), ("A09", "A10 "), ("A9", "A10"), ("A02", "A01"), ("A", "B"), ("", ""), ("1" * 41,) * 2],
)
def test_what_is_no_run_is_refused(first, last):
    with pytest.raises(NoRun):
        run(first, last)


def test_a_mistyped_digit_does_not_make_a_million():
    assert len(run("00001", "05000")) == rules.MOST_AT_ONCE
    with pytest.raises(LimitExceeded):
        run("00001", "05001")


def test_a_number_is_kept_as_it_is_printed_however_it_is_typed():
    assert tidy_number(" a 0000 001 ") == "A0000001"


def test_a_blank_is_received_once_and_again_after_it_was_given_back():
    with pytest.raises(BlankNotSo) as refused:
        rules.receive(FORM, "A01", "A03", "县局", [blank("A02", BlankState.SPOILED)])
    assert (refused.value.number, refused.value.state) == ("A02", "spoiled")
    again = rules.receive(FORM, "A01", "A03", " 县局 ", [blank("A02", BlankState.GIVEN_BACK)])
    assert (again.first, again.last, again.source) == ("A01", "A03", "县局")


def test_who_gave_them_out_is_named():
    with pytest.raises(ReasonMissing):
        rules.receive(FORM, "A01", "A03", "  ", [])


@pytest.mark.parametrize("state", [None, BlankState.USED, BlankState.SPOILED, BlankState.GIVEN_BACK])
def test_only_an_unused_blank_is_used_or_given_back(state):
    known = state and blank("A01", state)
    with pytest.raises(BlankNotSo):
        rules.use(FORM, "A01", "云溪3证〔2026〕000001号", known)
    with pytest.raises(BlankNotSo):
        rules.give_back(FORM, "A01", "A01", "登记错了", "second", [known])


def test_a_used_blank_can_be_spoiled_and_a_spoiled_one_not_again():
    used, spoiled = blank("A01", BlankState.USED, "paper"), blank("A02", BlankState.SPOILED)
    assert rules.spoil(FORM, "A01", "A01", " 卡纸 ", "second", [used]).reason == "卡纸"
    with pytest.raises(BlankNotSo):
        rules.spoil(FORM, "A01", "A02", "卡纸", "second", [used, spoiled])


def test_only_what_was_never_printed_on_is_good_again():
    rules.restore(FORM, "A01", "A01", "找到了", "second", [blank("A01", BlankState.SPOILED)])
    with pytest.raises(BlankNotSo):
        rules.restore(FORM, "A01", "A01", "找到了", "second", [blank("A01", BlankState.SPOILED, "paper")])
