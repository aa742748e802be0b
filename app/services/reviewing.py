"""From acceptance to the decision: review, special procedures, extension, decision, handing up."""

from collections.abc import Callable

from app.domain import review
from app.domain.case import Case
from app.domain.facts import Fact
from app.domain.operators import Act, Operator
from app.domain.outcomes import Result, SpecialProcedure
from app.domain.paper import PaperKind
from app.services.acting import CaseActs, Situation


class ReviewService:
    """Use cases of the deciding body; ReasonMissing names what the law wants to be said, WrongState as everywhere."""

    def __init__(self, acts: CaseActs) -> None:
        self._acts = acts

    def start(self, number: str, operator: Operator) -> Case:
        """Take an accepted case up for review."""
        return self._decide(number, operator, lambda act: review.start_review(act.case, operator.login))

    def suspend(
        self,
        number: str,
        operator: Operator,
        procedure: SpecialProcedure,
        *,
        basis: str,
        days: int | None = None,
        reason: str = "",
    ) -> Case:
        """Begin a special procedure, whose time does not count."""
        return self._decide(
            number,
            operator,
            lambda act: review.suspend(
                act.case,
                procedure,
                basis=basis,
                notice=act.number(PaperKind.SUSPENSION_NOTICE),
                days=days,
                reason=reason,
            ),
        )

    def resume(self, number: str, operator: Operator, outcome: str) -> Case:
        """End the special procedure: the due date moves by the time that did not count."""
        return self._decide(
            number,
            operator,
            lambda act: review.resume(act.case, outcome, act.now, self._acts.calendar, self._acts.station.hours),
        )

    def extend(self, number: str, operator: Operator, days: int, *, reason: str, approver: str) -> Case:
        """Extend the limit once by at most ten working days; AlreadyDone, LimitExceeded."""
        return self._decide(
            number,
            operator,
            lambda act: review.extend(
                act.case,
                days,
                reason=reason,
                approver=approver,
                notice=act.number(PaperKind.EXTENSION_NOTICE),
                at=act.now,
                calendar=self._acts.calendar,
                hours=self._acts.station.hours,
            ),
        )

    def decide(
        self, number: str, operator: Operator, result: Result, *, decided_by: str, reason: str = "", basis: str = ""
    ) -> Case:
        """Record the written decision: granted, or refused with reason, basis and remedies."""
        kind = PaperKind.GRANT_DECISION if result is Result.GRANTED else PaperKind.REFUSAL_DECISION
        return self._decide(
            number,
            operator,
            lambda act: review.decide(
                act.case, result, decision=act.number(kind), decided_by=decided_by, reason=reason, basis=basis
            ),
        )

    def forward(self, number: str, operator: Operator, to: str, reason: str) -> Case:
        """Hand the case up to another body (转报), which decides."""
        return self._decide(
            number,
            operator,
            lambda act: review.forward(act.case, to, reason, act.number(PaperKind.FORWARDING_SLIP)),
        )

    def _decide(self, number: str, operator: Operator, make: Callable[[Situation], Fact]) -> Case:
        """Carry out what only who may decide may do."""
        return self._acts.carry_out(number, operator, make, needs=Act.DECIDE)
