import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.application import HandedIn, Page, PageRemark
from app.domain.clock import CHINA
from app.domain.plain import from_plain, to_plain


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    name: str
    day: date | None = None


@dataclass(frozen=True)
class Outer:
    text: str
    count: int
    flag: bool
    colour: Colour
    at: datetime
    opens: time
    inner: Inner
    many: tuple[Inner, ...] = ()
    by_name: Mapping[str, Inner] = field(default_factory=dict)
    maybe: int | None = None


TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
INNER = st.builds(Inner, TEXTS, st.none() | st.dates())
MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2999, 1, 1), timezones=st.just(CHINA)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
OUTER = st.builds(
    Outer,
    TEXTS,
    st.integers(),
    st.booleans(),
    st.just(Colour.RED),
    MOMENTS,
    st.times(),
    INNER,
    st.lists(INNER).map(tuple),
    st.dictionaries(TEXTS, INNER),
    st.none() | st.integers(),
)
SAMPLE = Outer(
    "林", 1, True, Colour.RED, datetime(2026, 5, 18, 10, tzinfo=CHINA), time(9), Inner("a", date(2026, 1, 1))
)


@given(OUTER)
def test_whatever_goes_in_comes_out_the_same_through_json(value):
    assert from_plain(Outer, json.loads(json.dumps(to_plain(value)))) == value


def test_a_moment_is_written_in_the_time_of_china():
    assert to_plain(datetime(2026, 5, 18, 2, 24, 7, 123456, tzinfo=UTC)) == "2026-05-18T10:24:07.123+08:00"


@pytest.mark.parametrize("value", [1.5, {1, 2}, b"x", object()])
def test_what_a_body_cannot_hold_is_refused(value):
    with pytest.raises(TypeError):
        to_plain(value)


def test_an_older_program_reads_a_newer_value():
    plain = to_plain(SAMPLE) | {"later": "added by a newer program"}
    assert from_plain(Outer, plain) == SAMPLE


def test_a_newer_program_reads_an_older_value():
    plain = to_plain(SAMPLE)
    for added_later in ("many", "by_name", "maybe"):
        del plain[added_later]
    assert from_plain(Outer, plain) == SAMPLE


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": 1},
        {"count": "1"},
        {"count": True},
        {"count": 1.0},
        {"flag": 1},
        {"colour": "blue"},
        {"at": "yesterday"},
        {"inner": {"name": None}},
        {"inner": {}},
        {"maybe": "1"},
    ],
)
def test_a_value_that_does_not_fit_its_field_is_refused(wrong):
    with pytest.raises((TypeError, ValueError)):
        from_plain(Outer, to_plain(SAMPLE) | wrong)


def test_what_drafts_alone_know_stands_there_only_when_it_is_not_empty():
    bare = {"digest": "ab", "media_type": "image/png", "turn": 0}
    page = Page("ab", "image/png")
    assert to_plain(page) == bare
    assert to_plain(replace(page, original="cd")) == bare | {"original": "cd"}
    known = replace(page, original="cd", mark="1", remarks=(PageRemark.BLANK,), kept_as="grey")
    for one in (page, known):
        assert from_plain(Page, to_plain(one)) == one
    assert HandedIn(pages=(known,)).settled() == HandedIn(pages=(page,))
