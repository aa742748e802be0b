"""How papers say things: dates, limits, materials, grounds. Final Chinese text, the same in every language.

How they name people is told in ``paper_people``.
"""

from collections.abc import Iterable
from datetime import date, datetime

from app.domain.application import Application, Collection, HandedIn, TakenHow
from app.domain.catalogue import Limit, LimitUnit, Material, ProjectType, ServiceItem, UseLevel
from app.domain.clock import CHINA
from app.domain.deadline import WindowHours
from app.domain.numbering import grouped
from app.domain.outcomes import HandOverPurpose, NonAcceptanceGround, SpecialProcedure
from app.domain.paper import PaperKind, PaperState
from app.domain.paper_ends import MANNERS, RevocationGround, RevocationManner
from app.services.snapshots import PaperRow

LICENCE = "01"
"""Task type of what the 行政许可法 rules; other items follow it by analogy."""

UNIT_WORDS = {
    LimitUnit.WORKING_DAY: "个工作日",
    LimitUnit.NATURAL_DAY: "天",
    LimitUnit.HOUR: "小时",
    LimitUnit.MINUTE: "分钟",
    LimitUnit.MONTH: "个月",
}
COLLECTION_WORDS = {
    Collection.ON_THE_SPOT: "当场领取",
    Collection.AGENT_POINT: "村（社区）代办点领取",
    Collection.POST: "邮寄送达",
    Collection.CHOSEN_PLACE: "到所选地点领取",
}
DELIVERY_WORDS = {
    Collection.ON_THE_SPOT: "直接送达",
    Collection.AGENT_POINT: "由代办点转交",
    Collection.POST: "邮寄送达",
    Collection.CHOSEN_PLACE: "直接送达",
}
COLLECTED_THERE = "申请人选择到该处领取"
MANNER_WORDS = {
    RevocationManner.REVOKED: "撤销",
    RevocationManner.WITHDRAWN: "撤回",
    RevocationManner.CANCELLED: "注销",
}
TAKEN_WORDS = {
    TakenHow.PAPER: "纸质收取",
    TakenHow.UPLOAD: "附件上传",
    TakenHow.SCAN: "扫描",
    TakenHow.PROMISED: "容缺后补",
    TakenHow.REUSED: "沿用前件",
    TakenHow.PLEDGED: "告知承诺",
}
PROJECT_WORDS = {ProjectType.IMMEDIATE: "即办件（当场办结）", ProjectType.COMMITTED: "承诺件"}
LEVEL_WORDS = {UseLevel.COUNTY: "县级", UseLevel.TOWNSHIP: "乡镇（街道）", UseLevel.VILLAGE: "村（社区）"}
GROUND_WORDS = {
    NonAcceptanceGround.NO_LICENCE_NEEDED: "申请事项依法不需要取得许可或者办理",
    NonAcceptanceGround.NOT_COMPETENT: "申请事项依法不属于本机关的职权范围",
    NonAcceptanceGround.NOT_ENTITLED: "申请人不具备申请资格，或者还不到可以申请的时间",
    NonAcceptanceGround.FALSE_MATERIALS: "隐瞒有关情况或者提供虚假材料",
    NonAcceptanceGround.NOT_SUPPLEMENTED: "在期限内没有按照补正告知书补正",
}
GROUND_LAWS = {
    NonAcceptanceGround.NO_LICENCE_NEEDED: "《中华人民共和国行政许可法》第三十二条第一款第一项",
    NonAcceptanceGround.NOT_COMPETENT: "《中华人民共和国行政许可法》第三十二条第一款第二项",
    NonAcceptanceGround.FALSE_MATERIALS: "《中华人民共和国行政许可法》第七十八条",
}
PROCEDURE_WORDS = {
    SpecialProcedure.HEARING: "听证",
    SpecialProcedure.BIDDING: "招标",
    SpecialProcedure.AUCTION: "拍卖",
    SpecialProcedure.INSPECTION: "检验",
    SpecialProcedure.TEST: "检测",
    SpecialProcedure.QUARANTINE: "检疫",
    SpecialProcedure.APPRAISAL: "鉴定",
    SpecialProcedure.EXPERT_REVIEW: "专家评审",
    SpecialProcedure.PUBLIC_NOTICE: "公示",
    SpecialProcedure.SITE_VISIT: "现场勘查、入户核查",
}
HAND_OVER_PURPOSES = {
    HandOverPurpose.HANDLING: "继续办理",
    HandOverPurpose.REVIEW: "审查并作出决定",
    HandOverPurpose.COLLECTION: "把办理结果交付申请人",
    HandOverPurpose.RETURN: "接着办理（退回原处）",
}
"""What the receiving station is asked to do, as the slip says it."""
NOT_COUNTED_BY_LAW = frozenset(SpecialProcedure) - {SpecialProcedure.PUBLIC_NOTICE, SpecialProcedure.SITE_VISIT}
"""Procedures that 行政许可法 Art. 45 itself names."""
SUSPENSION_LAW = "《中华人民共和国行政许可法》第四十五条"
KIND_TITLES = {
    PaperKind.MATERIALS_RECEIPT: "收件凭证",
    PaperKind.ACCEPTANCE_NOTICE: "受理通知书",
    PaperKind.CERTIFICATE: "证明、证书",
    PaperKind.SUPPLEMENT_NOTICE: "一次性补正告知书",
    PaperKind.SUPPLEMENT_RECEIPT: "补交材料收件凭证",
    PaperKind.NON_ACCEPTANCE_NOTICE: "不予受理通知书",
    PaperKind.GRANT_DECISION: "准予决定书",
    PaperKind.REFUSAL_DECISION: "不予许可决定书",
    PaperKind.EXTENSION_NOTICE: "延期通知书",
    PaperKind.SUSPENSION_NOTICE: "特别程序告知书",
    PaperKind.SERVICE_RECEIPT: "送达回证",
    PaperKind.COLLECTION_SLIP: "取件凭证",
    PaperKind.WITHDRAWAL_FORM: "撤回申请书",
    PaperKind.RETURN_SLIP: "退件单",
    PaperKind.FORWARDING_SLIP: "转报单",
    PaperKind.HANDOVER_SLIP: "办件交接单",
    PaperKind.MANDATE: "委托书",
    PaperKind.PLEDGE: "告知承诺书",
    PaperKind.PRIVACY_NOTICE: "个人信息处理告知书",
    PaperKind.INQUIRY_SLIP: "咨询登记单",
    PaperKind.DAY_REPORT: "日结单",
    PaperKind.ITEM_GUIDE: "办事指南",
    PaperKind.SEPARATOR_SHEET: "分隔页",
    PaperKind.RECOVERY_SHEET: "恢复单",
    PaperKind.CASE_REGISTER: "一事一记台账",
}
"""What a kind of paper is called on other papers."""


