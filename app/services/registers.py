"""The register of cases (一事一记): one line a case with all that a paper ledger has, as a file or as a paper.

The journal as a whole is the job of ``app.services.ledger``. A register masks names and numbers unless somebody says
why it has to show them; that it was written, and how, is a fact.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from app.domain.case import Case
from app.domain.clock import CHINA, parse_stamp
from app.domain.errors import LimitExceeded, ensure_given
from app.domain.facts import CaseDelivered, CasesExported, Fact, read_fact
from app.domain.operators import Act, Operator
from app.domain.paper import PageSize, Paper, PaperKind
from app.domain.station import Station
from app.services.paper_words import long_date
from app.services.permits import ensure_may
from app.services.ports import PaperMaker, Store, UnitOfWork
from app.services.progress import Tell, silent, told
from app.services.recording import Recorder, load_item
from app.services.register_lines import COLUMNS, PAPER_COLUMNS, RegisterLine, cells
from app.services.snapshots import CaseFilter, CaseRow

PAGE = 1000
MOST_ROWS = 200_000
"""A file of more rows is no use to anybody; a spreadsheet ends at 1,048,576."""
MOST_PRINTED = 5_000


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a file: its head, its width in characters, and what it means."""

    head: str
    width: float
    meaning: str


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as a file: ``rows`` are read once, ``about`` says what the table is, as name and words."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: Iterable[tuple[str, ...]]
    about: tuple[tuple[str, str], ...] = ()


WriteTable = Callable[[TableFile, Path], int]
"""Writes a table to a file, whole or not at all, in the format of its suffix; DiskFull, ReadOnlyStore."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a register is wanted: ``is_whole`` shows names and numbers unmasked, for a ``purpose``."""

    wanted: CaseFilter
    is_whole: bool = False
    purpose: str = ""


