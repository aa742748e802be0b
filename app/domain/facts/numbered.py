"""Which paper of which kind each fact uses a number up for."""

from app.domain.facts.acceptance import (
    CaseAccepted,
    CaseDeemedAccepted,
    CaseForwarded,
    CaseNotAccepted,
    CaseReceived,
    CaseReturned,
    CaseWithdrawn,
    SupplementAsked,
    SupplementReceived,
)
from app.domain.facts.base import Fact, NumberedPaper
from app.domain.facts.closing import CaseDelivered, MaterialsFollowed
from app.domain.facts.custody import CaseHandedOver
from app.domain.facts.day import DayClosed
from app.domain.facts.inquiry import InquiryOpened
from app.domain.facts.papers import FormPrepared
from app.domain.facts.review import CaseDecided, CaseExtended, CaseSuspended, CertificateIssued
from app.domain.outcomes import Result
from app.domain.paper import PaperKind


def numbered_papers(fact: Fact) -> tuple[tuple[PaperKind, NumberedPaper, str], ...]:
    """Return the papers whose numbers ``fact`` uses up: kind, number, and the name where its kind has several."""
    match fact:
        case CaseReceived():
            return ((PaperKind.MATERIALS_RECEIPT, fact.receipt, ""),)
        case CaseAccepted() | CaseDeemedAccepted():
            return ((PaperKind.ACCEPTANCE_NOTICE, fact.notice, ""),)
        case CaseDecided() if fact.decision is not None:
            granted = fact.result is Result.GRANTED
            return ((PaperKind.GRANT_DECISION if granted else PaperKind.REFUSAL_DECISION, fact.decision, ""),)
        case CertificateIssued():
            return ((PaperKind.CERTIFICATE, fact.number, fact.name),)
        case CaseDelivered() if fact.receipt is not None:
            return ((PaperKind.SERVICE_RECEIPT, fact.receipt, ""),)
        case FormPrepared():
            return ((fact.paper_kind, fact.number, fact.name),)
        case _ if type(fact) in _PLAIN_PAPERS:
            kind, field_name = _PLAIN_PAPERS[type(fact)]
            return ((kind, getattr(fact, field_name), ""),)
        case _:
            return ()


_PLAIN_PAPERS: dict[type[Fact], tuple[PaperKind, str]] = {
    SupplementAsked: (PaperKind.SUPPLEMENT_NOTICE, "notice"),
    SupplementReceived: (PaperKind.SUPPLEMENT_RECEIPT, "receipt"),
    MaterialsFollowed: (PaperKind.SUPPLEMENT_RECEIPT, "receipt"),
    CaseNotAccepted: (PaperKind.NON_ACCEPTANCE_NOTICE, "notice"),
    CaseReturned: (PaperKind.RETURN_SLIP, "slip"),
    CaseWithdrawn: (PaperKind.WITHDRAWAL_FORM, "form"),
    CaseForwarded: (PaperKind.FORWARDING_SLIP, "slip"),
    CaseHandedOver: (PaperKind.HANDOVER_SLIP, "slip"),
    CaseSuspended: (PaperKind.SUSPENSION_NOTICE, "notice"),
    CaseExtended: (PaperKind.EXTENSION_NOTICE, "notice"),
    InquiryOpened: (PaperKind.INQUIRY_SLIP, "number"),
    DayClosed: (PaperKind.DAY_REPORT, "report"),
}
"""Facts that always use exactly one number, of a kind without names: the kind and the field that holds it."""
