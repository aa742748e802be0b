"""Handing a case to another station and taking it over there (交接)."""

from app.domain import custody
from app.domain.case import Case
from app.domain.operators import Operator
from app.domain.outcomes import HandOverPurpose
from app.domain.paper import PaperKind
from app.services.acting import CaseActs


class CustodyService:
    """Moves cases between stations; what another holds cannot be changed here (NotHeldHere)."""

    def __init__(self, acts: CaseActs) -> None:
        self._acts = acts

    def hand_over(
        self, number: str, operator: Operator, to: str, to_name: str, purpose: HandOverPurpose, reason: str
    ) -> Case:
        """Give the case into the hands of the station with the code ``to``; the slip goes with the papers.

        It can be read here as before, and is changed there from now on, also before the centre has heard of it.
        """
        from_name = self._acts.station.service_point
        return self._acts.carry_out(
            number,
            operator,
            lambda act: custody.hand_over(
                act.case,
                to,
                to_name,
                purpose,
                reason,
                slip=act.number(PaperKind.HANDOVER_SLIP),
                from_name=from_name,
            ),
        )

    def send_back(self, number: str, operator: Operator, reason: str) -> Case:
        """Give the case back to the station that it came from; NothingNamed when it came from none."""
        return self._acts.carry_out(
            number,
            operator,
            lambda act: custody.hand_over(
                act.case,
                act.case.handed_from,
                act.case.handed_from_name,
                HandOverPurpose.RETURN,
                reason,
                slip=act.number(PaperKind.HANDOVER_SLIP),
                from_name=self._acts.station.service_point,
            ),
        )

    def take_over(self, number: str, operator: Operator, remark: str = "") -> Case:
        """Say that case and papers have come (接收), and what differs from the slip."""
        return self._acts.carry_out(number, operator, lambda act: custody.take_over(act.case, remark))
