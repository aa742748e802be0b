"""What becomes of materials that were taken in: acceptance, supplement, non-acceptance, return; and silence (Art. 32)."""

from collections.abc import Mapping
from datetime import date

from app.domain import acceptance, closing
from app.domain.application import HandedIn
from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.facts import Fact
from app.domain.operators import Operator
from app.domain.outcomes import Defect, NonAcceptanceGround
from app.domain.paper import PaperKind
from app.services.acting import CaseActs, Situation
from app.services.ports import Store
from app.services.recording import Recorder


class AcceptanceService:
    """Use cases on cases that are not accepted yet, and on materials that may follow."""

    def __init__(self, store: Store, recorder: Recorder, acts: CaseActs) -> None:
        self._store = store
        self._recorder = recorder
        self._acts = acts

    def accept(self, number: str, operator: Operator) -> Case:
        """Accept a case that was received, from the moment everything was there after a supplement, else from now.

        ApplicationIncomplete when something is missing; WrongState; SilenceOver when it counts as accepted already.
        """

        def make(act: Situation) -> Fact:
            acceptance.ensure_complete(act.case, act.item, act.now.date())
            at = act.case.complete_at if act.case.supplements else act.now
            notice = act.number(PaperKind.ACCEPTANCE_NOTICE)
            return acceptance.accept(act.case, act.item, at, self._acts.due(act.item, at), notice, now=act.now)

        return self._acts.carry_out(number, operator, make)

    def suggested_defects(self, case: Case, item: ServiceItem) -> tuple[Defect, ...]:
        """Return what a supplement notice would have to ask for as the case stands."""
        missing = acceptance.missing(case, item, self._recorder.now().date())
        return acceptance.suggested_defects(item, missing)

    def ask_supplement(
        self, number: str, operator: Operator, defects: tuple[Defect, ...], reply_by: date | None, reason: str = ""
    ) -> Case:
        """Tell the applicant everything that is missing; NothingNamed, ReasonMissing, LimitExceeded, WrongState."""
        return self._acts.carry_out(
            number,
            operator,
            lambda act: acceptance.ask_supplement(
                act.case,
                defects,
                act.number(PaperKind.SUPPLEMENT_NOTICE),
                reply_by=reply_by,
                now=act.now,
                reason=reason,
            ),
        )

    def take_in_supplement(
        self,
        number: str,
        operator: Operator,
        materials: Mapping[str, HandedIn],
        form: Mapping[str, str],
        others: Mapping[str, str] | None = None,
    ) -> Case:
        """Take in what a supplement notice asked for, in whole or in part; NothingNamed, WrongState."""
        return self._acts.carry_out(
            number,
            operator,
            lambda act: acceptance.take_in_supplement(
                act.case,
                act.item,
                materials,
                form,
                act.number(PaperKind.SUPPLEMENT_RECEIPT),
                today=act.now.date(),
                silence_until=self._acts.silence_until(act.now),
                others=others,
            ),
        )

    def refuse_acceptance(
        self,
        number: str,
        operator: Operator,
        *,
        ground: NonAcceptanceGround,
        reason: str,
        competent: str = "",
        basis: str = "",
    ) -> Case:
        """Record that the case is not accepted (不予受理); ReasonMissing names what the notice lacks; WrongState."""
        return self._acts.carry_out(
            number,
            operator,
            lambda act: acceptance.refuse_acceptance(
                act.case,
                ground=ground,
                reason=reason,
                competent=competent,
                basis=basis,
                notice=act.number(PaperKind.NON_ACCEPTANCE_NOTICE),
                now=act.now,
            ),
        )

    def give_back(self, number: str, operator: Operator, reason: str) -> Case:
        """Give the materials back (退件); ReasonMissing, WrongState once accepted."""
        return self._acts.carry_out(
            number,
            operator,
            lambda act: acceptance.give_back(act.case, reason, act.number(PaperKind.RETURN_SLIP), act.now),
        )

    def take_in_following(self, number: str, operator: Operator, materials: Mapping[str, HandedIn]) -> Case:
        """Take in promised materials (容缺后补); NothingNamed when none of them was owed."""
        return self._acts.carry_out(
            number,
            operator,
            lambda act: closing.take_in_following(
                act.case, act.item, materials, act.number(PaperKind.SUPPLEMENT_RECEIPT)
            ),
        )

    def sweep(self) -> list[str]:
        """Record every case that counts as accepted by silence by now; return their numbers, oldest first.

        Meant for a timer and for the start: a counter that was switched off makes up for it, dated back.
        """
        silent = self._store.views.silent_cases(self._recorder.now())
        return [number for number in silent if self._acts.deem_accepted(number)]
