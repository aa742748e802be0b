from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain import acceptance
from app.domain.application import HandedIn, Page, TakenHow, check
from app.domain.case import Case, CaseState
from app.domain.catalogue import ProofPledge
from app.domain.errors import (
    ApplicationIncomplete,
    LimitExceeded,
    NothingNamed,
    ReasonMissing,
    SilenceOver,
    WrongState,
)
from app.domain.outcomes import Defect, NonAcceptanceGround, Result
from app.domain.people import Person
from app.domain.plain import from_plain, to_plain
from tests.domain.samples import APPLICATION, AT, FORM, TODAY, paper
from tests.domain.stages import (
    COMMITTED,
    DAY,
    DEFECTS,
    HOUR,
    ONE,
    SILENT,
    UNFINISHED,
    accepted,
    asked,
    decided,
    received,
    unfinished,
)

LATER = AT + DAY
SCANNED = Page("ab" * 32, "image/jpeg", original="cd" * 32)


def take_in(case, materials=None, form=None, silent=SILENT + DAY):
    return acceptance.take_in_supplement(
        case, COMMITTED, materials or {}, form or {}, paper("r"), today=TODAY, silence_until=silent
    )


# --- receiving -------------------------------------------------------------------------------------------------


def test_what_can_be_supplemented_may_be_missing_when_the_case_is_only_received():
    case = unfinished()
    assert (case.state, case.materials, case.form["since"]) == (CaseState.RECEIVED, {}, "")
    assert case.silence_until == SILENT


def test_who_applies_must_be_known_even_when_the_case_is_only_received():
    nobody = replace(UNFINISHED, applicant=Person("", "519900199203070323", "13805555270", "柳湾村"))
    with pytest.raises(ApplicationIncomplete) as refused:
        received(nobody, complete=False)
    assert [problem.place for problem in refused.value.problems] == ["applicant.name"]


def test_a_promised_material_is_kept_and_owed_until_it_comes():
    promised = replace(APPLICATION, materials={"id_card": ONE, "photo": HandedIn(promised_by=date(2026, 6, 1))})
    case = received(promised)
    assert case.owed == {"photo": date(2026, 6, 1)}


def test_a_pledge_in_place_of_a_proof_is_kept_and_nothing_is_owed():
    allowed = replace(COMMITTED.materials[0], pledge=ProofPledge("身份", "遗失的", "属实"))
    item = replace(COMMITTED, materials=(allowed, *COMMITTED.materials[1:]))
    by_pledge = HandedIn(how=TakenHow.PLEDGED, pledge="云溪3诺〔2026〕000001号")
    application = replace(APPLICATION, materials={**APPLICATION.materials, allowed.code: by_pledge})
    case = received(application, item=item)
    assert case.materials[allowed.code] == by_pledge
    assert allowed.code not in case.owed
    plain = to_plain(case.materials)
    assert from_plain(HandedIn, plain[allowed.code]) == by_pledge
    assert from_plain(HandedIn, {"originals": 1}) == HandedIn(1)  # as it stands in journals from before


def test_a_fact_keeps_who_saw_the_original_and_never_the_picture_that_a_page_was_made_from():
    seen = HandedIn(copies=1, pages=(SCANNED,), checked_by="lin", checked_at=AT)
    case = received(replace(APPLICATION, materials={"id_card": seen}), complete=False)
    assert case.materials["id_card"] == replace(seen, pages=(replace(SCANNED, original=""),))
    supplement = take_in(asked(), {"id_card": seen})
    assert supplement.materials["id_card"] == replace(seen, pages=(replace(SCANNED, original=""),))


# --- late entry ------------------------------------------------------------------------------------------------


def enter_late(case, now=AT, reason="停电三小时", paper_number="纸 12", received_at=None, accepted_at=None):
    earlier = AT - 3 * DAY
    fact = acceptance.enter_late(
        case,
        reason=reason,
        paper_number=paper_number,
        received_at=received_at or earlier,
        accepted_at=accepted_at or earlier + HOUR,
        now=now,
    )
    return case.after(fact, now)


def test_a_late_entry_counts_from_its_real_times_and_says_so_in_every_header():
    case = enter_late(received())
    assert case.is_late_entry
    assert case.received_at == AT - 3 * DAY
    assert accepted(case, AT - 3 * DAY + HOUR).header()["late"] is True


@pytest.mark.parametrize("missing", ["reason", "paper_number"])
def test_a_late_entry_needs_reason_and_paper_number(missing):
    with pytest.raises(ReasonMissing) as refused:
        enter_late(received(), **{missing: " "})
    assert refused.value.what == missing


