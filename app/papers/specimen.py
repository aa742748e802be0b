"""Sample values for every place and table, to draw a template that nobody has filled in yet. Everyone is made up."""

from collections.abc import Mapping

from app.domain.paper import PageSize, Paper, PaperKind
from app.domain.paper_numbering import UNNUMBERED, PaperSeries, paper_number
from app.domain.paper_places import IN_FULL, SIGNERS, TABLES
from app.domain.paper_template import PaperTemplate
from app.domain.separators import MaterialSeparator, written

CASE_NUMBER = "20260518000731004297"
WITNESS = "3fa912cd88ab0c1d"
DIVISION = "519900101000"
REMARK = "样张，不作凭证"
PROOF = "LDV1:" + "LIDENG" * 104
"""As long as a real one, which it is not."""

VALUES: Mapping[str, str] = {
    "body": "云溪镇人民政府",
    "department": "云溪镇人民政府",
    "service_point": "云溪镇便民服务中心",
    "window": "3 号窗口",
    "window_phone": "0899-555 0123",
    "clerk": "何长宁",
    "date": "2026年5月18日",
    "number": "云溪3样〔2026〕000412号",
    "about": "居民身份证",
    "code": written(MaterialSeparator("510117053000", "id_card")),
    "case_number": "20260518 000731 0042 97",
    "item": "农村宅基地用地建房审批（异址新建）",
    "item_code": "510117053000",
    "legal_basis": "《中华人民共和国土地管理法》第六十二条",
    "under": "依照",
    "collection": "当场领取",
    "applicant": "林**",
    "applicant_id": "519900********0321",
    "addressee": "林**",
    "phone": "138****5527",
    "issuer": "云溪镇人民政府",
    "through": "",
    "you": "你",
    "applicant_number": "公民身份号码 519900200307030321",
    "id_label": "身份号码",
    "id_value": "519900200307030321",
    "agent": "王**（委托代理人，同事）",
    "name": "林小禾",
    "id_number": "519900200307030321",
    "document": "公民身份号码",
    "household_address": "示范县云溪镇柳湾村4组27号",
    "representative": "",
    **{f"signer_{place}": "" for place in range(1, SIGNERS + 1)},
    "sex": "女",
    "birth_date": "2003年7月3日",
    "issued_on": "2026年5月18日",
    "valid_until": "2026年11月17日",
    "replaces": "",
    "received_at": "2026年5月18日 10:26",
    "accepted_at": "2026年5月18日 10:31",
    "accepted_because": "材料齐全，符合法定形式，本机关依法予以受理",
    "owed": "相邻权利人意见（2026年6月1日前）",
    "owed_by": "2026年6月1日",
    "by_pledge": "住所证明（云溪3诺〔2026〕000007号）",
    "statutory": "20 个工作日",
    "promised": "8 个工作日",
    "due": "2026年5月28日 17:00",
    "due_before": "2026年5月28日 17:00",
    "fee": "不收费",
    "reply_by": "2026年6月12日",
    "defects_total": "2",
    "materials_total": "3",
    "originals_total": "3",
    "copies_total": "2",
    "pages_total": "7",
    "occasion": "按照一次性补正告知书（云溪3补〔2026〕000031号）",
    "outcome": "需要补正的内容已经收齐，本机关自本日起受理，并出具受理通知书。",
    "ground": "申请事项依法不属于本机关的职权范围",
    "competent": "示范县自然资源局（示范县政务服务中心 2 楼）",
    "basis": "《中华人民共和国土地管理法》第六十二条第四款",
    "remedies": "如不服本决定，可以自收到之日起六十日内向县级人民政府申请行政复议，或者自收到之日起六个月内向人民法院提起行政诉讼。",
    "title": "准予行政许可决定书",
    "acceptance_number": "云溪3受〔2026〕000388号",
    "decided_by": "覃静秋",
    "result": "本决定的结果是《农村宅基地批准书》。",
    "serving": "本机关自作出决定之日起十个工作日内送达，领取方式：当场领取。",
    "days": "10 个工作日",
    "approver": "覃静秋（镇长）",
    "procedure": "现场勘查",
    "from": "2026年5月20日",
    "served_at": "2026年5月25日 09:40",
    "how": "直接送达",
    "collected_by": "林小禾",
    "collector_id": "519900********0321",
    "relation": "同事",
    "ready_from": "2026年5月25日 09:00",
    "collect_at": "云溪镇便民服务中心 3 号窗口（云溪镇青杠路 1 号）",
    "collect_until": "2026年8月25日",
    "remark": "无",
    "receipt_number": "云溪3收〔2026〕000412号",
    "to": "示范县自然资源局",
    "principal_phone": "13805555270",
    "agent_name": "王知远",
    "agent_id_number": "519900198501010336",
    "agent_document": "公民身份号码",
    "agent_id_label": "身份号码",
    "agent_phone": "13805555281",
    "scope": "提交、补正、撤回申请材料，签收文书，领取办理结果。",
    "valid_from": "2026年5月18日",
    "proof": "住所证明",
    "proof_content": "申请人自 2021 年 3 月起在云溪镇青杠路 18 号居住",
    "conditions": "本人确有稳定住所，且三年内没有不实承诺的记录。",
    "pledged": "本人自 2021 年 3 月起在云溪镇青杠路 18 号居住，以上情况属实。",
    "check": "通过数据共享、走访村（社区）在三十日内核查。",
    "consequences": "",
    "purpose": "子女入学",
    "kinds": "姓名、身份证件、联系电话、住址、申请材料",
    "sensitive": "身份证件影像；只用于核对身份，处理对个人权益没有其他影响",
    "recipients": "依法作出决定的部门：示范县自然资源局",
    "retention": "办结后保存 10 年，到期依法销毁",
    "subject": "老房翻建需要准备哪些材料，要多长时间",
    "asked_by": "林**",
    "asked_at": "2026年5月18日 09:12",
    "day": "2026年5月18日",
    "second_person": "龚望舒",
    "entries_total": "126",
    "witness": WITNESS,
    "handling": "材料齐全的当场受理；缺什么，一次告诉你。可以委托他人代办，也可以请村（社区）代办员代办，代办不收费。",
    "state_reason": "",
    "scene": "异址新建",
    "project_type": "承诺件",
    "level": "乡镇",
    "hours": "工作日 9:00—12:00，13:30—17:00",
    "delegated_from": "示范县自然资源局",
    "site": "示范县云溪镇柳湾村4组（青杠坪）",
    "area": "120",
    "base_area": "90",
    "owner": "云溪镇柳湾村4组农民集体",
    "land_use": "农村宅基地",
    "kind": "异址新建",
    "storeys": "2",
    "range": "2026年5月1日至2026年5月31日",
    "cases_total": "212",
    "late_total": "3",
    "east": "村道",
    "south": "林守田宅",
    "west": "耕地",
    "north": "水渠",
    "ethnicity": "汉",
    "nationality": "中国",
    "record_from": "2021年5月18日",
    "record_until": "2026年5月18日",
    "residence_address": "示范县云溪镇青杠路18号2单元301室",
    "residence_since": "2021年3月15日",
    "station": "000731",
    **{f"code_{place}": group for place, group in enumerate(("7XK2M", "0QV9A", "H4TDW", "B8N3E", "56RPJ", "ZC1GY"), 1)},
}
"""Places by name; what is missing here is shown as the place's own name."""

