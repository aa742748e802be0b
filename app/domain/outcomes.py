"""The kinds that the law knows for what can become of a case: results, grounds, procedures, their codes and limits.

What may be done with a case in which state is told in ``acceptance``, ``review`` and ``closing``.
"""

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """How a case ended (办结结果); the codes of the national schema stand in ``RESULT_CODES``."""

    GRANTED = "granted"
    REFUSED = "refused"
    VOIDED = "voided"
    MISTAKEN_ENTRY = "mistaken_entry"
    FORWARDED = "forwarded"
    RETURNED = "returned"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"


class HandOverPurpose(StrEnum):
    """What another station gets a case for."""

    HANDLING = "handling"
    """To go on with it there."""
    REVIEW = "review"
    """To review and decide it."""
    COLLECTION = "collection"
    """To hand the result over where the applicant collects it (选地取件)."""
    RETURN = "return"
    """To go on where it came from."""


RESULT_CODES: dict[Result, str | None] = {
    Result.GRANTED: "0",
    Result.REFUSED: "1",
    Result.VOIDED: "2",
    Result.MISTAKEN_ENTRY: "3",
    Result.FORWARDED: "4",
    Result.RETURNED: "5",
    Result.NOT_ACCEPTED: "6",
    Result.WITHDRAWN: None,
}
"""Codes of the national schema; it has none for a withdrawal by the applicant."""


class NonAcceptanceGround(StrEnum):
    """Why a case is not accepted (行政许可法 Art. 32 items 1 and 2, Art. 78)."""

    NO_LICENCE_NEEDED = "no_licence_needed"
    """The matter needs no permission or service of this kind."""
    NOT_COMPETENT = "not_competent"
    """It is outside the body's power: the notice names the competent one."""
    NOT_ENTITLED = "not_entitled"
    """The applicant is none who may apply, or may not apply yet."""
    FALSE_MATERIALS = "false_materials"
    """Materials are false or facts were hidden."""
    NOT_SUPPLEMENTED = "not_supplemented"
    """What the supplement notice asked for was not handed in."""


class SpecialProcedure(StrEnum):
    """Procedures whose time does not count (行政许可法 Art. 45), and the public notice where a law asks for one."""

    HEARING = "hearing"
    BIDDING = "bidding"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TEST = "test"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"
    PUBLIC_NOTICE = "public_notice"
    SITE_VISIT = "site_visit"
    """入户核查, 现场勘查 where the item's rules count them among the special procedures."""


SILENCE_DAYS = 5
"""Working days within which the body must say what is missing, else the case counts as accepted (Art. 32)."""
LONGEST_EXTENSION_DAYS = 10
"""Working days by which the head of the body may extend a limit, once (Art. 42)."""
REMEDIES = (
    "如不服本决定，可以自收到之日起六十日内向县级人民政府申请行政复议，或者自收到之日起六个月内向人民法院提起行政诉讼。"
)
"""What every refusal tells the applicant (Art. 38; 行政复议法 Art. 20; 行政诉讼法 Art. 46).

It names the body that reviews, else the term for asking it does not begin (行政复议法 Art. 20 para. 3): against a county's
department and against a township that is the county's government (Art. 24 para. 1 items 1 and 2).
"""
GRADES = range(1, 6)
"""Grades of a rating (好差评): 1 very satisfied to 5 very dissatisfied."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One line of a supplement notice: what is missing or wrong, and in which form it is asked for."""

    place: str
    """``materials.CODE``, ``form.CODE``, ``applicant.NAME``, or ``other.N`` for a line that is none of these."""
    name: str
    """What it is called on the notice."""
    what: str
    """What is missing or wrong with it, and the form in which it is needed."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One typing error and its mending; ``place`` as in ``Problem``."""

    place: str
    before: str
    after: str
