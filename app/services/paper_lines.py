"""What stands in a line of a list of papers as a file: columns with their meaning, each cell as final Chinese text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.clock import CHINA
from app.domain.paper import PaperKind, PaperState
from app.domain.people import masked_id_number, masked_name
from app.services.listed_papers import PaperScope
from app.services.paper_words import KIND_TITLES, end_words
from app.services.registers import TableColumn
from app.services.snapshots import CaseRow, PaperMark, PaperRow

SCOPE_WORDS = {
    PaperScope.ALL: "全部文书",
    PaperScope.VALID: "有效的文书",
    PaperScope.TO_PRINT: "待打印的文书",
    PaperScope.PROVISIONAL: "临时的文书（中心尚未确认）",
    PaperScope.TO_RECALL: "须收回的文书",
    PaperScope.EXPIRING: "快到期的证明",
    PaperScope.EXPIRED: "已过期的证明",
    PaperScope.VOIDED: "已作废的文书",
    PaperScope.REVOKED: "已撤销、撤回、注销的证明",
    PaperScope.REPLACED: "已被代替的证明",
    PaperScope.ELSEWHERE: "别的窗口出的文书",
}
_STATES = {PaperState.TO_PRINT: "待打印", PaperState.SENT: "待确认打印结果", PaperState.PRINTED: "已打印"}
_MARKS = {PaperMark.PROVISIONAL: "临时", PaperMark.FINAL: "已确认", PaperMark.TO_RECALL: "须收回"}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper with all that its line tells on a day; ``names`` are those of the operators by their logins."""

    paper: PaperRow
    case: CaseRow | None
    today: date
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column, and how its cell is made; ``is_whole`` unmasks."""

    shown: TableColumn
    cell: Callable[[PaperLine, bool], str]


def cells(line: PaperLine, *, is_whole: bool) -> tuple[str, ...]:
    """Return the cells of a line."""
    return tuple(column.cell(line, is_whole) for column in COLUMNS)


def _kind(line: PaperLine, _is_whole: bool) -> str:
    paper = line.paper
    return paper.name if paper.kind is PaperKind.CERTIFICATE else KIND_TITLES[paper.kind]


def _holder(line: PaperLine, is_whole: bool) -> str:
    case = line.case
    if case is None:
        return ""
    return case.applicant if is_whole or case.representative else masked_name(case.applicant)


def _id_number(line: PaperLine, is_whole: bool) -> str:
    case = line.case
    if case is None:
        return ""
    return case.id_number if is_whole or case.representative else masked_id_number(case.id_number)


def _state(line: PaperLine, _is_whole: bool) -> str:
    paper = line.paper
    if paper.state is PaperState.REPLACED:
        return "已被代替"
    if paper.state.is_over:
        return end_words(paper)[0]
    return "已过期" if paper.is_expired(line.today) else _STATES[paper.state]


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at else ""


def _until(line: PaperLine, _is_whole: bool) -> str:
    return line.paper.valid_until.isoformat() if line.paper.valid_until else ""


def _name(line: PaperLine, login: str) -> str:
    return line.names.get(login, login)


COLUMNS = (
    Column(TableColumn("文书编号", 26, "印在文书上的编号"), lambda line, _w: line.paper.number),
    Column(TableColumn("文书", 20, "文书的种类；证明写名称"), _kind),
    Column(TableColumn("申请人", 18, "办件的申请人：个人姓名或单位名称"), _holder),
    Column(TableColumn("证件号码", 21, "个人的证件号码，或单位的统一社会信用代码"), _id_number),
    Column(
        TableColumn("办件编号", 22, "文书所属的办件；空着的不属于任何办件"), lambda line, _w: line.paper.case_number
    ),
    Column(TableColumn("事项", 26, "政务服务事项名称"), lambda line, _w: line.case.title if line.case else ""),
    Column(TableColumn("出具时间", 17, "编号使用的时间"), lambda line, _w: _moment(line.paper.made_at)),
    Column(TableColumn("经办人", 10, "出具文书的工作人员"), lambda line, _w: _name(line, line.paper.clerk)),
    Column(TableColumn("状态", 14, "导出时的状态：打印、作废、撤销、过期等"), _state),
    Column(TableColumn("有效期至", 12, "证明的有效期，含当日；空着的没有期限"), _until),
    Column(TableColumn("终止时间", 17, "作废、撤销或被代替的时间"), lambda line, _w: _moment(line.paper.ended_at)),
    Column(TableColumn("终止原因", 26, "作废、撤销或补换证的原因"), lambda line, _w: line.paper.void_reason),
    Column(
        TableColumn("确认人", 10, "作废、撤销或补换证时在场确认的第二个人"),
        lambda line, _w: _name(line, line.paper.voided_by),
    ),
    Column(TableColumn("由哪一份代替", 26, "补证、换证后的编号"), lambda line, _w: line.paper.replaced_by),
    Column(
        TableColumn("中心确认", 10, "中心是否已核对：临时、已确认、须收回"),
        lambda line, _w: _MARKS[line.paper.mark] if line.paper.mark else "",
    ),
)
