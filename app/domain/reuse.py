"""Materials of earlier cases that can be used again instead of being asked for twice.

A material is the same when its code is, or its name: every item's checklist names its materials for itself. The sheets
stay where they are kept; what is taken over are the copies and the page images, each by its digest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.application import HandedIn, TakenHow
from app.domain.catalogue import Material, ServiceItem
from app.domain.deadline import add_months


@dataclass(frozen=True, slots=True)
class EarlierMaterial:
    """What was handed in of one material in an earlier case of the same applicant."""

    case: str
    code: str
    name: str
    taken_on: date
    handed_in: HandedIn

    def taken_over(self) -> HandedIn:
        """Return what stands in the checklist when it is used again: copies and pages, else what there was."""
        before = self.handed_in
        has_copy = bool(before.copies or before.pages)
        return HandedIn(
            originals=0 if has_copy else before.originals,
            copies=before.copies,
            how=TakenHow.REUSED,
            pages=before.pages,
            reused_from=self.case,
        )


def reusable(item: ServiceItem, earlier: Iterable[EarlierMaterial], today: date) -> dict[str, EarlierMaterial]:
    """Return the newest earlier material that may be used for each material of ``item``, by its code.

    ``earlier`` may stand in any order. What was itself taken over is left out: its age counts from the first time.
    """
    ones = sorted((one for one in earlier if _counts(one)), key=lambda one: one.taken_on, reverse=True)
    found = ((material.code, _newest(material, ones, today)) for material in item.materials)
    return {code: one for code, one in found if one is not None}


def _counts(one: EarlierMaterial) -> bool:
    return one.handed_in.is_there and one.handed_in.how is not TakenHow.REUSED


def _newest(material: Material, earlier: Sequence[EarlierMaterial], today: date) -> EarlierMaterial | None:
    if not material.valid_months:
        return None
    same = (one for one in earlier if material.name == one.name or material.code == one.code)
    return next((one for one in same if add_months(one.taken_on, material.valid_months) >= today), None)
