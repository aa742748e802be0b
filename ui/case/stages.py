"""The line of stages of a case, also of one that waits, stands still, or ended before its result. Qt-free but for names."""

from datetime import datetime

from app.domain.case import BEFORE_ACCEPTANCE, DEAD, CaseState
from app.domain.facts import CaseDecided, CaseDelivered, CertificateIssued, Fact, ReviewStarted, SupplementAsked
from app.services.desk import CaseFile
from ui.dates import short_day, short_time
from ui.text import _
from ui.widgets.signs import Stage
from ui.words import light_words, state_words


def stages_of(file: CaseFile) -> list[Stage]:
    """Return the stages with the time at which each was reached; the first that was not is the present one."""
    case = file.case
    reached = _reached(file)
    if case.state in DEAD:
        done = [Stage(name, _note(at), "done") for name, at in reached if at is not None]
        return [*done, Stage(state_words(case.state), _note(case.closed_at), "now")]
    present = next((place for place, (_name, at) in enumerate(reached) if at is None), len(reached))
    return [
        Stage(name, _note(at) if at else _present_note(file) if place == present else "", _state(place, present))
        for place, (name, at) in enumerate(reached)
    ]


def _reached(file: CaseFile) -> list[tuple[str, datetime | None]]:
    """Return every stage that belongs to the case with the time at which it was reached."""
    case = file.case
    steps: list[tuple[str, datetime | None]] = [(_("收件"), case.received_at)]
    if case.supplements:
        asked = _first(file, SupplementAsked)
        steps.append((_("补正"), None if case.state is CaseState.SUPPLEMENT else asked))
    steps.append((_("视为受理") if case.is_deemed else _("受理"), case.accepted_at))
    if not case.is_immediate or case.reviewer:
        steps.append((_("审查"), _review(file)))
    steps.append((_("决定"), _first(file, CaseDecided)))
    if file.item.makes_certificate and not (case.decided_at and case.result == "refused"):
        steps.append((_("制证"), _first(file, CertificateIssued) if case.certificate or case.delivered_at else None))
    steps.append((_("送达"), _first(file, CaseDelivered)))
    return steps


def _review(file: CaseFile) -> datetime | None:
    """Return when the review was done with: it is the present stage until the decision."""
    case = file.case
    if case.decided_at is None:
        return None
    return _first(file, ReviewStarted) or case.decided_at


def _present_note(file: CaseFile) -> str:
    case = file.case
    if case.state is CaseState.SUPPLEMENT:
        return _("%(day)s 前补正") % {"day": short_day(case.reply_by)} if case.reply_by else _("待补正")
    if case.state in BEFORE_ACCEPTANCE:
        return _("%(time)s 前告知") % {"time": short_time(case.silence_until)} if case.silence_until else ""
    if case.state is CaseState.SUSPENDED and case.suspended_at:
        return _("%(time)s 起停表") % {"time": short_time(case.suspended_at)}
    return light_words(file.lit)[1] if file.lit.light is not None else ""


def _state(place: int, present: int) -> str:
    if place == present:
        return "now"
    return "done" if place < present else "next"


def _note(at: datetime | None) -> str:
    return short_time(at) if at else ""


def _first(file: CaseFile, kind: type[Fact]) -> datetime | None:
    return next((event.at for event in file.events if isinstance(event.fact, kind)), None)
