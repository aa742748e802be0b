"""Every fact of a case says something to a reader, and nothing that is masked elsewhere."""

import pytest

from app.demonstration import DemonstrationStarter
from app.domain.facts import FACTS, Fact
from app.services.snapshots import CaseFilter
from ui.history import _SAYINGS, event_words

OF_A_CASE = [
    name for name in FACTS if name.startswith(("Case", "Paper", "Print", "Supplement")) and name != "CasesExported"
]


@pytest.fixture(scope="module")
def events(cache):
    with DemonstrationStarter(cache) as starter:
        counter = starter.open()
        files = [counter.desk.file(lit.row.number) for lit in counter.desk.page(CaseFilter(), 0, 500)]
        counter.close()
        return [(event.fact, file) for file in files for event in file.events]


def test_every_fact_of_the_demonstration_is_said(events):
    for fact, file in events:
        icon, what, details = event_words(fact, file.item)
        assert icon
        assert what != fact.kind
        assert isinstance(details, str)


def test_no_history_shows_a_number_that_is_masked_elsewhere(events):
    for fact, file in events:
        words = "".join(event_words(fact, file.item))
        assert file.case.applicant.id_number not in words
        assert file.case.applicant.phone not in words


@pytest.mark.parametrize("name", OF_A_CASE)
def test_every_kind_of_fact_of_a_case_has_words(name):
    assert issubclass(FACTS[name], Fact)
    assert FACTS[name] in _SAYINGS
