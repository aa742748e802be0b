"""Handing a case to another station and taking it over there (交接)."""

from collections.abc import Callable

from app.domain import custody
from app.domain.application import Collection
from app.domain.case import Case
from app.domain.errors import StationShutOut
from app.domain.facts import CaseHandedOver
from app.domain.operators import Operator
from app.domain.outcomes import HandOverPurpose
from app.domain.paper import PaperKind
from app.services.acting import CaseActs, Situation
from app.services.paper_words import COLLECTED_THERE


class CustodyService:
    """Moves cases between stations; what another holds cannot be changed here (NotHeldHere).

    Nothing goes to a station that the centre shut out (StationShutOut): nobody could move it on from there.
    """

    def __init__(self, acts: CaseActs) -> None:
        self._acts = acts

    def hand_over(
        self, number: str, operator: Operator, to: str, to_name: str, purpose: HandOverPurpose, reason: str
    ) -> Case:
        """Give the case into the hands of the station with the code ``to``; the slip goes with the papers.

        It can be read here as before, and is changed there from now on, also before the centre has heard of it.
        """
        return self._pass_on(
            number,
            operator,
            lambda act: custody.hand_over(
                act.case,
                to,
                to_name,
                purpose,
                reason,
                slip=act.number(PaperKind.HANDOVER_SLIP),
                from_name=self._acts.station.service_point,
            ),
        )

    def send_to_collect(self, number: str, operator: Operator) -> Case:
        """Give a case that is ready into the hands of the station where the applicant collects the result.

        WrongState, NothingNamed; and whatever ``CaseActs.carry_out`` raises.
        """
        return self._pass_on(
            number,
            operator,
            lambda act: custody.send_to_collect(
                act.case,
                act.item,
                COLLECTED_THERE,
                slip=act.number(PaperKind.HANDOVER_SLIP),
                from_name=self._acts.station.service_point,
            ),
        )

    def choose_collection(
        self,
        number: str,
        operator: Operator,
        collection: Collection,
        collect_at: str = "",
        collect_at_name: str = "",
        reason: str = "",
    ) -> Case:
        """Let the result be collected otherwise, or at the station with the code ``collect_at``, until it is handed over.

        That station reads the case from the next round of sync on, and changes nothing before it gets it. Chosen to be
        this one it is collected here, as without a choice.
        """
        if collect_at == self._acts.station.code:
            collection, collect_at, collect_at_name = Collection.ON_THE_SPOT, "", ""
        return self._acts.carry_out(
            number,
            operator,
            lambda act: custody.choose_collection(act.case, collection, collect_at, collect_at_name, reason),
        )

    def send_back(self, number: str, operator: Operator, reason: str) -> Case:
        """Give the case back to the station that it came from; NothingNamed when it came from none."""
        return self._pass_on(
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

    def _pass_on(self, number: str, operator: Operator, make: Callable[[Situation], CaseHandedOver]) -> Case:
        """Carry out what gives a case to another station, whatever for; StationShutOut."""

        def to_one_that_is_open(act: Situation) -> CaseHandedOver:
            fact = make(act)
            if act.is_shut_out(fact.to):
                raise StationShutOut
            return fact

        return self._acts.carry_out(number, operator, to_one_that_is_open)
