from dataclasses import replace

import pytest

from app.domain.catalogue import ItemState, Limit, LimitUnit, Material, ProjectType, ServiceItem
from app.services.catalogue import digest, next_versions

RESIDENCE = ServiceItem("519900000001", "居住证明", "云溪镇人民政府", ProjectType.IMMEDIATE)
REGISTER = ServiceItem("519900000002", "生育登记", "示范县卫生健康局", ProjectType.IMMEDIATE)


def test_what_is_new_begins_with_version_one():
    assert next_versions([], [RESIDENCE, REGISTER]) == [RESIDENCE, REGISTER]


def test_what_is_unchanged_gets_no_version():
    assert next_versions([replace(RESIDENCE, version=7)], [RESIDENCE]) == []


def test_what_changed_gets_the_version_after_its_newest():
    changed = replace(RESIDENCE, keywords=("住址证明",))
    assert next_versions([replace(RESIDENCE, version=7), REGISTER], [changed, REGISTER]) == [
        replace(changed, version=8)
    ]


def test_what_vanished_from_the_files_is_cancelled_once():
    (gone,) = next_versions([RESIDENCE, REGISTER], [REGISTER])
    assert (gone.code, gone.version, gone.state) == (RESIDENCE.code, 2, ItemState.CANCELLED)
    assert gone.state_reason
    assert gone.competent == RESIDENCE.department
    assert next_versions([gone, REGISTER], [REGISTER]) == []


def test_what_comes_back_is_in_use_again():
    (gone,) = next_versions([RESIDENCE], [REGISTER])[1:]
    assert next_versions([gone, REGISTER], [RESIDENCE, REGISTER]) == [replace(RESIDENCE, version=3)]


def test_the_digest_does_not_depend_on_the_version():
    assert digest(RESIDENCE) == digest(replace(RESIDENCE, version=9))
    assert len(digest(RESIDENCE)) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"scene": "本镇居民"},
        {"promised": Limit(1, LimitUnit.HOUR)},
        {"promised": Limit(1, LimitUnit.MINUTE)},
        {"materials": (Material("id_card", "居民身份证"),)},
        {"keywords": ("甲", "乙")},
        {"keywords": ("甲乙",)},
    ],
)
def test_the_digest_changes_with_whatever_changes(change):
    digests = {
        digest(RESIDENCE),
        digest(replace(RESIDENCE, keywords=("乙", "甲"))),
        digest(replace(RESIDENCE, **change)),
    }
    assert len(digests) == 3
