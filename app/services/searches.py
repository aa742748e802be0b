"""Saved searches of the list of cases: what an operator looks for again and again, under a name of their own.

They are no facts: kept beside the other preferences, by operator.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.domain.errors import ensure_given
from app.domain.operators import Operator
from app.domain.plain import from_plain, to_plain
from app.services.ports import Store, UnitOfWork
from app.services.snapshots import CaseFilter

LONGEST_NAME = 30


class Period(StrEnum):
    """Days that move on with the calendar, or two chosen ones."""

    ALL = "all"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    """This week from Monday on."""
    MONTH = "month"
    LAST_MONTH = "last_month"
    CHOSEN = "chosen"


def days_of(period: Period, today: date) -> tuple[date | None, date | None]:
    """Return the first and the last day of ``period``, None for no end; nothing of chosen days, which are told apart."""
    this_month = today.replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    return {
        Period.ALL: (None, None),
        Period.TODAY: (today, today),
        Period.YESTERDAY: (today - timedelta(days=1),) * 2,
        Period.WEEK: (today - timedelta(days=today.weekday()), today),
        Period.MONTH: (this_month, today),
        Period.LAST_MONTH: (last_month, this_month - timedelta(days=1)),
        Period.CHOSEN: (None, None),
    }[period]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """One search; days of ``wanted`` count only when ``period`` says that they were chosen."""

    name: str
    period: Period
    wanted: CaseFilter

    def on(self, today: date) -> CaseFilter:
        """Return what the search narrows the list to ``today``."""
        if self.period is Period.CHOSEN:
            return self.wanted
        first, last = days_of(self.period, today)
        return replace(self.wanted, received_from=first, received_to=last)


class SavedSearchService:
    """Use cases around saved searches; each returns the operator's list as it is now."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, operator: Operator) -> tuple[SavedSearch, ...]:
        """Return the searches of ``operator`` in the order in which they were saved."""
        with self._store.read() as uow:
            return _kept(uow, operator)

    def save(self, operator: Operator, search: SavedSearch) -> tuple[SavedSearch, ...]:
        """Keep ``search``, in the place of one of the same name; ReasonMissing without a name."""
        ensure_given(name=search.name)
        tidy = replace(search, name=search.name.strip()[:LONGEST_NAME], wanted=replace(search.wanted, now=None))
        with self._store.write() as uow:
            kept = list(_kept(uow, operator))
            places = [place for place, one in enumerate(kept) if one.name == tidy.name]
            if places:
                kept[places[0]] = tidy
            else:
                kept.append(tidy)
            return _keep(uow, operator, kept)

    def rename(self, operator: Operator, old: str, new: str) -> tuple[SavedSearch, ...]:
        """Call a search something else; one that had the new name gives way. ReasonMissing without a name."""
        ensure_given(name=new)
        name = new.strip()[:LONGEST_NAME]
        with self._store.write() as uow:
            kept = [one for one in _kept(uow, operator) if one.name == old or one.name != name]
            return _keep(uow, operator, [replace(one, name=name) if one.name == old else one for one in kept])

    def delete(self, operator: Operator, name: str) -> tuple[SavedSearch, ...]:
        """Remove a search, if it is there; ``replace_all`` with the list before brings it back."""
        with self._store.write() as uow:
            return _keep(uow, operator, [one for one in _kept(uow, operator) if one.name != name])

    def replace_all(self, operator: Operator, searches: tuple[SavedSearch, ...]) -> tuple[SavedSearch, ...]:
        """Keep exactly ``searches``: how an act on them is undone."""
        with self._store.write() as uow:
            return _keep(uow, operator, list(searches))


def _key(operator: Operator) -> str:
    return f"searches/{operator.login}"


def _kept(uow: UnitOfWork, operator: Operator) -> tuple[SavedSearch, ...]:
    """Return what was kept; what a newer program kept and this one cannot read is left out."""
    kept = []
    for plain in json.loads(uow.preferences.all().get(_key(operator), "[]")):
        try:
            kept.append(from_plain(SavedSearch, plain))
        except (ValueError, TypeError):
            continue
    return tuple(kept)


def _keep(uow: UnitOfWork, operator: Operator, searches: list[SavedSearch]) -> tuple[SavedSearch, ...]:
    uow.preferences.set(_key(operator), json.dumps([to_plain(one) for one in searches], ensure_ascii=False))
    uow.commit()
    return tuple(searches)
