"""From the decision to the archive, and the ways out of any state (制证, 送达, 撤回, 作废, 评价, 归档).

Typing errors are mended in ``correcting``.
"""

from collections.abc import Mapping
from datetime import date

from app.domain.application import HandedIn
from app.domain.case import CLOSED, OPEN, Case, CaseState
from app.domain.catalogue import ServiceItem
from app.domain.errors import (
    CertificateExpired,
    LimitExceeded,
    NothingNamed,
    SamePerson,
    WrongState,
    ensure_given,
)
from app.domain.facts import (
    CaseArchived,
    CaseDelivered,
    CaseRated,
    CaseVoided,
    CaseWithdrawn,
    CertificateIssued,
    MaterialsFollowed,
    NumberedPaper,
    PaperReplaced,
    PaperRevoked,
)
from app.domain.outcomes import GRADES, Result
from app.domain.paper_ends import ReplacementGround, RevocationGround
from app.domain.people import tidy_id_number, tidy_name

BEFORE_DECISION = (
    CaseState.RECEIVED,
    CaseState.SUPPLEMENT,
    CaseState.ACCEPTED,
    CaseState.REVIEW,
    CaseState.SUSPENDED,
)
HANDED_OVER = (CaseState.DELIVERED, CaseState.RATED, CaseState.ARCHIVED)
"""The result is in somebody's hands."""


def issue(case: Case, certificate: CertificateIssued) -> CertificateIssued:
    """Return the fact that ``certificate`` was made; WrongState unless granted."""
    case.ensure("issue", CaseState.DECIDED)
    if case.result is not Result.GRANTED:
        raise WrongState("issue", case.state)
    return certificate


def ensure_ready(case: Case, item: ServiceItem, act: str) -> None:
    """Raise WrongState unless the result is there: issued where the granted item has a certificate, else decided."""
    needs_certificate = item.makes_certificate and case.result is Result.GRANTED
    case.ensure(act, CaseState.ISSUED if needs_certificate else CaseState.DECIDED)


def deliver(
    case: Case,
    item: ServiceItem,
    collected_by: str,
    in_person: bool,
    id_number: str = "",
    receipt: NumberedPaper | None = None,
) -> CaseDelivered:
    """Return the fact that the result was handed over.

    WrongState unless it is there: issued where the granted item has a certificate, decided where there is none.
    ReasonMissing without a name.
    """
    ensure_ready(case, item, "deliver")
    ensure_given(collected_by=collected_by)
    return CaseDelivered(tidy_name(collected_by), in_person, tidy_id_number(id_number), receipt)


def withdraw(case: Case, reason: str, form: NumberedPaper) -> CaseWithdrawn:
    """Return the fact that the applicant took the application back; WrongState once decided, ReasonMissing."""
    case.ensure("withdraw", *BEFORE_DECISION)
    ensure_given(reason=reason)
    return CaseWithdrawn(reason.strip(), form)


def take_in_following(
    case: Case, item: ServiceItem, materials: Mapping[str, HandedIn], receipt: NumberedPaper
) -> MaterialsFollowed:
    """Return the fact that promised materials were handed in; NothingNamed when none of them was owed.

    The materials may follow at any time until the case is closed: WrongState then.
    """
    case.ensure("take_in_following", *OPEN)
    given = {code: handed.settled() for code, handed in materials.items() if handed.is_there}
    if not given or set(given) - set(case.owed):
        raise NothingNamed("material")
    for code in given:
        item.material(code)
    return MaterialsFollowed(given, receipt)


def void(case: Case, result: Result, reason: str, *, by: str, approved_by: str) -> CaseVoided:
    """Return the fact that the case was closed as void or as entered by mistake, with a second person's consent.

    ReasonMissing; SamePerson; WrongState once delivered or closed, or for a result of another kind; and while a
    certificate is valid, which is voided first.
    """
    case.ensure("void", *(OPEN - {CaseState.ISSUED}))
    ensure_given(reason=reason, approved_by=approved_by)
    if approved_by == by:
        raise SamePerson
    if result not in {Result.VOIDED, Result.MISTAKEN_ENTRY}:
        raise WrongState(f"void {result}", case.state)
    return CaseVoided(result, reason.strip(), approved_by)


def revoke_certificate(
    case: Case,
    number: str,
    ground: RevocationGround,
    reason: str,
    basis: str,
    *,
    by: str,
    approved_by: str,
    original_recovered: bool = True,
) -> PaperRevoked:
    """Return the fact that the case's certificate was taken back for good, handed over or not.

    WrongState unless ``number`` is the certificate that counts; ReasonMissing without reason or basis; SamePerson.
    """
    _counting(case, number, "revoke_certificate", CaseState.ISSUED, *HANDED_OVER)
    ensure_given(reason=reason, basis=basis, approved_by=approved_by)
    if approved_by == by:
        raise SamePerson
    return PaperRevoked(number, ground, reason.strip(), basis.strip(), approved_by, original_recovered)


def replace_certificate(
    case: Case,
    number: str,
    ground: ReplacementGround,
    reason: str,
    today: date,
    replaced_by: str,
    *,
    by: str,
    approved_by: str,
    original_recovered: bool = True,
) -> PaperReplaced:
    """Return the fact that ``replaced_by`` takes the place of the certificate that was handed over.

    WrongState unless ``number`` is the certificate that counts and was handed over; CertificateExpired; ReasonMissing;
    SamePerson.
    """
    certificate = _counting(case, number, "replace_certificate", *HANDED_OVER)
    if certificate.valid_until and certificate.valid_until < today:
        raise CertificateExpired(certificate.valid_until)
    ensure_given(reason=reason, approved_by=approved_by)
    if approved_by == by:
        raise SamePerson
    return PaperReplaced(number, replaced_by, ground, reason.strip(), approved_by, original_recovered)


def _counting(case: Case, number: str, act: str, *states: CaseState) -> CertificateIssued:
    case.ensure(act, *states)
    if case.certificate is None or case.certificate.number.text != number:
        raise WrongState(act, case.state)
    return case.certificate


def rate(case: Case, grade: int, comment: str = "") -> CaseRated:
    """Return the fact that the citizen rated the delivered case; LimitExceeded for a grade that does not exist."""
    case.ensure("rate", CaseState.DELIVERED)
    if grade not in GRADES:
        raise LimitExceeded("grade", GRADES[-1])
    return CaseRated(grade, comment.strip())


def archive(case: Case, place: str = "") -> CaseArchived:
    """Return the fact that the closed case went into the archive; WrongState while it is open or archived already."""
    case.ensure("archive", *(CLOSED - {CaseState.ARCHIVED}))
    return CaseArchived(place.strip())
