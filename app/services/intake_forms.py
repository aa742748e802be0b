"""Forms that are printed at the intake from what was typed: 委托书, 告知承诺书, 个人信息处理告知.

Each gets a number of its own and is a fact before any case exists; what stands on it is told in ``paper_forms``.
"""

from app.domain.catalogue import Material, ServiceItem
from app.domain.deadline import add_months
from app.domain.operators import Operator
from app.domain.paper import PaperKind
from app.domain.people import AgentKind
from app.services import paper_forms
from app.services.paper_told import Values
from app.services.papers import PaperService
from app.services.ports import Draft
from app.services.recording import Recorder
from app.services.snapshots import PaperRow

MANDATE_MONTHS = 6
"""Months for which a mandate is proposed: longer than any published limit, so that the result can still be collected."""
PROOF_PLEDGE = "proof_pledge"
"""The template for a pledge in place of one proof."""
VILLAGE_MANDATE = "agency_mandate"
"""The template for a village's agent, with the line of the agent's ledger on the copy that stays."""


class IntakeFormService:
    """Use cases around the forms of an intake."""

    def __init__(self, papers: PaperService, recorder: Recorder) -> None:
        self._papers = papers
        self._recorder = recorder

    def prepare(self, kind: PaperKind, draft: Draft, item: ServiceItem, operator: Operator) -> PaperRow:
        """Give a form a number and keep what stands on it as a fact; MissingGlyphs before anything is written.

        A mandate needs an agent; whether everybody is named well enough is the caller's to check.
        """
        return self._papers.prepare(kind, self._values(kind, draft, item), operator, template=_template(kind, draft))

    def in_place_of(self, material: Material, draft: Draft, item: ServiceItem, operator: Operator) -> PaperRow:
        """Give the pledge that stands in place of a proof a number, as ``prepare`` does; the material must allow it."""
        values = paper_forms.proof_pledge(draft.application.tidied(), item, material)
        return self._papers.prepare(PaperKind.PLEDGE, values, operator, template=PROOF_PLEDGE)

    def _values(self, kind: PaperKind, draft: Draft, item: ServiceItem) -> Values:
        application, today = draft.application.tidied(), self._recorder.now().date()
        match kind:
            case PaperKind.MANDATE:
                return paper_forms.mandate(application, item, today, add_months(today, MANDATE_MONTHS))
            case PaperKind.PLEDGE:
                return paper_forms.pledge(application, item, item.pledge)
        return paper_forms.privacy(application, item)


def _template(kind: PaperKind, draft: Draft) -> str:
    agent = draft.application.agent
    of_village = kind is PaperKind.MANDATE and agent is not None and agent.kind is AgentKind.VILLAGE_AGENT
    return VILLAGE_MANDATE if of_village else ""
