"""Commands on papers - printing, printing again, voiding with a second person - and the closing of the day."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.demonstration import CLERK
from app.domain.errors import BrokenRule
from app.domain.operators import Operator, Role
from app.services.errors import PaperVoid, Refused
from app.services.snapshots import PaperRow
from tests.reliability.law import OPEN, PAPER_AFTER, READY, RUNNING, Expected
from tests.reliability.machine_base import SHEN, WHICH, MachineBase

SECONDS = (SHEN, SHEN, SHEN, replace(SHEN, login=CLERK.login), Operator("wen", "文", (Role.CLERK,)))
"""Who is asked to stand by: somebody who may, the clerk in person, and one who may not."""


class Papers(MachineBase):
    """Papers come out, are spoiled, printed again and declared void; the day is closed."""

    @precondition(lambda self: self.papers)
    @rule(which=WHICH, choice=WHICH)
    def a_paper_is_printed(self, which: int, choice: int) -> None:
        row = self._row(self._case(which), choice)
        expected = self.papers[row.number]
        after = PAPER_AFTER["print"].get(expected.state)
        try:
            self.counter.papers.to_print(row, CLERK, reason="遗失")
        except PaperVoid:
            assert after is None, f"{row.number} was not printed in {expected.state}"
            return
        assert after is not None, f"{row.number} was printed in {expected.state}"
        assert self._last_body()["data"].get("copy", 0) == expected.printed, "a reprint does not say so"
        expected.state, expected.sent = after, expected.sent + 1

    @precondition(lambda self: self.papers)
    @rule(which=WHICH, choice=WHICH, is_well=st.booleans())
    def the_clerk_says_what_came_out(self, which: int, choice: int, is_well: bool) -> None:
        """What is said of a paper that lies in no printer changes nothing."""
        row = self._row(self._case(which), choice)
        expected = self.papers[row.number]
        say = self.counter.papers.confirm if is_well else self.counter.papers.spoil
        say(row, CLERK)
        after = PAPER_AFTER["confirm" if is_well else "spoil"].get(expected.state)
        expected.printed += int(is_well and after is not None)
        expected.state = after or expected.state

    @precondition(lambda self: self.papers)
    @rule(which=WHICH, choice=WHICH)
    def a_paper_that_came_out_is_printed_again(self, which: int, choice: int) -> None:
        self.a_paper_is_printed(which, choice)
        self.the_clerk_says_what_came_out(which, choice, is_well=True)
        self.a_paper_is_printed(which, choice)

    @precondition(lambda self: self.papers)
    @rule(which=WHICH, choice=WHICH, second=st.sampled_from(SECONDS))
    def a_paper_is_declared_void(self, which: int, choice: int, second: Operator) -> None:
        case = self._case(which)
        self._void(case, self._row(case, choice), second)

    @precondition(lambda self: any(case.certificate for case in self.cases))
    @rule(which=WHICH)
    def a_certificate_is_taken_back(self, which: int) -> None:
        """Before delivery it can be made anew; after delivery the case stays closed and only the paper is void."""
        cases = [case for case in self.cases if case.certificate]
        case = cases[which % len(cases)]
        self.touched = [case]
        row = next(row for row in self.counter.papers.of_case(case.number) if row.number == case.certificate)
        self._void(case, row, SHEN)

    @rule(second=st.sampled_from(SECONDS), ahead=st.sampled_from((0, 0, 0, 1)))
    def the_day_is_closed(self, second: Operator, ahead: int) -> None:
        now = self.clock.now()
        today = now.date()
        allowed = second is SHEN and not ahead and self.day.can_be_closed(today)
        try:
            self.counter.days.close(today + timedelta(days=ahead), CLERK, second)
        except (BrokenRule, Refused):
            assert not allowed, "a day was not closed"
            return
        assert allowed, f"a day was closed {ahead} days ahead with {second.login}"
        told = self._last_body()["data"]
        assert told["approved_by"] == SHEN.login
        left = {
            "open": [case for case in self.cases if case.state in OPEN],
            "suspended_now": [case for case in self.cases if case.state == "suspended"],
            "to_deliver": [case for case in self.cases if case.state in READY],
            "overdue": [case for case in self.cases if case.state in RUNNING and case.due and case.due < now],
        }
        for name, cases in left.items():
            assert told["counts"][name] == len(cases), f"the day tells {told['counts'][name]} {name}"
        self.day.close(today)
        assert self.counter.days.is_closed(today)

    def _void(self, case: Expected, row: PaperRow, second: Operator) -> None:
        expected = self.papers[row.number]
        after = PAPER_AFTER["void"].get(expected.state) if second is SHEN else None
        try:
            self.counter.papers.void(row, CLERK, "错字", second)
        except (BrokenRule, Refused):
            assert after is None, f"{row.number} was not voided in {expected.state}"
            return
        assert after is not None, f"{row.number} was voided in {expected.state} with {second.login}"
        expected.state, expected.voided_by = after, second.login
        case.lose(row.number)

    def _row(self, case: Expected, choice: int) -> PaperRow:
        rows = self.counter.papers.of_case(case.number)
        return rows[choice % len(rows)]
