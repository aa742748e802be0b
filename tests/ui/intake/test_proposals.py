"""Papers that are read: proposed beside the picture, taken by a person, taken back."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.application import HandedIn, Page
from app.domain.catalogue import ApplicantKind, FieldKind, FormField
from app.domain.documents import Document
from app.domain.people import Person
from app.services.errors import ReadingFailed
from app.services.ports import ReadField, Reading, ReadPaper, ReadValue
from app.services.recognising import RecognitionService
from tests.domain.samples import id_number
from tests.fakes.pages import BlankPages
from tests.fakes.reading import FakeTextReader
from tests.support import FOR_ORGANISATIONS, PERSON
from tests.ui.intake.desk import FOR_BOTH, Desk

PICTURE = b"\xff\xd8" + bytes(60)
OTHER = Person("欧晚晴", id_number("19800101"), "0832-5210000", "云溪镇老街 9 号")
CODE = "91581674QL606Q7R6N"


def reading(paper, **fields):
    values = {
        ReadField(name): value if isinstance(value, ReadValue) else ReadValue(value, 0.99)
        for name, value in fields.items()
    }
    return Reading(paper, values, dict.fromkeys(values, b"\xff\xd8"))


def card(person=OTHER, **fields):
    usual = {"name": person.name, "number": person.id_number, "address": person.address, "valid_to": "2036-11-24"}
    return reading(ReadPaper.RESIDENT_CARD, **usual | fields)


LICENCE = reading(
    ReadPaper.BUSINESS_LICENCE, name="春笋专业合作社", number=CODE, address="柳湾村 1 号", representative="欧晚晴"
)


@pytest.fixture
def reader():
    return FakeTextReader()


@pytest.fixture
def desk(counter, reader):
    service = RecognitionService(reader, BlankPages(), counter.images)
    return Desk(replace(counter, recognition=service))


@pytest.fixture
def shown(desk, reader):
    """Begin an intake with a page on which papers stand, and read it."""

    def show(*papers, code=None, at="", material="id_card"):
        desk.begin(code) if code else desk.begin()
        return again(*papers, at=at, material=material)

    def again(*papers, at="", material="id_card"):
        reader.papers[PICTURE] = list(papers)
        with desk.counter.intake._store.write() as uow:
            page = Page(uow.blobs.put(PICTURE), "image/jpeg")
            uow.commit()
        first = desk.state.item.materials[0].code
        materials = {first: HandedIn(originals=1, pages=(page,))}
        desk.presenter.attachments._put(first, materials[first])
        desk.screen.current_place = f"{at}.name" if at else ""
        desk.presenter.proposals.read(material)
        assert desk.state.is_reading
        desk.work()
        return desk.state.proposed_values

    show.again = again
    return show


def by_field(proposed):
    return {str(one.field): one for one in proposed.proposals}


def test_what_was_read_is_proposed_and_nothing_is_taken_by_itself(desk, shown):
    proposed = shown(card())
    assert [one.place for one in proposed.proposals] == ["applicant.name", "applicant.id_number", "applicant.address"]
    assert all(one.is_chosen and one.piece for one in proposed.proposals)
    assert desk.application.applicant == Person("", "")


def test_what_is_chosen_is_taken_and_can_be_taken_back(desk, shown):
    shown(card())
    desk.presenter.proposals.toggle(2)
    desk.presenter.proposals.take()
    assert desk.application.applicant == Person(OTHER.name, OTHER.id_number)
    assert desk.screen.focused == "applicant.phone"
    assert desk.state.proposed_values is None
    assert desk.navigator.went[-1][:3] == ("notify", "已填入欧**", "撤销")
    desk.undo()
    assert desk.application.applicant == Person("", "")


def test_all_is_taken_with_one_key(desk, shown):
    shown(card(name=ReadValue("欧晚晴", 0.4)))
    desk.presenter.proposals.take_all()
    assert (desk.application.applicant.name, desk.application.applicant.address) == (OTHER.name, OTHER.address)


@pytest.mark.parametrize(("name", "confidence"), [("欧晚晴", 0.96), ("易志㑇", 0.99), ("陈𬭎", 0.99)])
def test_a_name_read_with_doubt_or_a_rare_character_is_not_chosen_beforehand(shown, name, confidence):
    proposal = by_field(shown(card(name=ReadValue(name, confidence))))["name"]
    assert (proposal.is_chosen, proposal.is_doubtful) == (False, True)


def test_a_number_that_was_mended_is_not_chosen_beforehand(shown):
    proposal = by_field(shown(card(number=ReadValue(OTHER.id_number, 0.8, is_repaired=True))))["number"]
    assert (proposal.is_chosen, proposal.is_repaired) == (False, True)


def test_what_stands_there_already_is_shown_and_not_overwritten_beforehand(desk, shown):
    desk.begin().edit("applicant.name", "林晚舟").edit("applicant.address", OTHER.address)
    proposed = by_field(shown.again(card()))
    assert (proposed["name"].now, proposed["name"].is_chosen) == ("林晚舟", False)
    assert proposed["address"].is_same
    desk.presenter.proposals.toggle(2)
    assert not by_field(desk.state.proposed_values)["address"].is_chosen


def test_nothing_chosen_takes_nothing(desk, shown):
    shown(card(name=ReadValue("欧晚晴", 0.4), number=ReadValue("123", 0.3), address=ReadValue("x", 0.1)))
    desk.presenter.proposals.take()
    assert desk.state.proposed_values is not None
    assert desk.application.applicant == Person("", "")


def test_whoever_has_the_cursor_is_proposed_to(desk, shown):
    desk.begin(person=PERSON)
    desk.presenter.parties.toggle_agent()
    shown.again(card(), at="agent")
    desk.presenter.proposals.take()
    assert desk.application.agent.person.name == OTHER.name
    assert desk.application.applicant.name == PERSON.name


def test_whoever_had_the_cursor_last_is_proposed_to(desk, shown):
    desk.begin(person=PERSON)
    desk.presenter.parties.add_co_applicant()
    desk.presenter.leave_field("co_applicants.0.name")
    assert shown.again(card()).at == "co_applicants.0"


def test_whoever_has_the_number_of_the_card_is_proposed_to(desk, shown):
    desk.begin(person=PERSON)
    desk.presenter.parties.toggle_agent()
    assert shown.again(card(PERSON), at="agent").at == "applicant"


def test_the_same_can_be_proposed_to_the_next_person(desk, shown):
    desk.begin(person=PERSON)
    desk.presenter.parties.toggle_agent()
    shown.again(card())
    desk.presenter.proposals.switch_whose()
    assert desk.state.proposed_values.at == "agent"
    desk.presenter.proposals.switch_whose()
    assert desk.state.proposed_values.at == "applicant"


def test_of_several_cards_the_next_one_can_be_looked_at(desk, shown):
    assert shown(card(), card(PERSON)).count == 2
    desk.presenter.proposals.next_paper()
    assert by_field(desk.state.proposed_values)["name"].text == PERSON.name
    desk.presenter.proposals.next_paper()
    assert desk.state.proposed_values.number == 1


def test_a_number_brings_its_document(desk, shown):
    desk.begin().edit("applicant.document", "passport")
    shown.again(card())
    desk.presenter.proposals.take()
    assert desk.application.applicant.document is Document.RESIDENT_CARD
    desk.undo()
    assert desk.application.applicant.document is Document.PASSPORT


def test_a_licence_fills_the_organisation_and_its_representative(desk, shown):
    shown(LICENCE, code=FOR_ORGANISATIONS)
    desk.presenter.proposals.take()
    assert (desk.application.organisation.name, desk.application.organisation.uscc) == ("春笋专业合作社", CODE)
    assert desk.application.applicant.name == "欧晚晴"
    desk.undo()
    assert (desk.application.organisation.name, desk.application.applicant.name) == ("", "")


def test_a_licence_makes_an_organisation_of_the_applicant_where_the_item_takes_both(desk, shown):
    shown(LICENCE, code=FOR_BOTH)
    desk.presenter.proposals.take()
    assert desk.application.organisation.name == "春笋专业合作社"
    desk.undo()
    assert desk.application.organisation is None


def test_a_licence_is_of_no_use_where_only_people_apply(desk, shown):
    assert shown(LICENCE) is None
    assert ApplicantKind.ORGANISATION not in desk.state.item.applicants
    assert desk.navigator.went[-1][0] == "notify"


FIELDS_OF_CARD = (
    FormField("ethnicity", "民族"),
    FormField("card_issuer", "签发机关"),
    FormField("card_valid_to", "有效期至", FieldKind.DATE),
)


@pytest.fixture
def asks_for_the_card(desk):
    """Let the item ask for what stands on a card."""
    desk.begin()
    item = replace(desk.state.item, form=(*desk.state.item.form, *FIELDS_OF_CARD))
    desk.presenter._sheet.show(item=item)
    return desk.presenter.proposals


WHOLE = card(ethnicity="土家", issuer="示范县公安局")


def test_a_form_that_asks_for_what_else_the_card_says_is_proposed_it(desk, asks_for_the_card):
    asks_for_the_card.show_papers([WHOLE], "applicant")
    asks_for_the_card.take()
    form = desk.application.form
    assert (form["ethnicity"], form["card_issuer"], form["card_valid_to"]) == ("土家", "示范县公安局", "2036-11-24")
    desk.undo()
    assert not any(desk.application.form.get(field.code) for field in FIELDS_OF_CARD)


def test_a_card_without_end_proposes_no_day(desk, asks_for_the_card):
    asks_for_the_card.show_papers([card(valid_to="长期")], "applicant")
    assert "form.card_valid_to" not in {one.place for one in desk.state.proposed_values.proposals}


def test_the_form_is_the_applicants_whoever_else_has_a_card(desk, asks_for_the_card):
    desk.presenter.parties.toggle_agent()
    asks_for_the_card.show_papers([WHOLE], "agent")
    assert all(one.place.startswith("agent.") for one in desk.state.proposed_values.proposals)


def test_a_card_that_is_not_valid_any_more_says_so(desk, shown):
    assert shown(card(valid_to="2026-05-17")).ended_on == date(2026, 5, 17)
    desk.presenter.proposals.take()
    assert desk.navigator.went[-1][1] == "已填入欧**·证件已过期（2026-05-17）"
    assert shown.again(card(valid_to="长期")).ended_on is None


def test_a_page_with_nothing_known_on_it_is_told(desk, shown):
    assert shown() is None
    assert desk.navigator.went[-1][0] == "notify"


def test_a_reading_that_breaks_off_is_told_and_can_be_tried_again(desk, shown, reader):
    reader.is_broken = True
    assert shown(card()) is None
    assert isinstance(desk.navigator.errors[-1], ReadingFailed)
    assert not desk.state.is_reading
    reader.is_broken = False
    desk.presenter.proposals.read("id_card")
    desk.work()
    assert desk.state.proposed_values is not None


def test_escape_puts_away_what_was_read_before_it_leaves(desk, shown):
    shown(card())
    desk.presenter.leave()
    assert desk.state.proposed_values is None
    assert desk.navigator.went == []
    desk.presenter.leave()
    assert desk.navigator.went[-1] == ("back",)


def test_escape_stops_a_reading(desk, shown, reader):
    shown(card())
    desk.presenter.proposals.close()
    desk.presenter.proposals.read("id_card")
    desk.presenter.leave()
    desk.work()
    assert (desk.state.is_reading, desk.state.proposed_values) == (False, None)


def test_without_a_page_a_file_is_chosen_and_not_kept(desk, reader, sample_png):
    desk.begin()
    desk.source.choose_pages = lambda: [sample_png]
    (page,) = BlankPages().read(sample_png)
    reader.papers[page.data] = [card()]
    desk.presenter.proposals.read("id_card")
    desk.work()
    assert desk.state.proposed_values.at == "applicant"
    assert desk.presenter.page_count == 0


def test_what_was_read_for_a_draft_that_was_left_is_not_shown_in_the_next(desk, shown, reader):
    shown(card())
    desk.presenter.proposals.close()
    desk.presenter.proposals.read("id_card")
    desk.presenter.begin(FOR_BOTH)
    desk.work()
    assert (desk.state.is_reading, desk.state.proposed_values) == (False, None)
