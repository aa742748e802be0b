"""What the counter knows of whoever applies, on a real encrypted store."""

from dataclasses import replace
from datetime import timedelta

from app.demonstration import CLERK, COOPERATIVE
from tests.domain.samples import id_number
from tests.support import CERTIFICATE, COMMITTED, FOR_ORGANISATIONS, MONDAY, PERSON, accepted, filled


def test_a_case_that_is_open_or_recent_is_found_by_the_number_of_the_document(counter):
    case = accepted(counter)
    assert counter.applicants.recent_case(PERSON.id_number, CERTIFICATE).number == case.number
    assert counter.applicants.recent_case(PERSON.id_number, COMMITTED) is None
    assert counter.applicants.recent_case(id_number("19700101", "011"), CERTIFICATE) is None


def test_an_organisation_is_found_by_its_code_whoever_represents_it(counter):
    case = accepted(counter, FOR_ORGANISATIONS)
    assert counter.applicants.recent_case(COOPERATIVE.uscc, FOR_ORGANISATIONS).number == case.number
    assert counter.applicants.recent_case(PERSON.id_number, FOR_ORGANISATIONS) is None
    (known,) = counter.applicants.find_organisations("9351")
    assert (known.organisation, known.representative, known.cases) == (COOPERATIVE, PERSON, 1)
    assert counter.applicants.find_people("林") == []


def test_after_half_a_year_only_an_open_case_is_shown(counter, place):
    closed, still_open = accepted(counter), accepted(counter, COMMITTED)
    counter.issuance.issue(closed.number, CLERK)
    counter.issuance.deliver(closed.number, CLERK, PERSON.name, in_person=True)
    place.clock.set(MONDAY + timedelta(days=181))
    assert counter.applicants.recent_case(PERSON.id_number, CERTIFICATE) is None
    assert counter.applicants.recent_case(PERSON.id_number, COMMITTED).number == still_open.number


def test_a_case_that_came_to_nothing_stands_in_nobodys_way(counter):
    case = accepted(counter, COMMITTED)
    counter.closing.withdraw(case.number, CLERK, "材料拿回")
    assert counter.applicants.recent_case(PERSON.id_number, COMMITTED) is None


def test_the_last_case_tells_what_the_form_still_takes(counter):
    accepted(counter)
    known = counter.applicants.background(PERSON.id_number, counter.catalogue.item(CERTIFICATE))
    assert known.form["purpose"] == "子女入学"
    item = counter.catalogue.item(CERTIFICATE)
    changed = replace(
        item, form=tuple(replace(one, choices=("银行开户", "其他")) if one.choices else one for one in item.form)
    )
    assert "purpose" not in counter.applicants.background(PERSON.id_number, changed).form


def test_a_stranger_has_no_background(counter):
    known = counter.applicants.background(id_number("19700101", "011"), counter.catalogue.item(CERTIFICATE))
    assert (known.recent, known.form, known.reusable) == (None, {}, {})


def test_the_reason_for_a_second_case_stands_in_the_journal(counter):
    first = accepted(counter)
    draft = filled(counter)
    again = replace(draft.application, earlier_case=first.number, reasons={"earlier_case": "原件遗失"})
    draft = counter.intake.save(replace(draft, application=again))
    case = counter.intake.accept(draft, counter.catalogue.item(CERTIFICATE), CLERK).case
    assert case.passed_warnings == {"earlier_case": "原件遗失"}
