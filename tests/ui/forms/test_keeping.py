"""A form that is left – by Esc, for another case, in a crash – holds what was filled in when it is opened again."""

import pytest

from app.services.errors import DiskFull
from tests.support import COMMITTED, accepted, filled
from tests.ui.case.test_forms import begin, done, received
from tests.ui.case.test_presenter import OTHER, Opened
from ui.case.acts import CaseAct
from ui.case.state import Part

FACTS = ["CaseReceived", "CaseAccepted"]
"""Of an accepted case."""


@pytest.fixture
def opened(counter):
    return Opened(counter)


def type_a_reason(opened, case, act=CaseAct.WITHDRAW):
    """Open the form of ``act``, type a reason, and let the moment after the last key pass."""
    forms = begin(opened, case, act, reason="另有安排")
    forms.save_now()
    return forms


def test_a_form_that_was_left_goes_on_after_another_case_and_after_a_crash(counter, opened):
    case = accepted(counter, COMMITTED)
    forms = type_a_reason(opened, case)
    opened.presenter.leave()
    opened.open(accepted(counter, COMMITTED, OTHER))
    assert begin(opened, case, CaseAct.WITHDRAW).state.filled.value("reason") == "另有安排"
    after_a_crash = begin(Opened(counter), case, CaseAct.WITHDRAW)
    assert after_a_crash is not forms
    assert after_a_crash.state.filled.value("reason") == "另有安排"
    assert after_a_crash.state.is_begun
    assert "接着上次填的" in after_a_crash.state.saved


def test_what_is_kept_outlives_the_program_and_is_no_fact(place):
    with place.opened() as counter:
        case = accepted(counter, COMMITTED)
        type_a_reason(Opened(counter), case)
    with place.opened() as counter:
        forms = begin(Opened(counter), case, CaseAct.WITHDRAW)
        assert forms.state.filled.value("reason") == "另有安排"
        assert [type(event.fact).__name__ for event in counter.desk.file(case.number).events] == FACTS


def test_pages_and_lines_of_a_form_are_kept_as_well(counter, opened, sample_png):
    case = received(counter, "id_card")
    forms = begin(opened, case, CaseAct.ASK_SUPPLEMENT)
    forms.edit_line(0, "原件，在有效期内")
    forms.save_now()
    lines = begin(Opened(counter), case, CaseAct.ASK_SUPPLEMENT).state.filled.lines
    assert [line.what for line in lines] == ["原件，在有效期内"]
    done(opened)
    forms = begin(opened, case, CaseAct.TAKE_IN_SUPPLEMENT)
    opened.outlet.files = [sample_png]
    forms.pages.choose("id_card")
    opened.runner.work()
    opened.presenter.leave()
    pages = begin(Opened(counter), case, CaseAct.TAKE_IN_SUPPLEMENT).state.filled.handed["id_card"].pages
    assert len(pages) == 1


def test_nothing_is_kept_of_a_form_that_is_done(counter, opened):
    case = accepted(counter, COMMITTED)
    type_a_reason(opened, case)
    done(opened)
    assert counter.form_drafts.begun(case.number) == frozenset()


def test_a_form_that_was_only_looked_at_is_not_kept(counter, opened):
    case = accepted(counter, COMMITTED)
    begin(opened, case, CaseAct.WITHDRAW)
    opened.presenter.leave()
    assert counter.form_drafts.begun(case.number) == frozenset()


def test_the_page_tells_which_forms_were_left_half_filled(counter, opened):
    case = accepted(counter, COMMITTED)
    type_a_reason(opened, case)
    opened.presenter.leave()
    assert (opened.state.part, opened.state.begun) == (Part.PAGE, {CaseAct.WITHDRAW})


def test_an_emptied_form_begins_again_and_comes_back_with_one_key(counter, opened):
    case = accepted(counter, COMMITTED)
    forms = type_a_reason(opened, case)
    forms.start_again()
    assert (forms.state.filled.value("reason"), forms.state.is_begun) == ("", False)
    assert counter.form_drafts.begun(case.number) == frozenset()
    undo = opened.navigator.went[-1][-1]
    undo()
    forms.save_now()
    assert forms.state.filled.value("reason") == "另有安排"
    assert counter.form_drafts.begun(case.number) == {"WithdrawForm"}


def test_an_emptied_form_comes_back_after_it_was_left(counter, opened):
    case = accepted(counter, COMMITTED)
    forms = type_a_reason(opened, case)
    forms.start_again()
    undo = opened.navigator.went[-1][-1]
    opened.presenter.leave()
    undo()
    assert begin(Opened(counter), case, CaseAct.WITHDRAW).state.filled.value("reason") == "另有安排"


def test_a_full_disk_is_told_and_leaves_the_form_as_it_is(counter, opened, monkeypatch):
    case = accepted(counter, COMMITTED)
    forms = begin(opened, case, CaseAct.WITHDRAW, reason="另有安排")

    def fail(*_values):
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(counter.form_drafts, "keep", fail)
        forms.save_now()
        assert forms.state.save_error
        opened.presenter.leave()
    forms = begin(opened, case, CaseAct.WITHDRAW)
    assert forms.state.filled.value("reason") == "另有安排"
    forms.save_now()
    assert counter.form_drafts.begun(case.number) == {"WithdrawForm"}


def test_what_an_earlier_program_kept_otherwise_does_not_open_a_form(counter, opened):
    case = accepted(counter, COMMITTED)
    counter.form_drafts.keep(case.number, "WithdrawForm", {"values": "no mapping"})
    assert begin(opened, case, CaseAct.WITHDRAW).state.filled.value("reason") == ""


def test_forms_go_with_the_draft_that_they_are_about(counter):
    draft = filled(counter, COMMITTED)
    counter.form_drafts.keep(draft.draft_id, "RefusalForm", {"values": {}, "lines": [], "handed": {}})
    counter.intake.discard(draft)
    assert counter.form_drafts.begun(draft.draft_id) == frozenset()
