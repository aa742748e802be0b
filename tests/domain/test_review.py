from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import review
from app.domain.case import CaseState
from app.domain.clock import CHINA
from app.domain.deadline import due_date
from app.domain.errors import AlreadyDone, LimitExceeded, MayNotIssue, ReasonMissing, WrongState
from app.domain.outcomes import Result, SpecialProcedure
from tests.domain.samples import AT, ITEM, paper
from tests.domain.stages import CALENDAR, COMMITTED, DAY, HOUR, HOURS, accepted, decided, received, reviewed, suspended


def resumed(case, at, outcome="检验合格"):
    return case.after(review.resume(case, outcome, at, CALENDAR, HOURS), at)


def extended(case, days=10, at=AT + HOUR, **changes):
    words = {"reason": "情况复杂", "approver": "沈青"} | changes
    fact = review.extend(case, days, notice=paper("e"), at=at, calendar=CALENDAR, hours=HOURS, **words)
    return case.after(fact, at)


def on(day):
    return datetime(2026, 5, day, 17, tzinfo=CHINA)


# --- special procedures ----------------------------------------------------------------------------------------


def test_the_due_date_moves_by_the_working_days_of_the_procedure():
    case = accepted()
    assert case.due == on(28)
    assert resumed(suspended(case, AT + DAY), AT + 3 * DAY).due == datetime(2026, 6, 1, 17, tzinfo=CHINA)


def test_a_procedure_over_a_weekend_stops_working_days_alone():
    friday = AT + 4 * DAY
    fact = review.resume(suspended(at=friday), "完成", friday + 3 * DAY, CALENDAR, HOURS)
    assert fact.stopped_days == 1


def test_a_procedure_that_ends_the_same_day_stops_nothing():
    case = accepted()
    assert resumed(suspended(case, AT + DAY), AT + DAY + HOUR).due == case.due


def test_several_procedures_add_up():
    case = resumed(suspended(accepted(), AT + DAY), AT + 2 * DAY)
    case = resumed(suspended(case, AT + 7 * DAY), AT + 9 * DAY)
    assert case.due == datetime(2026, 6, 2, 17, tzinfo=CHINA)
    assert len(case.pauses) == 2


def test_the_clock_goes_on_where_it_was():
    assert resumed(suspended(reviewed()), AT + 2 * DAY).state is CaseState.REVIEW
    assert resumed(suspended(accepted()), AT + 2 * DAY).state is CaseState.ACCEPTED


def test_a_case_in_a_procedure_is_not_stopped_again_extended_or_decided():
    case = suspended()
    with pytest.raises(WrongState):
        suspended(case)
    with pytest.raises(WrongState):
        extended(case)
    with pytest.raises(WrongState):
        review.decide(case, Result.GRANTED, decision=paper("d"), decided_by="沈青")


def test_a_procedure_needs_its_legal_basis_and_its_outcome():
    with pytest.raises(ReasonMissing):
        review.suspend(accepted(), SpecialProcedure.TEST, basis="", notice=paper("p"))
    with pytest.raises(ReasonMissing):
        resumed(suspended(), AT + 2 * DAY, outcome=" ")
    with pytest.raises(LimitExceeded):
        review.suspend(accepted(), SpecialProcedure.TEST, basis="第四十五条", notice=paper("p"), days=0)


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200)), max_size=4), st.integers(0, 10))
def test_the_due_date_is_what_the_calendar_says_for_all_pauses_and_the_extension(spans, extra):
    case, at = accepted(), AT
    if extra:
        case = extended(case, extra, at)
    for run_h, stop_h in spans:
        since = at + run_h * HOUR
        at = since + stop_h * HOUR
        case = resumed(suspended(case, since), at)
    expected = due_date(AT, COMMITTED.promised, CALENDAR, HOURS, pauses=case.pauses, extra_days=extra)
    assert case.due == expected.at
    assert case.due >= accepted().due


# --- extension -------------------------------------------------------------------------------------------------


def test_an_extension_adds_working_days_and_never_stops_the_clock():
    case = extended(accepted(), 3)
    assert (case.state, case.due, case.extra_days) == (
        CaseState.ACCEPTED,
        datetime(2026, 6, 2, 17, tzinfo=CHINA),
        3,
    )


def test_a_limit_is_extended_once():
    with pytest.raises(AlreadyDone):
        extended(extended(accepted(), 2), 2)


@pytest.mark.parametrize("days", [0, 11, -1])
def test_an_extension_is_ten_working_days_at_most(days):
    with pytest.raises(LimitExceeded) as refused:
        extended(accepted(), days)
    assert (refused.value.what, refused.value.most) == ("days", 10)


def test_what_is_overdue_cannot_be_extended():
    with pytest.raises(LimitExceeded) as refused:
        extended(accepted(), 5, on(28) + timedelta(minutes=1))
    assert refused.value.what == "due"


@pytest.mark.parametrize("missing", ["reason", "approver"])
def test_an_extension_says_why_and_who_approved(missing):
    with pytest.raises(ReasonMissing) as refused:
        extended(accepted(), 5, **{missing: ""})
    assert refused.value.what == missing


# --- decision and forwarding -----------------------------------------------------------------------------------


def test_a_refusal_has_reason_basis_and_remedies():
    case = decided(Result.REFUSED)
    assert (case.result, case.header()["result"]) == (Result.REFUSED, "1")
    for missing in ("reason", "basis"):
        words = {"reason": "不符合条件", "basis": "第三条"} | {missing: ""}
        with pytest.raises(ReasonMissing):
            review.decide(accepted(), Result.REFUSED, decision=paper("d"), decided_by="沈青", **words)


def test_a_decision_says_who_decided_and_is_a_grant_or_a_refusal():
    with pytest.raises(ReasonMissing):
        review.decide(accepted(), Result.GRANTED, decision=paper("d"), decided_by="")
    with pytest.raises(WrongState):
        review.decide(accepted(), Result.RETURNED, decision=paper("d"), decided_by="沈青")


def test_a_level_that_the_catalogue_does_not_name_may_not_decide_on_the_spot():
    with pytest.raises(MayNotIssue):
        review.grant_on_the_spot(accepted(received(item=ITEM)), ITEM, "county")


def test_what_was_promised_within_a_limit_is_never_granted_without_a_written_decision():
    with pytest.raises(WrongState):
        review.grant_on_the_spot(accepted(), COMMITTED, COMMITTED.issuers[0])


def test_a_case_is_handed_up_to_a_named_body_for_a_reason():
    for to, reason in (("", "由县级审批"), ("县民政局", "")):
        with pytest.raises(ReasonMissing):
            review.forward(accepted(), to, reason, paper("f"))
    case = accepted().after(review.forward(accepted(), "县民政局", "由县级审批", paper("f")), AT)
    assert (case.state, case.header()["result"], case.is_open) == (CaseState.FORWARDED, "4", False)
