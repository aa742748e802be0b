import json
from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.deadline import Light
from app.security.keys import verify
from app.services.errors import NotFound
from app.services.preferences import Language, Preferences, Theme
from app.services.snapshots import CaseFilter, CaseScope
from app.storage.journal_file import check_export
from tests.support import CERTIFICATE, COMMITTED, MONDAY, PERSON, accepted, filled


def test_the_board_counts_today_and_lists_drafts_and_what_is_due(counter):
    accepted(counter, COMMITTED)
    filled(counter)
    board = counter.desk.board()
    assert board.today.accepted == 1
    assert [row.title for row in board.drafts] == ["居住证明"]
    assert [lit.light for lit in board.due] == [Light.GREEN]


@pytest.mark.parametrize(
    ("days", "light", "left"),
    [
        (0, Light.GREEN, 12),
        (14, Light.YELLOW, 2),
        (16, Light.YELLOW, 0),
        (17, Light.RED, -1),
        (21, Light.ESCALATED, -3),
    ],
)
def test_the_light_follows_the_working_days_that_are_left(counter, place, days, light, left):
    accepted(counter, COMMITTED)
    place.clock.set(MONDAY + timedelta(days=days))
    lit = counter.desk.page(CaseFilter(), 0, 1)[0]
    assert (lit.light, lit.days_left) == (light, left)


def test_the_scopes_part_the_cases(counter, place):
    case = accepted(counter)
    accepted(counter, COMMITTED)
    counter.issuance.issue(case.number, CLERK)
    assert counter.desk.counts().to_deliver == 1
    counter.issuance.deliver(case.number, CLERK, PERSON.name, in_person=True)
    place.clock.set(MONDAY + timedelta(days=30))
    counts = counter.desk.counts()
    assert (counts.open, counts.overdue, counts.done) == (1, 1, 1)
    assert counter.desk.count(CaseFilter(CaseScope.OVERDUE, now=counter.desk.now())) == 1


@pytest.mark.parametrize("typed", ["林𬱖宁", "𬱖", "𬱖宁", "l", "519900", "0323", "13805555270", "5270"])
def test_a_case_is_found_by_any_part_of_who_it_is(counter, typed):
    case = accepted(counter)
    assert [lit.row.number for lit in counter.desk.find(typed)] == [case.number]


def test_a_case_is_found_by_its_number_in_groups(counter):
    number = accepted(counter).number
    grouped = f"{number[:8]} {number[8:14]} {number[14:18]} {number[18:]}"
    assert [lit.row.number for lit in counter.desk.find(grouped)] == [number]


@pytest.mark.parametrize(
    "typed", ['"', "*", "AND", "name:x", "NEAR(", "'; DROP TABLE cases", "\x00", "😀", "x" * 10_000]
)
def test_nothing_that_is_typed_becomes_a_query(counter, typed):
    accepted(counter)
    assert counter.desk.find(typed) == []


def test_somebody_who_was_here_before_is_known_by_name_and_number(counter):
    accepted(counter)
    accepted(counter, COMMITTED)
    for typed in ("林", "519900199203"):
        known = counter.desk.find_people(typed)
        assert [(person.person, person.cases) for person in known] == [(PERSON, 2)]


def test_looking_at_personal_data_is_recorded(counter):
    number = accepted(counter).number
    assert counter.desk.reveal(number, CLERK).applicant == PERSON
    assert type(counter.desk.file(number).events[-1].fact).__name__ == "PersonalDataShown"


def test_a_case_without_entries_is_not_found(counter):
    with pytest.raises(NotFound):
        counter.desk.file("2" * 20)


def test_the_journal_of_a_case_is_sound(counter):
    assert counter.ledger.is_sound(accepted(counter).number)


def test_an_export_ends_with_the_fact_that_it_was_made(counter, tmp_path):
    accepted(counter)
    exported = counter.ledger.export(tmp_path / "journal.jsonl", CLERK)
    last = json.loads((tmp_path / "journal.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert json.loads(last["body"])["kind"] == "JournalExported"
    assert last["hash"] == exported.head.hash.hex()
    assert check_export(tmp_path / "journal.jsonl", verify).entries == exported.entries


def test_rebuilding_changes_nothing_that_is_to_be_seen(counter):
    case = accepted(counter)
    accepted(counter, COMMITTED)
    counter.issuance.issue(case.number, CLERK)
    counter.papers.pdf(counter.papers.of_case(case.number)[0], CLERK)

    def seen():
        return (
            counter.desk.page(CaseFilter(), 0, 10),
            counter.desk.counts(),
            counter.desk.board().today,
            counter.papers.of_case(case.number),
            counter.desk.find("林"),
            counter.desk.find_people("林"),
        )

    before = seen()
    assert counter.ledger.rebuild() == counter.ledger.verify().entries
    assert seen() == before
    assert accepted(counter).receipt.serial == 3


def test_frequent_items_are_those_of_the_last_thirty_days(counter, place):
    accepted(counter, COMMITTED)
    assert counter.catalogue.frequent(1)[0][0].code == COMMITTED
    place.clock.set(MONDAY + timedelta(days=40))
    assert counter.catalogue.frequent(1)[0][1] == 0


def test_preferences_are_kept_and_nonsense_falls_back(counter):
    wanted = Preferences(Theme.DARK, 125, Language.ENGLISH, 5)
    counter.preferences.keep(wanted)
    assert counter.preferences.read() == wanted


def test_the_item_that_was_loaded_again_unchanged_gets_no_new_version(counter):
    before = counter.ledger.verify().entries
    assert counter.catalogue.load(counter.catalogue.items()) == []
    assert counter.ledger.verify().entries == before
    assert counter.catalogue.item(CERTIFICATE).version == 1
