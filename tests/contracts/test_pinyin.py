import pytest

from app.config import RESOURCES
from app.definitions.pinyin import MOST_READINGS, Readings, read_surnames
from tests.fakes.pinyin import FewReadings


@pytest.fixture(params=[lambda: Readings(read_surnames(RESOURCES / "surnames.txt")), FewReadings])
def pinyin(request):
    return request.param()


def test_every_character_has_a_syllable(pinyin):
    for text in ("张三", "A1林", "", "云 溪"):
        for reading in pinyin.readings(text):
            assert len(reading) == len(text)
        assert 1 <= len(pinyin.readings(text)) <= MOST_READINGS
    assert pinyin.readings("张三")[0] == ("zhang", "san")


def test_a_name_has_initials_in_lower_case(pinyin):
    assert "zs" in pinyin.name_initials("张三")
    assert len(pinyin.name_initials("张三")) <= MOST_READINGS
    assert pinyin.name_initials("") == ()
