"""The ledger of pre-numbered blank forms (空白凭证): receive, use, spoil, put back, give back, and what is left.

Which number is next is read and used in one transaction, so no blank is bound to two papers. What lies before the
blank that is used is spoiled in the same one, with the reason that was given: no number is skipped silently.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain import blanks as rules
from app.domain.blanks import Blank, BlankState, run, tidy_number
from app.domain.clock import CHINA
from app.domain.errors import BlanksBetween, LimitExceeded, NoRun, ReasonMissing, SamePerson
from app.domain.facts import BlanksSpoiled, Fact, PrintSpoiled
from app.domain.operators import Act, Operator
from app.domain.paper import PaperState
from app.services.permits import ensure_may
from app.services.ports import BlankCounts, Store, UnitOfWork
from app.services.recording import Recorder
from app.services.registers import TableColumn, TableFile, WriteTable
from app.services.snapshots import PaperRow

LOW_STOCK = 20
"""So few blanks are left that new ones should be fetched, where the counter says nothing else of a form."""
LOW_KEY = "blanks/low/"
AGAIN = frozenset({PaperState.TO_PRINT, PaperState.SENT})
"""States in which a paper may be printed onto the blank that it is bound to: nothing came out, or nobody said so."""
MOST_LISTED = 20_000

STATES = {
    BlankState.UNUSED: "结存",
    BlankState.USED: "使用",
    BlankState.SPOILED: "作废",
    BlankState.GIVEN_BACK: "退回",
}
"""The states in the words of the ledger."""
COLUMNS = (
    TableColumn("印刷号码", 18, "空白凭证上印好的号码"),
    TableColumn("状态", 8, "结存、使用、作废、退回"),
    TableColumn("文书编号", 26, "套打在这一张上的文书"),
    TableColumn("原因", 30, "作废、退回或恢复的原因"),
    TableColumn("经办人", 14, "最后一次登记的人"),
    TableColumn("登记时间", 18, "最后一次登记的时间"),
    TableColumn("确认人", 14, "作废、退回或恢复时在场确认的第二个人"),
    TableColumn("领用时间", 18, "这一张领来的时间"),
    TableColumn("领自", 22, "从哪里领来"),
)


@dataclass(frozen=True, slots=True)
class BlankStock:
    """What the counter has of one form; ``next`` is the number to use next, empty when none is left.

    When ``low`` or fewer are left new ones should be fetched.
    """

    form: str
    counts: BlankCounts
    next: str = ""
    low: int = LOW_STOCK

    @property
    def is_low(self) -> bool:
        """Tell whether new blanks should be fetched."""
        return self.counts != BlankCounts() and self.counts.unused <= self.low


@dataclass(frozen=True, slots=True)
class BlankUse:
    """Onto which blank a paper is printed; either reason needs ``approved_by``."""

    form: str
    number: str
    between: str = ""
    """What became of the blanks before it."""
    spoiled: str = ""
    """Why the blank that the paper was printed onto last is void."""
    approved_by: Operator | None = None


class BlankService:
    """Use cases of blank forms. What is void or leaves the counter needs a second person, as voiding a paper does."""

    def __init__(self, store: Store, recorder: Recorder, window: str, forms: Iterable[str], write: WriteTable) -> None:
        self._store = store
        self._recorder = recorder
        self._window = window
        self._forms = frozenset(forms) - {""}
        self._write = write

    # --- reading -----------------------------------------------------------------------------------------------

    def stocks(self) -> list[BlankStock]:
        """Return what there is of every form that templates name or that was ever received, by name."""
        with self._store.read() as uow:
            counts, kept = uow.blanks.counts(), uow.preferences.all()
            return [
                BlankStock(name, counts.get(name, BlankCounts()), _number(uow.blanks.next(name)), _low(kept, name))
                for name in sorted({*self._forms, *counts})
            ]

    def stock(self, form: str) -> BlankStock:
        """Return what there is of one form."""
        return next((one for one in self.stocks() if one.form == form), BlankStock(form, BlankCounts()))

    def keep_low(self, form: str, low: int) -> None:
        """Ask for new blanks of ``form`` when ``low`` or fewer are left; LimitExceeded."""
        if not 0 <= low <= rules.MOST_AT_ONCE:
            raise LimitExceeded("blanks", rules.MOST_AT_ONCE)
        with self._store.write() as uow:
            uow.preferences.set(LOW_KEY + form, str(low))
            uow.commit()

    def next(self, form: str) -> str:
        """Return the number of the blank that is to be used next, empty when none is left."""
        with self._store.read() as uow:
            return _number(uow.blanks.next(form))

    def look_up(self, form: str, number: str) -> tuple[Blank | None, list[Blank]]:
        """Return the blank of a number as it is typed, None for none, and the unused ones that are to be taken before it."""
        with self._store.read() as uow:
            tidy = tidy_number(number)
            return uow.blanks.get(form, tidy), uow.blanks.before(form, tidy)

    def page(self, form: str, offset: int, limit: int, state: BlankState | None = None) -> list[Blank]:
        """Return rows of a form's ledger in the order in which its blanks are used."""
        with self._store.read() as uow:
            return uow.blanks.page(form, state, offset, limit)

    def of_paper(self, paper_number: str) -> list[Blank]:
        """Return the blanks that a paper was printed onto, in order; void ones too."""
        with self._store.read() as uow:
            return uow.blanks.of_paper(paper_number)

    def held_by(self, paper_number: str) -> str:
        """Return the number of the blank that a paper is on now, empty where it is on none."""
        return next((one.number for one in self.of_paper(paper_number) if one.state is BlankState.USED), "")

    def export(self, form: str, path: Path) -> int:
        """Write the ledger of a form to a file (.xlsx or .csv); return how many blanks it has. DiskFull, ReadOnlyStore."""
        with self._store.read() as uow:
            names = {account.operator.login: account.operator.name for account in uow.accounts.everyone()}
            rows = [_cells(blank, names) for blank in uow.blanks.page(form, None, 0, MOST_LISTED)]
        about = (("空白凭证", form), ("窗口", self._window), ("截至", _minute(self._recorder.now())))
        return self._write(TableFile("空白凭证台账", COLUMNS, rows, about), path)

    # --- acts --------------------------------------------------------------------------------------------------

    def receive(self, operator: Operator, form: str, first: str, last: str, source: str) -> int:
        """Record that blanks were received; return how many. ReasonMissing, NoRun, LimitExceeded, BlankNotSo."""
        ensure_may(operator, Act.HANDLE_CASES)
        form, first, last = form.strip(), tidy_number(first), tidy_number(last)
        numbers = run(first, last)
        with self._store.write() as uow:
            known = [blank for number in numbers if (blank := uow.blanks.get(form, number))]
            self._record(uow, operator, rules.receive(form, first, last, source, known))
            uow.commit()
        return len(numbers)

    def use(self, uow: UnitOfWork, paper: PaperRow, use: BlankUse, operator: Operator) -> None:
        """Record inside ``uow`` that ``paper`` is printed onto a blank, and what became of others for it.

        The blank that it lies on already is used again where nothing came out. BlanksBetween where nobody said what
        became of those before, BlankNotSo, ReasonMissing, SamePerson, NotPermitted.
        """
        ensure_may(operator, Act.HANDLE_CASES)
        number = tidy_number(use.number)
        held = [blank for blank in uow.blanks.of_paper(paper.number) if blank.state is BlankState.USED]
        if paper.state in AGAIN and [blank.number for blank in held] == [number]:
            self._record_spoiled_print(uow, operator, paper, use.spoiled)
            return
        if held:
            self._spoil(uow, operator, held, use.spoiled, use.approved_by, paper.number)
            self._record_spoiled_print(uow, operator, paper, use.spoiled)
        used = rules.use(use.form, number, paper.number, uow.blanks.get(use.form, number))
        if before := uow.blanks.before(use.form, number):
            if not use.between.strip():
                raise BlanksBetween(before[0].number, before[-1].number, len(before))
            self._spoil(uow, operator, before, use.between, use.approved_by)
        self._record(uow, operator, used)

    def spoil(self, operator: Operator, form: str, first: str, last: str, reason: str, approved_by: Operator) -> int:
        """Record that blanks are void, one or a run; return how many. BlankNotSo, ReasonMissing, SamePerson, NotPermitted."""
        return self._move(operator, form, first, last, reason, approved_by, rules.spoil)

    def restore(self, operator: Operator, form: str, first: str, last: str, reason: str, approved_by: Operator) -> int:
        """Record that void blanks are good after all; return how many. As ``spoil``; not for one that was printed on."""
        return self._move(operator, form, first, last, reason, approved_by, rules.restore)

    def give_back(
        self, operator: Operator, form: str, first: str, last: str, reason: str, approved_by: Operator
    ) -> int:
        """Record that unused blanks left the counter, or never were there; return how many. As ``spoil``."""
        return self._move(operator, form, first, last, reason, approved_by, rules.give_back)

    def _move(
        self,
        operator: Operator,
        form: str,
        first: str,
        last: str,
        reason: str,
        approved_by: Operator,
        make: Callable[[str, str, str, str, str, Sequence[Blank | None]], Fact],
    ) -> int:
        ensure_may(operator, Act.HANDLE_CASES)
        _ensure_second(operator, approved_by)
        first = tidy_number(first)
        last = tidy_number(last) or first
        numbers = run(first, last)
        with self._store.write() as uow:
            blanks = [uow.blanks.get(form, number) for number in numbers]
            self._record(uow, operator, make(form, first, last, reason, approved_by.login, blanks))
            uow.commit()
        return len(numbers)

    def _spoil(
        self,
        uow: UnitOfWork,
        operator: Operator,
        blanks: Sequence[Blank],
        reason: str,
        approved_by: Operator | None,
        paper: str = "",
    ) -> None:
        """Record that ``blanks`` are void, one fact for each run of numbers."""
        if not reason.strip() or approved_by is None:
            raise ReasonMissing("spoiled" if not reason.strip() else "approver")
        _ensure_second(operator, approved_by)
        for first, last in _runs(blanks):
            fact = BlanksSpoiled(blanks[0].form, first, last, reason.strip(), approved_by.login, paper)
            self._record(uow, operator, fact)

    def _record_spoiled_print(self, uow: UnitOfWork, operator: Operator, paper: PaperRow, reason: str) -> None:
        """Record that what came out was spoiled, where nobody has said yet how it came out."""
        if paper.state is PaperState.SENT:
            fact = PrintSpoiled(paper.number, reason.strip())
            self._recorder.record(uow, operator.login, fact, self._recorder.now(), number=paper.case_number)

    def _record(self, uow: UnitOfWork, operator: Operator, fact: Fact) -> None:
        self._recorder.record(uow, operator.login, fact, self._recorder.now())


