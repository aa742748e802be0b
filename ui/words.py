"""The words for what the domain knows: states, lights, limits, badges, facts. Qt-free and shared by all rooms."""

from app.domain.application import Collection, TakenHow
from app.domain.case import CLOSED, DEAD, READY, Case, CaseState
from app.domain.catalogue import ItemState, Limit, LimitUnit, Material, Need, ServiceItem, UseLevel
from app.domain.deadline import Light
from app.domain.documents import Document, Sex
from app.domain.operators import WHO_MAY, Act, Operator, Role
from app.domain.people import AgentKind, masked_name
from app.services.desk import LitCase
from app.services.snapshots import CaseRow
from ui.dates import short_day, time_of_day
from ui.text import _, listed, ngettext

SHORT_NUMBER = slice(14, 18)


def state_words(state: CaseState) -> str:
    """Return where a case stands."""
    return {
        CaseState.RECEIVED: _("收件"),
        CaseState.SUPPLEMENT: _("待补正"),
        CaseState.ACCEPTED: _("在办"),
        CaseState.REVIEW: _("审查中"),
        CaseState.SUSPENDED: _("停表"),
        CaseState.DECIDED: _("已决定"),
        CaseState.ISSUED: _("待交付"),
        CaseState.DELIVERED: _("已办结"),
        CaseState.RATED: _("已评价"),
        CaseState.NOT_ACCEPTED: _("不予受理"),
        CaseState.RETURNED: _("已退件"),
        CaseState.WITHDRAWN: _("已撤回"),
        CaseState.FORWARDED: _("已转报"),
        CaseState.VOIDED: _("已作废"),
        CaseState.ARCHIVED: _("已归档"),
    }[state]


def light_words(lit: LitCase) -> tuple[str, str]:
    """Return tone and words of a case's light: 剩 2 天, 超期 1 天, 今天 17:00."""
    if lit.row.state in CLOSED or lit.row.state in READY:
        return "good" if lit.row.state not in DEAD else "plain", state_words(lit.row.state)
    if lit.light is Light.PAUSED:
        return "plain", _("停表中")
    if lit.row.state is CaseState.RECEIVED and lit.row.silence_until:
        return "warn", _("%(day)s 前告知") % {"day": short_day(lit.row.silence_until)}
    if lit.row.state is CaseState.SUPPLEMENT:
        return late_supplement() if lit.is_reply_late else ("plain", _("等补正"))
    if lit.light is None or lit.row.due is None:
        return "plain", _("无时限")
    if lit.light in {Light.RED, Light.ESCALATED}:
        days = max(1, -lit.days_left)
        return "danger", ngettext("超期 %(count)d 天", "超期 %(count)d 天", days) % {"count": days}
    tone = "warn" if lit.light is Light.YELLOW else "good"
    if lit.days_left <= 0:
        return tone, _("今天 %(time)s") % {"time": time_of_day(lit.row.due)}
    return tone, ngettext("剩 %(count)d 天", "剩 %(count)d 天", lit.days_left) % {"count": lit.days_left}


def late_supplement() -> tuple[str, str]:
    """Return tone and words of a supplement that was not handed in by its day; short, for a column of the list."""
    return "danger", _("补正已过期")


def limit_words(limit: Limit | None) -> str:
    """Return a limit in words: 8 个工作日; 无 for none."""
    if limit is None:
        return _("无")
    count = limit.amount
    words = {
        LimitUnit.WORKING_DAY: ngettext("%(count)d 个工作日", "%(count)d 个工作日", count),
        LimitUnit.NATURAL_DAY: ngettext("%(count)d 天", "%(count)d 天", count),
        LimitUnit.HOUR: ngettext("%(count)d 小时", "%(count)d 小时", count),
        LimitUnit.MINUTE: ngettext("%(count)d 分钟", "%(count)d 分钟", count),
        LimitUnit.MONTH: ngettext("%(count)d 个月", "%(count)d 个月", count),
    }
    return words[limit.unit] % {"count": count}


def promise_words(item: ServiceItem) -> str:
    """Return how long the applicant waits: 当场办结, or the promised limit."""
    return _("当场办结") if item.is_immediate else limit_words(item.limit)


def badge_words(item: ServiceItem) -> tuple[str, str]:
    """Return word and tone of an item's badge: 即办, 承诺, or why no case can be opened."""
    closed = {
        ItemState.FROZEN: _("冻结"),
        ItemState.CANCELLED: _("取消"),
        ItemState.DRAFT: _("未发布"),
        ItemState.FORBIDDEN: _("不得出具"),
    }
    if item.state in closed:
        return closed[item.state], "plain"
    return (_("即办"), "accent") if item.is_immediate else (_("承诺"), "plain")