_DEFECTS = (
    ("1", "户口簿", "缺户主页复印件；请交 A4 复印件 1 份，字迹清楚"),
    ("2", "现住址", "没有写明楼栋和房号；请在申请表上补写并签名"),
)
_MATERIALS = (
    ("1", "居民身份证", "1", "1", "2", "扫描"),
    ("2", "户口簿（首页及本人页）", "1", "1", "3", "扫描"),
    ("3", "农村宅基地和建房申请表", "1", "—", "2", "纸质收取"),
)
ROWS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "materials": _MATERIALS,
    "defects": _DEFECTS,
    "still_open": _DEFECTS[1:],
    "grounds": (("√", "申请事项依法不属于本机关的职权范围"), ("", "申请事项依法不需要取得许可或者办理")),
    "served": (
        ("1", "准予行政许可决定书", "云溪3准〔2026〕000021号"),
        ("2", "农村宅基地批准书", "5199011012026001"),
    ),
    "counts": (("收件", "23", "受理", "21"), ("出证", "15", "送达", "14"), ("打印", "58", "重打", "1")),
    "series": (("收件凭证", "云溪3收〔2026〕000412号", "云溪3收〔2026〕000434号", "23", "无"),),
    "drafts": (("1", "临时救助", "林**", "何长宁", "05-18 16:40"),),
    "owed": (("20260518 000731 0042 97", "林**", "相邻权利人意见", "2026年6月1日"),),
    "inquiries": (("云溪3咨〔2026〕000007号", "老房翻建需要准备哪些材料", "何长宁", "示范县自然资源局"),),
    "to_print": (("受理通知书", "云溪3受〔2026〕000388号"),),
    "cases": (
        (
            *("1", "20260518 000731 0042 97", "05-18 10:26", "林** 519900********0321"),
            *(
                "农村宅基地用地建房审批（异址新建）",
                "居民身份证；户口簿",
                "何长宁",
                "05-28 17:00",
                "已办结（准予），林**（本人）",
            ),
            "云溪3收〔2026〕000412号；云溪3受〔2026〕000388号",
        ),
    ),
    "open": (("1", "20260518 000731 0042 97", "农村宅基地用地建房审批（异址新建）", "林**", "2026年5月28日"),),
    "ledger": (
        ("10:26", "20260518 000731 0042 97", "农村宅基地用地建房审批（异址新建）", "林**", "收件", "何长宁"),
        ("10:31", "20260518 000731 0042 97", "农村宅基地用地建房审批（异址新建）", "林**", "受理", "何长宁"),
    ),
}
"""Rows of tables by name."""
_GUIDE_MATERIALS = (
    ("1", "居民身份证", "原件 1 份，复印件 1 份", "原件核验，留复印件"),
    ("2", "户口簿", "原件 1 份", "首页及本人页"),
    ("3", "相邻权利人意见（可以后补）", "原件 1 份", "四邻签字"),
)


