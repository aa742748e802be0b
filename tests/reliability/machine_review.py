"""Commands between acceptance and decision."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.domain.outcomes import Result, SpecialProcedure
from tests.reliability.law import LONGEST_EXTENSION
from tests.reliability.machine_base import SHEN, WHICH, MachineBase

BASIS = "《中华人民共和国行政许可法》"


class Reviewing(MachineBase):
    """The body reviews, stops the clock, takes more time, decides or hands up."""

    # --- review ----------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def a_review_begins(self, which: int) -> None:
        case = self._case(which)
        if self._try("review", case, lambda number: self.counter.review.start(number, SHEN)):
            case.reviewed = True

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, procedure=st.sampled_from(SpecialProcedure))
    def a_special_procedure_begins(self, which: int, procedure: SpecialProcedure) -> None:
        case = self._case(which)
        case.suspended = (
            self._try("suspend", case, lambda number: self.counter.review.suspend(number, SHEN, procedure, basis=BASIS))
            or case.suspended
        )

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def the_procedure_ends(self, which: int) -> None:
        case = self._case(which)
        at = self._try("resume", case, lambda number: self.counter.review.resume(number, SHEN, "已查验"))
        if at and case.suspended:
            case.state = "review" if case.reviewed else "accepted"
            case.stopped += self.working.between(case.suspended.date(), at.date())
            case.suspended = None

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, days=st.integers(1, LONGEST_EXTENSION))
    def the_limit_is_extended(self, which: int, days: int) -> None:
        case = self._case(which)
        late = case.due is not None and self.clock.now() > case.due
        call = lambda number: self.counter.review.extend(number, SHEN, days, reason="案情复杂", approver="镇长")  # noqa: E731
        if self._try("extend", case, call, allowed=not case.extra and not late):
            case.extra = days

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, granted=st.booleans())
    def the_body_decides(self, which: int, granted: bool) -> None:
        case = self._case(which)
        result = Result.GRANTED if granted else Result.REFUSED
        if self._try(
            "decide",
            case,
            lambda number: self.counter.review.decide(
                number, SHEN, result, decided_by="沈青", reason="不符合条件", basis=BASIS
            ),
        ):
            case.refused = not granted

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def a_case_is_handed_up(self, which: int) -> None:
        self._try(
            "forward",
            self._case(which),
            lambda number: self.counter.review.forward(number, SHEN, "示范县民政局", "须由县级审批"),
        )
