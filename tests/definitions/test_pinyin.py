import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.definitions.pinyin import MOST_READINGS, Readings, read_surnames
from app.services.errors import BadDefinitions

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "resources" / "surnames.txt"
READINGS = Readings(read_surnames(SHIPPED))


def spelled(text):
    return [" ".join(reading) for reading in READINGS.readings(text)]


def test_a_word_is_read_as_the_word_and_not_as_its_characters():
    assert spelled("银行")[0] == "yin hang"
    assert spelled("重庆")[0] == "chong qing"


def test_the_usual_reading_comes_first_and_six_at_most():
    readings = spelled("居住证明（本镇居民）")
    assert readings[0] == "ju zhu zheng ming （ ben zhen ju min ）"
    assert len(readings) == MOST_READINGS


def test_letters_digits_and_unknown_characters_stand_for_themselves():
    assert spelled("A证1𠀀")[0].split()[:3] == ["a", "zheng", "1"]
    assert len(READINGS.readings("\U0003fffd")[0]) == 1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30))
def test_every_character_has_one_syllable_in_every_reading(text):
    for reading in READINGS.readings(text):
        assert len(reading) == len(text)
        assert all(reading)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("张三", "zs"),
        ("单小禾", "sxh"),
        ("仇一舟", "qyz"),
        ("解若谷", "xrg"),
        ("曾半夏", "zbx"),
        ("查望舒", "zws"),
        ("区云帆", "oyf"),
        ("尉迟素问", "ycsw"),
        ("欧阳青禾", "oyqh"),
        ("阿卜杜热合曼·买买提", "abdrhmmmt"),
        ("𬱖宁", "dn"),
        ("林𬭎", "lh"),
    ],
)
def test_a_name_is_found_by_the_initials_that_its_bearer_would_say(name, initials):
    assert READINGS.name_initials(name)[0] == initials


def test_a_surname_with_two_readings_has_both():
    assert {"qsw", "tsw"} <= set(READINGS.name_initials("覃素问"))


def test_a_given_name_with_two_readings_has_both():
    assert {"lcq", "lzq"} <= set(READINGS.name_initials("林长青"))


def test_a_surname_outside_the_table_has_its_usual_reading_alone():
    assert {initials[0] for initials in READINGS.name_initials("王长青")} == {"w"}


@pytest.mark.parametrize("name", ["", "·", " "])
def test_a_name_without_a_character_has_no_initials(name):
    assert READINGS.name_initials(name) == ()


def test_a_table_with_wrong_lines_is_refused_with_each_of_them(tmp_path):
    path = tmp_path / "surnames.txt"
    path.write_text("# 姓氏\n单 shan\n尉迟 yu\n仇\n解 Xie\n", encoding="utf-8")
    with pytest.raises(BadDefinitions) as refused:
        read_surnames(path)
    assert [(error.file, error.line) for error in refused.value.errors] == [
        ("surnames.txt", 3),
        ("surnames.txt", 4),
        ("surnames.txt", 5),
    ]


def test_the_dictionary_is_not_loaded_before_it_is_needed():
    code = "import sys, app.definitions.pinyin; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
