"""Lists of all papers of the counter: pages, how many there are of each sort, and the list as a file.

What becomes of one paper is the job of ``app.services.papers``. As with the register of cases a file masks names and
numbers unless somebody says why it has to show them; that it was written, and how, is a fact.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.domain.clock import CHINA
from app.domain.errors import LimitExceeded
from app.domain.facts import PapersExported
from app.domain.operators import Operator
from app.domain.paper import PaperKind
from app.domain.station import Station
from app.services.errors import NotFound, UnknownTemplate
from app.services.listed_papers import (
    MARKED,
    Behind,
    ListedPaper,
    PaperFilter,
    PaperScope,
    PaperTotal,
    by_scope,
)
from app.services.mandate_ledger import LEDGER, in_order, is_ledger, ledger_rows
from app.services.mandate_ledger import TITLE as LEDGER_TITLE
from app.services.paper_lines import COLUMNS, SCOPE_WORDS, PaperLine, cells
from app.services.paper_words import KIND_TITLES
from app.services.ports import PaperMaker, Store
from app.services.progress import Tell, silent, told
from app.services.recording import Recorder
from app.services.registers import MOST_ROWS, PAGE, TableFile, WriteTable, day_range_words, ensure_may_show

EVERY_KIND = tuple(PaperKind)


@dataclass(frozen=True, slots=True)
class PaperSort:
    """Papers of one kind, or certificates of one ``template``, which has a ``title``; how many there are."""

    kind: PaperKind
    template: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class PaperOverview:
    """What a list shows beside its rows: how many rows each part has, and the sorts that the days have."""

    scopes: Mapping[PaperScope, int]
    sorts: tuple[PaperSort, ...]


@dataclass(frozen=True, slots=True)
class PaperWish:
    """How a list is wanted as a file: ``is_whole`` shows names and numbers unmasked, for a ``purpose``."""

    wanted: PaperFilter
    is_whole: bool = False
    purpose: str = ""


class PaperListService:
    """Use cases that look for papers and change none."""

    def __init__(
        self, store: Store, recorder: Recorder, station: Station, maker: PaperMaker, write: WriteTable
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._maker = maker
        self._write = write

    def now(self) -> datetime:
        """Return the counter's time, for filters."""
        return self._recorder.now()

    def page(self, wanted: PaperFilter, behind: Behind, limit: int) -> list[ListedPaper]:
        """Return rows of the list."""
        return self._store.views.listed_papers(wanted, behind, limit)

    def find(self, number: str) -> ListedPaper:
        """Return the paper of that number with its case; NotFound when there is none."""
        views = self._store.views
        paper = views.paper(number)
        if paper is None:
            raise NotFound("paper")
        return ListedPaper(paper, views.case(paper.case_number))

    def overview(self, wanted: PaperFilter) -> PaperOverview:
        """Return how many papers each part of the list has, and what its days have of each sort, narrowed as the list is.

        Sorts are counted as if none were chosen, so that another one can be.
        """
        views = self._store.views
        totals = views.paper_totals(replace(wanted, kind=None, template=""))
        chosen = [total for total in totals if _is_of(total, wanted)]
        marked = {scope: views.count_papers(replace(wanted, scope=scope)) for scope in MARKED}
        return PaperOverview({**by_scope(chosen), **marked}, self._sorts(totals))

    def save(self, wish: PaperWish, path: Path, operator: Operator, tell: Tell = silent) -> int:
        """Write the list to ``path`` (.xlsx or .csv), in its order, and return how many rows it has; of mandates their ledger.

        That it was asked for is recorded first. NotPermitted or ReasonMissing for unmasked data, LimitExceeded for
        too many rows, DiskFull, ReadOnlyStore; one that ``tell`` stops leaves no file.
        """
        count = self._record(wish, operator, path.suffix.lstrip(".").lower())
        with self._store.read() as uow:
            names = {account.operator.login: account.operator.name for account in uow.accounts.everyone()}
        wanted = in_order(wish.wanted) if is_ledger(wish.wanted) else wish.wanted
        found = told(self._rows(wanted, count), count, tell)
        lines = (PaperLine(one.paper, one.case, wanted.today, names) for one in found)
        if is_ledger(wanted):
            agreed = ledger_rows(self._store, lines, is_whole=wish.is_whole)
            return self._write(TableFile(LEDGER_TITLE, LEDGER, agreed, self._about(wish, operator)), path)
        rows = (cells(line, is_whole=wish.is_whole) for line in lines)
        columns = tuple(column.shown for column in COLUMNS)
        return self._write(TableFile("文书清单", columns, rows, self._about(wish, operator)), path)

    def _record(self, wish: PaperWish, operator: Operator, form: str) -> int:
        ensure_may_show(operator, wish.purpose, is_whole=wish.is_whole)
        wanted = wish.wanted
        count = self._store.views.count_papers(wanted)
        if count > MOST_ROWS:
            raise LimitExceeded("rows", MOST_ROWS)
        fact = PapersExported(count, wish.is_whole, form, wanted.made_from, wanted.made_to, wish.purpose.strip())
        with self._store.write() as uow:
            self._recorder.record(uow, operator.login, fact, self._recorder.now())
            uow.commit()
        return count

    def _rows(self, wanted: PaperFilter, count: int) -> Iterator[ListedPaper]:
        """Yield ``count`` rows, each page behind the last row of the one before: what comes meanwhile moves none."""
        behind = Behind()
        while count > 0 and (rows := self.page(wanted, behind, min(PAGE, count))):
            yield from rows
            count -= len(rows)
            behind = Behind(rows[-1].paper.number)

    def _sorts(self, totals: Iterable[PaperTotal]) -> tuple[PaperSort, ...]:
        counts: dict[tuple[PaperKind, str], int] = {}
        for total in totals:
            for sort in {(total.kind, ""), (total.kind, total.template)} if total.is_own else ():
                counts[sort] = counts.get(sort, 0) + total.count
        ordered = sorted(counts, key=lambda sort: (EVERY_KIND.index(sort[0]), sort[1]))
        return tuple(PaperSort(*sort, self._title(*sort), counts[sort]) for sort in ordered)

    def _title(self, kind: PaperKind, template: str) -> str:
        """Return what a sort is called: a template that is gone goes by its name."""
        if not template:
            return KIND_TITLES[kind]
        try:
            return self._maker.template(template).title
        except UnknownTemplate:
            return template

    def _about(self, wish: PaperWish, operator: Operator) -> tuple[tuple[str, str], ...]:
        now, wanted = self._recorder.now().astimezone(CHINA), wish.wanted
        told_of = "姓名、证件号码、电话" if is_ledger(wanted) else "姓名、证件号码"
        masked = f"{told_of}{'未遮盖' if wish.is_whole else '已遮盖'}"
        kind = self._title(wanted.kind, wanted.template) if wanted.kind else "全部"
        return (
            ("文书清单", f"{SCOPE_WORDS[wanted.scope]}；种类：{kind}"),
            ("窗口", f"{self._station.service_point} {self._station.window}（{self._station.code}）"),
            ("出具日期", day_range_words(wanted.made_from, wanted.made_to)),
            ("导出", f"{now:%Y-%m-%d %H:%M} {operator.name}"),
            ("个人信息", f"{masked}{'，用途：' + wish.purpose.strip() if wish.purpose.strip() else ''}"),
            ("数字格式", "全部单元格都是文本，长号码不会变形"),
        )


def _is_of(total: PaperTotal, wanted: PaperFilter) -> bool:
    return wanted.kind in {None, total.kind} and wanted.template in {"", total.template}
