"""From acceptance to the decision (审查, 特别程序, 延期, 决定, 转报): verbs that return facts.

Only a special procedure stops the clock (行政许可法 Art. 45); an extension adds days and never stops it (Art. 42).
"""

from datetime import datetime

from app.domain.case import Case, CaseState
from app.domain.catalogue import ServiceItem, UseLevel
from app.domain.deadline import Calendar, DueDate, Pause, WindowHours, due_date, due_fields, stopped_days
from app.domain.errors import AlreadyDone, LimitExceeded, MayNotIssue, WrongState, ensure_given
from app.domain.facts import (
    CaseDecided,
    CaseExtended,
    CaseForwarded,
    CaseResumed,
    CaseSuspended,
    NumberedPaper,
    ReviewStarted,
)
from app.domain.outcomes import LONGEST_EXTENSION_DAYS, REMEDIES, Result, SpecialProcedure

RUNS = (CaseState.ACCEPTED, CaseState.REVIEW)


def start_review(case: Case, reviewer: str) -> ReviewStarted:
    """Return the fact that ``reviewer`` took the accepted case up; WrongState unless it is accepted and committed."""
    case.ensure("start_review", CaseState.ACCEPTED)
    ensure_given(reviewer=reviewer)
    return ReviewStarted(reviewer.strip())


def suspend(
    case: Case,
    procedure: SpecialProcedure,
    *,
    basis: str,
    notice: NumberedPaper,
    days: int | None = None,
    reason: str = "",
) -> CaseSuspended:
    """Return the fact that a special procedure began, from whose notice on the clock stands still.

    ReasonMissing without the legal basis; LimitExceeded for days below 1; WrongState unless the clock runs.
    """
    case.ensure("suspend", *RUNS)
    ensure_given(basis=basis)
    if days is not None and days < 1:
        raise LimitExceeded("days", 1)
    return CaseSuspended(procedure, basis.strip(), notice, days, reason.strip())


def resume(case: Case, outcome: str, at: datetime, calendar: Calendar, hours: WindowHours) -> CaseResumed:
    """Return the fact that the procedure ended ``at``; ReasonMissing without its outcome, WrongState unless suspended."""
    case.ensure("resume", CaseState.SUSPENDED)
    ensure_given(outcome=outcome)
    if case.suspended_at is None:
        raise WrongState("resume", case.state)
    pause = Pause(case.suspended_at, at)
    due = _due(case, (*case.pauses, pause), case.extra_days, calendar, hours)
    return CaseResumed(
        outcome=outcome.strip(),
        stopped_days=stopped_days(pause, calendar),
        **due_fields(due),
    )


def extend(
    case: Case,
    days: int,
    *,
    reason: str,
    approver: str,
    notice: NumberedPaper,
    at: datetime,
    calendar: Calendar,
    hours: WindowHours,
) -> CaseExtended:
    """Return the fact that the limit was extended by ``days`` working days.

    ReasonMissing without reason and the approver, the head of the body; AlreadyDone for a second extension;
    LimitExceeded beyond ten days, or once the due date is past; WrongState unless the clock runs.
    """
    case.ensure("extend", *RUNS)
    ensure_given(reason=reason, approver=approver)
    if case.extra_days:
        raise AlreadyDone("extend")
    if not 1 <= days <= LONGEST_EXTENSION_DAYS:
        raise LimitExceeded("days", LONGEST_EXTENSION_DAYS)
    if case.due is None:
        raise WrongState("extend", case.state)
    if at > case.due:
        raise LimitExceeded("due", case.due.isoformat(timespec="minutes"))
    due = _due(case, case.pauses, days, calendar, hours)
    return CaseExtended(
        days=days,
        reason=reason.strip(),
        approver=approver.strip(),
        notice=notice,
        **due_fields(due),
    )


def grant_on_the_spot(case: Case, item: ServiceItem, level: UseLevel) -> CaseDecided:
    """Return the fact that an immediate case was granted at a service point of ``level``.

    WrongState unless accepted and immediate: what was promised within a limit is decided in writing. MayNotIssue when
    the catalogue does not let this level decide on the spot.
    """
    case.ensure("grant", CaseState.ACCEPTED)
    if level not in item.issuers:
        raise MayNotIssue(item.title, level)
    if not case.is_immediate:
        raise WrongState("grant", case.state)
    return CaseDecided(Result.GRANTED)


def decide(
    case: Case, result: Result, *, decision: NumberedPaper, decided_by: str, reason: str = "", basis: str = ""
) -> CaseDecided:
    """Return the fact that the deciding body granted or refused, with a written decision.

    ReasonMissing without who decided, or for a refusal without reason and basis (Art. 38); WrongState unless the
    clock runs: a procedure that is open is ended first.
    """
    case.ensure("decide", *RUNS)
    ensure_given(decided_by=decided_by)
    if result not in {Result.GRANTED, Result.REFUSED}:
        raise WrongState(f"decide {result}", case.state)
    refused = result is Result.REFUSED
    if refused:
        ensure_given(reason=reason, basis=basis)
    return CaseDecided(
        result=result,
        reason=reason.strip(),
        basis=basis.strip(),
        remedies=REMEDIES if refused else "",
        decided_by=decided_by.strip(),
        decision=decision,
    )


def forward(case: Case, to: str, reason: str, slip: NumberedPaper) -> CaseForwarded:
    """Return the fact that the case was handed up to the body ``to``; ReasonMissing, WrongState unless accepted."""
    case.ensure("forward", *RUNS)
    ensure_given(to=to, reason=reason)
    return CaseForwarded(to.strip(), reason.strip(), slip)


def _due(
    case: Case, pauses: tuple[Pause, ...], extra_days: int, calendar: Calendar, hours: WindowHours
) -> DueDate | None:
    if case.limit is None or case.accepted_at is None:
        return None
    return due_date(case.accepted_at, case.limit, calendar, hours, pauses=pauses, extra_days=extra_days)