def need_words(need: Need) -> str:
    """Return whether a material must be there."""
    return {Need.NEEDED: _("必要"), Need.OPTIONAL: _("可不交"), Need.MAY_FOLLOW: _("可后补")}[need]


def asked_words(material: Material) -> list[str]:
    """Return how many originals and copies of a material are asked for, and what they must be like."""
    parts = []
    if material.originals:
        parts.append(
            ngettext("原件 %(count)d 份", "原件 %(count)d 份", material.originals) % {"count": material.originals}
        )
    if material.copies:
        parts.append(
            ngettext("复印件 %(count)d 份", "复印件 %(count)d 份", material.copies) % {"count": material.copies}
        )
    return [*parts, material.standard] if material.standard else parts


def taken_words(how: TakenHow) -> str:
    """Return how a material was taken in."""
    return {
        TakenHow.PAPER: _("纸质收取"),
        TakenHow.UPLOAD: _("附件上传"),
        TakenHow.SCAN: _("扫描"),
        TakenHow.PROMISED: _("容缺后补"),
        TakenHow.REUSED: _("沿用"),
        TakenHow.PLEDGED: _("告知承诺"),
    }[how]


def document_words(document: Document) -> str:
    """Return what a document is called (证件类型)."""
    return {
        Document.RESIDENT_CARD: _("居民身份证"),
        Document.HMT_RESIDENCE_PERMIT: _("港澳台居民居住证"),
        Document.HK_MACAO_TRAVEL_PERMIT: _("港澳居民来往内地通行证"),
        Document.TAIWAN_TRAVEL_PERMIT: _("台湾居民来往大陆通行证"),
        Document.FOREIGN_PERMANENT_RESIDENT_CARD: _("外国人永久居留身份证"),
        Document.PASSPORT: _("护照"),
    }[document]


def applicant_words(row: CaseRow) -> str:
    """Return whoever applies, for lists: a person masked, an organisation by its public name."""
    return row.applicant if row.representative else masked_name(row.applicant)


def case_applicant_words(case: Case) -> str:
    """Return whoever applies, for the title of a case's page."""
    return case.organisation.name if case.organisation else masked_name(case.applicant.name)


def agent_words(kind: AgentKind) -> str:
    """Return in what right somebody acts for the applicant."""
    return {
        AgentKind.MANDATED: _("委托代理人"),
        AgentKind.GUARDIAN: _("监护人"),
        AgentKind.VILLAGE_AGENT: _("村（社区）代办员"),
    }[kind]


def collection_words(collection: Collection) -> str:
    """Return how the applicant wants the result."""
    return {
        Collection.ON_THE_SPOT: _("当场领取"),
        Collection.AGENT_POINT: _("村代办点"),
        Collection.POST: _("邮寄"),
        Collection.CHOSEN_PLACE: _("选地取件"),
    }[collection]


def level_words(level: UseLevel) -> str:
    """Return a level of service point."""
    return {UseLevel.COUNTY: _("县"), UseLevel.TOWNSHIP: _("乡镇"), UseLevel.VILLAGE: _("村（社区）")}[level]


def role_words(role: Role) -> str:
    """Return what an operator is."""
    return {
        Role.CLERK: _("经办人"),
        Role.SUPERVISOR: _("督办员"),
        Role.REVIEWER: _("审查员"),
        Role.ADMINISTRATOR: _("管理员"),
    }[role]


def why_not(operator: Operator, act: Act) -> str:
    """Return why ``operator`` cannot do ``act``, for beside the disabled button; empty when they can."""
    if operator.can(act):
        return ""
    roles = listed(role_words(role) for role in Role if role in WHO_MAY[act])
    return _("需要%(roles)s权限") % {"roles": roles}


def value_words(place: str, text: str) -> str:
    """Return what stands at a place that was typed, as a reader sees it; 空 for nothing."""
    if not text:
        return _("（空）")
    if place.startswith("form."):
        return text
    match place.rpartition(".")[2]:
        case "document":
            return document_words(Document(text))
        case "stated_sex":
            return sex_words(Sex(text))
        case "kind":
            return agent_words(AgentKind(text))
    return text


def sex_words(sex: Sex | None) -> str:
    """Return a person's sex, empty when it is not known."""
    return {Sex.MALE: _("男"), Sex.FEMALE: _("女"), None: ""}[sex]


def short_number(number: str) -> str:
    """Return the part of a case number that tells cases of a window apart: month, day and sequence."""
    return f"{number[4:8]} {number[SHORT_NUMBER]}"
