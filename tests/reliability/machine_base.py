"""What the machine of the counter knows and always holds; the commands are in ``machine_*``, one file a family.

Beside the counter stands what the law says of each case and paper (``law``); after each command the two are compared.
"""

from collections import Counter as Count
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.config import RESOURCES
from app.definitions.calendar import read_calendar
from app.domain.case import Case
from app.domain.deadline import Light
from app.domain.errors import BrokenRule, SilenceOver
from app.domain.operators import Operator, Role
from app.services.counter import Counter
from tests.fakes.clock import FakeClock
from tests.reliability.law import AFTER, LEADS_TO, RUNNING, Expected, ExpectedDay, ExpectedPaper, WorkingDays
from tests.support import CERTIFICATE, COMMITTED, MONDAY

SHEN = Operator("shenqing", "沈青", tuple(Role))
DAYS = {CERTIFICATE: 1, COMMITTED: 12}
WHICH = st.integers(0, 99)
MOST_STARTS = 3
WORK_WITHOUT_CASE = {"InquiryOpened", "InquiryAnswered"}
"""What a day is closed for beside cases."""


class MachineBase(RuleBasedStateMachine):
    """Time, what always holds, and help for the commands."""

    kinds: ClassVar[Count[str]] = Count()
    """How many facts of each kind were recorded in all sequences together."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FakeClock(MONDAY)
        self.counter: Counter = self.open_first()
        self.cases: list[Expected] = []
        self.touched: list[Expected] = []
        self.starts = 1
        self.read = 0
        self.papers: dict[str, ExpectedPaper] = {}
        self.day = ExpectedDay()
        self.last: dict[str, int] = defaultdict(int)
        self.states: dict[str, str] = {}
        self.kinds_here: Count[str] = Count()
        self.working = _working_days()

    def open_first(self) -> Counter:
        """Return the counter that the machine begins with."""
        raise NotImplementedError

    def open_again(self) -> Counter:
        """Close the counter and open it again."""
        raise NotImplementedError

    def views(self) -> object:
        """Return everything that the views of the store say, where it keeps any."""
        return None

    # --- time ----------------------------------------------------------------------------------------------------

    @rule(minutes=st.integers(1, 600))
    def some_time_goes_by(self, minutes: int) -> None:
        self.clock.pass_by(timedelta(minutes=minutes))

    @rule(days=st.integers(1, 12))
    def days_go_by(self, days: int) -> None:
        self.clock.pass_by(timedelta(days=days))

    @rule()
    def the_program_looks_for_silence(self) -> None:
        now = self.clock.now()
        silent = [case for case in self.cases if case.is_silent(now)]
        assert self.counter.acceptance.sweep() == [case.number for case in silent]
        for case in silent:
            case.accept(case.complete)

    @precondition(lambda self: self.starts < MOST_STARTS)
    @rule()
    def the_window_is_opened_again(self) -> None:
        self.starts += 1
        self.counter = self.open_again()

    @rule()
    def the_views_are_built_again(self) -> None:
        assert self.counter.ledger.rebuild() == self.counter.ledger.verify().entries

    # --- what always holds -----------------------------------------------------------------------------------------

    @invariant()
    def every_new_entry_is_a_step_that_the_law_knows(self) -> None:
        with self.counter.intake._store.read() as uow:
            bodies = [entry.read() for entry in uow.journal.entries()][self.read :]
        for body in bodies:
            self._check_numbers(body["data"])
            if body["header"]:
                self._check_step(body)
            if body["case"] or body["kind"] in WORK_WITHOUT_CASE:
                self.day.has_work = True
            self.kinds[body["kind"]] += 1
            self.kinds_here[body["kind"]] += 1
        self.read += len(bodies)

    @invariant()
    def the_case_that_was_touched_stands_where_the_law_has_it(self) -> None:
        for expected in self.touched:
            self._compare(expected)

    def _compare(self, expected: Expected) -> None:
        now = self.clock.now()
        file = self.counter.desk.file(expected.number)
        case, row = file.case, file.lit.row
        assert case.state.value == row.state.value == expected.state, expected.number
        assert case.accepted_at == row.accepted_at == expected.accepted, expected.number
        if expected.state != "suspended":
            assert case.due == row.due == expected.due, f"{expected.number} is due at {case.due}"
        if expected.state in RUNNING and expected.due:
            assert (file.lit.light in {Light.RED, Light.ESCALATED}) == (now > expected.due), "the clock was stopped"
        assert (file.lit.light is Light.PAUSED) == (expected.state == "suspended" and expected.due is not None)
        for row in file.papers:
            paper = self.papers.setdefault(row.number, ExpectedPaper())
            stands = ExpectedPaper(row.state.value, row.sent, row.printed, row.voided_by)
            assert stands == paper, f"{row.number} is {stands}"

    def teardown(self) -> None:
        """Check the whole at the end: chain, signatures, every case, and that views are what the journal makes them."""
        for expected in self.cases:
            self._compare(expected)
        verified = self.counter.ledger.verify()
        assert verified.entries == self.read
        before = self.views()
        assert self.counter.ledger.rebuild() == self.read
        assert self.views() == before, "a view said something else than the journal"
        self.counter.close()

    # --- help --------------------------------------------------------------------------------------------------------

    def _case(self, which: int) -> Expected:
        """Return one of the cases, mostly one of the last."""
        case = self.cases[-1 - which % min(len(self.cases), 4)]
        self.touched = [case]
        return case

    def _material(self, case: Expected) -> str:
        item = CERTIFICATE if case.immediate else COMMITTED
        return self.counter.catalogue.item(item).materials[0].code

    def _new(self, case: Case) -> Expected:
        expected = Expected(
            number=case.number,
            immediate=case.is_immediate,
            days=DAYS[case.item],
            complete=case.received_at,
            working=self.working,
        )
        self.cases.append(expected)
        self.touched = [expected]
        return expected

    def _try(self, act: str, case: Expected, call: Callable[[str], Case], *, allowed: bool = True) -> datetime | None:
        """Carry the act out where the law allows it, and see it refused where not; return when it was done."""
        if case.is_silent(self.clock.now()):
            self._expect_silence(case, call)
            return None
        after = AFTER[act].get(case.state) if allowed else None
        try:
            call(case.number)
        except BrokenRule:
            assert after is None, f"{act} was refused in {case.state}"
            return None
        assert after is not None, f"{act} was done in {case.state}"
        case.state = after
        return self._last_entry_at()

    def _expect_silence(self, case: Expected, call: Callable[[str], Case]) -> None:
        """The body was silent for too long: that is recorded first, whatever was to be done."""
        try:
            call(case.number)
        except SilenceOver:
            case.accept(case.complete)
        else:
            raise AssertionError("five working days of silence were overlooked")

    def _last_entry_at(self) -> datetime:
        return datetime.fromisoformat(self._last_body()["at"])

    def _last_body(self) -> Any:
        with self.counter.intake._store.read() as uow:
            return list(uow.journal.entries())[-1].read()

    def _check_numbers(self, data: Any) -> None:
        """Check that a number that is used follows the last one of its series."""
        if isinstance(data, dict) and data.keys() == {"series", "serial", "text"}:
            assert data["serial"] == self.last[data["series"]] + 1, f"{data['text']} does not follow"
            self.last[data["series"]] = data["serial"]
        elif isinstance(data, dict):
            for inner in data.values():
                self._check_numbers(inner)
        elif isinstance(data, list):
            for inner in data:
                self._check_numbers(inner)

    def _check_step(self, body: dict[str, Any]) -> None:
        case, state, kind = body["case"], body["header"]["state"], body["kind"]
        before = self.states.get(case, "")
        if kind in LEADS_TO:
            assert (before, state) in LEADS_TO[kind], f"{kind} led from {before} to {state}"
        else:
            assert before == state, f"{kind} moved {before} to {state}"
        if kind in {"CaseDecided", "CertificateIssued", "CaseDelivered"}:
            accepted = body["header"]["accepted"]
            assert accepted, f"{kind} before acceptance"
            assert datetime.fromisoformat(accepted) <= datetime.fromisoformat(body["at"])
        self.states[case] = state


@cache
def _working_days() -> WorkingDays:
    calendar = read_calendar(RESOURCES / "calendar")
    return WorkingDays(calendar.holidays, calendar.make_up_days)
