from dataclasses import replace
from datetime import date

import pytest

from app.domain.application import Application, check, passed_warnings
from app.domain.catalogue import ApplicantKind
from app.domain.people import Agent, AgentKind, Organisation, Person
from app.domain.problem import Severity
from tests.domain.samples import APPLICATION, ITEM, PERSON, TODAY, id_number

COOPERATIVE = Organisation("云溪镇春笋种植专业合作社", "93519900MA6CDEF0X1", "云溪镇柳湾村")
FOR_BOTH = replace(ITEM, applicants=(ApplicantKind.PERSON, ApplicantKind.ORGANISATION))
FOR_ORGANISATIONS = replace(ITEM, applicants=(ApplicantKind.ORGANISATION,))
NEIGHBOUR = Person("黎若谷", id_number("19700101", "011"), "13805555271")
MANDATED = Agent(NEIGHBOUR, AgentKind.MANDATED, "邻居", "云溪3委〔2026〕000001号")


def remarks(application, item=ITEM, today=TODAY):
    return [(problem.place, problem.code) for problem in check(application.tidied(), item, today)]


def aged(years, **changes):
    """Return the sample application by somebody who turned ``years`` today."""
    child = replace(PERSON, id_number=id_number(f"{TODAY.year - years}0518"))
    return replace(APPLICATION, applicant=child, **changes)


# --- organisations ---------------------------------------------------------------------------------------------


def test_an_organisation_applies_through_a_representative_who_needs_no_address():
    boss = replace(PERSON, address="")
    assert remarks(replace(APPLICATION, applicant=boss, organisation=COOPERATIVE), FOR_BOTH) == []
    assert remarks(replace(APPLICATION, applicant=boss), FOR_BOTH) == [("applicant.address", "missing")]


def test_an_item_takes_only_the_applicants_that_it_names():
    assert remarks(replace(APPLICATION, organisation=COOPERATIVE)) == [("organisation", "persons_only")]
    assert remarks(APPLICATION, FOR_ORGANISATIONS) == [("organisation", "organisations_only")]


def test_the_remarks_on_an_organisation_come_before_those_on_its_representative():
    nobody = replace(APPLICATION, applicant=Person("", ""), organisation=Organisation("", ""))
    assert [place for place, _ in remarks(nobody, FOR_BOTH)] == [
        *("organisation.name", "organisation.uscc", "organisation.address"),
        *("applicant.name", "applicant.id_number", "applicant.phone"),
    ]


def test_nobody_asks_for_the_age_of_a_representative():
    assert remarks(replace(aged(17), organisation=COOPERATIVE), FOR_BOTH) == []


# --- co-applicants ---------------------------------------------------------------------------------------------


def test_everybody_applies_once():
    others = (NEIGHBOUR, replace(PERSON, name="同号"), NEIGHBOUR)
    assert remarks(replace(APPLICATION, co_applicants=others)) == [
        ("co_applicants.1.id_number", "named_twice"),
        ("co_applicants.2.id_number", "named_twice"),
    ]


def test_a_co_applicant_needs_name_and_number_and_nothing_else():
    assert remarks(replace(APPLICATION, co_applicants=(Person(" ", ""),))) == [
        ("co_applicants.0.name", "missing"),
        ("co_applicants.0.id_number", "missing"),
    ]
    assert remarks(replace(APPLICATION, co_applicants=(Person("黎若谷", NEIGHBOUR.id_number),))) == []


@pytest.mark.parametrize(("count", "expected"), [(20, []), (21, [("co_applicants", "too_many")])])
def test_twenty_apply_together_at_most(count, expected):
    others = tuple(Person("某", id_number("19700101", f"{order:03}")) for order in range(1, count + 1))
    assert remarks(replace(APPLICATION, co_applicants=others)) == expected


# --- agents ----------------------------------------------------------------------------------------------------


def test_an_agent_with_a_mandate_may_act():
    assert remarks(replace(APPLICATION, agent=MANDATED)) == []


def test_an_agent_needs_a_document_a_telephone_and_a_mandate():
    nobody = Agent(Person("", ""))
    assert remarks(replace(APPLICATION, agent=nobody)) == [
        ("agent.name", "missing"),
        ("agent.id_number", "missing"),
        ("agent.phone", "missing"),
        ("agent.mandate", "mandate_missing"),
    ]


