"""How an intake ends otherwise than with acceptance, without Qt."""

from datetime import timedelta

import pytest

from app.domain.case import CaseState
from app.domain.outcomes import NonAcceptanceGround
from tests.support import COMMITTED, MONDAY, PERSON, filled
from tests.ui.intake.desk import Desk


@pytest.fixture
def at(counter):
    return Desk(counter)


def ended(at):
    """Return the case to which the window was led."""
    at.work()
    assert not at.navigator.errors
    asked, number = at.navigator.went[-1]
    assert asked == "open_issue"
    return at.counter.desk.file(number).case


def test_what_is_there_is_taken_in_and_the_rest_told_in_one_notice(at):
    at.begin(COMMITTED, PERSON)
    at.presenter.ways_out.ask_supplement()
    at.work()
    forms = at.presenter.ways_out.forms
    assert at.screen.shows_form
    assert {line.place for line in forms.state.filled.lines} == set(at.places())
    assert forms.state.paper is not None
    forms.submit()
    case = ended(at)
    assert (case.state, len(case.defects)) == (CaseState.SUPPLEMENT, 4)
    assert not at.screen.shows_form


def test_materials_are_only_taken_in_when_acceptance_is_to_be_said_later(at):
    at.begin(COMMITTED, PERSON)
    at.presenter.ways_out.only_receive()
    case = ended(at)
    assert case.state is CaseState.RECEIVED
    assert case.silence_until is not None


def test_nothing_is_taken_in_of_nobody(at):
    at.begin(COMMITTED)
    at.presenter.ways_out.only_receive()
    at.work()
    assert (at.state.has_tried, at.screen.focused) == (True, "applicant.name")
    assert at.navigator.went == []


def test_a_notice_is_for_somebody(at):
    at.begin(COMMITTED)
    at.presenter.ways_out.refuse()
    at.presenter.ways_out.ask_supplement()
    assert (at.screen.shows_form, at.screen.focused) == (False, "applicant.name")


def test_a_case_is_refused_at_once_with_the_competent_body(at):
    at.begin(COMMITTED, PERSON)
    at.presenter.ways_out.refuse()
    forms = at.presenter.ways_out.forms
    at.work()
    assert forms.state.paper is not None
    forms.submit()
    assert set(forms.state.problems) == {"competent", "reason"}
    forms.edit("competent", "白鹤镇便民服务中心")
    forms.edit("reason", "户籍不在本镇")
    forms.submit()
    case = ended(at)
    refused = at.counter.desk.file(case.number).events[-1].fact
    assert (refused.ground, refused.competent) == (NonAcceptanceGround.NOT_COMPETENT, "白鹤镇便民服务中心")


def late(at, received="2026-05-18 9:00", accepted="2026-05-18 9:20"):
    at.presenter.ways_out.enter_late()
    forms = at.presenter.ways_out.forms
    for code, value in {
        "reason": "停电",
        "paper_number": "纸 12",
        "received_at": received,
        "accepted_at": accepted,
    }.items():
        forms.edit(code, value)
    forms.submit()
    at.work()
    return forms


def test_a_late_entry_is_accepted_from_its_real_time(at, counter):
    at.presenter.resume(filled(counter, COMMITTED).draft_id)
    late(at)
    assert at.state.late.paper_number == "纸 12"
    at.presenter.accept()
    case = ended(at)
    assert (case.is_late_entry, f"{case.accepted_at:%H:%M}") == (True, "09:20")


@pytest.mark.parametrize(
    ("received", "accepted", "wrong"),
    [
        ("早上", "2026-05-18 9:20", "received_at"),
        ("2026-05-18 9:30", "2026-05-18 9:20", "received_at"),
        ("2026-05-18 9:30", f"{MONDAY + timedelta(hours=1):%Y-%m-%d %H:%M}", "accepted_at"),
    ],
)
def test_times_that_will_not_do_are_told(at, received, accepted, wrong):
    at.begin(COMMITTED, PERSON)
    assert list(late(at, received, accepted).state.problems) == [wrong]


def test_the_mark_stays_with_its_draft_and_can_be_taken_away(at, counter):
    first, second = filled(counter, COMMITTED), filled(counter, COMMITTED)
    at.presenter.resume(first.draft_id)
    late(at)
    at.presenter.resume(second.draft_id)
    assert at.state.late is None
    at.presenter.resume(first.draft_id)
    assert at.state.late is not None
    at.presenter.ways_out.enter_late()
    assert at.state.late is None


def test_the_mark_is_part_of_the_draft_so_that_no_crash_loses_it(at, counter):
    draft = filled(counter, COMMITTED)
    at.presenter.resume(draft.draft_id)
    late(at)
    at.presenter.save_now()
    kept, _item = counter.intake.resume(draft.draft_id)
    assert kept.application.late.paper_number == "纸 12"


def test_leaving_a_form_leads_back_to_the_draft_and_keeps_what_was_typed(at):
    at.begin(COMMITTED, PERSON)
    at.presenter.ways_out.refuse()
    at.presenter.ways_out.forms.edit("reason", "户籍不在本镇")
    at.presenter.leave()
    assert (at.screen.shows_form, at.navigator.went) == (False, [])
    at.presenter.ways_out.refuse()
    assert at.presenter.ways_out.forms.state.filled.value("reason") == "户籍不在本镇"
