"""Commands that end a case, that come after its end, and questions without one."""

from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.demonstration import CLERK
from app.domain.errors import BrokenRule
from app.domain.outcomes import Result
from tests.reliability.law import HANDED_OVER
from tests.reliability.machine_base import SHEN, WHICH, MachineBase

MOST_QUESTIONS = 2


class Closing(MachineBase):
    """Certificates, delivery, and the ways out; ratings and the archive."""

    # --- the end ---------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def a_certificate_is_made(self, which: int) -> None:
        """An accepted immediate case is granted on the spot; one that was granted in writing gets its certificate."""
        case = self._case(which)
        on_the_spot = case.state == "accepted" and case.immediate
        granted = case.state == "decided" and not case.refused and case.immediate
        allowed = on_the_spot or granted
        try:
            self.counter.issuance.issue(case.number, CLERK)
        except BrokenRule:
            assert not allowed, f"refused in {case.state}"
            return
        assert allowed, f"issued in {case.state}"
        if case.immediate:
            made = self._last_body()["data"]
            assert made.get("replaces", "") == case.replaces, "a new certificate does not name the void one"
            until = made["valid_until"]
            case.certify(made["number"]["text"], date.fromisoformat(until) if until else None)

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def the_result_is_handed_over(self, which: int) -> None:
        case = self._case(which)
        ready = case.state == "issued" or (case.state == "decided" and (case.refused or not case.immediate))
        try:
            self.counter.issuance.deliver(case.number, CLERK, "林𬱖宁", in_person=True)
        except BrokenRule:
            assert not ready, f"refused in {case.state}"
            return
        assert ready, f"delivered in {case.state}"
        case.state = "delivered"

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def the_applicant_withdraws(self, which: int) -> None:
        self._try(
            "withdraw", self._case(which), lambda number: self.counter.closing.withdraw(number, CLERK, "不再需要")
        )

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, digits=st.integers(1000, 9999))
    def a_typing_error_is_mended(self, which: int, digits: int) -> None:
        case = self._case(which)
        phone = f"1390555{digits}"
        self._try(
            "correct",
            case,
            lambda number: self.counter.closing.correct(number, CLERK, {"applicant.phone": phone}, "录入有误"),
            allowed=self.counter.desk.file(case.number).case.applicant.phone != phone
            and (case.state not in HANDED_OVER or bool(case.certificate)),
        )

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, result=st.sampled_from((Result.VOIDED, Result.MISTAKEN_ENTRY)))
    def a_case_is_voided(self, which: int, result: Result) -> None:
        self._try(
            "void",
            self._case(which),
            lambda number: self.counter.closing.void(number, CLERK, result, "重复录入", SHEN),
        )

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, grade=st.integers(1, 5))
    def the_citizen_rates(self, which: int, grade: int) -> None:
        self._try("rate", self._case(which), lambda number: self.counter.closing.rate(number, CLERK, grade))

    @precondition(lambda self: self.cases)
    @rule(which=WHICH)
    def a_case_is_archived(self, which: int) -> None:
        self._try("archive", self._case(which), lambda number: self.counter.closing.archive(number, CLERK))

    @precondition(lambda self: self.kinds_here["InquiryOpened"] < MOST_QUESTIONS)
    @rule()
    def somebody_asks_a_question(self) -> None:
        number = self.counter.inquiries.ask(CLERK, "居住证明要带什么").number
        self.counter.inquiries.answer(number, CLERK, "身份证和住址材料")
