"""What may be done with a case now, and what comes next. Qt-free; why the rest may not stands in ``why_not``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.case import CLOSED, OPEN, CaseState
from app.domain.catalogue import UseLevel
from app.domain.operators import Operator
from app.services.desk import CaseFile
from ui.case.act_kinds import CaseAct, act_words
from ui.case.why_not import Standing, reason_against
from ui.text import _


@dataclass(frozen=True, slots=True)
class Offer:
    """One act with the reason why it is not possible now, empty when it is."""

    act: CaseAct
    why_not: str = ""

    @property
    def is_possible(self) -> bool:
        """Tell whether it can be done."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Acts:
    """Every act of a case: the one that comes next, those beside it in the bar, and all of them."""

    offers: Mapping[CaseAct, Offer]
    primary: CaseAct | None = None
    beside: tuple[CaseAct, ...] = ()
    hint: str = ""
    """What comes next, or what stands in the way of it."""


MOST_BESIDE = 4
_TAKING_IN = (CaseAct.ACCEPT, CaseAct.ASK_SUPPLEMENT, CaseAct.REFUSE_ACCEPTANCE, CaseAct.GIVE_BACK)
_BESIDE: Mapping[CaseState, tuple[CaseAct, ...]] = {
    CaseState.RECEIVED: _TAKING_IN,
    CaseState.SUPPLEMENT: _TAKING_IN[1:],
    CaseState.ACCEPTED: (CaseAct.SUSPEND, CaseAct.EXTEND, CaseAct.FORWARD, CaseAct.DECIDE),
    CaseState.REVIEW: (CaseAct.SUSPEND, CaseAct.EXTEND, CaseAct.FORWARD),
    CaseState.SUSPENDED: (CaseAct.EXTEND, CaseAct.FORWARD, CaseAct.DECIDE),
    CaseState.DECIDED: (CaseAct.CORRECT,),
    CaseState.DELIVERED: (CaseAct.RATE,),
}


def acts_of(file: CaseFile, operator: Operator, level: UseLevel, now: datetime, *, has_others: bool = False) -> Acts:
    """Return what ``operator`` may do with the case at a service point of ``level`` now.

    ``has_others`` tells whether there are stations that it could be handed to.
    """
    standing = Standing(file.case, file.item, level, now, has_others)
    offers = {act: Offer(act, reason_against(act, standing, file, operator)) for act in CaseAct}
    primary = _primary(standing, offers)
    beside = tuple(act for act in _BESIDE.get(file.case.state, ()) if act is not primary)
    if file.case.is_immediate and file.case.state is CaseState.ACCEPTED:
        beside = (CaseAct.FORWARD, CaseAct.CORRECT)
    if primary is CaseAct.TAKE_OVER:
        beside = (CaseAct.SEND_BACK,)
    elif primary is CaseAct.SEND_TO_COLLECT:
        beside = (CaseAct.CHOOSE_COLLECTION,)
    elif file.case.owed and file.case.state in OPEN and len(beside) < MOST_BESIDE:
        beside = (*beside, CaseAct.TAKE_IN_FOLLOWING)
    return Acts(offers, primary, beside, _hint(file, primary, offers))


_NEXT: Mapping[CaseState, CaseAct] = {
    CaseState.SUPPLEMENT: CaseAct.TAKE_IN_SUPPLEMENT,
    CaseState.REVIEW: CaseAct.DECIDE,
    CaseState.SUSPENDED: CaseAct.RESUME,
    CaseState.ISSUED: CaseAct.DELIVER,
}


_MOVING = (CaseAct.TAKE_OVER, CaseAct.SEND_TO_COLLECT)
"""What moves a case comes before what its state asks for."""


def _primary(standing: Standing, offers: Mapping[CaseAct, Offer]) -> CaseAct | None:
    state = standing.case.state
    if moving := next((act for act in _MOVING if offers[act].is_possible), None):
        return moving
    if state is CaseState.ARCHIVED:
        return None
    if state in CLOSED:
        return CaseAct.ARCHIVE
    if state is CaseState.RECEIVED:
        return CaseAct.ACCEPT if offers[CaseAct.ACCEPT].is_possible else CaseAct.ASK_SUPPLEMENT
    if state is CaseState.DECIDED:
        return CaseAct.ISSUE if standing.lacks_certificate else CaseAct.DELIVER
    if state is CaseState.ACCEPTED:
        if standing.grants_on_the_spot:
            return CaseAct.ISSUE
        return CaseAct.DECIDE if standing.case.is_immediate else CaseAct.START_REVIEW
    return _NEXT[state]


def _hint(file: CaseFile, primary: CaseAct | None, offers: Mapping[CaseAct, Offer]) -> str:
    if primary is None:
        return ""
    if reason := offers[primary].why_not:
        return reason
    if file.case.state is CaseState.RECEIVED and primary is CaseAct.ASK_SUPPLEMENT:
        return offers[CaseAct.ACCEPT].why_not
    return _("下一步：%(act)s") % {"act": act_words(primary)}
