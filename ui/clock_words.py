"""The words about the clock: a sign for the status strip, a sentence for the log-in and the settings. Qt-free."""

from app.services.timekeeping import ClockState, ClockStatus
from ui.dates import clock_time, long_time
from ui.text import _, ngettext

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400


def sign(status: ClockStatus) -> tuple[str, str, str]:
    """Return an icon, a word or two and a tone for the status strip."""
    if status.state is ClockState.TRUSTED:
        return "clock", _("时钟可信"), ""
    words = {
        ClockState.SILENT: _("请核对时钟"),
        ClockState.DRIFTED: _("时钟有偏差"),
        ClockState.JUMPED: _("时钟有跳变"),
        ClockState.BEHIND: _("时钟偏早"),
    }
    return "warning-fill", words[status.state], "warn"


def explanation(status: ClockStatus) -> str:
    """Return what is the matter with the clock and what is recorded meanwhile."""
    match status.state:
        case ClockState.TRUSTED:
            return _("按启动时的电脑时间计时，之后改动电脑时间不影响记录。")
        case ClockState.SILENT if status.last_at:
            day = long_time(status.last_at)
            return _("上一条记录在 %(time)s，隔了很久。请核对电脑的日期。") % {"time": day}
        case ClockState.BEHIND if status.last_at:
            times = {"last": long_time(status.last_at), "wall": long_time(status.clocks.wall)}
            return _("电脑时间 %(wall)s 早于上一条记录 %(last)s。记录接着上一条计时，已写入台账。") % times
        case ClockState.JUMPED if status.noticed_at:
            words = {"time": clock_time(status.noticed_at), "length": length(status.difference_ms)}
            if status.difference_ms < 0:
                return _("%(time)s 电脑时间被拨慢 %(length)s。记录不受影响，已写入台账。") % words
            return _("%(time)s 电脑时间被拨快 %(length)s。记录不受影响，已写入台账。") % words
        case _:
            words = {"length": length(status.clocks.apart_ms)}
            return _("电脑时间与记录的时间已慢慢差开 %(length)s。") % words


def advice(status: ClockStatus) -> str:
    """Return what to do now, empty when there is nothing to do."""
    match status.state:
        case ClockState.SILENT:
            return _("日期不对时，先关闭立等，校准电脑，再打开。")
        case ClockState.DRIFTED:
            return _("校准电脑时间，关闭立等再打开即可。")
        case ClockState.JUMPED if not status.is_apart:
            return _("电脑时间已拨回，不用处理。")
        case ClockState.JUMPED | ClockState.BEHIND:
            return _("请校准电脑时间；若现在的电脑时间才是对的，请管理员在“设置→时钟”里以电脑时间为准。")
    return ""


def warning(status: ClockStatus) -> str:
    """Return what the log-in says, empty when the clock can be trusted or nobody has to do anything."""
    if status.state in {ClockState.BEHIND, ClockState.SILENT}:
        return explanation(status) + advice(status)
    return ""


def length(milliseconds: int) -> str:
    """Return a length of time, whichever way, in its largest unit."""
    seconds = round(abs(milliseconds) / 1000)
    for unit_s, one in ((DAY_S, _days), (HOUR_S, _hours), (MINUTE_S, _minutes)):
        if seconds >= unit_s:
            return one(seconds // unit_s)
    return ngettext("%(count)d 秒", "%(count)d 秒", seconds) % {"count": seconds}


def _days(count: int) -> str:
    return ngettext("%(count)d 天", "%(count)d 天", count) % {"count": count}


def _hours(count: int) -> str:
    return ngettext("%(count)d 小时", "%(count)d 小时", count) % {"count": count}


def _minutes(count: int) -> str:
    return ngettext("%(count)d 分钟", "%(count)d 分钟", count) % {"count": count}
