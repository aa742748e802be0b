"""What the counter knows of whoever applies: earlier visits, a case that is open already, materials to use again.

Nothing here writes; the intake shows what is found and the clerk decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.domain.application import Collection, check_value
from app.domain.case import DEAD, Case, CaseState
from app.domain.catalogue import ServiceItem
from app.domain.clock import CHINA
from app.domain.reuse import EarlierMaterial, reusable
from app.services.ports import Store, UnitOfWork
from app.services.recording import Recorder, load_case, load_item
from app.services.snapshots import CaseRow, KnownOrganisation, KnownPerson

RECENT_DAYS = 180
"""A case of the same item within half a year is shown: most certificates are valid for so long, so that a second one
is a mistake, or the first was lost, which is a reason."""
COME_TO_NOTHING = DEAD - {CaseState.FORWARDED}
"""States after which the applicant rightly comes again; what was handed up to another body is still being dealt with."""
LONGEST_MONTH_DAYS = 31
MOST_EARLIER = 20
"""Earlier cases whose materials are looked at, the latest ones; an organisation may have hundreds."""


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of an applicant for an item."""

    recent: CaseRow | None = None
    """A case of the same item that is open, or was received within ``RECENT_DAYS``."""
    form: Mapping[str, str] = field(default_factory=dict)
    """What was said in the last case of the item, where the form still takes it."""
    collection: Collection | None = None
    reusable: Mapping[str, EarlierMaterial] = field(default_factory=dict)
    """Materials that need not be asked for again, by code."""


class ApplicantService:
    """Use cases that look an applicant up."""

    def __init__(self, store: Store, recorder: Recorder) -> None:
        self._store = store
        self._recorder = recorder

    def find_people(self, text: str, limit: int = 5) -> list[KnownPerson]:
        """Return earlier applicants by name, initials or the beginning of their number, the latest seen first."""
        return self._store.views.find_people(text, limit)

    def find_organisations(self, text: str, limit: int = 5) -> list[KnownOrganisation]:
        """Return earlier organisations by a part of their name or the beginning of their code, the latest first."""
        return self._store.views.find_organisations(text, limit)

    def recent_case(self, number: str, item: str) -> CaseRow | None:
        """Return the applicant's case of ``item`` that is open or recent, None when there is none.

        ``number`` is that of the applicant's document, or the organisation's code.
        """
        since = self._today() - timedelta(days=RECENT_DAYS)
        found = self._store.views.cases_of(number, item, since)
        return next((row for row in found if row.state not in COME_TO_NOTHING), None)

    def background(self, number: str, item: ServiceItem) -> Background:
        """Return everything that is known of an applicant for ``item``; takes a while, so call it beside the window."""
        recent = self.recent_case(number, item.code)
        oldest = max((material.valid_months for material in item.materials), default=0) * LONGEST_MONTH_DAYS
        today = self._today()
        materials = self._store.views.cases_of(number, "", today - timedelta(days=oldest))[:MOST_EARLIER]
        last = self._store.views.cases_of(number, item.code, date.min)[:1]
        with self._store.read() as uow:
            earlier = [one for row in materials for one in _materials(uow, load_case(uow, row.number))]
            case = load_case(uow, last[0].number) if last else None
        return Background(
            recent=recent,
            form=_still_taken(case, item, today) if case else {},
            collection=case.collection if case else None,
            reusable=reusable(item, earlier, today),
        )

    def _today(self) -> date:
        return self._recorder.now().date()


def _materials(uow: UnitOfWork, case: Case) -> Iterator[EarlierMaterial]:
    """Yield what was handed in of each material of a case, dated by the day when the case was received."""
    item = load_item(uow, case)
    taken_on = case.received_at.astimezone(CHINA).date()
    for material in item.materials:
        if material.code in case.materials:
            handed_in = case.materials[material.code]
            yield EarlierMaterial(case.number, material.code, material.name, taken_on, handed_in)


def _still_taken(case: Case, item: ServiceItem, today: date) -> dict[str, str]:
    """Return the values that the form still takes; a field with a default of its own keeps that."""
    return {
        entry.code: value
        for entry in item.form
        if not entry.default and (value := case.form.get(entry.code, ""))
        if not any(check_value(entry.code, value, entry, today))
    }