class RegisterService:
    """Use cases around the register."""

    def __init__(
        self, store: Store, recorder: Recorder, station: Station, maker: PaperMaker, write: WriteTable
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._maker = maker
        self._write = write

    def save(self, wish: Wish, path: Path, operator: Operator, tell: Tell = silent) -> int:
        """Write the register to ``path`` (.xlsx or .csv), earliest case first, and return how many rows it has.

        That it was asked for is recorded first. NotPermitted or ReasonMissing for unmasked data, LimitExceeded for
        too many rows, DiskFull, ReadOnlyStore; one that ``tell`` stops leaves no file.
        """
        rows = self._record(wish, operator, path.suffix.lstrip(".").lower(), MOST_ROWS)
        columns = tuple(TableColumn(column.head, column.width, column.meaning) for column in COLUMNS)
        with self._store.read() as uow:
            found = told(self._lines(uow, wish.wanted, rows), rows, tell)
            lines = (cells(line, COLUMNS, is_whole=wish.is_whole) for line in found)
            return self._write(TableFile("一事一记", columns, lines, self._about(wish, operator)), path)

    def paper(self, wish: Wish, operator: Operator, tell: Tell = silent) -> bytes:
        """Return the register as a PDF to print, landscape; recorded and refused as ``save`` does, MissingGlyphs."""
        rows = self._record(wish, operator, "pdf", MOST_PRINTED)
        with self._store.read() as uow:
            lines = list(told(self._lines(uow, wish.wanted, rows), rows, tell))
        numbered = enumerate(lines, start=1)
        table = tuple((str(n), *cells(line, PAPER_COLUMNS, is_whole=wish.is_whole)) for n, line in numbered)
        late = sum(line.row.is_late for line in lines)
        values = {
            "body": self._station.body,
            "issuer": self._station.body,
            "service_point": self._station.service_point,
            "window": self._station.window,
            "clerk": operator.name,
            "date": long_date(self._recorder.now().astimezone(CHINA).date()),
            "range": _range_words(wish.wanted, lines),
            "cases_total": str(len(lines) - late),
            "late_total": str(late),
        }
        paper = Paper(PaperKind.CASE_REGISTER, values, {"cases": table}, size=PageSize.A4)
        return self._maker.make(paper)

    def _record(self, wish: Wish, operator: Operator, form: str, most: int) -> int:
        ensure_may_show(operator, wish.purpose, is_whole=wish.is_whole)
        count = self._store.views.count_cases(wish.wanted)
        if count > most:
            raise LimitExceeded("rows", most)
        wanted = wish.wanted
        fact = CasesExported(count, wish.is_whole, form, wanted.received_from, wanted.received_to, wish.purpose.strip())
        with self._store.write() as uow:
            self._recorder.record(uow, operator.login, fact, self._recorder.now())
            uow.commit()
        return count

    def _lines(self, uow: UnitOfWork, wanted: CaseFilter, count: int) -> Iterator[RegisterLine]:
        """Yield the lines from the earliest to the latest case; one that comes while they are read stands at the end."""
        names = {account.operator.login: account.operator.name for account in uow.accounts.everyone()}
        earliest_first = replace(wanted, by_due=False, oldest_first=True)
        for offset in range(0, count, PAGE):
            for row in self._store.views.cases(earliest_first, offset, min(PAGE, count - offset)):
                yield self._line(uow, row, names)

    def _line(self, uow: UnitOfWork, row: CaseRow, names: Mapping[str, str]) -> RegisterLine:
        bodies = [entry.read() for entry in uow.journal.of_case(row.number)]
        facts: list[tuple[Fact, datetime]] = [(read_fact(body), parse_stamp(body["at"])) for body in bodies]
        case = Case.of(row.number, facts)
        return RegisterLine(
            row=row,
            case=case,
            item=load_item(uow, case),
            clerk=names.get(row.clerk, row.clerk),
            papers=tuple(self._store.views.papers(row.number)),
            delivered=next((fact for fact, _at in reversed(facts) if isinstance(fact, CaseDelivered)), None),
        )

    def _about(self, wish: Wish, operator: Operator) -> tuple[tuple[str, str], ...]:
        now = self._recorder.now().astimezone(CHINA)
        masked = "姓名、证件号码、电话未遮盖" if wish.is_whole else "姓名、证件号码、电话已遮盖"
        return (
            ("台账", "一事一记：一件一行，按收件先后"),
            ("窗口", f"{self._station.service_point} {self._station.window}（{self._station.code}）"),
            ("收件日期", _range_words(wish.wanted, [])),
            ("导出", f"{now:%Y-%m-%d %H:%M} {operator.name}"),
            ("个人信息", f"{masked}{'，用途：' + wish.purpose.strip() if wish.purpose.strip() else ''}"),
            ("补录", "“补录”一列为“是”的，是先在纸上办理、事后录入的，统计时另计"),
            ("数字格式", "全部单元格都是文本，长号码不会变形"),
        )


def ensure_may_show(operator: Operator, purpose: str, *, is_whole: bool) -> None:
    """Hold a file to the rule of whole names and numbers; NotPermitted, or ReasonMissing without a purpose."""
    if is_whole:
        ensure_may(operator, Act.EXPORT_PERSONAL_DATA)
        ensure_given(purpose=purpose)


def _range_words(wanted: CaseFilter, lines: list[RegisterLine]) -> str:
    """Return which days a register is of: those that were asked for, else those of its first and last line."""
    days = [line.row.received_at.astimezone(CHINA).date() for line in lines]
    first = wanted.received_from or (days[0] if days else None)
    return day_range_words(first, wanted.received_to or (days[-1] if days else None))


def day_range_words(first: date | None, last: date | None) -> str:
    """Return the days from ``first`` to ``last`` in words; None for no end."""
    if first is None and last is None:
        return "全部日期"
    if first == last and first is not None:
        return long_date(first)
    return f"{long_date(first) if first else '最早'}至{long_date(last) if last else '今天'}"