def test_a_late_entry_cannot_lie_in_the_future_or_be_accepted_before_it_was_received():
    with pytest.raises(LimitExceeded):
        enter_late(received(), accepted_at=AT + HOUR)
    with pytest.raises(LimitExceeded):
        enter_late(received(), received_at=AT - HOUR, accepted_at=AT - DAY)


# --- supplement ------------------------------------------------------------------------------------------------


def test_the_notice_can_name_everything_that_is_missing():
    problems = check(UNFINISHED, COMMITTED, TODAY)
    defects = acceptance.suggested_defects(COMMITTED, problems)
    assert [(defect.place, defect.name) for defect in defects] == [
        ("form.since", "居住起始日期"),
        ("materials.id_card", "居民身份证"),
        ("materials.photo", "照片"),
    ]
    assert [defect.what for defect in defects] == ["未填写或者填写有误", "原件 1 份", "复印件 1 份"]


def test_a_notice_without_defects_or_with_an_empty_one_is_none():
    with pytest.raises(NothingNamed):
        acceptance.ask_supplement(unfinished(), (), paper("s"), reply_by=None, now=AT)
    empty = (Defect("materials.id_card", "居民身份证", " "),)
    with pytest.raises(ReasonMissing):
        acceptance.ask_supplement(unfinished(), empty, paper("s"), reply_by=None, now=AT)


def test_the_day_for_the_reply_cannot_be_past():
    with pytest.raises(LimitExceeded):
        acceptance.ask_supplement(unfinished(), DEFECTS, paper("s"), reply_by=TODAY - DAY, now=AT)


def test_once_asked_the_body_is_not_silent_any_more():
    case = asked()
    assert (case.state, case.silence_until, case.defects, case.supplements) == (
        CaseState.SUPPLEMENT,
        None,
        DEFECTS,
        1,
    )
    assert not acceptance.is_silent(case, AT + 30 * DAY)


def test_a_second_request_needs_a_reason_and_is_counted():
    with pytest.raises(ReasonMissing):
        asked(asked())
    assert asked(asked(), reason="材料有涂改").supplements == 2


def test_a_request_after_acceptance_needs_a_reason_and_moves_neither_state_nor_clock():
    case = accepted()
    with pytest.raises(ReasonMissing):
        asked(case)
    alarm = asked(case, reason="审查中发现缺页")
    assert (alarm.state, alarm.due, alarm.supplements) == (case.state, case.due, 1)


def test_part_of_a_supplement_leaves_the_rest_open():
    case = asked()
    fact = take_in(case, {"id_card": ONE})
    assert (fact.complete, fact.open_defects, fact.silence_until) == (False, DEFECTS[1:], None)
    case = case.after(fact, LATER)
    assert (case.state, case.materials["id_card"]) == (CaseState.SUPPLEMENT, ONE)
    with pytest.raises(WrongState):
        acceptance.accept(case, COMMITTED, LATER, None, paper("n"))


def test_the_whole_supplement_makes_the_case_complete_from_that_day():
    case = asked()
    case = case.after(take_in(case, {"id_card": ONE}), LATER)
    case = case.after(take_in(case, form={"since": "2021-03-15"}), LATER + DAY)
    assert (case.state, case.complete_at, case.silence_until) == (CaseState.RECEIVED, LATER + DAY, SILENT + DAY)
    assert case.form == FORM


def test_a_value_that_is_still_wrong_stays_open():
    fact = take_in(asked(), {"id_card": ONE}, {"since": "去年"})
    assert (fact.complete, fact.open_defects) == (False, DEFECTS[1:])


@pytest.mark.parametrize("materials", [{}, {"id_card": HandedIn()}, {"lease": ONE}])
def test_handing_in_nothing_that_was_asked_for_is_no_supplement(materials):
    with pytest.raises(NothingNamed):
        take_in(asked(), materials)


def test_a_material_that_the_item_does_not_know_is_refused():
    with pytest.raises(NothingNamed):
        take_in(asked(), {"id_card": ONE, "smuggled": ONE})


def test_what_was_asked_for_after_acceptance_comes_in_and_moves_neither_state_nor_clock():
    case = asked(accepted(), reason="审查中发现缺页")
    part = take_in(case, {"id_card": ONE})
    assert (part.complete, part.silence_until) == (False, None)
    case = case.after(part, LATER)
    whole = take_in(case, form={"since": "2021-03-16"})
    assert (whole.complete, whole.silence_until) == (True, None)
    done = case.after(whole, LATER)
    before = accepted()
    assert (done.state, done.due, done.accepted_at, done.complete_at) == (
        before.state,
        before.due,
        before.accepted_at,
        before.complete_at,
    )
    assert (done.form["since"], done.awaits_supplement) == ("2021-03-16", False)
    with pytest.raises(WrongState):
        take_in(done, {"id_card": ONE})


