"""Forms that whoever comes has to sign before the case is taken in."""

from dataclasses import replace

from app.domain.application import HandedIn, TakenHow
from app.domain.catalogue import ProofPledge
from tests.domain.samples import id_number
from tests.support import PERSON
from tests.ui.intake.desk import ALLOWS_PLEDGE, ALLOWS_PROOF_PLEDGE


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
    values = counter.papers.said_on(counter.papers.find(name)).values
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


def pledged(desk, material=""):
    desk.begin(ALLOWS_PROOF_PLEDGE, person=PERSON).presenter.forms.pledge(material)
    return desk.work()


def test_a_pledge_stands_in_place_of_a_proof_and_is_taken_back_with_the_same_key(desk):
    pledged(desk)
    by_pledge = desk.application.materials["lease"]
    assert desk.source.opened[0] == by_pledge.pledge == "云溪3诺〔2026〕000001号"
    assert (by_pledge.how, "materials.lease" in desk.places()) == (TakenHow.PLEDGED, False)
    assert desk.navigator.went[-1][2] == "屏幕签名"
    desk.presenter.checklist.take_all()
    assert desk.application.materials["lease"] == by_pledge
    desk.presenter.forms.pledge()
    assert "materials.lease" in desk.places()
    desk.undo()
    assert desk.application.materials["lease"] == by_pledge
    desk.presenter.checklist.toggle("lease")
    assert desk.application.materials["lease"] == HandedIn(copies=1)
    desk.undo()
    assert desk.application.materials["lease"] == by_pledge


def test_no_pledge_is_made_for_a_proof_that_is_there(desk):
    desk.begin(ALLOWS_PROOF_PLEDGE, person=PERSON).presenter.checklist.toggle("lease")
    desk.presenter.forms.pledge("id_card")
    desk.work()
    assert desk.source.opened is None
    desk.presenter.checklist.toggle("lease")
    desk.presenter.forms.pledge("id_card")
    desk.work()
    desk.presenter.checklist.toggle("lease")
    assert desk.application.materials["lease"] == HandedIn(copies=1)


def test_a_pledge_in_place_of_a_proof_waits_until_everybody_is_named(desk):
    desk.begin(ALLOWS_PROOF_PLEDGE).presenter.forms.pledge()
    assert (desk.screen.focused, "materials.lease" in desk.places()) == ("applicant.name", True)


def test_what_somebody_else_pledged_goes_when_the_applicant_changes(desk):
    pledged(desk).edit("applicant.id_number", id_number("19700101", "011")).work()
    assert "lease" not in desk.application.materials


def test_the_cursor_says_which_pledge_is_meant_where_an_item_has_both(desk, counter):
    item = counter.catalogue.item(ALLOWS_PLEDGE)
    desk.begin(ALLOWS_PLEDGE, person=PERSON)
    card = replace(item.materials[0], pledge=ProofPledge("身份", "遗失的", "属实"))
    desk.presenter._sheet.lay(replace(desk.state, item=replace(item, materials=(card,))))
    desk.presenter.forms.pledge()
    desk.work()
    assert desk.application.handed_in(card).pledge == ""
    desk.presenter.forms.pledge("id_card")
    desk.work()
    assert desk.application.handed_in(card).pledge == "云溪3诺〔2026〕000002号"


def test_the_notice_about_personal_data_is_printed_for_whoever_applies(desk):
    desk.begin(person=PERSON).presenter.forms.privacy()
    desk.work()
    assert desk.source.opened[0] == "云溪3个〔2026〕000001号"


def test_forms_can_be_signed_on_the_screen(desk):
    desk.begin(ALLOWS_PLEDGE, person=PERSON).presenter.forms.pledge()
    desk.work()
    name, _words, _act, sign = desk.navigator.went[-1]
    assert name == "notify"
    sign()
    asked, paper, _signed = desk.navigator.went[-1]
    assert (asked, paper.number) == ("open_signing", "云溪3诺〔2026〕000001号")
    acting(desk).presenter.forms.mandate()
    desk.work()
    assert desk.navigator.went[-1][2] == "屏幕签名"