_REASON = "申请地块的四至需要进一步核实，有关部门的意见还没有收到"
_BY_KIND: Mapping[PaperKind, Mapping[str, str]] = {
    PaperKind.ITEM_GUIDE: {"competent": "", "result": "农村宅基地批准书"},
    PaperKind.COLLECTION_SLIP: {"result": "农村宅基地批准书"},
    PaperKind.PRIVACY_NOTICE: {"purpose": "办理所申请的事项，核对身份，送达文书，依法存档"},
    PaperKind.SUPPLEMENT_NOTICE: {"reason": ""},
    PaperKind.GRANT_DECISION: {"reason": "", "basis": "根据《中华人民共和国土地管理法》第六十二条"},
    PaperKind.REFUSAL_DECISION: {"title": "不予行政许可决定书"},
}


_MASKED = {"applicant_number": "公民身份号码 519900********0321", "id_value": "519900********0321"}
"""How numbers stand on papers that do not tell in full who they are about."""


def specimen(template: PaperTemplate, size: PageSize = PageSize.A4, **values: str) -> Paper:
    """Return a paper that fills every place of ``template``: with ``values``, else with what a paper might say."""
    names = {place for place in template.places if place not in VALUES}
    named = {place: f"〔{place}〕" for place in names - {"copy"}}
    rows = {**ROWS, **({"materials": _GUIDE_MATERIALS} if template.kind is PaperKind.ITEM_GUIDE else {})}
    masked = {} if template.places >= IN_FULL else _MASKED
    number = {"number": _own_number(template)} if template.numbering else {}
    has_case = template.kind not in {*UNNUMBERED, PaperKind.INQUIRY_SLIP, PaperKind.DAY_REPORT}
    return Paper(
        template.name,
        {**named, **VALUES, "reason": _REASON, **_BY_KIND.get(template.kind, {}), **masked, **number, **values},
        {name: rows[name] for name in TABLES[template.kind]},
        CASE_NUMBER if has_case else "",
        "" if template.kind in UNNUMBERED else WITNESS,
        size,
        remarks=(REMARK,),
        proof=PROOF if template.kind is PaperKind.CERTIFICATE else "",
    )


def _own_number(template: PaperTemplate) -> str:
    """Return a number as a certificate with a pattern of its own bears it."""
    series = PaperSeries("云溪3", template.kind, 2026, template.name)
    return paper_number(series, 412, template.numbering, DIVISION)