def long_date(day: date) -> str:
    """Return a date as papers show it: 2026年5月18日."""
    return f"{day.year}年{day.month}月{day.day}日"


def local_date(at: datetime) -> str:
    """Return the day of a moment as papers show it."""
    return long_date(at.astimezone(CHINA).date())


def long_time(at: datetime) -> str:
    """Return a moment as papers show it: 2026年5月18日 10:26."""
    return f"{local_date(at)} {at.astimezone(CHINA):%H:%M}"


def reprint_words(copy: int, at: datetime, clerk: str) -> str:
    """Return what a paper says that was printed before: which 补打 it is, when and by whom."""
    return f"补打第 {copy} 次　{long_time(at)}　{clerk}"


def end_words(row: PaperRow) -> tuple[str, str]:
    """Return what a paper that counts no more says across it, and at its foot: 作废, 撤销 and the like, and why."""
    if row.state is PaperState.REPLACED:
        return "作废", f"已由 {row.replaced_by} 代替：{row.void_reason}"
    revoked = row.state is PaperState.REVOKED
    word = MANNER_WORDS[MANNERS[RevocationGround(row.ground)]] if revoked else "作废"
    return word, f"{word}：{row.void_reason}"


def form_words(value: str) -> str:
    """Return a form value as papers show it: a date in words, anything else as typed."""
    try:
        return long_date(date.fromisoformat(value))
    except ValueError:
        return value


