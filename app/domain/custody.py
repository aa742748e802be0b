"""Custody (经办权): a case is in one pair of hands, like a paper file, and only its holder may change it.

So two stations never write the same case, and nothing has to be merged. The centre sets aside what breaks this.
Where the result is collected (选地取件) changes nothing of it: the place reads along, and gets the case when it is ready.
"""

from app.domain.application import Collection
from app.domain.case import Case
from app.domain.case_state import OPEN
from app.domain.catalogue import ServiceItem
from app.domain.closing import ensure_ready
from app.domain.errors import AlreadyDone, NotHeldHere, NothingNamed, ensure_given
from app.domain.facts import CaseHandedOver, CaseTakenOver, CollectionChosen, NumberedPaper
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


def send_to_collect(
    case: Case, item: ServiceItem, reason: str, *, slip: NumberedPaper, from_name: str
) -> CaseHandedOver:
    """Return the fact that a result that is ready goes where the applicant collects it.

    WrongState unless it is ready, NothingNamed when no other place was chosen.
    """
    ensure_ready(case, item, "hand_over")
    if not case.is_collected_elsewhere:
        raise NothingNamed("station")
    purpose = HandOverPurpose.COLLECTION
    return hand_over(case, case.collect_at, case.collect_at_name, purpose, reason, slip=slip, from_name=from_name)


def choose_collection(
    case: Case, collection: Collection, collect_at: str = "", collect_at_name: str = "", reason: str = ""
) -> CollectionChosen:
    """Return the fact that the applicant collects the result otherwise, or elsewhere, from now on.

    WrongState once the case is closed; ReasonMissing for a chosen place that none names; NothingNamed when it is so
    already.
    """
    case.ensure("choose_collection", *OPEN)
    is_place = collection is Collection.CHOSEN_PLACE
    if is_place:
        ensure_given(collect_at=collect_at, collect_at_name=collect_at_name)
    place = (collect_at, collect_at_name) if is_place else ("", "")
    if (collection, place[0]) == (case.collection, case.collect_at):
        raise NothingNamed("collection")
    return CollectionChosen(collection, *place, reason.strip())


def take_over(case: Case, remark: str = "") -> CaseTakenOver:
    """Return the fact that the holder has what was handed over; AlreadyDone when that was said, or nothing was."""
    if not case.awaits_taking_over:
        raise AlreadyDone("take_over")
    return CaseTakenOver(remark.strip())
