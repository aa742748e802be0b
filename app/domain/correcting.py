"""Corrections of typing errors (更正): a fact of their own that keeps what was written beside what counts now.

Everything that was typed of everybody in the case can be mended: applicant, organisation and representative, those who
apply together, whoever acts for them, the form. A mended value is kept and checked as at intake. Who was left out or
taken in by mistake is no typing error: the case is closed as entered by mistake and opened anew.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.domain.application import Application, check, passed_warnings
from app.domain.case import Case, CaseState
from app.domain.catalogue import ServiceItem
from app.domain.closing import BEFORE_DECISION, HANDED_OVER
from app.domain.errors import ApplicationIncomplete, NothingNamed, ensure_given
from app.domain.facts import CaseCorrected
from app.domain.outcomes import Correction
from app.domain.problem import Problem
from app.domain.typed_places import is_readable, typed, with_text

NO_REASONS: Mapping[str, str] = {}


def correctable(case: Case, item: ServiceItem) -> dict[str, str]:
    """Return every place that can be corrected with what stands there now, also where the form was left empty."""
    return {**typed(case.application), **{f"form.{one.code}": case.form.get(one.code, "") for one in item.form}}


def correct(
    case: Case,
    item: ServiceItem,
    changes: Mapping[str, str],
    reason: str,
    today: date,
    passed: Mapping[str, str] = NO_REASONS,
) -> CaseCorrected:
    """Return the fact that typing errors were mended; places and texts as in ``correctable``.

    ``passed`` says by place why a warning about what is mended was passed. NothingNamed when nothing changes or a
    place does not exist; ReasonMissing; ApplicationIncomplete when what is mended is wrong, or doubtful without a
    reason; WrongState while a certificate waits to be handed over – it is voided first – or once the case is closed
    without one. A certificate that was handed over is replaced afterwards.
    """
    case.ensure("correct", *BEFORE_DECISION, CaseState.DECIDED, *(HANDED_OVER if case.certificate else ()))
    ensure_given(reason=reason)
    before = correctable(case, item)
    if unknown := next((place for place in changes if place not in before), ""):
        raise NothingNamed(unknown)
    if problems := doubts(case, item, changes, today, passed):
        raise ApplicationIncomplete(problems)
    mended = _mended(case, changes, passed)
    after = typed(mended)
    corrections = tuple(Correction(place, before[place], after[place]) for place in _changed(before, after, changes))
    if not corrections:
        raise NothingNamed("change")
    places = {correction.place for correction in corrections}
    answered = passed_warnings(mended, item, today)
    kept = {place: answer for place, answer in answered.items() if place in places or place in passed}
    return CaseCorrected(corrections, reason.strip(), kept)


def doubts(
    case: Case, item: ServiceItem, changes: Mapping[str, str], today: date, passed: Mapping[str, str] = NO_REASONS
) -> tuple[Problem, ...]:
    """Return what stands in the way of ``changes``: remarks on the mended places, and those that come with them.

    What was wrong before and elsewhere is none of the correction's business.
    """
    unreadable = tuple(_unreadable(place) for place, text in changes.items() if not is_readable(place, text))
    if unreadable:
        return unreadable
    mended = _mended(case, changes, passed)
    places = set(_changed(correctable(case, item), typed(mended), changes))
    known = {(problem.place, problem.code) for problem in check(case.application, item, today)}
    found = check(mended, item, today)
    return tuple(p for p in found if p.place in places or (p.place, p.code) not in known)


def _mended(case: Case, changes: Mapping[str, str], passed: Mapping[str, str]) -> Application:
    """Return the application after the changes; a reason that was given for what stood there does not count any more."""
    before = case.application
    mended = before
    for place, text in changes.items():
        mended = with_text(mended, place, text)
    mended = mended.tidied()
    changed = _changed(typed(before), typed(mended), changes)
    reasons = {place: reason for place, reason in before.reasons.items() if place not in changed}
    return replace(mended, reasons={**reasons, **passed})


def _changed(before: Mapping[str, str], after: Mapping[str, str], places: Mapping[str, str]) -> list[str]:
    return [place for place in places if before.get(place, "") != after.get(place, "")]


def _unreadable(place: str) -> Problem:
    return Problem(place, "not_a_date" if place.endswith("birth_date") else "not_a_choice")
