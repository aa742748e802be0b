"""The ledger of mandates (代办台账): a list of 委托书 and 代办委托书 as a file tells in each line what was agreed on, too.

Which papers are on the list, and who may have it unmasked, is the job of ``app.services.paper_lists``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.clock import CHINA
from app.domain.facts import FormPrepared
from app.domain.people import masked_id_number, masked_name, masked_phone
from app.services.paper_drawing import told
from app.services.paper_lines import COLUMNS, PaperLine
from app.services.ports import UnitOfWork
from app.services.registers import TableColumn

TITLE = "代办台账"
STATE = next(column for column in COLUMNS if column.shown.head == "状态")


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: a place of the mandate, and what masks it, if anything does."""

    shown: TableColumn
    place: str
    mask: Callable[[str], str] | None = None


AGREED = (
    _Column(TableColumn("委托人", 18, "个人姓名或单位名称"), "name", masked_name),
    _Column(TableColumn("委托人证件号码", 21, "委托书上写的号码"), "id_value", masked_id_number),
    _Column(TableColumn("委托人电话", 14, "委托书上写的电话"), "principal_phone", masked_phone),
    _Column(TableColumn("受托人", 14, "代办员或其他受托人"), "agent_name", masked_name),
    _Column(TableColumn("受托人证件号码", 21, "委托书上写的号码"), "agent_id_number", masked_id_number),
    _Column(TableColumn("受托人电话", 14, "委托书上写的电话"), "agent_phone", masked_phone),
    _Column(TableColumn("事项", 26, "委托办理的政务服务事项"), "item"),
    _Column(TableColumn("委托内容", 30, "受托人可以做什么"), "scope"),
    _Column(TableColumn("期限自", 14, "委托开始的日期"), "valid_from"),
    _Column(TableColumn("期限至", 14, "委托结束的日期"), "valid_until"),
)
LEDGER = (
    TableColumn("登记编号", 26, "委托书的编号"),
    TableColumn("文书", 14, "委托书或代办委托书"),
    TableColumn("登记日期", 12, "委托书的编号使用的日期"),
    *(column.shown for column in AGREED),
    TableColumn("经办人", 10, "办理委托书的工作人员"),
    STATE.shown,
)


def ledger_cells(uow: UnitOfWork, line: PaperLine, *, is_whole: bool) -> tuple[str, ...]:
    """Return the cells of one mandate; what it does not say is empty."""
    paper = line.paper
    values = _agreed(uow, line)
    return (
        paper.number,
        paper.name,
        f"{paper.made_at.astimezone(CHINA):%Y-%m-%d}",
        *(_cell(column, values, is_whole=is_whole) for column in AGREED),
        line.names.get(paper.clerk, paper.clerk),
        STATE.cell(line, is_whole),
    )


def _agreed(uow: UnitOfWork, line: PaperLine) -> Mapping[str, str]:
    fact = told(uow, line.paper).fact
    return fact.values if isinstance(fact, FormPrepared) else {}


def _cell(column: _Column, values: Mapping[str, str], *, is_whole: bool) -> str:
    said = values.get(column.place, "")
    is_public = column.place == "name" and bool(values.get("representative"))  # an organisation's
    return said if is_whole or is_public or column.mask is None else column.mask(said)
