"""What stands on the papers of a case, by the fact that uses the number; receipts, notices, decisions, certificates."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.application import Application
from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.documents import Document
from app.domain.facts import (
    CaseAccepted,
    CaseDecided,
    CaseDeemedAccepted,
    CaseDelivered,
    CaseExtended,
    CaseForwarded,
    CaseHandedOver,
    CaseNotAccepted,
    CaseReceived,
    CaseReturned,
    CaseSuspended,
    CaseWithdrawn,
    CertificateIssued,
    Fact,
    MaterialsFollowed,
    SupplementAsked,
    SupplementReceived,
)
from app.domain.outcomes import Defect, NonAcceptanceGround, Result
from app.domain.people import masked_id_number
from app.services.paper_people import DOCUMENT_WORDS, names_in_full
from app.services.paper_told import Filled, OfCase, Rows, Told
from app.services.paper_words import (
    DELIVERY_WORDS,
    GROUND_LAWS,
    GROUND_WORDS,
    HAND_OVER_PURPOSES,
    LICENCE,
    NOT_COUNTED_BY_LAW,
    PROCEDURE_WORDS,
    SUSPENSION_LAW,
    collection_words,
    decision_title,
    fee_words,
    limit_words,
    local_date,
    long_date,
    long_time,
    material_rows,
    owed_words,
    phrase,
    pledged_words,
    promised_words,
    sentence,
    totals,
)

COMPLETE = "材料齐全，符合法定形式，本机关依法予以受理"
GRANT_LAW = "《中华人民共和国行政许可法》第三十八条第一款"
MENDED = "（申请表，已补正）"
TICK = "√"


def due_words(case: Case) -> str:
    """Return by when the case is to be done, as papers show it."""
    if case.is_immediate:
        return "当场办结"
    if case.due is None:
        return "无"
    return long_time(case.due) + ("（暂定）" if case.due_is_provisional else "")


def all_materials(item: ServiceItem, application: Application) -> Rows:
    """Return the rows of everything that was handed in."""
    return material_rows((material, application.handed_in(material)) for material in item.materials)


def _received(told: Told, _fact: CaseReceived) -> Filled:
    case = told.case
    values = {
        **totals(case.application.materials.values()),
        "received_at": case.received,
        "owed": owed_words(case.item, case.application),
    }
    return Filled(values, {"materials": all_materials(case.item, case.application)})


def _accepted(told: Told, fact: CaseAccepted | CaseDeemedAccepted) -> Filled:
    case = told.case
    return Filled(
        {
            "received_at": case.received,
            "accepted_at": long_time(fact.accepted_at),
            "accepted_because": _deemed(fact) if isinstance(fact, CaseDeemedAccepted) else COMPLETE,
            "owed": owed_words(case.item, case.application),
            "by_pledge": pledged_words(case.item, case.application),
            "statutory": limit_words(case.item.statutory),
            "promised": promised_words(case.item),
            "due": due_words(case.case),
            "fee": fee_words(case.item),
        }
    )


def _deemed(fact: CaseDeemedAccepted) -> str:
    return (
        f"本机关到{long_time(fact.silent_until)}没有一次告知需要补正的全部内容，根据《中华人民共和国行政许可法》"
        f"第三十二条第一款第四项，自收到申请材料之日（{local_date(fact.accepted_at)}）起即为受理"
    )


def _supplement_asked(told: Told, fact: SupplementAsked) -> Filled:
    values = {
        "received_at": told.case.received,
        "reply_by": long_date(fact.reply_by) if fact.reply_by else "",
        "reason": f"再次要求补正的原因：{sentence(fact.reason)}" if fact.reason else "",
        "defects_total": str(len(fact.defects)),
    }
    return Filled(values, {"defects": _defects(fact.defects)})


def _defects(defects: tuple[Defect, ...]) -> Rows:
    return tuple((str(number), defect.name, defect.what) for number, defect in enumerate(defects, start=1))


def _supplement_received(told: Told, fact: SupplementReceived) -> Filled:
    case = told.case
    there = material_rows((m, fact.materials[m.code]) for m in case.item.materials if m.code in fact.materials)
    labels = {entry.code: entry.label for entry in case.item.form}
    mended = (
        (str(number), f"{labels.get(code, code)}{MENDED}", "—", "—", "—", "填写")
        for number, code in enumerate(fact.form, start=len(there) + 1)
    )
    values = {
        **totals(fact.materials.values()),
        "received_at": long_time(told.witness.at),
        "occasion": "按照一次性补正告知书",
        "outcome": _complete(told, case.before) if fact.complete else _incomplete(case),
    }
    return Filled(values, {"materials": (*there, *mended), "still_open": _defects(fact.open_defects)})


def _complete(told: Told, before: Case) -> str:
    if before.accepted_at is not None:
        return "需要补正的内容已经收齐，受理日期和办结期限不变。"
    day = local_date(told.witness.at)
    return f"需要补正的内容已经收齐。符合法定形式的，受理日期为材料收齐之日（{day}）；自本日起五个工作日内没有告知需要补正的，即为受理。"


def _incomplete(case: OfCase) -> str:
    by = f"在{long_date(case.before.reply_by)}前" if case.before.reply_by else ""
    return f"需要补正的内容还没有收齐，请{by}补齐上列内容。"


def _followed(told: Told, fact: MaterialsFollowed) -> Filled:
    case = told.case
    owed = [(case.item.material(code).name, day) for code, day in case.case.owed.items()]
    there = material_rows((m, fact.materials[m.code]) for m in case.item.materials if m.code in fact.materials)
    still = tuple((str(n), name, f"请在{long_date(day)}前补交") for n, (name, day) in enumerate(owed, start=1))
    values = {
        **totals(fact.materials.values()),
        "received_at": long_time(told.witness.at),
        "occasion": "按照容缺受理时的承诺",
        "outcome": "请按照承诺的日期补交上列材料。" if owed else "容缺后补的材料已经补齐。",
    }
    return Filled(values, {"materials": there, "still_open": still})


def _not_accepted(told: Told, fact: CaseNotAccepted) -> Filled:
    values = {
        "received_at": told.case.received,
        "ground": GROUND_WORDS[fact.ground],
        "reason": fact.reason,
        "competent": fact.competent,
        "basis": fact.basis or GROUND_LAWS.get(fact.ground, ""),
        "remedies": sentence(fact.remedies),
    }
    ticked = tuple((TICK if ground is fact.ground else "", GROUND_WORDS[ground]) for ground in NonAcceptanceGround)
    return Filled(values, {"grounds": ticked})


def _returned(told: Told, fact: CaseReturned) -> Filled:
    return Filled(
        {
            **totals(told.case.application.materials.values()),
            "received_at": told.case.received,
            "receipt_number": told.case.case.receipt.text,
            "reason": fact.reason,
        },
        {"materials": all_materials(told.case.item, told.case.application)},
    )


def _withdrawn(told: Told, fact: CaseWithdrawn) -> Filled:
    return Filled(
        {
            "received_at": told.case.received,
            "acceptance_number": told.case.acceptance_number,
            "reason": sentence(fact.reason),
        }
    )


def _handed_over(told: Told, fact: CaseHandedOver) -> Filled:
    case = told.case
    return Filled(
        {
            **totals(case.application.materials.values()),
            "accepted_at": case.accepted,
            "acceptance_number": case.acceptance_number,
            "due": due_words(case.case),
            "to": fact.to_name,
            "purpose": HAND_OVER_PURPOSES[fact.purpose],
            "reason": fact.reason,
        },
        {"materials": all_materials(case.item, case.application)},
    )


def _forwarded(told: Told, fact: CaseForwarded) -> Filled:
    case = told.case
    return Filled(
        {
            **totals(case.application.materials.values()),
            "accepted_at": case.accepted,
            "acceptance_number": case.acceptance_number,
            "due": due_words(case.case),
            "to": fact.to,
            "reason": fact.reason,
        },
        {"materials": all_materials(case.item, case.application)},
    )


def _suspended(told: Told, fact: CaseSuspended) -> Filled:
    by_law = SUSPENSION_LAW if fact.procedure in NOT_COUNTED_BY_LAW and SUSPENSION_LAW not in fact.basis else ""
    return Filled(
        {
            "accepted_at": told.case.accepted,
            "acceptance_number": told.case.acceptance_number,
            "procedure": PROCEDURE_WORDS[fact.procedure],
            "basis": "；".join(filter(None, (by_law, fact.basis))),
            "days": f"{fact.days} 个工作日" if fact.days else "以实际时间为准",
            "reason": fact.reason,
            "from": local_date(told.witness.at),
        }
    )


def _extended(told: Told, fact: CaseExtended) -> Filled:
    return Filled(
        {
            "accepted_at": told.case.accepted,
            "acceptance_number": told.case.acceptance_number,
            "days": f"{fact.days} 个工作日",
            "reason": fact.reason,
            "approver": fact.approver,
            "due_before": due_words(told.case.before),
            "due": due_words(told.case.case),
        }
    )


def _decided(told: Told, fact: CaseDecided) -> Filled:
    case = told.case
    granted = fact.result is Result.GRANTED
    values = {
        "title": decision_title(case.item, granted=granted),
        "accepted_at": case.accepted,
        "acceptance_number": case.acceptance_number,
        "decided_by": fact.decided_by or told.witness.clerk,
    }
    if granted:
        return Filled({**values, **_grant(case, fact)})
    basis = fact.basis or case.item.legal_basis
    return Filled({**values, "reason": sentence(fact.reason), "basis": sentence(basis), "remedies": fact.remedies})


def _grant(case: OfCase, fact: CaseDecided) -> dict[str, str]:
    licence = case.item.task_type == LICENCE
    laws = [phrase(fact.basis or case.item.legal_basis), GRANT_LAW if licence else ""]
    basis = "，".join(filter(None, laws))
    collected = collection_words(case.case.collection, case.case.collect_at_name)
    within = "自作出决定之日起十个工作日内送达，" if licence else ""
    result = case.item.result
    return {
        "reason": sentence(fact.reason),
        "basis": f"根据{basis}" if basis else "按照有关规定",
        "result": f"本决定的结果是{result.name}。" if result else "",
        "serving": f"结果{within}领取方式：{collected}。",
    }


def _issued(_told: Told, fact: CertificateIssued) -> Filled:
    usual = {
        "document": DOCUMENT_WORDS[Document.RESIDENT_CARD],
        "issued_on": long_date(fact.issued_on),
        "replaces": f"代替 {fact.replaces}" if fact.replaces else "",
    }
    return Filled({**usual, **fact.values}, remarks=replacing(fact.replaces), template=fact.template)


def replacing(number: str) -> tuple[str, ...]:
    """Return what stands above a certificate that takes the place of the voided one of that number."""
    return (f"本证代替 {number}，原证作废",) if number else ()


def _delivered(told: Told, fact: CaseDelivered) -> Filled:
    case = told.case.before
    relation = "本人" if fact.in_person else (case.agent.relation if case.agent else "")
    values = {
        "served_at": long_time(told.witness.at),
        "how": DELIVERY_WORDS[case.collection],
        "collected_by": fact.collected_by or names_in_full(case.application),
        "collector_id": masked_id_number(fact.id_number or (case.applicant.id_number if fact.in_person else "")),
        "relation": relation or "代收",
    }
    return Filled(values, {"served": _served(told.case)})


def _served(of_case: OfCase) -> Rows:
    case = of_case.before
    papers = []
    if case.decision:
        papers.append((decision_title(of_case.item, granted=case.result is Result.GRANTED), case.decision.text))
    if case.certificate:
        papers.append((case.certificate.name, case.certificate.number.text))
    return tuple((str(number), *paper) for number, paper in enumerate(papers, start=1))


FILLS: Mapping[type[Fact], Callable[[Told, Any], Filled]] = {
    CaseReceived: _received,
    CaseAccepted: _accepted,
    CaseDeemedAccepted: _accepted,
    SupplementAsked: _supplement_asked,
    SupplementReceived: _supplement_received,
    MaterialsFollowed: _followed,
    CaseNotAccepted: _not_accepted,
    CaseReturned: _returned,
    CaseWithdrawn: _withdrawn,
    CaseForwarded: _forwarded,
    CaseHandedOver: _handed_over,
    CaseSuspended: _suspended,
    CaseExtended: _extended,
    CaseDecided: _decided,
    CertificateIssued: _issued,
    CaseDelivered: _delivered,
}
"""What fills the paper of each fact of a case."""
