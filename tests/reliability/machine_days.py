"""The closing of the day, which counts what the other commands left."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.demonstration import CLERK
from app.domain.errors import BrokenRule
from app.domain.operators import Operator
from app.services.errors import Refused
from tests.reliability.law import OPEN, READY, RUNNING
from tests.reliability.machine_base import SHEN, MachineBase
from tests.reliability.machine_ends import SECONDS


class Days(MachineBase):
    """The day is closed, by two people, for whatever was done since."""

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
