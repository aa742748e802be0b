"""What the proof bar of a case says: the acceptance, between the centre's answers before and after it."""

from datetime import datetime

from app.domain.clock import CHINA
from app.services.desk import Event
from ui.dates import clock_time, short_time
from ui.text import _
from ui.widgets.proof import Proof


def proof_of(accepted: Event) -> Proof:
    """Return the interval in which the centre proves the acceptance; an open end says what it waits for."""
    before, after = accepted.proven.not_before, accepted.proven.not_after
    what = _("受理 %(time)s") % {"time": clock_time(accepted.at)}
    if before is None and after is None:
        return Proof(what, _("还没有中心的时间凭据"), "")
    place = 0.5
    if before and after:
        place = (accepted.at - before) / (after - before) if after > before else 0.5
    elif before:
        place = -1 if accepted.at < before else 0.5
    elif after:
        place = 2 if accepted.at > after else 0.5
    return Proof(
        what,
        _("中心 %(time)s 应答") % {"time": _moment(before, accepted)} if before else _("之前没有联系过中心"),
        _("中心 %(time)s 收到") % {"time": _moment(after, accepted)} if after else _("等中心收到"),
        has_before=before is not None,
        has_after=after is not None,
        place=place,
    )


def _moment(at: datetime, accepted: Event) -> str:
    """Return the time of day, with the day where it is another one than that of the acceptance."""
    is_same = at.astimezone(CHINA).date() == accepted.at.astimezone(CHINA).date()
    return clock_time(at) if is_same else short_time(at)
