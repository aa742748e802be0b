"""Who comes to the window: documents, organisations, agents, several applicants."""

from dataclasses import replace
from datetime import date

import pytest

from app.demonstration import COOPERATIVE
from app.domain.documents import Document, Sex
from app.domain.people import AgentKind
from tests.domain.samples import id_number
from tests.support import FOR_ORGANISATIONS, PERSON, accepted
from tests.ui.intake.desk import FOR_BOTH


def test_a_number_that_tells_its_document_chooses_it(desk):
    desk.begin().edit("applicant.id_number", "H12345678")
    assert desk.application.applicant.document is Document.HK_MACAO_TRAVEL_PERMIT
    desk.edit("applicant.id_number", id_number("19920307", area="830000"))
    assert desk.application.applicant.document is Document.HMT_RESIDENCE_PERMIT
    desk.edit("applicant.id_number", PERSON.id_number)
    assert desk.application.applicant.document is Document.RESIDENT_CARD


def test_an_address_is_offered_from_the_divisions(desk):
    assert "示范县云溪镇柳湾村" in desk.begin().presenter.address_suggestions("柳湾")
    assert desk.presenter.address_suggestions("") == []


def test_a_passport_stays_one_whatever_its_number_looks_like(desk):
    desk.begin().edit("applicant.document", "passport").edit("applicant.id_number", PERSON.id_number)
    assert desk.application.applicant.document is Document.PASSPORT


def test_what_a_number_does_not_tell_is_stated_and_half_a_date_stays_on_the_screen(desk):
    desk.begin().edit("applicant.document", "passport").edit("applicant.stated_birth_date", "1990")
    assert desk.application.applicant.stated_birth_date is None
    assert desk.state.typed_dates == {"applicant.stated_birth_date": "1990"}
    desk.edit("applicant.stated_birth_date", "19900203").edit("applicant.stated_sex", "female")
    desk.presenter.leave_field("applicant.stated_birth_date")
    assert desk.application.applicant.stated_birth_date == date(1990, 2, 3)
    assert desk.application.applicant.stated_sex is Sex.FEMALE
    assert desk.state.typed_dates == {"applicant.stated_birth_date": "1990-02-03"}


def test_an_item_for_organisations_begins_with_one(desk):
    assert desk.begin(FOR_ORGANISATIONS).application.organisation is not None
    assert desk.places()[0] == "organisation.name"
    desk.presenter.parties.switch_kind()
    assert desk.application.organisation is not None


def test_an_item_for_both_can_be_switched_and_back(desk):
    desk.begin(FOR_BOTH)
    desk.presenter.parties.switch_kind()
    assert desk.application.organisation is not None
    assert desk.screen.focused == "organisation.name"
    desk.presenter.parties.switch_kind()
    assert desk.application.organisation is None


def test_a_known_organisation_is_filled_in_with_its_representative(desk, counter):
    accepted(counter, FOR_ORGANISATIONS)
    desk.begin(FOR_BOTH)
    desk.presenter.parties.switch_kind()
    desk.edit("organisation.name", "春笋").work()
    desk.presenter.parties.take_suggestion(0)
    assert desk.application.organisation == COOPERATIVE
    assert desk.application.applicant == PERSON
    assert desk.state.earlier_cases == 1


def test_an_agent_comes_with_a_usual_scope_and_goes_with_undo(desk):
    desk.begin(person=PERSON)
    desk.presenter.parties.toggle_agent()
    assert (desk.application.agent.kind, desk.screen.focused) == (AgentKind.MANDATED, "agent.name")
    assert "领取办理结果" in desk.application.agent.scope
    desk.edit("agent.name", "黎若谷").edit("agent.id_number", PERSON.id_number)
    assert "agent.id_number" in desk.places()
    before = desk.application.agent
    desk.presenter.parties.toggle_agent()
    assert desk.application.agent is None
    desk.undo()
    assert desk.application.agent == before


def test_a_minor_is_offered_a_guardian(desk):
    child = replace(PERSON, id_number=id_number("20180601"))
    desk.begin(person=child)
    assert desk.state.offers_guardian
    assert "agent" in desk.places()
    desk.presenter.parties.toggle_agent()
    assert (desk.application.agent.kind, desk.application.agent.mandate) == (AgentKind.GUARDIAN, "户口簿")
    assert not desk.state.offers_guardian


@pytest.mark.parametrize("at", ["applicant", "agent", "co_applicants.0"])
def test_whoever_has_the_cursor_may_show_another_document(desk, at):
    desk.begin(person=PERSON)
    desk.presenter.parties.toggle_agent()
    desk.presenter.parties.add_co_applicant()
    desk.screen.current_place = f"{at}.name"
    desk.presenter.parties.choose_document()
    assert (desk.screen.focused, desk.screen.state.documents_of) == (f"{at}.document", {at})
    desk.presenter.parties.choose_document()
    assert (desk.screen.focused, desk.screen.state.documents_of) == (f"{at}.id_number", frozenset())


def test_co_applicants_are_added_and_taken_off_with_undo(desk):
    desk.begin(person=PERSON)
    desk.presenter.parties.add_co_applicant()
    assert desk.screen.focused == "co_applicants.0.name"
    desk.edit("co_applicants.0.name", "黎若谷").edit("co_applicants.0.id_number", PERSON.id_number)
    assert "co_applicants.0.id_number" in desk.places()
    desk.presenter.parties.remove_co_applicant(0)
    assert desk.application.co_applicants == ()
    desk.undo()
    assert desk.application.co_applicants[0].name == "黎若谷"


def test_a_known_person_can_be_taken_as_agent(desk, counter):
    accepted(counter)
    desk.begin()
    desk.presenter.parties.toggle_agent()
    desk.edit("agent.name", "林𬱖").work()
    desk.presenter.parties.take_suggestion(0)
    assert desk.application.agent.person == PERSON
    assert desk.application.applicant.name == ""


def test_somebody_who_was_filled_in_by_mistake_can_be_taken_back(counter, desk):
    accepted(counter)
    desk.begin().edit("applicant.name", "林").work()
    desk.presenter.parties.take_suggestion(0)
    assert desk.application.applicant == PERSON
    desk.undo()
    assert (desk.application.applicant.name, desk.application.applicant.id_number) == ("林", "")
