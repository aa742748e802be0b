"""What the intake decides, without Qt."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.demonstration import CLERK, COOPERATIVE
from app.domain.application import HandedIn, Page, TakenHow
from app.domain.documents import Document, Sex
from app.domain.people import AgentKind
from tests.domain.samples import id_number
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.support import CERTIFICATE, COMMITTED, FOR_ORGANISATIONS, MONDAY, PERSON, accepted, filled
from ui.intake.presenter import IntakePresenter
from ui.navigation import Session

FOR_BOTH = "510117057000"
ALLOWS_PLEDGE = "510114023000"
MAY_FOLLOW = "510117053000"


class Place:
    """The place of a form."""

    paper_width_px = 100

    def render(self, state):
        self.state = state

    def focus_first(self):
        """Take no focus."""

    def focus_place(self, place):
        self.focused = place

    def draw_soon(self):
        """Draw when the test says so."""


class Screen:
    """A screen that keeps what it was told."""

    paper_width_px = 100
    current_place = ""
    focused = ""

    def __init__(self):
        self.form_view, self.shows_form = Place(), False

    def render(self, state):
        self.state = state

    def show_form(self, *, shown):
        self.shows_form = shown

    def focus_place(self, place):
        self.focused = place

    def save_soon(self):
        """Save when the test says so."""


class Source:
    """A desktop that keeps the paper it was told to open."""

    opened = None

    def open_paper(self, name, pdf):
        self.opened = (name, pdf)


class Desk:
    """A presenter with all that it talks to."""

    def __init__(self, counter):
        self.counter, self.runner, self.navigator, self.screen = counter, PatientRunner(), WrittenNavigator(), Screen()
        self.session = session = Session(CLERK)
        self.source = Source()
        self.presenter = IntakePresenter(counter, session, self.runner, self.navigator, self.screen, self.source)

    def begin(self, code=CERTIFICATE, person=None):
        self.presenter.begin(code)
        if person:
            for name in ("name", "id_number", "phone", "address"):
                self.edit(f"applicant.{name}", getattr(person, name))
            self.work()
        return self

    def edit(self, place, value):
        self.presenter.edit(place, value)
        return self

    def work(self):
        self.runner.work()
        self.runner.work()
        return self

    def undo(self):
        """Press the undo of the last message."""
        self.navigator.went[-1][3]()

    @property
    def state(self):
        return self.screen.state

    @property
    def application(self):
        return self.state.application

    def places(self):
        return [problem.place for problem in self.state.problems]


@pytest.fixture
def desk(counter):
    return Desk(counter)


@pytest.fixture
def visited_long_ago(counter, place):
    """A case of 200 days ago: it is known but not recent."""
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    counter.issuance.deliver(case.number, CLERK, PERSON.name, in_person=True)
    place.clock.set(MONDAY + timedelta(days=200))
    return case


def test_an_address_is_helped_on_with_divisions(desk):
    desk.begin()
    assert any("柳湾村" in name for name in desk.presenter.address_suggestions("柳湾"))


# --- documents -------------------------------------------------------------------------------------------------


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


# --- organisations ---------------------------------------------------------------------------------------------


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


# --- agents ----------------------------------------------------------------------------------------------------


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


def test_a_jump_leads_to_the_first_remark_and_from_there_to_the_next_one(desk):
    desk.begin(person=PERSON)
    first, second, *_more = [problem.place for problem in desk.state.problems]
    desk.screen.current_place = second
    desk.presenter.jump()
    assert desk.screen.focused == first
    desk.screen.current_place = first
    desk.presenter.jump()
    assert desk.screen.focused == second


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


# --- earlier cases ---------------------------------------------------------------------------------------------


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


# --- materials -------------------------------------------------------------------------------------------------


@pytest.fixture
def earlier_copies(counter, place):
    """A case of 100 days ago with two copies and a page of the household book."""
    item = counter.catalogue.item("510111031000")
    draft = filled(counter, item.code)
    page = Page("0" * 64, "image/png")
    materials = {**draft.application.materials, "household_book": HandedIn(1, 2, pages=(page,))}
    draft = counter.intake.save(replace(draft, application=replace(draft.application, materials=materials)))
    case = counter.intake.accept(draft, item, CLERK).case
    place.clock.set(MONDAY + timedelta(days=100))
    return case


def test_a_valid_material_of_an_earlier_case_is_offered_taken_over_and_given_back(desk, earlier_copies):
    desk.begin(person=PERSON)
    assert set(desk.state.reusable) == {"household_book"}
    desk.presenter.earlier.reuse()
    taken = desk.application.materials["household_book"]
    assert (taken.copies, len(taken.pages), taken.how) == (2, 1, TakenHow.REUSED)
    assert taken.reused_from == earlier_copies.number
    assert "materials.household_book" not in desk.places()
    desk.undo()
    assert "materials.household_book" in desk.places()


def test_what_was_taken_over_goes_when_the_applicant_changes(desk, earlier_copies):
    desk.begin(person=PERSON)
    desk.presenter.earlier.reuse()
    desk.edit("applicant.id_number", id_number("19700101", "011")).work()
    assert "household_book" not in desk.application.materials
    assert desk.state.reusable == {}


def test_everything_is_handed_in_with_one_key_and_undone(desk):
    desk.begin()
    desk.presenter.checklist.set_count("id_card", 2, 0)
    desk.presenter.checklist.take_all()
    assert desk.application.materials["id_card"] == HandedIn(2, 0)
    assert desk.application.materials["household_book"] == HandedIn(1, 1)
    assert not [place for place in desk.places() if place.startswith("materials.")]
    desk.undo()
    assert set(desk.application.materials) == {"id_card"}


def test_a_material_that_may_follow_is_promised_with_one_key(desk):
    desk.begin(MAY_FOLLOW)
    assert "materials.neighbour_opinion" in desk.places()
    desk.presenter.checklist.promise()
    promised = desk.application.materials["neighbour_opinion"]
    assert (promised.how, promised.promised_by) == (TakenHow.PROMISED, date(2026, 6, 1))
    assert "materials.neighbour_opinion" not in desk.places()
    desk.presenter.checklist.move_promise("neighbour_opinion", 2)
    assert desk.application.materials["neighbour_opinion"].promised_by == date(2026, 6, 3)
    desk.presenter.checklist.move_promise("neighbour_opinion", -30)
    assert desk.application.materials["neighbour_opinion"].promised_by == date(2026, 6, 3)
    desk.presenter.checklist.promise()
    assert "materials.neighbour_opinion" in desk.places()


def test_a_promised_material_that_comes_after_all_is_no_longer_promised(desk):
    desk.begin(MAY_FOLLOW)
    desk.presenter.checklist.promise()
    desk.presenter.checklist.toggle("neighbour_opinion")
    assert desk.application.materials["neighbour_opinion"] == HandedIn(originals=1)


def test_only_what_may_follow_can_be_promised(desk):
    desk.begin(MAY_FOLLOW)
    desk.presenter.checklist.promise("id_card")
    assert "materials.id_card" in desk.places()


# --- forms to sign ---------------------------------------------------------------------------------------------


def acting(desk):
    desk.presenter.parties.toggle_agent()
    for name, value in (("name", "黎若谷"), ("id_number", id_number("19700101", "011")), ("phone", "13805555271")):
        desk.edit(f"agent.{name}", value)
    return desk


def test_a_mandate_is_numbered_shown_and_named_by_the_agent(desk, counter):
    acting(desk.begin(person=PERSON))
    assert desk.places()[0] == "agent.mandate"
    desk.presenter.forms.mandate()
    desk.work()
    name, pdf = desk.source.opened
    assert pdf.startswith(b"%PDF")
    assert desk.application.agent.mandate == name == "云溪3委〔2026〕000001号"
    assert "agent.mandate" not in desk.places()
    values = counter.papers.mandates(MONDAY.date(), MONDAY.date())[0].values
    assert (values["name"], values["agent_name"], values["item"]) == (PERSON.name, "黎若谷", "居住证明（本镇居民）")
    assert values["valid_until"] == "2026年11月18日"


def test_a_mandate_waits_until_everybody_is_named(desk):
    desk.begin(person=PERSON)
    desk.presenter.parties.toggle_agent()
    desk.presenter.forms.mandate()
    desk.work()
    assert desk.screen.focused == "agent.name"
    assert desk.source.opened is None


def test_a_pledge_is_printed_only_where_the_item_allows_it(desk):
    desk.begin(person=PERSON).presenter.forms.pledge()
    desk.work()
    assert desk.source.opened is None
    desk.begin(ALLOWS_PLEDGE, person=PERSON).presenter.forms.pledge()
    desk.work()
    assert desk.source.opened[0] == "云溪3诺〔2026〕000001号"


def test_the_notice_about_personal_data_is_printed_for_whoever_applies(desk):
    desk.begin(person=PERSON).presenter.forms.privacy()
    desk.work()
    assert desk.source.opened[0] == "云溪3个〔2026〕000001号"


# --- several drafts --------------------------------------------------------------------------------------------


def test_open_drafts_are_switched_by_key_and_keep_their_cursor(desk, counter):
    desk.begin().edit("applicant.name", "林小禾")
    first = desk.state.draft.draft_id
    desk.presenter.save_now()
    desk.screen.current_place = "applicant.phone"
    desk.begin(COMMITTED).edit("applicant.name", "黎若谷")
    assert [(draft.title, draft.is_current) for draft in desk.state.open_drafts] == [
        ("居住证明", False),
        ("低收入家庭认定", True),
    ]
    desk.presenter.switch(1)
    assert desk.state.draft.draft_id == first
    assert desk.application.applicant.name == "林小禾"
    assert desk.screen.focused == "applicant.phone"
    desk.presenter.switch(1)
    assert desk.application.applicant.name == "黎若谷"


def test_a_draft_that_nobody_typed_into_leaves_the_strip(desk):
    desk.begin()
    desk.begin(COMMITTED).edit("applicant.name", "黎若谷")
    assert [draft.title for draft in desk.state.open_drafts] == ["低收入家庭认定"]


def test_a_draft_that_was_finished_elsewhere_leaves_the_strip(desk, counter):
    desk.begin().edit("applicant.name", "林小禾")
    desk.presenter.save_now()
    gone = desk.state.draft
    desk.begin(COMMITTED).edit("applicant.name", "黎若谷")
    desk.presenter.save_now()
    counter.intake.discard(gone)
    desk.presenter.switch(1)
    assert [draft.title for draft in desk.state.open_drafts] == ["低收入家庭认定"]
    assert len(desk.navigator.errors) == 1


def test_names_of_people_on_the_strip_are_masked(desk):
    desk.begin().edit("applicant.name", "林小禾")
    desk.presenter.save_now()
    assert [draft.applicant for draft in desk.state.open_drafts] == ["林**"]


def test_somebody_who_was_filled_in_by_mistake_can_be_taken_back(counter, desk):
    accepted(counter)
    desk.begin().edit("applicant.name", "林").work()
    desk.presenter.parties.take_suggestion(0)
    assert desk.application.applicant == PERSON
    desk.undo()
    assert (desk.application.applicant.name, desk.application.applicant.id_number) == ("林", "")


def test_counts_that_were_wiped_out_by_a_toggle_come_back(desk):
    desk.begin()
    code = desk.state.item.materials[0].code
    desk.presenter.checklist.set_count(code, 2, 5)
    desk.presenter.checklist.toggle(code)
    assert desk.application.materials[code].copies == 0
    desk.undo()
    assert desk.application.materials[code].copies == 5


def test_what_was_said_last_time_comes_back_after_it_was_emptied(desk, counter):
    accepted(counter)
    desk.begin(person=PERSON)
    assert desk.state.proposed
    said = dict(desk.application.form)
    desk.presenter.earlier.undo_proposal()
    assert desk.application.form != said
    desk.undo()
    assert desk.application.form == said
