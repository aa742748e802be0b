"""What a case shows in lists, and which list it stands in: the rules of the real views, said plainly."""

from app.domain.case import BEFORE_ACCEPTANCE, OPEN, READY, RUNNING, CaseState
from app.domain.clock import CHINA
from app.services.snapshots import CaseRow, CaseScope


def case_row(case, clerk=""):
    return CaseRow(
        number=case.number,
        item=case.item,
        title=case.title,
        department=case.department,
        applicant=case.applicant_name,
        id_number=case.applicant_number,
        phone=case.applicant.phone,
        state=case.state,
        is_immediate=case.is_immediate,
        holder=case.holder,
        received_at=case.received_at,
        entered_at=case.entered_at,
        accepted_at=case.accepted_at,
        due=case.due,
        near_due_from=case.near_due_from,
        delivered_at=case.delivered_at,
        representative=case.applicant.name if case.organisation else "",
        agent=case.agent.person.name if case.agent else "",
        is_late=case.is_late_entry,
        is_deemed=case.is_deemed,
        suspended_at=case.suspended_at,
        silence_until=case.silence_until if case.state is CaseState.RECEIVED else None,
        reply_by=case.reply_by if case.state is CaseState.SUPPLEMENT else None,
        owed_by=min(case.owed.values(), default=None),
        closed_at=case.closed_at,
        clerk=clerk,
        awaits_taking_over=case.awaits_taking_over,
        collect_at=case.collect_at,
    )


def is_on(at, day):
    return at.astimezone(CHINA).date() == day


def is_in_scope(row, wanted, *, is_collected_here=False, has_recalled=False):
    return {
        CaseScope.ALL: lambda: True,
        CaseScope.OPEN: lambda: is_open(row),
        CaseScope.TO_TAKE_OVER: lambda: row.awaits_taking_over and is_open(row),
        CaseScope.TO_COLLECT: lambda: is_collected_here and is_open(row),
        CaseScope.TO_RECALL: lambda: has_recalled,
        CaseScope.DONE: lambda: not is_open(row),
        CaseScope.RECEIVED: lambda: row.state in BEFORE_ACCEPTANCE,
        CaseScope.SUSPENDED: lambda: row.state is CaseState.SUSPENDED,
        CaseScope.TO_DELIVER: lambda: is_ready(row),
        CaseScope.OWED: lambda: row.owed_by is not None and is_open(row),
        CaseScope.LATE: lambda: row.is_late,
        CaseScope.NEAR_DUE: lambda: is_near_due(row, wanted.now),
        CaseScope.OVERDUE: lambda: is_overdue(row, wanted.now),
    }[wanted.scope]()


def is_open(row):
    return row.state in OPEN


def is_ready(row):
    return row.state in READY


def waits(row, day):
    match row.state:
        case CaseState.ACCEPTED if row.is_deemed:
            return True
        case CaseState.RECEIVED if row.silence_until and row.silence_until.astimezone(CHINA).date() <= day:
            return True
        case CaseState.SUPPLEMENT if row.reply_by and row.reply_by < day:
            return True
    return is_open(row) and row.owed_by is not None and row.owed_by <= day


def is_running(row):
    return row.state in RUNNING


def is_near_due(row, now):
    return is_running(row) and row.due is not None and row.near_due_from <= now <= row.due


def is_overdue(row, now):
    return is_running(row) and row.due is not None and row.due < now