def _runs(blanks: Sequence[Blank]) -> list[tuple[str, str]]:
    """Return first and last of each run of numbers that follow one another."""
    runs: list[tuple[str, str]] = []
    for blank in blanks:
        if runs and _follows(runs[-1][1], blank.number):
            runs[-1] = (runs[-1][0], blank.number)
        else:
            runs.append((blank.number, blank.number))
    return runs


def _follows(before: str, number: str) -> bool:
    try:
        return run(before, number) == (before, number)
    except (NoRun, LimitExceeded):
        return False


def _cells(blank: Blank, names: Mapping[str, str]) -> tuple[str, ...]:
    return (
        blank.number,
        STATES[blank.state],
        blank.paper_number,
        blank.reason,
        names.get(blank.operator, blank.operator),
        _minute(blank.changed_at),
        names.get(blank.approved_by, blank.approved_by),
        _minute(blank.received_at),
        blank.source,
    )


def _minute(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _low(kept: Mapping[str, str], form: str) -> int:
    text = kept.get(LOW_KEY + form, "")
    return int(text) if text.isascii() and text.isdigit() else LOW_STOCK


def _number(blank: Blank | None) -> str:
    return blank.number if blank else ""


def _ensure_second(operator: Operator, approved_by: Operator) -> None:
    if approved_by.login == operator.login:
        raise SamePerson
    ensure_may(approved_by, Act.CONFIRM)
