"""Every fact of a case says something to a reader, and nothing that is masked elsewhere."""

import pytest

from app.demonstration import DemonstrationStarter
from app.domain.facts import FACTS, CaseCorrected, Fact
from app.domain.outcomes import Correction
from app.services.desk import Event
from app.services.snapshots import CaseFilter
from tests.support import MONDAY
from ui.history import _SAYINGS, event_words

LISTS = {"CasesExported", "PapersExported"}
OF_A_CASE = [name for name in FACTS if name.startswith(("Case", "Paper", "Print", "Supplement")) and name not in LISTS]


@pytest.fixture(scope="module")
def events(cache):
    with DemonstrationStarter(cache) as starter:
        counter = starter.open()
        files = [counter.desk.file(lit.row.number) for lit in counter.desk.page(CaseFilter(), 0, 500)]
        counter.close()
        return [(event, file) for file in files for event in file.events]


def test_every_fact_of_the_demonstration_is_said(events):
    for event, file in events:
        icon, what, details = event_words(event, file.item)
        assert icon
        assert what != event.fact.kind
        assert isinstance(details, str)


def test_no_history_shows_a_number_that_is_masked_elsewhere(events):
    for event, file in events:
        words = "".join(event_words(event, file.item))
        assert file.case.applicant.id_number not in words
        assert file.case.applicant.phone not in words


def test_the_second_person_of_a_voiding_is_called_by_name(events):
    consented = [(event, file) for event, file in events if hasattr(event.fact, "approved_by")]
    assert consented
    for event, file in consented:
        words = "".join(event_words(event, file.item))
        assert f"{event.second_person} 复核" in words
        assert event.second_person != event.fact.approved_by
        assert event.fact.approved_by not in words


def test_a_correction_says_what_was_and_what_is_only_in_full(events):
    _event, file = events[0]
    changes = (
        Correction("agent.name", "王知远", "汪知远"),
        Correction("applicant.document", "resident_card", "passport"),
        Correction("co_applicants.1.address", "", "云溪镇"),
    )
    event = Event(9, MONDAY, "何长宁", CaseCorrected(changes, "认错手写字", {"agent.name": "户口簿如此"}), "")
    masked = event_words(event, file.item)[2]
    assert masked == "代办人姓名、证件类型、共同申请人 2 户籍地址；认错手写字；代办人姓名：户口簿如此"
    whole = event_words(event, file.item, in_full=True)[2]
    for words in ("代办人姓名：王知远 → 汪知远", "证件类型：居民身份证 → 护照", "户籍地址：（空） → 云溪镇"):
        assert words in whole


@pytest.mark.parametrize("name", OF_A_CASE)
def test_every_kind_of_fact_of_a_case_has_words(name):
    assert issubclass(FACTS[name], Fact)
    assert FACTS[name] in _SAYINGS
