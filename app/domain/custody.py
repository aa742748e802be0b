"""Custody (经办权): a case is in one pair of hands, like a paper file, and only its holder may change it.

So two stations never write the same case, and nothing has to be merged. The centre sets aside what breaks this.
"""

from app.domain.case import Case
from app.domain.case_state import OPEN
from app.domain.errors import AlreadyDone, NotHeldHere, NothingNamed, ensure_given
from app.domain.facts import CaseHandedOver, CaseTakenOver, NumberedPaper
from app.domain.outcomes import HandOverPurpose


def ensure_held(case: Case, station: str) -> None:
    """Raise NotHeldHere unless the case is in the hands of ``station`` (its code)."""
    if case.holder != station:
        raise NotHeldHere(case.holder)


def hand_over(
    case: Case,
    to: str,
    to_name: str,
    purpose: HandOverPurpose,
    reason: str,
    *,
    slip: NumberedPaper,
    from_name: str,
) -> CaseHandedOver:
    """Return the fact that the case goes to the station with the code ``to``.

    WrongState once the case is closed, NothingNamed when it is with that station already, ReasonMissing. The clock
    goes on: who holds a case is no matter of the applicant's (行政许可法 Art. 26, one window for everything).
    """
    case.ensure("hand_over", *OPEN)
    ensure_given(to=to, reason=reason)
    if to == case.holder:
        raise NothingNamed("station")
    return CaseHandedOver(to, to_name, purpose, reason.strip(), slip, from_name)


def take_over(case: Case, remark: str = "") -> CaseTakenOver:
    """Return the fact that the holder has what was handed over; AlreadyDone when that was said, or nothing was."""
    if not case.awaits_taking_over:
        raise AlreadyDone("take_over")
    return CaseTakenOver(remark.strip())
