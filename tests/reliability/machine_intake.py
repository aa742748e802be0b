"""Commands of taking in, and of what can happen before acceptance."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.demonstration import CLERK
from app.domain.application import HandedIn, LateEntry
from app.domain.outcomes import Defect, NonAcceptanceGround
from tests.reliability.machine_base import WHICH, MachineBase
from tests.support import CERTIFICATE, COMMITTED, filled, marked_late

ONE = HandedIn(originals=1)
BASIS = "《中华人民共和国行政许可法》"
MOST_CASES = 6


class TakingIn(MachineBase):
    """Materials come, are accepted, asked for, refused or given back."""

    # --- taking in -----------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(item=st.sampled_from((CERTIFICATE, COMMITTED)))
    def a_case_is_accepted_at_once(self, item: str) -> None:
        draft = filled(self.counter, item)
        case = self.counter.intake.accept(draft, self.counter.catalogue.item(item), CLERK).case
        self._new(case).accept(case.received_at)

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(item=st.sampled_from((CERTIFICATE, COMMITTED)))
    def materials_are_taken_in(self, item: str) -> None:
        draft = filled(self.counter, item)
        self._new(self.counter.intake.receive(draft, self.counter.catalogue.item(item), CLERK).case)

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(item=st.sampled_from((CERTIFICATE, COMMITTED)), hours=st.integers(1, 200))
    def a_case_is_entered_late(self, item: str, hours: int) -> None:
        draft = filled(self.counter, item)
        earlier = draft.started_at - timedelta(hours=hours)
        late = LateEntry("停电", "纸收12", earlier, earlier)
        case = self.counter.intake.accept(marked_late(draft, late), self.counter.catalogue.item(item), CLERK).case
        self._new(case).accept(earlier)

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def a_received_case_is_accepted(self, which: int) -> None:
        case = self._case(which)
        at = self._try("accept", case, lambda number: self.counter.acceptance.accept(number, CLERK))
        if at:
            case.accept(case.complete if case.asked else at)

    # --- before acceptance -----------------------------------------------------------------------------------------

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def something_is_asked_for(self, which: int) -> None:
        case = self._case(which)
        defects = (Defect(f"materials.{self._material(case)}", "材料", "原件 1 份"),)
        if self._try(
            "ask",
            case,
            lambda number: self.counter.acceptance.ask_supplement(number, CLERK, defects, None, "核对时发现"),
        ):
            case.asked += 1
            case.owes = True

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def the_supplement_is_handed_in(self, which: int) -> None:
        case = self._case(which)
        given = {self._material(case): ONE}
        at = self._try(
            "supplement",
            case,
            lambda number: self.counter.acceptance.take_in_supplement(number, CLERK, given, {}),
            allowed=case.owes,
        )
        if at:
            case.owes = False
            if case.state == "received":
                case.complete = at

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, ground=st.sampled_from(NonAcceptanceGround))
    def acceptance_is_refused(self, which: int, ground: NonAcceptanceGround) -> None:
        self._try(
            "refuse_acceptance",
            self._case(which),
            lambda number: self.counter.acceptance.refuse_acceptance(
                number, CLERK, ground=ground, reason="不属于本机关职权", competent="示范县民政局", basis=BASIS
            ),
        )

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def materials_are_given_back(self, which: int) -> None:
        self._try(
            "give_back",
            self._case(which),
            lambda number: self.counter.acceptance.give_back(number, CLERK, "申请人要求"),
        )
