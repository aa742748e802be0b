"""Why a certificate that was given out counts no more, as the law tells it: taken from its holder, or given out anew."""

from collections.abc import Mapping
from enum import StrEnum


class RevocationManner(StrEnum):
    """How the law takes a certificate from its holder; for what is no licence it holds by analogy."""

    REVOKED = "revoked"
    """撤销 (行政许可法 Art. 69): it should never have been given."""
    WITHDRAWN = "withdrawn"
    """撤回 (Art. 8): it was right, and the public interest asks for its end."""
    CANCELLED = "cancelled"
    """注销 (Art. 70): what it rests on is gone."""


class RevocationGround(StrEnum):
    """Why a certificate is taken from its holder."""

    FRAUD = "fraud"
    """Art. 69 para. 2: got by deceit, bribery or other unfair means; the only ground on which it must be revoked."""
    NOT_QUALIFIED = "not_qualified"
    """Art. 69 para. 1 item 4: the applicant had no right to it."""
    AGAINST_PROCEDURE = "against_procedure"
    """Item 3"""
    BEYOND_POWERS = "beyond_powers"
    """Item 2"""
    ABUSE = "abuse"
    """Item 1: abuse or neglect of duty."""
    OTHERWISE_UNLAWFUL = "otherwise_unlawful"
    """Item 5"""
    LAW_CHANGED = "law_changed"
    """Art. 8 para. 2: the law that it rests on was changed or abolished."""
    CIRCUMSTANCES_CHANGED = "circumstances_changed"
    """Art. 8 para. 2: what it rests on has changed greatly."""
    NOT_RENEWED = "not_renewed"
    """Art. 70 item 1: it ran out and was not renewed."""
    HOLDER_GONE = "holder_gone"
    """Items 2 and 3: the person died or cannot act any more, the organisation ended."""
    CANNOT_BE_USED = "cannot_be_used"
    """Item 5: force majeure"""
    OTHERWISE_CANCELLED = "otherwise_cancelled"
    """Item 6: another law says so."""


MANNERS: Mapping[RevocationGround, RevocationManner] = {
    **dict.fromkeys(RevocationGround, RevocationManner.REVOKED),
    RevocationGround.LAW_CHANGED: RevocationManner.WITHDRAWN,
    RevocationGround.CIRCUMSTANCES_CHANGED: RevocationManner.WITHDRAWN,
    RevocationGround.NOT_RENEWED: RevocationManner.CANCELLED,
    RevocationGround.HOLDER_GONE: RevocationManner.CANCELLED,
    RevocationGround.CANNOT_BE_USED: RevocationManner.CANCELLED,
    RevocationGround.OTHERWISE_CANCELLED: RevocationManner.CANCELLED,
}


class ReplacementGround(StrEnum):
    """Why a certificate that was handed over is made anew under another number."""

    LOST = "lost"
    """补发"""
    DAMAGED = "damaged"
    """换发"""
    WRONG = "wrong"
    """换发: what stands on it was corrected in the case before."""
