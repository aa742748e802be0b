"""Keys of devices that type, and of people."""

import pytest

from tests.domain.samples import TODAY, id_number
from ui.typed_bursts import FAST_MS, Burst

NUMBER = id_number("19900307")


@pytest.fixture
def burst():
    return Burst(lambda: TODAY)


def type_(burst, text, every_ms, begin_ms=1000):
    """Type a text and return what was kept back of it."""
    return "".join(sign for place, sign in enumerate(text) if burst.key(sign, begin_ms + place * every_ms))


def test_a_person_is_never_kept_back(burst):
    assert type_(burst, f"丁珊瑚\t{NUMBER}\n", FAST_MS + 1) == ""
    assert not burst.is_keeping


@pytest.mark.parametrize("every_ms", [1, 16, 35])
def test_a_device_is_kept_back_from_its_first_key_between_fields_on(burst, every_ms):
    text = f"丁珊瑚\t{NUMBER}\n"
    assert type_(burst, text, every_ms) == text[3:]
    assert burst.end().name == "丁珊瑚"
    assert not burst.is_keeping


def test_a_bar_code_keeps_its_enter_back_and_is_no_card(burst):
    assert type_(burst, "20260518000731000197\n", 2) == "\n"
    assert burst.end() is None


def test_two_keys_that_a_person_hits_at_once_do_not_keep_the_next_back(burst):
    assert type_(burst, "a\n", 1) == ""
    assert type_(burst, "ab", 1, begin_ms=2000) + type_(burst, "\n", 1, begin_ms=2100) == ""


def test_what_a_person_typed_before_is_no_part_of_it(burst):
    type_(burst, "欧晚晴\t", 200)
    type_(burst, f"丁珊瑚\t{NUMBER}\n", 5, begin_ms=9000)
    assert burst.end().name == "丁珊瑚"


def test_a_device_that_pauses_in_the_middle_is_heard_to_its_end(burst):
    type_(burst, "丁珊瑚\t", 5)
    assert type_(burst, f"{NUMBER}\n", 5, begin_ms=1080) == f"{NUMBER}\n"
    assert burst.end().number == NUMBER


def test_another_key_of_a_person_ends_a_run_but_nothing_that_is_kept_back(burst):
    type_(burst, "丁珊", 5)
    burst.forget()
    assert type_(burst, "瑚\t", 5, begin_ms=1011) == ""
    type_(burst, f"丁珊瑚\t{NUMBER}", 5, begin_ms=2000)
    burst.forget()
    assert burst.end().name == "丁珊瑚"
