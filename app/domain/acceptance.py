"""From the materials on the counter to acceptance (收件, 补正, 受理, 不予受理, 退件): verbs that return facts.

行政许可法 Art. 32 rules this stage: what is missing is told at once and once; a body that says nothing for five
working days has accepted; after a supplement the case is accepted from the day everything was there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from app.domain.application import Application, HandedIn, check, passed_warnings
from app.domain.case import Case, CaseState
from app.domain.catalogue import Material, ServiceItem
from app.domain.deadline import DueDate, due_fields
from app.domain.errors import (
    ApplicationIncomplete,
    ItemNotOpen,
    LimitExceeded,
    NothingNamed,
    SilenceOver,
    WrongState,
    ensure_given,
)
from app.domain.facts import (
    CaseAccepted,
    CaseDeemedAccepted,
    CaseEnteredLate,
    CaseNotAccepted,
    CaseReceived,
    CaseReturned,
    NumberedPaper,
    SupplementAsked,
    SupplementReceived,
)
from app.domain.outcomes import REMEDIES, Defect, NonAcceptanceGround
from app.domain.problem import Problem

LATER_PLACES = ("materials.", "form.")
"""Places whose errors do not keep the materials from being taken in: they can be supplemented."""


OTHER_PLACES = "other."
"""Begins the place of a line that a clerk added to a supplement notice and that is neither a material nor in the form."""


def ensure_open(item: ServiceItem) -> None:
    """Raise ItemNotOpen when no case of ``item`` can be opened; the error names who is competent."""
    if not item.can_be_opened:
        raise ItemNotOpen(item.title, item.state, item.state_reason, item.competent)


def receive(
    item: ServiceItem,
    application: Application,
    *,
    today: date,
    started_at: datetime,
    receipt: NumberedPaper,
    holder: str,
    silence_until: datetime | None = None,
    complete: bool = True,
) -> CaseReceived:
    """Return the fact that the materials of ``application`` were handed over.

    ItemNotOpen when the catalogue does not allow it; ApplicationIncomplete with every place that stands in the way.
    Unless it is to be ``complete``, what can be supplemented later – materials and form – may be missing or wrong.
    """
    ensure_open(item)
    tidy = application.tidied()
    problems = check(tidy, item, today)
    blocking = problems if complete else tuple(p for p in problems if not p.place.startswith(LATER_PLACES))
    if blocking:
        raise ApplicationIncomplete(blocking)
    return CaseReceived(
        item=item.code,
        item_version=item.version,
        title=item.title,
        department=item.department,
        project_type=item.project_type,
        applicant=tidy.applicant,
        form={entry.code: tidy.form.get(entry.code, "") for entry in item.form},
        materials=_kept(tidy, item),
        collection=tidy.collection,
        collect_at=tidy.collect_at,
        collect_at_name=tidy.collect_at_name,
        receipt=receipt,
        holder=holder,
        started_at=started_at,
        passed_warnings=passed_warnings(tidy, item, today),
        organisation=tidy.organisation,
        co_applicants=tidy.co_applicants,
        agent=tidy.agent,
        silence_until=silence_until,
    )


def enter_late(
    case: Case, *, reason: str, paper_number: str, received_at: datetime, accepted_at: datetime, now: datetime
) -> CaseEnteredLate:
    """Return the fact that the just received case was really handled earlier on paper (补录).

    ReasonMissing without a reason or the number of the paper that was given out; LimitExceeded when a time lies in the
    future or acceptance before receipt.
    """
    case.ensure("enter_late", CaseState.RECEIVED)
    ensure_given(reason=reason, paper_number=paper_number)
    if accepted_at > now:
        raise LimitExceeded("accepted_at", now.isoformat(timespec="minutes"))
    if received_at > accepted_at:
        raise LimitExceeded("received_at", accepted_at.isoformat(timespec="minutes"))
    return CaseEnteredLate(reason.strip(), paper_number.strip(), received_at, accepted_at)


def accept(
    case: Case,
    item: ServiceItem,
    at: datetime,
    due: DueDate | None,
    notice: NumberedPaper,
    *,
    now: datetime | None = None,
) -> CaseAccepted:
    """Return the fact that the case was accepted from ``at``, due as computed.

    WrongState unless it was received and everything is there; SilenceOver when it counts as accepted already.
    """
    case.ensure("accept", CaseState.RECEIVED)
    if now is not None:
        ensure_not_silent(case, now)
    return CaseAccepted(
        accepted_at=at,
        notice=notice,
        statutory=item.statutory,
        promised=item.promised,
        **due_fields(due),
    )


def missing(case: Case, item: ServiceItem, today: date) -> tuple[Problem, ...]:
    """Return everything that keeps a case that was taken in from being accepted.

    A promise whose day has come meanwhile is reminded of, it does not hold the acceptance up.
    """
    return check(case.application, item, today, taken_in=True)


def ensure_complete(case: Case, item: ServiceItem, today: date) -> None:
    """Raise ApplicationIncomplete with everything that is ``missing``."""
    if problems := missing(case, item, today):
        raise ApplicationIncomplete(problems)


def is_silent(case: Case, now: datetime) -> bool:
    """Tell whether the body has said nothing for so long that the case counts as accepted."""
    return case.state is CaseState.RECEIVED and case.silence_until is not None and now > case.silence_until


def ensure_not_silent(case: Case, now: datetime) -> None:
    """Raise SilenceOver when the case counts as accepted by silence, so that this is recorded first."""
    if is_silent(case, now):
        raise SilenceOver


def deem_accepted(
    case: Case, item: ServiceItem, now: datetime, due: DueDate | None, notice: NumberedPaper
) -> CaseDeemedAccepted:
    """Return the fact that the case counts as accepted from the day its materials were there, dated back.

    WrongState unless the body was silent for too long.
    """
    if not is_silent(case, now) or case.silence_until is None:
        raise WrongState("deem_accepted", case.state)
    return CaseDeemedAccepted(
        accepted_at=case.complete_at,
        silent_until=case.silence_until,
        notice=notice,
        statutory=item.statutory,
        promised=item.promised,
        **due_fields(due),
    )


def suggested_defects(item: ServiceItem, problems: Iterable[Problem]) -> tuple[Defect, ...]:
    """Return what a supplement notice would ask for: every missing material and every place of the form in error."""
    wrong = {problem.place for problem in problems if problem.is_error}
    asked = [Defect(f"form.{entry.code}", entry.label, "未填写或者填写有误") for entry in item.form]
    asked += [Defect(f"materials.{material.code}", material.name, _asked_for(material)) for material in item.materials]
    return tuple(defect for defect in asked if defect.place in wrong)


def _asked_for(material: Material) -> str:
    """Return in which form a missing material is needed, as the notice says it: 原件 1 份，复印件 1 份，首页及本人页."""
    sheets = ((material.originals, "原件"), (material.copies, "复印件"))
    parts = [f"{name} {count} 份" for count, name in sheets if count]
    return "，".join([*parts, *([material.standard] if material.standard else [])]) or "未提交"


def ask_supplement(
    case: Case,
    defects: tuple[Defect, ...],
    notice: NumberedPaper,
    *,
    reply_by: date | None,
    now: datetime,
    reason: str = "",
) -> SupplementAsked:
    """Return the fact that everything missing was told to the applicant.

    NothingNamed without a defect; ReasonMissing when it is the second request, or one after acceptance – a warning
    and an alarm in every figure; LimitExceeded when the day for the reply is past; SilenceOver; WrongState once decided.
    """
    states = (CaseState.RECEIVED, CaseState.SUPPLEMENT, CaseState.ACCEPTED, CaseState.REVIEW, CaseState.SUSPENDED)
    case.ensure("ask_supplement", *states)
    ensure_not_silent(case, now)
    if not defects:
        raise NothingNamed("defect")
    for defect in defects:
        ensure_given(what=defect.what)
    if needs_reason_to_ask(case):
        ensure_given(reason=reason)
    if reply_by is not None and reply_by < now.date():
        raise LimitExceeded("reply_by", now.date().isoformat())
    return SupplementAsked(defects, notice, reply_by, reason.strip())


def needs_reason_to_ask(case: Case) -> bool:
    """Tell whether asking for something now is a second request or comes after acceptance."""
    return case.supplements > 0 or case.state is not CaseState.RECEIVED


def take_in_supplement(
    case: Case,
    item: ServiceItem,
    materials: Mapping[str, HandedIn],
    form: Mapping[str, str],
    receipt: NumberedPaper,
    *,
    today: date,
    silence_until: datetime,
    others: Mapping[str, str] | None = None,
) -> SupplementReceived:
    """Return the fact that ``materials`` and ``form`` values of the notice were handed in.

    ``others`` says by place what was handed in for lines that are neither. The supplement is complete when nothing of
    the notice is open any more. What was asked for after acceptance changes neither state nor clock. NothingNamed when
    nothing that was asked for is among them; WrongState unless something was asked for.
    """
    if not case.awaits_supplement:
        raise WrongState("take_in_supplement", case.state)
    given = {f"materials.{code}" for code, handed in materials.items() if handed.is_there or handed.is_promised}
    given |= {f"form.{code}" for code, value in form.items() if value.strip()}
    asked = {defect.place for defect in case.defects}
    settled = {place: what.strip() for place, what in (others or {}).items() if what.strip()}
    if unknown := set(settled) - {place for place in asked if place.startswith(OTHER_PLACES)}:
        raise NothingNamed(min(unknown))
    if not (given | set(settled)) & asked:
        raise NothingNamed("defect")
    if unknown := given - {f"materials.{m.code}" for m in item.materials} - {f"form.{f.code}" for f in item.form}:
        raise NothingNamed(min(unknown))
    problems = check(replace(case.application, form={**case.form, **form}), item, today)
    wrong = {problem.place for problem in problems if problem.place in given and problem.place.startswith("form.")}
    there = (given | set(settled)) - wrong
    still_open = tuple(defect for defect in case.defects if defect.place not in there)
    return SupplementReceived(
        materials={code: handed.settled() for code, handed in materials.items()},
        form={code: value.strip() for code, value in form.items()},
        receipt=receipt,
        complete=not still_open,
        open_defects=still_open,
        silence_until=silence_until if case.state is CaseState.SUPPLEMENT and not still_open else None,
        others=settled,
    )


def refuse_acceptance(
    case: Case,
    *,
    ground: NonAcceptanceGround,
    reason: str,
    competent: str,
    basis: str,
    notice: NumberedPaper,
    now: datetime,
) -> CaseNotAccepted:
    """Return the fact that the case was not accepted (不予受理).

    ReasonMissing without reason and legal basis, or without the competent body where the power is another one's;
    SilenceOver; WrongState once accepted or closed.
    """
    case.ensure("refuse_acceptance", CaseState.RECEIVED, CaseState.SUPPLEMENT)
    ensure_not_silent(case, now)
    ensure_given(reason=reason, basis=basis)
    if ground is NonAcceptanceGround.NOT_COMPETENT:
        ensure_given(competent=competent)
    return CaseNotAccepted(ground, reason.strip(), competent.strip(), basis.strip(), REMEDIES, notice)


def give_back(case: Case, reason: str, slip: NumberedPaper, now: datetime) -> CaseReturned:
    """Return the fact that the materials were given back (退件); ReasonMissing, SilenceOver, WrongState once accepted."""
    case.ensure("give_back", CaseState.RECEIVED, CaseState.SUPPLEMENT)
    ensure_not_silent(case, now)
    ensure_given(reason=reason)
    return CaseReturned(reason.strip(), slip)


def _kept(application: Application, item: ServiceItem) -> dict[str, HandedIn]:
    handed = {material.code: application.handed_in(material) for material in item.materials}
    return {code: entry.settled() for code, entry in handed.items() if entry.is_met or entry.is_promised}