def test_nobody_is_their_own_agent():
    assert remarks(replace(APPLICATION, agent=replace(MANDATED, person=PERSON))) == [
        ("agent.id_number", "agent_is_applicant")
    ]


def test_an_agent_under_age_is_doubtful():
    young = replace(NEIGHBOUR, id_number=id_number("20100101"))
    (problem,) = check(replace(APPLICATION, agent=replace(MANDATED, person=young)), ITEM, TODAY)
    assert (problem.code, problem.severity) == ("agent_is_minor", Severity.WARNING)


def test_a_village_agent_needs_neither_mandate_nor_relation_and_a_guardian_a_relation():
    assert remarks(replace(APPLICATION, agent=Agent(NEIGHBOUR, AgentKind.VILLAGE_AGENT))) == []
    assert remarks(replace(APPLICATION, agent=Agent(NEIGHBOUR, AgentKind.GUARDIAN))) == [("agent.relation", "missing")]


# --- minors ----------------------------------------------------------------------------------------------------


def test_under_eight_only_a_guardian_can_act():
    guardian = Agent(NEIGHBOUR, AgentKind.GUARDIAN, "父亲")
    assert remarks(aged(7)) == [("agent", "guardian_needed")]
    assert remarks(aged(7, agent=MANDATED)) == [("agent", "guardian_needed")]
    assert remarks(aged(7, reasons={"agent": "独自前来"})) == [("agent", "guardian_needed")]
    assert remarks(aged(7, agent=guardian)) == []


@pytest.mark.parametrize("years", [8, 17])
def test_from_eight_to_seventeen_a_guardian_or_a_reason_is_needed(years):
    (problem,) = check(aged(years), ITEM, TODAY)
    assert (problem.place, problem.code, problem.severity) == ("agent", "guardian_or_reason", Severity.WARNING)
    assert problem.details == {"age": years}
    alone = aged(years, reasons={"agent": "以自己的劳动收入为主要生活来源"})
    assert remarks(alone) == []
    assert passed_warnings(alone, ITEM, TODAY) == {"agent": "以自己的劳动收入为主要生活来源"}


def test_from_eighteen_on_nobody_asks_for_a_guardian():
    assert remarks(aged(18)) == []
    assert remarks(aged(18), today=date(2026, 5, 17)) == [("agent", "guardian_or_reason")]


# --- an earlier case -------------------------------------------------------------------------------------------


def test_an_earlier_case_of_the_same_item_is_a_warning_whose_reason_is_kept():
    again = replace(APPLICATION, earlier_case="20260302000731001229")
    (problem,) = check(again, ITEM, TODAY)
    assert (problem.place, problem.severity, problem.details["number"]) == (
        "earlier_case",
        Severity.WARNING,
        "20260302000731001229",
    )
    reasoned = replace(again, reasons={"earlier_case": "原件遗失，重新开具"})
    assert check(reasoned, ITEM, TODAY) == ()
    assert passed_warnings(reasoned, ITEM, TODAY) == {"earlier_case": "原件遗失，重新开具"}


def test_tidying_reaches_everybody():
    typed = Application(
        PERSON,
        organisation=replace(COOPERATIVE, uscc=" 93519900ma6cdef0x1"),
        co_applicants=(Person(" 古丽.买买提 ", "５１"),),
        agent=replace(MANDATED, relation=" 邻 居 ", mandate=" 1 ", person=replace(NEIGHBOUR, name=" 黎 ")),
    ).tidied()
    assert typed.organisation == COOPERATIVE
    assert typed.co_applicants == (Person("古丽·买买提", "51"),)
    assert (typed.agent.relation, typed.agent.mandate, typed.agent.person.name) == ("邻 居", "1", "黎")


def test_the_guardian_s_telephone_suffices_for_a_minor():
    guardian = Agent(NEIGHBOUR, AgentKind.GUARDIAN, "父亲")
    child = replace(aged(6).applicant, phone="")
    assert remarks(replace(APPLICATION, applicant=child, agent=guardian)) == []
    assert ("applicant.phone", "missing") in remarks(replace(APPLICATION, applicant=child, agent=MANDATED))
