"""Typing errors of everybody in the case are mended by a fact that keeps what was written."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.correcting import correct, correctable, doubts
from app.domain.documents import Document, Sex
from app.domain.errors import ApplicationIncomplete, NothingNamed, ReasonMissing
from app.domain.facts import CaseCorrected
from app.domain.outcomes import Correction
from app.domain.people import Agent, AgentKind, Organisation, Person
from app.domain.plain import from_plain
from tests.domain.samples import APPLICATION, AT, PERSON, TODAY, id_number
from tests.domain.stages import COMMITTED, accepted, received

ANA = Person("Ana", "E12345678", "", "", Document.PASSPORT, date(1990, 1, 2), Sex.FEMALE, "示范国")
WANG = Person("王知远", id_number("19850101", "033"), "13805555281", "云溪镇")
AGENT = Agent(WANG, AgentKind.MANDATED, "同事", "云溪3委〔2026〕000001号", "领取结果")
HOUSE = Organisation("云溪镇柳湾养殖专业合作社", "93519900MA00000004", "云溪镇柳湾村")
TYPING_ERROR = "打错一个字"


def everybody(**changes):
    """Return an accepted case with two applicants and an agent."""
    application = replace(APPLICATION, co_applicants=(ANA,), agent=AGENT, **changes)
    return accepted(received(application))


def mend(changes, case=None, reason=TYPING_ERROR, passed=None):
    return correct(case or accepted(), COMMITTED, changes, reason, TODAY, passed or {})


def test_a_typing_error_is_mended_by_a_fact_that_keeps_what_was_written():
    fact = mend({"applicant.name": "林小宁", "form.purpose": "其他"})
    assert fact.changes == (
        Correction("applicant.name", "林𬱖宁", "林小宁"),
        Correction("form.purpose", "子女入学", "其他"),
    )
    case = accepted().after(fact, AT)
    assert (case.applicant.name, case.form["purpose"]) == ("林小宁", "其他")


@pytest.mark.parametrize(
    ("place", "after"),
    [
        ("co_applicants.0.name", "Anna"),
        ("co_applicants.0.id_number", "E12345679"),
        ("co_applicants.0.nationality", "示例国"),
        ("co_applicants.0.stated_birth_date", "1990-02-01"),
        ("co_applicants.0.stated_sex", "male"),
        ("agent.name", "王志远"),
        ("agent.id_number", id_number("19850201", "033")),
        ("agent.phone", "13805555282"),
        ("agent.address", "云溪镇青杠路1号"),
        ("agent.kind", "guardian"),
        ("agent.relation", "同学"),
        ("agent.mandate", "云溪3委〔2026〕000002号"),
        ("agent.scope", "提交材料，领取结果"),
        ("applicant.id_number", id_number("19920308", "032")),
        ("applicant.address", "云溪镇柳湾村4组28号"),
    ],
)
def test_every_typed_field_of_everybody_can_be_mended(place, after):
    case = everybody()
    before = correctable(case, COMMITTED)[place]
    fact = mend({place: after}, case)
    assert fact.changes == (Correction(place, before, after),)
    mended = correctable(case.after(fact, AT), COMMITTED)
    assert mended[place] == after
    assert {key for key, text in mended.items() if text != correctable(case, COMMITTED)[key]} == {place}


def test_an_organisation_and_its_representative_are_mended():
    item = replace(COMMITTED, applicants=("organisation",))
    case = accepted(received(replace(APPLICATION, organisation=HOUSE), item=item))
    changes = {"organisation.name": "云溪镇柳湾种养专业合作社", "applicant.name": "林小宁"}
    fact = correct(case, item, changes, TYPING_ERROR, TODAY)
    after = case.after(fact, AT)
    assert (after.organisation.name, after.applicant.name) == tuple(changes.values())


def test_a_wrong_kind_of_document_is_mended_with_what_it_does_not_tell():
    case, passport = accepted(), {"applicant.document": "passport", "applicant.id_number": "E1234567"}
    found = {(problem.place, problem.code) for problem in doubts(case, COMMITTED, passport, TODAY)}
    assert found == {
        ("applicant.nationality", "missing"),
        ("applicant.stated_birth_date", "birth_date_untold"),
        ("applicant.stated_sex", "missing"),
    }
    stated = {"nationality": "示范国", "stated_birth_date": "1990-01-02", "stated_sex": "female"}
    whole = passport | {f"applicant.{name}": text for name, text in stated.items()}
    person = case.after(mend(whole, case), AT).applicant
    assert (person.document, person.birth_date, person.sex) == (Document.PASSPORT, date(1990, 1, 2), Sex.FEMALE)


def test_a_doubtful_number_needs_a_reason_which_the_fact_keeps():
    case, wrong = everybody(), {"agent.id_number": WANG.id_number[:-1] + ("1" if WANG.id_number[-1] != "1" else "2")}
    with pytest.raises(ApplicationIncomplete) as refused:
        mend(wrong, case)
    assert [(p.place, p.code) for p in refused.value.problems] == [("agent.id_number", "check_digit")]
    fact = mend(wrong, case, passed={"agent.id_number": "证件上就是这个号"})
    assert fact.passed_warnings == {"agent.id_number": "证件上就是这个号"}
    doubtful = case.after(fact, AT)
    assert doubtful.passed_warnings["agent.id_number"] == "证件上就是这个号"
    right = doubtful.after(mend({"agent.id_number": WANG.id_number}, doubtful), AT)
    assert "agent.id_number" not in right.passed_warnings


def test_a_number_that_somebody_else_has_is_told():
    case = everybody()
    with pytest.raises(ApplicationIncomplete) as refused:
        mend({"applicant.id_number": WANG.id_number}, case)
    assert ("agent.id_number", "agent_is_applicant") in {(p.place, p.code) for p in refused.value.problems}


def test_a_correction_is_kept_as_it_would_have_been_at_intake():
    case = everybody()
    typed = {"agent.name": " 王 .知远", "agent.id_number": f" {WANG.id_number.lower()}", "agent.phone": "138 0555 5271"}
    after = case.after(mend(typed, case), AT)
    assert (after.agent.person.name, after.agent.person.phone) == ("王·知远", "13805555271")
    with pytest.raises(NothingNamed):
        mend({"applicant.id_number": PERSON.id_number.lower()}, case)


def test_a_correction_changes_something_that_exists_and_says_why():
    for place in (
        *("form.smuggled", "applicant.__class__", "holder", "organisation.name", "agent.name"),
        *("co_applicants.0.name", "co_applicants.name", "agent.person"),
    ):
        with pytest.raises(NothingNamed):
            mend({place: "x"})
    with pytest.raises(NothingNamed):
        mend({"co_applicants.1.name": "x"}, everybody())
    with pytest.raises(NothingNamed):
        mend({"applicant.name": "林𬱖宁"})
    with pytest.raises(ReasonMissing):
        mend({"applicant.name": "林小宁"}, reason="")


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"form.purpose": "别的", "applicant.phone": "1"}, {"form.purpose", "applicant.phone"}),
        ({"co_applicants.0.stated_birth_date": "1990-2"}, {"co_applicants.0.stated_birth_date"}),
        ({"agent.kind": "friend", "applicant.document": ""}, {"agent.kind", "applicant.document"}),
        ({"agent.mandate": ""}, {"agent.mandate"}),
    ],
)
def test_a_correction_cannot_make_the_case_wrong(changes, places):
    with pytest.raises(ApplicationIncomplete) as refused:
        mend(changes, everybody())
    assert {problem.place for problem in refused.value.problems} == places


def test_what_was_wrong_elsewhere_before_stands_in_no_ones_way():
    unfinished = received(replace(APPLICATION, materials={}), complete=False)
    assert mend({"applicant.name": "林小宁"}, unfinished).changes


def test_corrections_of_an_earlier_program_are_read():
    plain = {"changes": [{"place": "applicant.phone", "before": "1", "after": "13805555271"}], "reason": "打错"}
    assert accepted().after(from_plain(CaseCorrected, plain), AT).applicant.phone == "13805555271"
