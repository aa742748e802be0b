"""What may be done with a case now, and why the rest may not: from state, holder and role alone. Qt-free."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain import operators
from app.domain.acceptance import missing
from app.domain.case import BEFORE_ACCEPTANCE, CLOSED, DEAD, IN_HAND, OPEN, READY, RUNNING, Case, CaseState
from app.domain.catalogue import ServiceItem, UseLevel
from app.domain.closing import BEFORE_DECISION
from app.domain.operators import Operator
from app.domain.outcomes import Result
from app.services.desk import CaseFile
from ui.text import _, ngettext, pgettext
from ui.words import state_words, why_not


class CaseAct(StrEnum):
    """Everything that can be done with a case, in the order in which the page lists it."""

    ACCEPT = "accept"
    ASK_SUPPLEMENT = "ask_supplement"
    TAKE_IN_SUPPLEMENT = "take_in_supplement"
    REFUSE_ACCEPTANCE = "refuse_acceptance"
    GIVE_BACK = "give_back"
    START_REVIEW = "start_review"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    DECIDE = "decide"
    FORWARD = "forward"
    TAKE_IN_FOLLOWING = "take_in_following"
    ISSUE = "issue"
    DELIVER = "deliver"
    RATE = "rate"
    ARCHIVE = "archive"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Look:
    """How an act shows itself: its icon and the key that it has in the bar."""

    icon: str
    key: str = ""
    is_danger: bool = False


LOOKS: Mapping[CaseAct, Look] = {
    CaseAct.ACCEPT: Look("check-circle", "F9"),
    CaseAct.ASK_SUPPLEMENT: Look("note-pencil", "F6"),
    CaseAct.TAKE_IN_SUPPLEMENT: Look("download-simple", "F9"),
    CaseAct.REFUSE_ACCEPTANCE: Look("hand-palm", "F7", is_danger=True),
    CaseAct.GIVE_BACK: Look("arrow-u-up-left", "F8", is_danger=True),
    CaseAct.START_REVIEW: Look("magnifying-glass", "F9"),
    CaseAct.SUSPEND: Look("pause-circle", "F6"),
    CaseAct.RESUME: Look("play-circle", "F9"),
    CaseAct.EXTEND: Look("calendar-blank", "F7"),
    CaseAct.DECIDE: Look("note-pencil", "F10"),
    CaseAct.FORWARD: Look("paper-plane-tilt", "F8"),
    CaseAct.TAKE_IN_FOLLOWING: Look("download-simple", "F4"),
    CaseAct.ISSUE: Look("file-text", "F10"),
    CaseAct.DELIVER: Look("check-circle", "F11"),
    CaseAct.RATE: Look("star", "F8"),
    CaseAct.ARCHIVE: Look("archive-box", "F9"),
    CaseAct.CORRECT: Look("pencil-simple", "Ctrl+G"),
    CaseAct.WITHDRAW: Look("arrow-u-up-left"),
    CaseAct.VOID: Look("prohibit", is_danger=True),
}


REVIEWERS_ACTS = frozenset(
    {
        CaseAct.START_REVIEW,
        CaseAct.SUSPEND,
        CaseAct.RESUME,
        CaseAct.EXTEND,
        CaseAct.DECIDE,
        CaseAct.FORWARD,
    }
)
"""Acts that a reviewer does as well as a clerk."""


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


def act_words(act: CaseAct) -> str:
    """Return what an act is called on its button."""
    return {
        CaseAct.ACCEPT: pgettext("act", "受理"),
        CaseAct.ASK_SUPPLEMENT: _("补正告知"),
        CaseAct.TAKE_IN_SUPPLEMENT: _("收补正材料"),
        CaseAct.REFUSE_ACCEPTANCE: pgettext("act", "不予受理"),
        CaseAct.GIVE_BACK: _("退件"),
        CaseAct.START_REVIEW: _("开始审查"),
        CaseAct.SUSPEND: pgettext("act", "停表"),
        CaseAct.RESUME: _("恢复计时"),
        CaseAct.EXTEND: pgettext("act", "延期"),
        CaseAct.DECIDE: _("作出决定"),
        CaseAct.FORWARD: pgettext("act", "转报"),
        CaseAct.TAKE_IN_FOLLOWING: _("收容缺材料"),
        CaseAct.ISSUE: pgettext("act", "出证"),
        CaseAct.DELIVER: pgettext("act", "交付"),
        CaseAct.RATE: pgettext("act", "评价"),
        CaseAct.ARCHIVE: pgettext("act", "归档"),
        CaseAct.CORRECT: pgettext("act", "更正"),
        CaseAct.WITHDRAW: pgettext("act", "撤回"),
        CaseAct.VOID: _("作废／录入错误"),
    }[act]


def acts_of(file: CaseFile, operator: Operator, level: UseLevel, now: datetime) -> Acts:
    """Return what ``operator`` may do with the case at a service point of ``level`` now."""
    look = _Look(file.case, file.item, level, now)
    offers = {act: Offer(act, _why_not(act, look, file, operator)) for act in CaseAct}
    primary = _primary(look, offers)
    beside = tuple(act for act in _BESIDE.get(file.case.state, ()) if act is not primary)
    if file.case.is_immediate and file.case.state is CaseState.ACCEPTED:
        beside = (CaseAct.FORWARD, CaseAct.CORRECT)
    if file.case.owed and file.case.state in OPEN and len(beside) < MOST_BESIDE:
        beside = (*beside, CaseAct.TAKE_IN_FOLLOWING)
    return Acts(offers, primary, beside, _hint(file, primary, offers))


# --- what comes next --------------------------------------------------------------------------------------------

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


@dataclass(frozen=True, slots=True)
class _Look:
    case: Case
    item: ServiceItem
    level: UseLevel
    now: datetime

    @property
    def missing(self) -> int:
        """Return how many things keep the case from being accepted."""
        return len(missing(self.case, self.item, self.now.date()))

    @property
    def grants_on_the_spot(self) -> bool:
        """Tell whether the case is granted at this counter, without a written decision."""
        at_once = self.case.is_immediate and self.level in self.item.issuers
        return at_once and self.case.state is CaseState.ACCEPTED

    @property
    def lacks_certificate(self) -> bool:
        """Tell whether a granted case still needs its certificate."""
        granted = self.case.state is CaseState.DECIDED and self.case.result is Result.GRANTED
        return granted and self.item.makes_certificate


_NEXT: Mapping[CaseState, CaseAct] = {
    CaseState.SUPPLEMENT: CaseAct.TAKE_IN_SUPPLEMENT,
    CaseState.REVIEW: CaseAct.DECIDE,
    CaseState.SUSPENDED: CaseAct.RESUME,
    CaseState.ISSUED: CaseAct.DELIVER,
}


def _primary(look: _Look, offers: Mapping[CaseAct, Offer]) -> CaseAct | None:
    state = look.case.state
    if state is CaseState.ARCHIVED:
        return None
    if state in CLOSED:
        return CaseAct.ARCHIVE
    if state is CaseState.RECEIVED:
        return CaseAct.ACCEPT if offers[CaseAct.ACCEPT].is_possible else CaseAct.ASK_SUPPLEMENT
    if state is CaseState.DECIDED:
        return CaseAct.ISSUE if look.lacks_certificate else CaseAct.DELIVER
    if state is CaseState.ACCEPTED:
        if look.grants_on_the_spot:
            return CaseAct.ISSUE
        return CaseAct.DECIDE if look.case.is_immediate else CaseAct.START_REVIEW
    return _NEXT[state]


def _hint(file: CaseFile, primary: CaseAct | None, offers: Mapping[CaseAct, Offer]) -> str:
    if primary is None:
        return ""
    if reason := offers[primary].why_not:
        return reason
    if file.case.state is CaseState.RECEIVED and primary is CaseAct.ASK_SUPPLEMENT:
        return offers[CaseAct.ACCEPT].why_not
    return _("下一步：%(act)s") % {"act": act_words(primary)}


# --- why not ----------------------------------------------------------------------------------------------------


def _why_not(act: CaseAct, look: _Look, file: CaseFile, operator: Operator) -> str:
    reason = _BY_STATE[act](look)
    if reason:
        return reason
    if not file.held_here:
        return _("在其他窗口，这里只能查看")
    return why_not(operator, operators.Act.DECIDE if act in REVIEWERS_ACTS else operators.Act.HANDLE_CASES)


def _stands(look: _Look) -> str:
    """Return that the case is past it, or not yet there."""
    state = look.case.state
    if state in DEAD or state in CLOSED:
        return _("已结束：%(state)s") % {"state": state_words(state)}
    if state in BEFORE_ACCEPTANCE:
        return _("还没有受理")
    if state in IN_HAND:
        return _("已经受理")
    return _("已经决定")


def _accept(look: _Look) -> str:
    if look.case.state is CaseState.SUPPLEMENT:
        return _("等补正材料收齐")
    if look.case.state is not CaseState.RECEIVED:
        return _stands(look)
    if count := look.missing:
        return ngettext("还缺 %(count)d 项", "还缺 %(count)d 项", count) % {"count": count}
    return ""


def _before_acceptance(look: _Look) -> str:
    return "" if look.case.state in BEFORE_ACCEPTANCE else _stands(look)


def _ask_supplement(look: _Look) -> str:
    return "" if look.case.state in BEFORE_ACCEPTANCE | IN_HAND else _stands(look)


def _take_in_supplement(look: _Look) -> str:
    return "" if look.case.awaits_supplement else _("没有等待补正的内容")


def _start_review(look: _Look) -> str:
    if look.case.state is CaseState.REVIEW:
        return _("已在审查")
    if look.case.state is CaseState.ACCEPTED and look.case.is_immediate:
        return _("即办件当场办，不另审查")
    return _running(look) if look.case.state is not CaseState.ACCEPTED else ""


def _running(look: _Look) -> str:
    if look.case.state is CaseState.SUSPENDED:
        return _("停表中，先恢复计时")
    return "" if look.case.state in RUNNING else _stands(look)


def _resume(look: _Look) -> str:
    return "" if look.case.state is CaseState.SUSPENDED else _("没有停表")


def _extend(look: _Look) -> str:
    if reason := _running(look):
        return reason
    if look.case.extra_days:
        return _("已延期过一次")
    if look.case.due is None:
        return _("没有办理时限")
    return _("期限已过，不能再延") if look.now > look.case.due else ""


def _take_in_following(look: _Look) -> str:
    if look.case.state not in OPEN:
        return _stands(look)
    return "" if look.case.owed else _("没有容缺后补的材料")


def _issue(look: _Look) -> str:
    if look.grants_on_the_spot or look.lacks_certificate:
        return ""
    if look.case.state is CaseState.ISSUED:
        return _("已经出证")
    if look.case.state is CaseState.DECIDED:
        return _("不予许可，不出证") if look.case.result is Result.REFUSED else _("这一项不制证")
    if look.case.state in RUNNING and not look.case.is_immediate:
        return _("先作出决定")
    return _("本服务点无权当场决定") if look.case.state is CaseState.ACCEPTED else _running(look) or _stands(look)


def _deliver(look: _Look) -> str:
    if look.case.state in READY:
        return _("先出证") if look.lacks_certificate else ""
    return _stands(look) if look.case.state in CLOSED else _("还没有决定")


def _rate(look: _Look) -> str:
    if look.case.state is CaseState.RATED or look.case.grade:
        return _("已经评价过")
    return "" if look.case.state is CaseState.DELIVERED else _("交付以后才能评价")


def _archive(look: _Look) -> str:
    if look.case.state is CaseState.ARCHIVED:
        return _("已经归档")
    return "" if look.case.state in CLOSED else _("办结以后才能归档")


def _correct(look: _Look) -> str:
    if look.case.state is CaseState.ISSUED:
        return _("已出证，作废证明后重新出证")
    return "" if look.case.state in {*BEFORE_DECISION, CaseState.DECIDED} else _stands(look)


def _withdraw(look: _Look) -> str:
    return "" if look.case.state in BEFORE_DECISION else _stands(look)


def _void(look: _Look) -> str:
    if look.case.state is CaseState.ISSUED:
        return _("已出证，先作废证明")
    return "" if look.case.state in OPEN else _stands(look)


_BY_STATE: Mapping[CaseAct, Callable[[_Look], str]] = {
    CaseAct.ACCEPT: _accept,
    CaseAct.ASK_SUPPLEMENT: _ask_supplement,
    CaseAct.TAKE_IN_SUPPLEMENT: _take_in_supplement,
    CaseAct.REFUSE_ACCEPTANCE: _before_acceptance,
    CaseAct.GIVE_BACK: _before_acceptance,
    CaseAct.START_REVIEW: _start_review,
    CaseAct.SUSPEND: _running,
    CaseAct.RESUME: _resume,
    CaseAct.EXTEND: _extend,
    CaseAct.DECIDE: _running,
    CaseAct.FORWARD: _running,
    CaseAct.TAKE_IN_FOLLOWING: _take_in_following,
    CaseAct.ISSUE: _issue,
    CaseAct.DELIVER: _deliver,
    CaseAct.RATE: _rate,
    CaseAct.ARCHIVE: _archive,
    CaseAct.CORRECT: _correct,
    CaseAct.WITHDRAW: _withdraw,
    CaseAct.VOID: _void,
}
