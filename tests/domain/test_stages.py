"""Every verb against every state: what is possible where, by domain rules; and what each state is."""

import pytest

from app.domain import acceptance, closing, correcting, review
from app.domain.case import CLOSED, DEAD, IN_HAND, OPEN, READY, RUNNING, CaseState
from app.domain.errors import BrokenRule, WrongState
from app.domain.outcomes import NonAcceptanceGround, Result, SpecialProcedure
from app.domain.paper_ends import ReplacementGround, RevocationGround
from tests.domain.samples import AT, TODAY, paper
from tests.domain.stages import CALENDAR, CERTIFICATE, COMMITTED, DEFECTS, HOUR, HOURS, ONE, SILENT, STAGES

S = CaseState
BEFORE = {S.RECEIVED, S.SUPPLEMENT}
UNDECIDED = BEFORE | {S.ACCEPTED, S.REVIEW, S.SUSPENDED}
NOW = AT + HOUR
VERBS = {
    "accept": (lambda c: acceptance.accept(c, COMMITTED, NOW, None, paper("n"), now=NOW), {S.RECEIVED}),
    "enter late": (
        lambda c: acceptance.enter_late(c, reason="停电", paper_number="纸 3", received_at=AT, accepted_at=AT, now=NOW),
        {S.RECEIVED},
    ),
    "ask supplement": (
        lambda c: acceptance.ask_supplement(c, DEFECTS, paper("s"), reply_by=None, now=NOW, reason="又发现一项"),
        UNDECIDED,
    ),
    "take in supplement": (
        lambda c: acceptance.take_in_supplement(
            c, COMMITTED, {"id_card": ONE}, {}, paper("r"), today=TODAY, silence_until=SILENT
        ),
        {S.SUPPLEMENT},
    ),
    "refuse acceptance": (
        lambda c: acceptance.refuse_acceptance(
            c,
            ground=NonAcceptanceGround.NOT_ENTITLED,
            reason="不符合条件",
            competent="",
            basis="第三条",
            notice=paper("x"),
            now=NOW,
        ),
        BEFORE,
    ),
    "give back": (lambda c: acceptance.give_back(c, "要求取回", paper("g"), NOW), BEFORE),
    "start review": (lambda c: review.start_review(c, "shen"), {S.ACCEPTED}),
    "suspend": (
        lambda c: review.suspend(c, SpecialProcedure.HEARING, basis="第四十五条", notice=paper("p")),
        {S.ACCEPTED, S.REVIEW},
    ),
    "resume": (lambda c: review.resume(c, "听证结束", NOW, CALENDAR, HOURS), {S.SUSPENDED}),
    "extend": (
        lambda c: review.extend(
            c, 5, reason="案情复杂", approver="沈青", notice=paper("e"), at=NOW, calendar=CALENDAR, hours=HOURS
        ),
        {S.ACCEPTED, S.REVIEW},
    ),
    "decide": (
        lambda c: review.decide(c, Result.GRANTED, decision=paper("d"), decided_by="沈青"),
        {S.ACCEPTED, S.REVIEW},
    ),
    "forward": (lambda c: review.forward(c, "县民政局", "由县级审批", paper("f")), {S.ACCEPTED, S.REVIEW}),
    "issue": (lambda c: closing.issue(c, CERTIFICATE), {S.DECIDED}),
    "deliver": (lambda c: closing.deliver(c, COMMITTED, "林", True), {S.ISSUED}),
    "withdraw": (lambda c: closing.withdraw(c, "不再需要", paper("w")), UNDECIDED),
    "correct": (
        lambda c: correcting.correct(c, COMMITTED, {"applicant.name": "林小宁"}, "打错一个字", TODAY),
        UNDECIDED | {S.DECIDED, *closing.HANDED_OVER},
    ),
    "void": (lambda c: closing.void(c, Result.VOIDED, "作废", by="lin", approved_by="shen"), set(OPEN) - {S.ISSUED}),
    "revoke": (
        lambda c: closing.revoke_certificate(
            c, CERTIFICATE.number.text, RevocationGround.FRAUD, "伪造", "三号决定", by="lin", approved_by="shen"
        ),
        {S.ISSUED, *closing.HANDED_OVER},
    ),
    "replace": (
        lambda c: closing.replace_certificate(
            c, CERTIFICATE.number.text, ReplacementGround.LOST, "丢了", TODAY, "2", by="lin", approved_by="shen"
        ),
        set(closing.HANDED_OVER),
    ),
    "rate": (lambda c: closing.rate(c, 2), {S.DELIVERED}),
    "archive": (closing.archive, set(CLOSED) - {S.ARCHIVED}),
}


@pytest.mark.parametrize("state", CaseState)
def test_each_state_can_be_reached(state):
    assert STAGES[state]().state is state


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", CaseState)
def test_a_verb_is_possible_in_its_states_alone(state, verb):
    act, states = VERBS[verb]
    case = STAGES[state]()
    if state in states:
        case.after(act(case), NOW)
        return
    with pytest.raises(WrongState):
        act(case)


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "archive"])
@pytest.mark.parametrize("state", sorted(DEAD))
def test_nothing_but_the_archive_follows_the_end(state, verb):
    with pytest.raises(BrokenRule):
        VERBS[verb][0](STAGES[state]())


def test_the_groups_of_states_leave_none_out_and_overlap_nowhere():
    assert set(CaseState) == OPEN | CLOSED
    assert not OPEN & CLOSED
    assert RUNNING | {CaseState.SUSPENDED} == IN_HAND
    assert not IN_HAND & READY
    assert DEAD <= CLOSED


@pytest.mark.parametrize("state", CaseState)
def test_a_closed_case_says_when_and_an_open_one_does_not(state):
    case = STAGES[state]()
    assert (case.closed_at is not None) == (state in CLOSED)
    assert case.header()["state"] == state.value
