"""The ledger of mandates (委托书台账): a list of 委托书 and 代办委托书 as a file, the first prepared first.

Each line tells what was agreed on, which stands in the journal alone, and the cases that name the mandate. Which papers
are on the list, and who may have it unmasked, is the job of ``app.services.paper_lists``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.clock import CHINA
from app.domain.facts import FormPrepared, read_fact
from app.domain.paper import PaperKind
from app.domain.people import masked_id_number, masked_name, masked_phone
from app.services.listed_papers import PaperFilter, PaperScope
from app.services.paper_lines import COLUMNS, PaperLine
from app.services.paper_people import ORGANISATION_CODE
from app.services.ports import Store
from app.services.recording import load_case
from app.services.registers import TableColumn
from app.services.snapshots import PaperRow

TITLE = "委托书台账"
BETWEEN = "、"
"""Stands between the names and the numbers of several principals; see ``paper_people.in_full``."""
PRINCIPALS = {"name", "id_number"}
"""Places that are public where an organisation lets somebody act."""
STATE = next(column for column in COLUMNS if column.shown.head == "状态")


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: a place of the mandate, and what masks it, if anything does."""

    shown: TableColumn
    place: str
    mask: Callable[[str], str] | None = None


AGREED = (
    _Column(TableColumn("委托人", 18, "个人姓名或单位名称；几个人共同委托的，都列出"), "name", masked_name),
    _Column(TableColumn("委托人证件号码", 21, "委托书上写的号码"), "id_number", masked_id_number),
    _Column(TableColumn("委托人电话", 14, "委托书上写的电话"), "principal_phone", masked_phone),
    _Column(TableColumn("受托人", 14, "代办员或其他受托人"), "agent_name", masked_name),
    _Column(TableColumn("受托人证件号码", 21, "委托书上写的号码"), "agent_id_number", masked_id_number),
    _Column(TableColumn("受托人电话", 14, "委托书上写的电话"), "agent_phone", masked_phone),
    _Column(TableColumn("与委托人", 12, "受托人是委托人的什么人"), "relation"),
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
    TableColumn("办件编号", 22, "写明这份委托书的办件，按委托人现在的证件号码查找；空着的没有找到"),
    TableColumn("经办人", 10, "办理委托书的工作人员"),
    STATE.shown,
)


def is_ledger(wanted: PaperFilter) -> bool:
    """Tell whether a list is of mandates alone, and of this counter's: what others agreed on is in their journals."""
    return wanted.kind is PaperKind.MANDATE and wanted.scope is not PaperScope.ELSEWHERE


def in_order(wanted: PaperFilter) -> PaperFilter:
    """Return what a ledger is narrowed to, in its order."""
    return replace(wanted, oldest_first=True)


def ledger_rows(store: Store, lines: Iterable[PaperLine], *, is_whole: bool) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each mandate, read when they are asked for; what it does not say is empty."""
    reader = _Reader(store)
    for line in lines:
        paper, values = line.paper, reader.agreed(line.paper)
        yield (
            paper.number,
            paper.name,
            f"{paper.made_at.astimezone(CHINA):%Y-%m-%d}",
            *(_cell(column, values, is_whole=is_whole) for column in AGREED),
            BETWEEN.join(reader.cases(paper, values)),
            line.names.get(paper.clerk, paper.clerk),
            STATE.cell(line, is_whole),
        )


class _Reader:
    """Reads what lines tell beside the paper; the cases of a principal once.

    The views are asked first and the journal afterwards, so that it has whatever they tell of.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Mapping[str, tuple[str, ...]]] = {}

    def agreed(self, paper: PaperRow) -> Mapping[str, str]:
        """Return the places of a mandate."""
        with self._store.read() as uow:
            fact = read_fact(uow.journal.at(paper.epoch, paper.seq).read())
        return fact.values if isinstance(fact, FormPrepared) else {}

    def cases(self, paper: PaperRow, values: Mapping[str, str]) -> tuple[str, ...]:
        """Return the numbers of the cases that a mandate was used for, the first one first."""
        principal = values.get("id_number", "").split(BETWEEN)[0]
        if principal not in self._known:
            self._known[principal] = self._by_mandate(principal)
        numbers = (paper.case_number, *self._known[principal].get(paper.number, ()))
        return tuple(dict.fromkeys(filter(None, numbers)))

    def _by_mandate(self, principal: str) -> Mapping[str, tuple[str, ...]]:
        """Return the cases of whoever has a document's number, by the mandate that each names."""
        named: dict[str, tuple[str, ...]] = {}
        rows = self._store.views.cases_of(principal, "", date.min) if principal else []
        with self._store.read() as uow:
            for row in reversed([row for row in rows if row.agent]):
                agent = load_case(uow, row.number).agent
                if agent is not None and agent.mandate:
                    named[agent.mandate] = (*named.get(agent.mandate, ()), row.number)
        return named


def _cell(column: _Column, values: Mapping[str, str], *, is_whole: bool) -> str:
    said = values.get(column.place, "")
    is_public = column.place in PRINCIPALS and values.get("document") == ORGANISATION_CODE
    if is_whole or is_public or column.mask is None:
        return said
    return BETWEEN.join(column.mask(one) for one in said.split(BETWEEN))