# --- silence ---------------------------------------------------------------------------------------------------


def test_five_working_days_of_silence_accept_the_case_from_the_day_of_receipt():
    case, now = unfinished(), SILENT + timedelta(seconds=1)
    assert not acceptance.is_silent(case, SILENT)
    assert acceptance.is_silent(case, now)
    fact = acceptance.deem_accepted(case, COMMITTED, now, None, paper("n"))
    assert (fact.accepted_at, fact.silent_until) == (AT, SILENT)
    case = case.after(fact, now)
    assert (case.state, case.accepted_at, case.is_deemed) == (CaseState.ACCEPTED, AT, True)


def test_silence_after_a_supplement_accepts_from_the_day_everything_was_there():
    case = asked()
    case = case.after(take_in(case, {"id_card": ONE}, {"since": "2021-03-15"}), LATER)
    now = SILENT + 2 * DAY
    assert acceptance.deem_accepted(case, COMMITTED, now, None, paper("n")).accepted_at == LATER


def test_nothing_is_deemed_accepted_while_the_body_still_has_time():
    with pytest.raises(WrongState):
        acceptance.deem_accepted(received(), COMMITTED, SILENT, None, paper("n"))


@pytest.mark.parametrize(
    "act",
    [
        lambda case, now: acceptance.accept(case, COMMITTED, now, None, paper("n"), now=now),
        lambda case, now: acceptance.ask_supplement(case, DEFECTS, paper("s"), reply_by=None, now=now),
        lambda case, now: acceptance.give_back(case, "要求取回", paper("g"), now),
        lambda case, now: acceptance.refuse_acceptance(
            case,
            ground=NonAcceptanceGround.NOT_ENTITLED,
            reason="不符合",
            competent="",
            basis="第三条",
            notice=paper("x"),
            now=now,
        ),
    ],
)
def test_after_the_silence_it_is_too_late_for_anything_else(act):
    with pytest.raises(SilenceOver):
        act(received(), SILENT + HOUR)


# --- non-acceptance and return ---------------------------------------------------------------------------------


def refuse(**changes):
    words = {
        "ground": NonAcceptanceGround.NOT_COMPETENT,
        "reason": "不属于本机关职权",
        "competent": "示范县民政局",
        "basis": "第三十二条",
    }
    return acceptance.refuse_acceptance(received(), notice=paper("x"), now=AT, **{**words, **changes})


def test_a_non_acceptance_names_reason_competent_body_and_remedies():
    fact = refuse()
    assert (fact.competent, fact.ground) == ("示范县民政局", NonAcceptanceGround.NOT_COMPETENT)
    assert "六十日" in fact.remedies
    assert "六个月" in fact.remedies
    case = received().after(fact, AT)
    assert (case.result, case.header()["result"]) == (Result.NOT_ACCEPTED, "6")


@pytest.mark.parametrize("missing", ["reason", "basis", "competent"])
def test_a_non_acceptance_is_never_without_its_reasons(missing):
    with pytest.raises(ReasonMissing) as refused:
        refuse(**{missing: ""})
    assert refused.value.what == missing


def test_only_a_question_of_power_needs_the_competent_body():
    assert refuse(ground=NonAcceptanceGround.NOT_ENTITLED, competent="").competent == ""


def test_materials_are_given_back_with_a_reason():
    with pytest.raises(ReasonMissing):
        acceptance.give_back(received(), "", paper("g"), AT)
    case = received().after(acceptance.give_back(received(), "要求取回", paper("g"), AT), AT)
    assert (case.state, case.header()["result"]) == (CaseState.RETURNED, "5")


def test_what_is_unfinished_cannot_be_accepted():
    with pytest.raises(ApplicationIncomplete):
        acceptance.ensure_complete(unfinished(), COMMITTED, TODAY)
    acceptance.ensure_complete(received(), COMMITTED, TODAY)


def test_a_promise_whose_day_came_before_acceptance_does_not_hold_the_acceptance_up():
    case = received()
    acceptance.ensure_complete(case, COMMITTED, case.owed["photo"] + DAY)


def test_a_decided_case_is_asked_for_nothing():
    with pytest.raises(WrongState):
        asked(decided(), reason="又一项")
    assert isinstance(decided(), Case)
