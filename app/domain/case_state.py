"""Where a case stands (办件状态), and which states belong together."""

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands (办件状态)."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    """What is missing was told; the applicant is to hand it in."""
    ACCEPTED = "accepted"
    REVIEW = "review"
    SUSPENDED = "suspended"
    DECIDED = "decided"
    ISSUED = "issued"
    DELIVERED = "delivered"
    RATED = "rated"
    NOT_ACCEPTED = "not_accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"
    VOIDED = "voided"
    ARCHIVED = "archived"


BEFORE_ACCEPTANCE = frozenset({CaseState.RECEIVED, CaseState.SUPPLEMENT})
RUNNING = frozenset({CaseState.ACCEPTED, CaseState.REVIEW})
"""The clock of the limit runs."""
IN_HAND = RUNNING | {CaseState.SUSPENDED}
"""Accepted and not decided."""
READY = frozenset({CaseState.DECIDED, CaseState.ISSUED})
"""Decided and not handed over."""
OPEN = BEFORE_ACCEPTANCE | IN_HAND | READY
CLOSED = frozenset(CaseState) - OPEN
DEAD = frozenset(
    {CaseState.NOT_ACCEPTED, CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.FORWARDED, CaseState.VOIDED}
)
"""Closed without the result that was asked for."""
