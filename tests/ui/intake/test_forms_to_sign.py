"""Forms that whoever comes has to sign before the case is taken in."""

from tests.domain.samples import id_number
from tests.support import PERSON
from tests.ui.intake.desk import ALLOWS_PLEDGE


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
