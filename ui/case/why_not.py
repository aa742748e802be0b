"""Why an act is not possible with a case as it stands: from state, holder and role alone. Qt-free."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain import operators
from app.domain.acceptance import missing
from app.domain.case import BEFORE_ACCEPTANCE, CLOSED, DEAD, IN_HAND, OPEN, READY, RUNNING, Case, CaseState
from app.domain.catalogue import ServiceItem, UseLevel
from app.domain.closing import BEFORE_DECISION, HANDED_OVER
from app.domain.operators import Operator
from app.domain.outcomes import Result
from app.services.desk import CaseFile
from ui.case.act_kinds import REVIEWERS_ACTS, CaseAct
from ui.text import _, ngettext
from ui.words import state_words, why_not


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as it stands at a service point of ``level`` now."""

    case: Case
    item: ServiceItem
    level: UseLevel
    now: datetime
    has_others: bool = False
    """Whether the directory has a station that the case could be handed to."""

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


def reason_against(act: CaseAct, standing: Standing, file: CaseFile, operator: Operator) -> str:
    """Return why ``act`` is not possible now, empty when it is."""
    reason = _BY_STATE[act](standing)
    if reason:
        return reason
    if not file.held_here:
        if not file.holder_name:
            return _("在其他窗口，这里只能查看")
        return _("在%(name)s手里，这里只能查看") % {"name": file.holder_name}
    return why_not(operator, operators.Act.DECIDE if act in REVIEWERS_ACTS else operators.Act.HANDLE_CASES)


def _stands(standing: Standing) -> str:
    """Return that the case is past it, or not yet there."""
    state = standing.case.state
    if state in DEAD or state in CLOSED:
        return _("已结束：%(state)s") % {"state": state_words(state)}
    if state in BEFORE_ACCEPTANCE:
        return _("还没有受理")
    if state in IN_HAND:
        return _("已经受理")
    return _("已经决定")


def _accept(standing: Standing) -> str:
    if standing.case.state is CaseState.SUPPLEMENT:
        return _("等补正材料收齐")
    if standing.case.state is not CaseState.RECEIVED:
        return _stands(standing)
    if count := standing.missing:
        return ngettext("还缺 %(count)d 项", "还缺 %(count)d 项", count) % {"count": count}
    return ""


def _before_acceptance(standing: Standing) -> str:
    return "" if standing.case.state in BEFORE_ACCEPTANCE else _stands(standing)


def _ask_supplement(standing: Standing) -> str:
    return "" if standing.case.state in BEFORE_ACCEPTANCE | IN_HAND else _stands(standing)


def _take_in_supplement(standing: Standing) -> str:
    return "" if standing.case.awaits_supplement else _("没有等待补正的内容")


def _start_review(standing: Standing) -> str:
    if standing.case.state is CaseState.REVIEW:
        return _("已在审查")
    if standing.case.state is CaseState.ACCEPTED and standing.case.is_immediate:
        return _("即办件当场办，不另审查")
    return _running(standing) if standing.case.state is not CaseState.ACCEPTED else ""


def _running(standing: Standing) -> str:
    if standing.case.state is CaseState.SUSPENDED:
        return _("停表中，先恢复计时")
    return "" if standing.case.state in RUNNING else _stands(standing)


def _resume(standing: Standing) -> str:
    return "" if standing.case.state is CaseState.SUSPENDED else _("没有停表")


def _extend(standing: Standing) -> str:
    if reason := _running(standing):
        return reason
    if standing.case.extra_days:
        return _("已延期过一次")
    if standing.case.due is None:
        return _("没有办理时限")
    return _("期限已过，不能再延") if standing.now > standing.case.due else ""


def _take_in_following(standing: Standing) -> str:
    if standing.case.state not in OPEN:
        return _stands(standing)
    return "" if standing.case.owed else _("没有容缺后补的材料")


def _issue(standing: Standing) -> str:
    if standing.grants_on_the_spot or standing.lacks_certificate:
        return ""
    if standing.case.state is CaseState.ISSUED:
        return _("已经出证")
    if standing.case.state is CaseState.DECIDED:
        return _("不予许可，不出证") if standing.case.result is Result.REFUSED else _("这一项不制证")
    if standing.case.state in RUNNING and not standing.case.is_immediate:
        return _("先作出决定")
    return (
        _("本服务点无权当场决定")
        if standing.case.state is CaseState.ACCEPTED
        else _running(standing) or _stands(standing)
    )


def _deliver(standing: Standing) -> str:
    if standing.case.state in READY and standing.case.is_collected_elsewhere:
        name = {"name": standing.case.collect_at_name}
        return _("申请人选择到%(name)s取件；要在这里交付的，先改取件方式") % name
    return _not_ready(standing)


def _not_ready(standing: Standing) -> str:
    if standing.case.state in READY:
        return _("先出证") if standing.lacks_certificate else ""
    return _stands(standing) if standing.case.state in CLOSED else _("还没有决定")


def _rate(standing: Standing) -> str:
    if standing.case.state is CaseState.RATED or standing.case.grade:
        return _("已经评价过")
    return "" if standing.case.state is CaseState.DELIVERED else _("交付以后才能评价")


def _archive(standing: Standing) -> str:
    if standing.case.state is CaseState.ARCHIVED:
        return _("已经归档")
    return "" if standing.case.state in CLOSED else _("办结以后才能归档")


def _correct(standing: Standing) -> str:
    if standing.case.state is CaseState.ISSUED:
        return _("已出证，作废证明后重新出证")
    is_replaceable = standing.case.state in HANDED_OVER and standing.case.certificate is not None
    open_to = {*BEFORE_DECISION, CaseState.DECIDED}
    return "" if is_replaceable or standing.case.state in open_to else _stands(standing)


def _withdraw(standing: Standing) -> str:
    return "" if standing.case.state in BEFORE_DECISION else _stands(standing)


def _void(standing: Standing) -> str:
    if standing.case.state is CaseState.ISSUED:
        return _("已出证，先作废证明")
    return "" if standing.case.state in OPEN else _stands(standing)


def _take_over(standing: Standing) -> str:
    if standing.case.state not in OPEN:
        return _stands(standing)
    return "" if standing.case.awaits_taking_over else _("没有要接收的交接")


def _hand_over(standing: Standing) -> str:
    if standing.case.state not in OPEN:
        return _stands(standing)
    return "" if standing.has_others else _("没有窗口名录：登记到中心并同步以后才能交接")


def _send_to_collect(standing: Standing) -> str:
    if reason := _not_ready(standing):
        return reason
    return "" if standing.case.is_collected_elsewhere else _("申请人没有选别处取件")


def _choose_collection(standing: Standing) -> str:
    return "" if standing.case.state in OPEN else _stands(standing)


def _send_back(standing: Standing) -> str:
    if standing.case.state not in OPEN:
        return _stands(standing)
    return "" if standing.case.handed_from else _("不是别的窗口交来的")


_BY_STATE: Mapping[CaseAct, Callable[[Standing], str]] = {
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
    CaseAct.TAKE_OVER: _take_over,
    CaseAct.HAND_OVER: _hand_over,
    CaseAct.SEND_BACK: _send_back,
    CaseAct.SEND_TO_COLLECT: _send_to_collect,
    CaseAct.CHOOSE_COLLECTION: _choose_collection,
}