def sentence(text: str) -> str:
    """Return ``text`` ended by one full stop, nothing for nothing."""
    text = text.strip()
    return text if not text or text[-1] in "。！？" else f"{text}。"


def phrase(text: str) -> str:
    """Return ``text`` without the full stop that a template puts behind it."""
    return text.strip().rstrip("。")


def limit_words(limit: Limit | None) -> str:
    """Return a limit in words: 8 个工作日; 无 for none."""
    return f"{limit.amount} {UNIT_WORDS[limit.unit]}" if limit else "无"


def promised_words(item: ServiceItem) -> str:
    """Return how soon the item is promised to be done."""
    return "当场办结" if item.is_immediate else limit_words(item.limit)


def fee_words(item: ServiceItem) -> str:
    """Return what the applicant pays, or 不收费."""
    return "；".join(f"{fee.name} {fee.standard}" for fee in item.fees) or "不收费"


def hours_words(hours: WindowHours) -> str:
    """Return when the window is open."""
    return "工作日 " + "，".join(f"{start:%H:%M}—{end:%H:%M}" for start, end in hours.spans)


def under(item: ServiceItem) -> str:
    """Return how the 行政许可法 rules the item: by itself for a licence, by analogy for everything else."""
    return "依照" if item.task_type == LICENCE else "参照"


def decision_title(item: ServiceItem, *, granted: bool) -> str:
    """Return what the written decision is called: 行政许可 only where the item is a licence."""
    if item.task_type == LICENCE:
        return "准予行政许可决定书" if granted else "不予行政许可决定书"
    return "准予办理决定书" if granted else "不予办理决定书"


# --- materials ---------------------------------------------------------------------------------------------------


def material_rows(materials: Iterable[tuple[Material, HandedIn]]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the table of materials: what is there or was pledged, numbered."""
    there = [(material, handed_in) for material, handed_in in materials if handed_in.is_met]
    return tuple(_material_row(number, *one) for number, one in enumerate(there, start=1))


def _material_row(number: int, material: Material, handed_in: HandedIn) -> tuple[str, ...]:
    sheets = (handed_in.originals, handed_in.copies, len(handed_in.pages))
    source = f"（取自办件 {grouped(handed_in.reused_from)}）" if handed_in.reused_from else ""
    checked = "（已核对原件）" if handed_in.is_checked else ""
    pledged = f"（{handed_in.pledge}）" if handed_in.is_pledged else ""
    counts = (str(count or "—") for count in sheets)
    return (str(number), f"{material.name}{source}{checked}{pledged}", *counts, TAKEN_WORDS[handed_in.how])


def totals(materials: Iterable[HandedIn]) -> dict[str, str]:
    """Return the places below the table of materials."""
    there = [handed_in for handed_in in materials if handed_in.is_met]
    return {
        "materials_total": str(len(there)),
        "originals_total": str(sum(handed_in.originals for handed_in in there)),
        "copies_total": str(sum(handed_in.copies for handed_in in there)),
        "pages_total": str(sum(len(handed_in.pages) for handed_in in there)),
    }


def owed_words(item: ServiceItem, application: Application) -> str:
    """Return the materials that may follow, each with the promised day; empty when none is owed."""
    owed = [(material, application.handed_in(material)) for material in item.materials]
    return "；".join(
        f"{material.name}（{long_date(handed_in.promised_by)}前）"
        for material, handed_in in owed
        if handed_in.is_promised and handed_in.promised_by
    )


def pledged_words(item: ServiceItem, application: Application) -> str:
    """Return the materials that a pledge stands in place of, each with its number; empty when there is none."""
    pledged = [(material, application.handed_in(material)) for material in item.materials]
    return "；".join(f"{material.name}（{one.pledge}）" for material, one in pledged if one.is_pledged)


def collection_words(collection: Collection, place: str) -> str:
    """Return how the result is collected; ``place`` is what a chosen place is called."""
    return f"到{place}领取" if place else COLLECTION_WORDS[collection]
