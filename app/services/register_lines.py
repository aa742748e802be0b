"""What stands in a line of the register: columns with their meaning, and each cell as final Chinese text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.clock import CHINA
from app.domain.facts import CaseDelivered
from app.domain.numbering import grouped
from app.domain.outcomes import Result
from app.domain.people import masked_id_number, masked_name, masked_phone
from app.services.day_words import STATE_WORDS
from app.services.paper_words import KIND_TITLES
from app.services.snapshots import CaseRow, PaperRow

NONE = ""
RESULT_WORDS = {
    Result.GRANTED: "准予",
    Result.REFUSED: "不予许可",
    Result.VOIDED: "作废办结",
    Result.MISTAKEN_ENTRY: "录入错误",
    Result.FORWARDED: "转报办结",
    Result.RETURNED: "退件",
    Result.NOT_ACCEPTED: "不予受理",
    Result.WITHDRAWN: "撤回",
}


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One case with all that its line tells."""

    row: CaseRow
    case: Case
    item: ServiceItem
    clerk: str
    papers: tuple[PaperRow, ...]
    delivered: CaseDelivered | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: head, width in characters, meaning, and how its cell is made; ``is_whole`` unmasks."""

    head: str
    width: float
    meaning: str
    cell: Callable[[RegisterLine, bool], str]


def cells(line: RegisterLine, columns: Sequence[Column], *, is_whole: bool) -> tuple[str, ...]:
    """Return a line's cells in these columns."""
    return tuple(column.cell(line, is_whole) for column in columns)


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at else NONE


def _applicant(line: RegisterLine, is_whole: bool) -> str:
    case = line.case
    first = case.applicant_name if is_whole or case.organisation else masked_name(case.applicant_name)
    others = (person.name if is_whole else masked_name(person.name) for person in case.co_applicants)
    return "、".join((first, *others))


def _number(line: RegisterLine, is_whole: bool) -> str:
    number = line.case.applicant_number
    return number if is_whole or line.case.organisation else masked_id_number(number)


def _phone(line: RegisterLine, is_whole: bool) -> str:
    phone = line.case.applicant.phone
    return phone if is_whole else masked_phone(phone)


def _agent(line: RegisterLine, is_whole: bool) -> str:
    name = line.row.agent or line.row.representative
    return name if is_whole else masked_name(name)


def _materials(line: RegisterLine, _is_whole: bool) -> str:
    names = {material.code: material.name for material in line.item.materials}
    handed = line.case.materials
    there = [names.get(code, code) for code, one in handed.items() if one.is_met]
    owed = [f"{names.get(code, code)}（{day:%Y-%m-%d} 前补）" for code, day in line.case.owed.items()]
    return "；".join([*there, *owed])


def _state(line: RegisterLine, _is_whole: bool) -> str:
    result = RESULT_WORDS[line.case.result] if line.case.result else ""
    state = STATE_WORDS[line.row.state]
    return state if result in {"", state} else f"{state}（{result}）"


def _papers(line: RegisterLine, _is_whole: bool) -> str:
    return "；".join(f"{paper.name or KIND_TITLES[paper.kind]} {paper.number}" for paper in line.papers)


def _delivered(line: RegisterLine, is_whole: bool) -> str:
    if line.delivered is None:
        return NONE
    name = line.delivered.collected_by if is_whole else masked_name(line.delivered.collected_by)
    return f"{name}（{'本人' if line.delivered.in_person else '代领'}）"


def _remarks(line: RegisterLine, _is_whole: bool) -> str:
    case, parts = line.case, []
    if case.late_entry:
        parts.append(f"补录：{case.late_entry.reason}，原文书 {case.late_entry.paper_number}")
    if case.is_deemed:
        parts.append("逾期未告知，视为受理")
    if case.supplements:
        parts.append(f"补正 {case.supplements} 次")
    if case.pauses or case.suspended_at:
        parts.append(f"停表 {len(case.pauses) + bool(case.suspended_at)} 次")
    if case.extra_days:
        parts.append(f"延期 {case.extra_days} 个工作日")
    return "；".join(parts)


COLUMNS = (
    Column("办件编号", 22, "20 位：日期、窗口、当日顺序号、校验", lambda line, _w: line.row.number),
    Column(
        "收件时间", 17, "材料交到窗口的时间；补录的是当时的真实时间", lambda line, _w: _moment(line.row.received_at)
    ),
    Column("申请人", 18, "个人姓名或单位名称；几个人共同申请的，都列出", _applicant),
    Column("证件号码", 21, "个人的证件号码，或单位的统一社会信用代码", _number),
    Column("电话", 15, "申请人电话", _phone),
    Column("代办人", 10, "代办人或单位的代表人", _agent),
    Column("事项", 26, "政务服务事项名称", lambda line, _w: line.row.title),
    Column("部门", 18, "有权作出决定的机关", lambda line, _w: line.row.department),
    Column("材料", 30, "已收到的材料；容缺后补的注明期限", _materials),
    Column("经办人", 10, "收件的工作人员", lambda line, _w: line.clerk),
    Column("受理时间", 17, "受理通知书上的时间", lambda line, _w: _moment(line.row.accepted_at)),
    Column("到期", 17, "应当办结的时间，已计入停表和延期", lambda line, _w: _moment(line.row.due)),
    Column("状态", 16, "导出时办到哪一步，括号里是结果", _state),
    Column("办结时间", 17, "交付、退件等办结的时间", lambda line, _w: _moment(line.row.closed_at)),
    Column("文书", 40, "出过的文书及编号", _papers),
    Column("领取", 14, "谁领走了结果", _delivered),
    Column(
        "补录", 6, "“是”表示先在纸上办理、事后录入，统计时另计", lambda line, _w: "是" if line.row.is_late else "否"
    ),
    Column("备注", 30, "补录原因、视为受理、补正、停表、延期", _remarks),
)
"""All that a paper ledger has."""


def _short_moment(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA):%m-%d %H:%M}" if at else "—"


def _numbers(line: RegisterLine, _is_whole: bool) -> str:
    return "；".join(paper.number for paper in line.papers)


def _end(line: RegisterLine, is_whole: bool) -> str:
    words = [_state(line, is_whole), _delivered(line, is_whole), "补录" if line.row.is_late else ""]
    return "，".join(part for part in words if part)


PAPER_COLUMNS = (
    Column("办件编号", 22, "", lambda line, _w: grouped(line.row.number)),
    Column("收件", 12, "", lambda line, _w: _short_moment(line.row.received_at)),
    Column("申请人", 12, "", lambda line, whole: f"{_applicant(line, whole)} {_number(line, whole)}"),
    Column("事项", 20, "", lambda line, _w: line.row.title),
    Column("材料", 24, "", _materials),
    Column("经办人", 8, "", lambda line, _w: line.clerk),
    Column("到期", 12, "", lambda line, _w: _short_moment(line.row.due)),
    Column("结果、领取", 16, "", _end),
    Column("文书编号", 26, "", _numbers),
)
"""What fits across a sheet; a running number stands before them."""
