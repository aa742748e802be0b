from functools import cache
from pathlib import Path

import pytest

from app.definitions.catalogue import read_catalogue
from app.definitions.pinyin import Readings, read_surnames
from app.domain.item_search import IndexedItem, ItemIndex

RESOURCES = Path(__file__).parents[2] / "resources"


@cache
def index():
    pinyin = Readings(read_surnames(RESOURCES / "surnames.txt"))
    return ItemIndex(
        IndexedItem(
            item,
            pinyin.readings(item.title),
            tuple(reading for word in item.keywords for reading in pinyin.readings(word)),
        )
        for item in read_catalogue(RESOURCES / "catalogue").items
    )


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("jzzm", "居住证明（本镇居民）"),
        ("juzhu", "居住证明（本镇居民）"),
        ("居住证明", "居住证明（本镇居民）"),
        ("510117051000", "居住证明（本镇居民）"),
        ("低保", "最低生活保障对象认定"),
        ("dibao", "最低生活保障对象认定"),
        ("宅基地", "农村宅基地用地建房审批"),
        ("生娃", "生育登记"),
        ("养狗", "居民养犬证明"),
        ("wfzjl", "无犯罪记录证明"),
        ("外地看病", "异地就医备案"),
    ],
)
def test_what_citizens_and_clerks_say_finds_the_item_first(typed, title):
    assert index().search(typed, {}, 8)[0].item.title == title


def test_both_residence_certificates_come_before_everything_else():
    titles = [hit.item.title for hit in index().search("jzzm", {}, 8)]
    assert titles[:2] == ["居住证明（本镇居民）", "居住证明（村民委员会出具）"]


def test_every_item_is_found_by_its_own_title_in_characters_and_in_letters():
    pinyin = Readings({})
    for item in read_catalogue(RESOURCES / "catalogue").items:
        letters = "".join(pinyin.readings(item.name)[0])
        assert item in [hit.item for hit in index().search(item.title, {}, 8)]
        if letters.isascii():
            assert item in [hit.item for hit in index().search(letters, {}, 8)], letters
