"""The ways out of a case beside its result: withdrawal, correction, voiding; and what comes after: rating, archive."""

from collections.abc import Mapping

from app.domain import closing, correcting
from app.domain.case import Case
from app.domain.operators import Act, Operator
from app.domain.outcomes import Result
from app.domain.paper import PaperKind
from app.services.acting import CaseActs
from app.services.permits import ensure_may


class CaseClosingService:
    """Use cases that are possible in many states; WrongState where they are not."""

    def __init__(self, acts: CaseActs) -> None:
        self._acts = acts

    def withdraw(self, number: str, operator: Operator, reason: str) -> Case:
        """Record that the applicant took the application back (撤回)."""
        return self._acts.carry_out(
            number,
            operator,
            lambda act: closing.withdraw(act.case, reason, act.number(PaperKind.WITHDRAWAL_FORM)),
        )

    def correct(
        self,
        number: str,
        operator: Operator,
        changes: Mapping[str, str],
        reason: str,
        passed: Mapping[str, str] = correcting.NO_REASONS,
    ) -> Case:
        """Mend typing errors (更正), as a fact of its own; NothingNamed, ReasonMissing, ApplicationIncomplete.

        ``passed`` says by place why a warning about what is mended was passed.
        """
        return self._acts.carry_out(
            number,
            operator,
            lambda act: correcting.correct(act.case, act.item, changes, reason, act.now.date(), passed),
        )

    def void(self, number: str, operator: Operator, result: Result, reason: str, approved_by: Operator) -> Case:
        """Close the case as void or entered by mistake, with the consent of a second person; SamePerson.

        NotPermitted unless ``approved_by`` may stand by as the second person.
        """
        ensure_may(approved_by, Act.CONFIRM)
        return self._acts.carry_out(
            number,
            operator,
            lambda act: closing.void(act.case, result, reason, by=operator.login, approved_by=approved_by.login),
        )

    def rate(self, number: str, operator: Operator, grade: int, comment: str = "") -> Case:
        """Record the citizen's rating, once."""
        return self._acts.carry_out(number, operator, lambda act: closing.rate(act.case, grade, comment))

    def archive(self, number: str, operator: Operator, place: str = "") -> Case:
        """Put the closed case into the archive."""
        return self._acts.carry_out(number, operator, lambda act: closing.archive(act.case, place))
