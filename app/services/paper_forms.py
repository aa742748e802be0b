"""Forms that are filled from what was typed, for signing or as a slip, and papers without a case.

The values of a form are kept by the fact ``FormPrepared``; these functions make them. Everything may be changed by the
clerk before the form is prepared: it is what people agreed on, not what the program thinks.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.domain.application import Application
from app.domain.catalogue import Material, Need, ServiceItem
from app.domain.facts import DayClosed, Fact, FormPrepared, InquiryOpened
from app.domain.paper import PaperKind
from app.domain.paper_places import SIGNERS
from app.domain.people import Agent, masked_name, masked_phone
from app.domain.representation import has_guardian
from app.domain.station import Station
from app.services.paper_people import DOCUMENT_WORDS, NUMBER_LABELS, people, who
from app.services.paper_told import Filled, Told, Values
from app.services.paper_words import (
    LEVEL_WORDS,
    PROJECT_WORDS,
    fee_words,
    hours_words,
    limit_words,
    long_date,
    long_time,
    owed_words,
    phrase,
    promised_words,
    under,
)

USUAL_SCOPE = "提交、补正、撤回申请材料，签收文书，领取办理结果。"
USUAL_PURPOSE = "办理所申请的事项，核对身份，送达文书，依法存档"
USUAL_KINDS = "姓名、证件号码、联系电话、住址、申请表内容和申请材料"
USUAL_SENSITIVE = "身份证件及其影像，未满十四周岁未成年人的信息；只用于核对办理，依法保密"
USUAL_RETENTION = "按照政务服务档案的保存期限保存，到期依法销毁"
HANDLING = "材料齐全的当场受理；缺什么，一次告诉你。可以委托他人代办，也可以请村（社区）代办员代办，代办不收费。"
USUAL_BASIS = "本事项的办事指南"
USUAL_CHECK = "通过数据共享、部门协查或者走访核查。"


def what(item: ServiceItem) -> Values:
    """Return the places that say which item a form is about."""
    return {
        "item": item.title,
        "item_code": item.code,
        "legal_basis": item.legal_basis,
        "department": item.department,
        "under": under(item),
    }


def mandate(application: Application, item: ServiceItem, valid_from: date, valid_until: date) -> Values:
    """Return what stands on a mandate (委托书) for the agent of ``application``."""
    agent = application.agent
    assert agent is not None  # noqa: S101  nobody prints a mandate for nobody
    return {
        **who(application, PaperKind.MANDATE),
        **what(item),
        **_signers(application),
        "agent_name": agent.person.name,
        "agent_id_number": agent.person.id_number,
        "agent_document": DOCUMENT_WORDS[agent.person.document],
        "agent_id_label": NUMBER_LABELS[agent.person.document],
        "agent_phone": agent.person.phone,
        "relation": agent.relation,
        "scope": agent.scope or USUAL_SCOPE,
        "valid_from": long_date(valid_from),
        "valid_until": long_date(valid_until),
    }


def _signers(application: Application) -> Values:
    """Return who signs beside whom where several apply; the last line takes all that are left over."""
    names = [] if application.organisation else [person.name for person in people(application)]
    if len(names) > SIGNERS:
        names = [*names[: SIGNERS - 1], f"{names[SIGNERS - 1]}等 {len(names) - SIGNERS + 1} 人"]
    return {f"signer_{place}": name for place, name in enumerate(names, start=1)} if len(names) > 1 else {}


def _who_may_sign(agent: Agent | None) -> Values:
    """Return who may sign a form in the applicant's place; a pledge is the applicant's own, or that of a guardian."""
    return {"agent_name": agent.person.name} if agent else {}


def pledge(application: Application, item: ServiceItem, pledged: str = "", conditions: str = "") -> Values:
    """Return what stands on a pledge (告知承诺书), with the materials that are owed and by when."""
    owed = owed_words(item, application)
    days = [handed_in.promised_by for handed_in in application.materials.values() if handed_in.is_promised]
    last = max((day for day in days if day), default=None)
    names = "、".join(material.name for material in item.materials if material.need is not Need.OPTIONAL)
    return {
        **who(application, PaperKind.PLEDGE),
        **what(item),
        **_who_may_sign(application.agent if has_guardian(application.agent) else None),
        "basis": item.legal_basis or USUAL_BASIS,
        "conditions": conditions or f"符合办事指南列明的条件，并提交{names or '申请表'}。",
        "owed": owed,
        "owed_by": long_date(last) if last else "",
        "pledged": pledged or (f"按期补交{phrase(owed)}。" if owed else "符合上列条件，所交材料真实有效。"),
        "check": USUAL_CHECK,
    }


def proof_pledge(application: Application, item: ServiceItem, material: Material) -> Values:
    """Return what stands on a pledge in place of the proof ``material`` (证明事项告知承诺书)."""
    pledge = material.pledge
    assert pledge is not None  # noqa: S101  only what may be pledged is
    return {
        **who(application, PaperKind.PLEDGE),
        **what(item),
        **_who_may_sign(application.agent if has_guardian(application.agent) else None),
        "proof": material.name,
        "proof_content": pledge.content,
        "basis": material.legal_basis or item.legal_basis or USUAL_BASIS,
        "conditions": pledge.conditions,
        "pledged": pledge.pledged,
        "check": USUAL_CHECK,
    }


def privacy(application: Application, item: ServiceItem) -> Values:
    """Return what stands on the notice about personal data (个人信息处理告知书)."""
    return {
        **who(application, PaperKind.PRIVACY_NOTICE),
        **what(item),
        **_who_may_sign(application.agent),
        "purpose": USUAL_PURPOSE,
        "kinds": USUAL_KINDS,
        "sensitive": USUAL_SENSITIVE,
        "recipients": f"依法作出决定的部门：{item.department}",
        "retention": USUAL_RETENTION,
    }


def collection(
    item: ServiceItem,
    station: Station,
    ready_from: date | None,
    until: date | None,
    *,
    place: str = "",
    phone: str = "",
) -> Values:
    """Return what stands on the slip with which the result is collected (取件凭证).

    ``place`` is where the applicant chose to collect it, with its telephone: when it will be there nobody knows yet.
    """
    told = "送到领取地点后电话通知" if place else "办结后电话通知"
    return {
        "result": item.result.name if item.result else item.title,
        "ready_from": long_date(ready_from) if ready_from and not place else told,
        "collect_at": place or f"{station.service_point}{station.window}",
        "collect_until": long_date(until) if until else "不限",
        "remark": f"领取地点电话 {phone}" if phone else "无",
    }


def guide(item: ServiceItem, station: Station) -> Filled:
    """Return what stands on the one-page guide (办事指南) of an item."""
    values = {
        **what(item),
        "scene": item.scene,
        "project_type": PROJECT_WORDS[item.project_type],
        "level": LEVEL_WORDS[item.use_level],
        "statutory": limit_words(item.statutory),
        "promised": promised_words(item),
        "fee": fee_words(item),
        "result": item.result.name if item.result else "",
        "hours": hours_words(station.hours),
        **_whether_handled(item),
        "delegated_from": item.delegated_from,
        "materials_total": str(len(item.materials)),
    }
    return Filled(values, {"materials": tuple(_wanted(n, m) for n, m in enumerate(item.materials, start=1))})


def _whether_handled(item: ServiceItem) -> Values:
    """Return how the item is handled here, or why it is not and who is competent."""
    if item.can_be_opened:
        return {"handling": HANDLING, "competent": "", "state_reason": ""}
    return {"handling": "", "competent": phrase(item.competent), "state_reason": phrase(item.state_reason)}


def _wanted(number: int, material: Material) -> tuple[str, ...]:
    sheets = {"原件": material.originals, "复印件": material.copies}
    words = "，".join(f"{name} {count} 份" for name, count in sheets.items() if count)
    need = {Need.OPTIONAL: "（可以不交）", Need.MAY_FOLLOW: "（可以后补）"}.get(material.need, "")
    pledge = "（可以书面承诺代替）" if material.pledge else ""
    return (str(number), f"{material.name}{need}{pledge}", words or "1 份", material.standard or "—")


def _prepared(_told: Told, fact: FormPrepared) -> Filled:
    return Filled(dict(fact.values), template=fact.template)


def _asked(told: Told, fact: InquiryOpened) -> Filled:
    about = what(told.item) if told.item else {"item": "", "item_code": fact.item}
    values = {
        **about,
        "subject": fact.subject,
        "asked_by": masked_name(fact.asked_by),
        "phone": masked_phone(fact.phone),
        "asked_at": long_time(told.witness.at),
    }
    return Filled(values)


def _day_closed(told: Told, fact: DayClosed) -> Filled:
    follows = f"接续 {fact.follows}" if fact.follows else ""
    values = {
        "day": long_date(fact.day),
        "second_person": told.second_person or fact.approved_by,
        "remark": "；".join(filter(None, (follows, fact.remark))) or "无",
        "entries_total": str(fact.entries),
        "witness": told.witness.digits,
    }
    return Filled(values, {name: tuple(tuple(row) for row in rows) for name, rows in fact.tables.items()})


FILLS: Mapping[type[Fact], Callable[[Told, Any], Filled]] = {
    FormPrepared: _prepared,
    InquiryOpened: _asked,
    DayClosed: _day_closed,
}
"""What fills the paper of each fact that need not belong to a case."""
