import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clock import CHINA
from app.domain.facts import FACTS, NOTES, CaseReceived, read_fact
from app.domain.folding import FOLDS
from app.domain.journal import LARGEST_INT, canonical

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
CODES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2999, 1, 1), timezones=st.just(CHINA)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
SIMPLE = {str: TEXTS, int: st.integers(-LARGEST_INT, LARGEST_INT), datetime: MOMENTS}


def values(kind):
    """Return a strategy for what a field of this type can hold; mappings have codes as keys, as catalogues do."""
    if kind in SIMPLE:
        return SIMPLE[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Mapping:
        return st.dictionaries(CODES, values(arguments[1]), max_size=3)
    if origin is tuple:
        return st.lists(values(arguments[0]), max_size=3).map(tuple)
    if arguments:
        return st.one_of([values(part) for part in arguments])
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{field.name: values(hints[field.name]) for field in fields(kind)})
    return st.from_type(kind)


@pytest.mark.parametrize("kind", FACTS.values())
@given(st.data())
def test_every_fact_comes_back_from_the_journal_as_it_was(kind, data):
    fact = data.draw(values(kind))
    body = {"kind": fact.kind, "data": fact.data()}
    assert read_fact(json.loads(canonical(body))) == fact


def test_a_fact_is_known_by_the_name_of_its_class():
    assert all(name == kind.__name__ for name, kind in FACTS.items())


def test_every_fact_tells_what_it_means():
    assert all(kind.__doc__ and not kind.__doc__.startswith(f"{kind.__name__}(") for kind in FACTS.values())


def test_every_name_in_a_fact_is_ascii_as_a_canonical_body_demands():
    assert all(field.name.isascii() for kind in FACTS.values() for field in fields(kind))


def test_nothing_of_a_note_changes_a_case():
    assert not NOTES & {CaseReceived, *FOLDS}


def test_a_kind_that_this_program_does_not_know_is_told():
    with pytest.raises(KeyError):
        read_fact({"kind": "SomethingLater", "data": {}})
