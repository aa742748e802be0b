"""What each fact makes of a case. Facts that are not listed tell nothing of its state.

Called by ``Case.after`` alone, which is why ``Case`` is only named here.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.domain.case_state import BEFORE_ACCEPTANCE, CaseState
from app.domain.deadline import DueFields, Pause
from app.domain.facts import (
    CaseAccepted,
    CaseArchived,
    CaseCorrected,
    CaseDecided,
    CaseDeemedAccepted,
    CaseDelivered,
    CaseEnteredLate,
    CaseExtended,
    CaseForwarded,
    CaseHandedOver,
    CaseNotAccepted,
    CaseRated,
    CaseResumed,
    CaseReturned,
    CaseSuspended,
    CaseTakenOver,
    CaseVoided,
    CaseWithdrawn,
    CertificateIssued,
    CollectionChosen,
    Fact,
    MaterialsFollowed,
    PaperReplaced,
    PaperRevoked,
    PaperVoided,
    ReviewStarted,
    SupplementAsked,
    SupplementReceived,
)
from app.domain.outcomes import Result
from app.domain.typed_places import with_text

if TYPE_CHECKING:
    from app.domain.case import Case


def _entered_late(case: "Case", fact: CaseEnteredLate, _at: datetime) -> "Case":
    return replace(case, late_entry=fact, received_at=fact.received_at, complete_at=fact.accepted_at)


def _supplement_asked(case: "Case", fact: SupplementAsked, _at: datetime) -> "Case":
    asked = replace(case, supplements=case.supplements + 1, defects=fact.defects, reply_by=fact.reply_by)
    if case.state not in BEFORE_ACCEPTANCE:
        return asked  # an alarm: what is asked for after acceptance moves neither state nor clock
    return replace(asked, state=CaseState.SUPPLEMENT, silence_until=None)


def _supplement_received(case: "Case", fact: SupplementReceived, at: datetime) -> "Case":
    taken = replace(
        case,
        materials={**case.materials, **fact.materials},
        form={**case.form, **fact.form},
        defects=fact.open_defects,
    )
    if not fact.complete:
        return taken
    settled = replace(taken, reply_by=None)
    if case.state not in BEFORE_ACCEPTANCE:
        return settled
    return replace(settled, state=CaseState.RECEIVED, complete_at=at, silence_until=fact.silence_until)


def _accepted(case: "Case", fact: CaseAccepted | CaseDeemedAccepted, _at: datetime) -> "Case":
    return replace(
        case,
        state=CaseState.ACCEPTED,
        accepted_at=fact.accepted_at,
        is_deemed=isinstance(fact, CaseDeemedAccepted),
        notice=fact.notice,
        limit=fact.promised or fact.statutory,
        **_due(fact),
        silence_until=None,
    )


def _due(fact: CaseAccepted | CaseDeemedAccepted | CaseResumed | CaseExtended) -> DueFields:
    """Return the due date that ``fact`` tells; the case has the same names for it."""
    return DueFields(due=fact.due, near_due_from=fact.near_due_from, due_is_provisional=fact.due_is_provisional)


def _review_started(case: "Case", fact: ReviewStarted, _at: datetime) -> "Case":
    return replace(case, state=CaseState.REVIEW, reviewer=fact.reviewer)


def _suspended(case: "Case", _fact: CaseSuspended, at: datetime) -> "Case":
    return replace(case, state=CaseState.SUSPENDED, suspended_at=at)


def _resumed(case: "Case", fact: CaseResumed, at: datetime) -> "Case":
    pause = Pause(case.suspended_at or at, at)
    return replace(
        case,
        state=CaseState.REVIEW if case.reviewer else CaseState.ACCEPTED,
        suspended_at=None,
        pauses=(*case.pauses, pause),
        **_due(fact),
    )


def _extended(case: "Case", fact: CaseExtended, _at: datetime) -> "Case":
    return replace(case, extra_days=fact.days, **_due(fact))


def _decided(case: "Case", fact: CaseDecided, at: datetime) -> "Case":
    return replace(case, state=CaseState.DECIDED, result=fact.result, decided_at=at, decision=fact.decision)


def _issued(case: "Case", fact: CertificateIssued, _at: datetime) -> "Case":
    """Make the result ready; what replaces a certificate that was handed over leaves the case closed as it was."""
    state = CaseState.ISSUED if case.state is CaseState.DECIDED else case.state
    return replace(case, state=state, certificate=fact, voided_certificate="")


def _paper_voided(case: "Case", fact: PaperVoided, _at: datetime) -> "Case":
    """Let the voided certificate be made anew; after delivery the case stays closed and only the paper is void."""
    if case.certificate is None or case.certificate.number.text != fact.paper_number:
        return case
    state = CaseState.DECIDED if case.state is CaseState.ISSUED else case.state
    return replace(case, state=state, certificate=None, voided_certificate=fact.paper_number)


def _paper_revoked(case: "Case", fact: PaperRevoked, at: datetime) -> "Case":
    """Leave the case without a certificate; what was not handed over yet is closed as void, nothing is made anew."""
    if case.certificate is None or case.certificate.number.text != fact.paper_number:
        return case
    after = replace(case, certificate=None)
    return after.ended(CaseState.VOIDED, Result.VOIDED, at) if case.state is CaseState.ISSUED else after


def _paper_replaced(case: "Case", fact: PaperReplaced, _at: datetime) -> "Case":
    """Make room for the certificate that the next entry issues."""
    if case.certificate is None or case.certificate.number.text != fact.paper_number:
        return case
    return replace(case, certificate=None, voided_certificate=fact.paper_number)


def _delivered(case: "Case", _fact: CaseDelivered, at: datetime) -> "Case":
    return replace(case, state=CaseState.DELIVERED, delivered_at=at, closed_at=at)


def _materials_followed(case: "Case", fact: MaterialsFollowed, _at: datetime) -> "Case":
    return replace(case, materials={**case.materials, **fact.materials})


def _corrected(case: "Case", fact: CaseCorrected, _at: datetime) -> "Case":
    """Let what was mended count; a reason that was given for what stood there goes with it."""
    mended = case.application
    for change in fact.changes:
        mended = with_text(mended, change.place, change.after)
    places = {change.place for change in fact.changes}
    reasons = {place: reason for place, reason in case.passed_warnings.items() if place not in places}
    return replace(
        case,
        applicant=mended.applicant,
        organisation=mended.organisation,
        co_applicants=mended.co_applicants,
        agent=mended.agent,
        form=dict(mended.form),
        passed_warnings={**reasons, **fact.passed_warnings},
    )


def _handed_over(case: "Case", fact: CaseHandedOver, at: datetime) -> "Case":
    return replace(
        case,
        holder=fact.to,
        holder_name=fact.to_name,
        handed_from=case.holder,
        handed_from_name=fact.from_name,
        handed_at=at,
        handed_for=fact.purpose,
        taken_over_at=None,
    )


def _taken_over(case: "Case", _fact: CaseTakenOver, at: datetime) -> "Case":
    return replace(case, taken_over_at=at)


def _rated(case: "Case", fact: CaseRated, _at: datetime) -> "Case":
    return replace(case, state=CaseState.RATED, grade=fact.grade)


def _archived(case: "Case", _fact: CaseArchived, _at: datetime) -> "Case":
    return replace(case, state=CaseState.ARCHIVED)


def _collection_chosen(case: "Case", fact: CollectionChosen, _at: datetime) -> "Case":
    return replace(case, collection=fact.collection, collect_at=fact.collect_at, collect_at_name=fact.collect_at_name)


def _ending(state: CaseState, result: Result) -> Callable[["Case", Any, datetime], "Case"]:
    return lambda case, _fact, at: case.ended(state, result, at)


def _voided(case: "Case", fact: CaseVoided, at: datetime) -> "Case":
    return case.ended(CaseState.VOIDED, fact.result, at)


FOLDS: Mapping[type[Fact], Callable[["Case", Any, datetime], "Case"]] = {
    CaseEnteredLate: _entered_late,
    SupplementAsked: _supplement_asked,
    SupplementReceived: _supplement_received,
    CaseAccepted: _accepted,
    CaseDeemedAccepted: _accepted,
    CaseNotAccepted: _ending(CaseState.NOT_ACCEPTED, Result.NOT_ACCEPTED),
    CaseReturned: _ending(CaseState.RETURNED, Result.RETURNED),
    CaseWithdrawn: _ending(CaseState.WITHDRAWN, Result.WITHDRAWN),
    CaseForwarded: _ending(CaseState.FORWARDED, Result.FORWARDED),
    CaseVoided: _voided,
    ReviewStarted: _review_started,
    CaseSuspended: _suspended,
    CaseResumed: _resumed,
    CaseExtended: _extended,
    CaseDecided: _decided,
    CertificateIssued: _issued,
    PaperVoided: _paper_voided,
    PaperRevoked: _paper_revoked,
    PaperReplaced: _paper_replaced,
    CaseDelivered: _delivered,
    MaterialsFollowed: _materials_followed,
    CaseCorrected: _corrected,
    CaseHandedOver: _handed_over,
    CaseTakenOver: _taken_over,
    CollectionChosen: _collection_chosen,
    CaseRated: _rated,
    CaseArchived: _archived,
}
