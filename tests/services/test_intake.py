from dataclasses import replace
from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.application import Application
from app.domain.case import CaseState
from app.domain.errors import ApplicationIncomplete, ItemNotOpen
from app.domain.numbering import is_case_number
from app.domain.outcomes import NonAcceptanceGround
from app.domain.people import Person
from app.services.errors import BadAttachment, MissingGlyphs, NotFound
from tests.support import CERTIFICATE, COMMITTED, FORBIDDEN, MONDAY, PERSON, accepted, filled


def test_a_draft_is_found_again_as_it_was_typed(counter):
    draft = filled(counter)
    found, item = counter.intake.resume(draft.draft_id)
    assert found == draft
    assert item.code == CERTIFICATE


def test_acceptance_numbers_the_case_and_its_papers_and_ends_the_draft(counter):
    draft = filled(counter)
    done = counter.intake.accept(draft, counter.catalogue.item(CERTIFICATE), CLERK)
    assert is_case_number(done.case.number)
    assert done.case.state is CaseState.ACCEPTED
    assert done.papers == ("云溪3收〔2026〕000001号", "云溪3受〔2026〕000001号")
    with pytest.raises(NotFound):
        counter.intake.resume(draft.draft_id)


def test_accepting_a_draft_twice_makes_one_case(counter):
    draft, item = filled(counter), counter.catalogue.item(CERTIFICATE)
    counter.intake.accept(draft, item, CLERK)
    with pytest.raises(NotFound):
        counter.intake.accept(draft, item, CLERK)
    assert counter.desk.counts().open == 1


def test_nothing_is_written_while_something_is_missing(counter):
    item = counter.catalogue.item(CERTIFICATE)
    draft = counter.intake.save(counter.intake.begin(item, CLERK))
    before = counter.ledger.verify().entries
    with pytest.raises(ApplicationIncomplete) as caught:
        counter.intake.accept(draft, item, CLERK)
    assert {problem.place for problem in caught.value.problems} >= {"applicant.name", "materials.id_card"}
    assert counter.ledger.verify().entries == before


def test_a_character_without_a_font_is_named_before_a_number_is_used(counter):
    draft = filled(counter, person=replace(PERSON, name="林\U000e0041"))
    before = counter.ledger.verify().entries
    with pytest.raises(MissingGlyphs) as caught:
        counter.intake.accept(draft, counter.catalogue.item(CERTIFICATE), CLERK)
    assert caught.value.characters == "\U000e0041"
    assert counter.ledger.verify().entries == before


def test_a_refusal_with_a_character_without_a_font_leaves_the_draft(counter):
    draft = filled(counter)
    item, ground = counter.catalogue.item(draft.item), NonAcceptanceGround.NOT_ENTITLED
    with pytest.raises(MissingGlyphs):
        counter.intake.refuse(draft, item, CLERK, ground=ground, reason="不符\U000e0041", basis="办法第三条")
    assert counter.intake.resume(draft.draft_id)


def test_a_forbidden_proof_cannot_be_begun_and_names_who_is_competent(counter):
    with pytest.raises(ItemNotOpen) as caught:
        counter.intake.begin(counter.catalogue.item(FORBIDDEN), CLERK)
    assert caught.value.state == "forbidden"
    assert "公安" in caught.value.competent


def test_a_doubtful_identity_number_passes_with_a_reason_that_the_journal_keeps(counter):
    person = replace(PERSON, id_number="519900199203070328")
    draft, item = filled(counter, person=person), counter.catalogue.item(CERTIFICATE)
    assert [problem.code for problem in counter.intake.check(draft, item)] == ["check_digit"]
    reasons = {"applicant.id_number": "原件如此，已核对"}
    passed = replace(draft, application=replace(draft.application, reasons=reasons))
    case = counter.intake.accept(passed, item, CLERK).case
    assert counter.desk.file(case.number).case.passed_warnings == reasons


def test_numbers_are_gapless_and_never_given_out_twice(counter):
    cases = [accepted(counter) for _ in range(12)]
    assert [case.receipt.serial for case in cases] == list(range(1, 13))
    assert len({case.number for case in cases}) == 12
    assert [int(case.number[14:18]) for case in cases] == list(range(1, 13))


def test_the_daily_sequence_starts_again_after_midnight_and_the_papers_go_on(counter, place):
    place.clock.set(MONDAY.replace(hour=23, minute=59, second=50))
    late = accepted(counter)
    place.clock.set(MONDAY + timedelta(days=1))
    early = accepted(counter)
    assert (late.number[:8], early.number[:8]) == ("20260518", "20260519")
    assert early.number[14:18] == "0001"
    assert early.receipt.serial == 2


def test_a_committed_item_stops_at_acceptance_with_its_due_date(counter):
    case = accepted(counter, COMMITTED)
    assert case.due.isoformat() == "2026-06-03T17:00:00+08:00"
    assert case.state is CaseState.ACCEPTED


def test_pages_of_a_file_are_kept_with_the_draft_and_the_case(counter, sample_png):
    draft = counter.intake.attach(filled(counter), "id_card", sample_png)
    page = draft.application.materials["id_card"].pages[0]
    assert counter.intake.resume(draft.draft_id)[0].application.materials["id_card"].pages == (page,)
    case = counter.intake.accept(draft, counter.catalogue.item(CERTIFICATE), CLERK).case
    assert counter.pages.picture(case.materials["id_card"].pages[0], 100).startswith(b"\x89PNG")


def test_a_hostile_file_costs_a_sentence_and_leaves_the_draft(counter):
    draft = filled(counter)
    with pytest.raises(BadAttachment):
        counter.intake.attach(draft, "id_card", b"%PDF-1.7 nothing of the kind")
    assert counter.intake.resume(draft.draft_id)[0] == draft


def test_a_discarded_draft_comes_back_when_it_is_saved_again(counter):
    draft = filled(counter)
    counter.intake.discard(draft)
    again = counter.intake.save(draft)
    assert counter.intake.resume(draft.draft_id)[0] == again


def test_the_preview_shows_what_was_typed_so_far_without_numbers(counter):
    item = counter.catalogue.item(CERTIFICATE)
    draft = counter.intake.begin(item, CLERK)
    half = replace(draft, application=Application(applicant=Person("林小禾", "")))
    paper = counter.intake.preview(half, item, CLERK)
    assert paper.preview
    assert paper.values["applicant"] == "林**"
    assert paper.barcode == ""
