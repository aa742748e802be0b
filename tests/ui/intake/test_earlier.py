"""What an earlier case of the same applicant says and proposes."""

from tests.domain.samples import id_number
from tests.support import COMMITTED, PERSON, accepted, filled


def test_a_recent_case_of_the_same_item_is_shown_and_passed_with_a_reason(desk, counter):
    case = accepted(counter)
    desk.begin(person=PERSON)
    assert desk.state.earlier.number == case.number
    assert "earlier_case" in desk.places()
    desk.presenter.open_earlier()
    assert desk.navigator.went[-1] == ("open_case", case.number)
    assert len(counter.desk.board().drafts) == 1
    desk.presenter.give_reason("earlier_case", "原件遗失")
    assert "earlier_case" not in desk.places()
    assert desk.screen.focused == desk.state.problems[0].place


def test_a_case_of_another_item_or_long_ago_stands_in_nobodys_way(desk, counter, visited_long_ago):
    assert desk.begin(person=PERSON).state.earlier is None
    accepted(counter, COMMITTED)
    assert desk.begin(person=PERSON).state.earlier is None


def test_another_applicant_has_no_earlier_case(desk, counter):
    accepted(counter)
    desk.begin(person=PERSON)
    desk.edit("applicant.id_number", id_number("19700101", "011")).work()
    assert desk.state.earlier is None
    assert desk.application.earlier_case == ""


def test_a_case_made_meanwhile_is_found_at_acceptance(desk, counter):
    desk.begin(person=PERSON)
    draft = filled(counter)
    desk.presenter.resume(draft.draft_id)
    desk.work()
    accepted(counter)
    desk.presenter.accept()
    assert desk.places() == ["earlier_case"]
    assert desk.screen.focused == "earlier_case"


def test_what_was_said_last_time_is_proposed_and_refused_with_one_key(desk, visited_long_ago):
    desk.begin(person=PERSON)
    assert desk.application.form["residence_address"] == "云溪镇青杠路18号"
    assert desk.state.proposed == {"form.residence_address", "form.residence_since", "form.purpose"}
    desk.edit("form.purpose", "其他")
    assert "form.purpose" not in desk.state.proposed
    desk.presenter.earlier.undo_proposal()
    assert desk.application.form == {"residence_address": "", "residence_since": "", "purpose": "其他"}


def test_what_was_typed_is_never_replaced_by_what_was_said_last_time(desk, visited_long_ago):
    desk.begin().edit("form.residence_address", "云溪镇新街1号")
    desk.edit("applicant.id_number", PERSON.id_number).work()
    assert desk.application.form["residence_address"] == "云溪镇新街1号"
    desk.edit("applicant.id_number", id_number("19700101", "011")).work()
    assert desk.application.form["residence_address"] == "云溪镇新街1号"
    assert desk.application.form["purpose"] == ""


def test_what_was_said_last_time_comes_back_after_it_was_emptied(desk, counter):
    accepted(counter)
    desk.begin(person=PERSON)
    assert desk.state.proposed
    said = dict(desk.application.form)
    desk.presenter.earlier.undo_proposal()
    assert desk.application.form != said
    desk.undo()
    assert desk.application.form == said
