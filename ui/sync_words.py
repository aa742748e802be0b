"""The words of sync that more than one room says: how far a case is known, how the counter stands with its centre.

Qt-free.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.domain.clock import ProvenInterval
from app.services.ports import Waits
from app.services.snapshots import CaseMark, PaperMark
from app.services.sync_report import Contact, SyncProgress, SyncResult, SyncStatus, SyncStep
from app.services.unsent import Handed
from ui.dates import clock_time, day_words, recent_time
from ui.sentences import sentence
from ui.text import _, listed, ngettext

KIB, MIB = 1024, 1024 * 1024
WRONG_CERTIFICATE = tuple(f"certificate_{fault}" for fault in ("form", "root", "station", "key"))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def mark_words(mark: CaseMark) -> tuple[str, str, str]:
    """Return tone, words and icon of where what happened to a case is known."""
    return {
        CaseMark.HERE: ("plain", _("仅在本机"), "desktop"),
        CaseMark.AT_CENTRE: ("plain", _("已到中心"), "cloud-check"),
        CaseMark.CONFIRMED: ("good", _("已确认"), "shield-check"),
    }[mark]


def paper_mark_words(mark: PaperMark) -> tuple[str, str]:
    """Return tone and words of what the centre makes of a paper."""
    return {
        PaperMark.PROVISIONAL: ("plain", _("临时")),
        PaperMark.FINAL: ("good", _("已确认")),
        PaperMark.TO_RECALL: ("danger", _("须收回")),
    }[mark]


# --- how the counter stands with its centre ---------------------------------------------------------------------


def sign(status: SyncStatus | None, last: SyncResult | None, now: datetime) -> tuple[str, str, str, str]:
    """Return icon, words, explanation and tone for the status strip; everything unsent is counted."""
    if status is None or status.contact is Contact.ALONE:
        return "cloud-slash", _("单机·未连中心"), "", ""
    icon, tone = {
        Contact.ON_LINE: ("cloud-check", ""),
        Contact.OFF_LINE: ("cloud-slash", ""),
        Contact.FAILING: ("warning-fill", "warn"),
    }[status.contact]
    words = contact_words(status)[1]
    if waiting := status.entries_waiting + status.images_waiting:
        count = ngettext("%(count)d 条待同步", "%(count)d 条待同步", waiting) % {"count": waiting}
        words = f"{words}·{count}"
    return icon, words, f"{contact_since(status, now)}\n{failure_words(status, last)}".strip(), tone


def contact_words(status: SyncStatus) -> tuple[str, str]:
    """Return tone and words of how the counter stands with its centre."""
    if status.contact is Contact.OFF_LINE and status.last_contact is None:
        return "plain", _("还没连上中心")
    return {
        Contact.ALONE: ("plain", _("单机使用")),
        Contact.ON_LINE: ("good", _("在线")),
        Contact.OFF_LINE: ("plain", _("离线")),
        Contact.FAILING: ("warn", _("同步受阻")),
    }[status.contact]


def contact_since(status: SyncStatus, now: datetime) -> str:
    """Return when the centre last answered."""
    if status.last_contact is None:
        return _("还没有联系上中心")
    return _("上次联系中心：%(time)s") % {"time": recent_time(status.last_contact, now)}


def failure_words(status: SyncStatus, last: SyncResult | None) -> str:
    """Return why the last round did not get through, what is safe and what to do; empty when it did."""
    if last is not None and last.error is not None:
        return sentence(last.error).text
    return _("上次同步没有全部成功，程序会自动再试。") if status.failure else ""


def next_words(status: SyncStatus) -> str:
    """Return when the next round comes by itself."""
    if status.next_in_s is None:
        return ""
    seconds = round(status.next_in_s)
    if seconds < MINUTE.total_seconds():
        return _("一分钟内自动同步")
    minutes = round(seconds / MINUTE.total_seconds())
    return ngettext("约 %(count)d 分钟后自动同步", "约 %(count)d 分钟后自动同步", minutes) % {"count": minutes}


# --- a round ----------------------------------------------------------------------------------------------------


def progress_words(progress: SyncProgress) -> str:
    """Return what a round does now and how far it is."""
    words = {
        SyncStep.GREETING: _("正在联系中心"),
        SyncStep.CERTIFICATE: _("正在领取证书"),
        SyncStep.READING_BACK: _("正在取回恢复备份后缺的记录"),
        SyncStep.VIEWS: _("正在按中心的记录重新整理列表"),
        SyncStep.ENTRIES: _("正在上传台账"),
        SyncStep.INBOX: _("正在接收别处的记录"),
        SyncStep.BULLETINS: _("正在读中心的公告"),
        SyncStep.IMAGES: _("正在上传图片"),
    }[progress.step]
    if progress.total:
        words = f"{words} {min(progress.done, progress.total)}/{progress.total}"
    if progress.bytes_total:
        words = f"{words}·{size_words(progress.bytes_done)}/{size_words(progress.bytes_total)}"
    return words


def percent_of(progress: SyncProgress) -> int | None:
    """Return how far a step is in per cent, None where nobody knows."""
    done, total = progress.done, progress.total
    if progress.bytes_total:
        done, total = progress.bytes_done, progress.bytes_total
    return min(100, 100 * done // total) if total else None


def result_words(result: SyncResult) -> str:
    """Return in one line what a round did."""
    if result.is_cancelled:
        return _("已停下，已经传上去的不用重传")
    done = [
        _("上传 %(count)d 条") % {"count": result.pushed} if result.pushed else "",
        _("收到 %(count)d 条") % {"count": result.received} if result.received else "",
        _("取回 %(count)d 条") % {"count": result.read_back} if result.read_back else "",
        _("图片 %(count)d 张") % {"count": result.images} if result.images else "",
        _("公告 %(count)d 份") % {"count": result.bulletins} if result.bulletins else "",
    ]
    said = listed(filter(None, done), "，")
    if result.contact is Contact.ON_LINE:
        said = said or _("没有新的内容，都已同步")
    return listed(filter(None, (said, notice_words(result))), "；")


def notice_words(result: SyncResult) -> str:
    """Return what a round met that everybody at the window should know; empty on ordinary days."""
    said = []
    if result.clock_moved_s:
        width = width_words(timedelta(seconds=abs(result.clock_moved_s)))
        words = _("本机时钟慢了 %(width)s") if result.clock_moved_s > 0 else _("本机时钟快了 %(width)s")
        said.append(words % {"width": width} + _("，已按中心的时间走，台账记下了这一步"))
    if result.sent_again:
        words = _("中心恢复过自己的备份，它缺的 %(count)d 条已经补传，没有丢失")
        said.append(words % {"count": result.sent_again})
    return listed(said, "；")


def unsent_words(handed: Handed) -> str:
    """Return what was written for the centre's administrator."""
    words = _("台账 %(entries)d 条，图片 %(images)d 张，写在旁边的 .images 文件里；两个文件一起交给中心管理员。")
    if not handed.images:
        words = _("台账 %(entries)d 条，没有中心缺的图片；把文件交给中心管理员。")
    return words % {"entries": handed.entries, "images": handed.images}


def size_words(size: int) -> str:
    """Return a number of bytes as a person says it."""
    if size < KIB:
        return _("%(count)d 字节") % {"count": size}
    if size < MIB:
        return f"{size / KIB:.0f} KB"
    return f"{size / MIB:.1f} MB"


# --- what did not get through -----------------------------------------------------------------------------------


def reason_words(reason: str) -> str:
    """Return why one item did not get through, and what that means."""
    return _reasons().get(reason, _("中心没有收下，会自动再试"))


def waits_words(why: Waits) -> str:
    """Return why what was received is kept and not shown yet."""
    return {
        Waits.KEY: _("还认不出对方窗口的签名，名录更新后自动处理"),
        Waits.SIGNATURE: _("签名不是对方窗口的，没有采用"),
        Waits.KIND: _("由更新的版本写成，本程序更新后自动处理"),
        Waits.ORDER: _("前面的记录还没有到，到了自动处理"),
        Waits.CUSTODY: _("办这一步时，办件已经在别的窗口手里"),
        Waits.BODY: _("中心只有签名，没有内容"),
        Waits.UNREADABLE: _("对方发来的内容不成样子，读不了，没有采用；其余照常"),
    }[why]


def _reasons() -> Mapping[str, str]:
    return {
        "too_large": _("内容太大，中心没有收"),
        "unreadable": _("内容中心读不了，没有收"),
        "not_the_holder": _("办这一步时，办件已经在别的窗口手里"),
        "not_the_taker": _("中心还不知道这一件是交给本窗口的"),
        "not_a_party": _("中心还不知道本窗口与这一件有关"),
        "too_many": _("这一件上等着的记录太多，中心不再采用"),
        "header": _("记录开头写的与办件不符"),
        "twin": _("另一台电脑也用着本窗口时办的，请打开这一件核对，需要的重新办"),
        "number_twice": _("文书的编号在恢复备份前已经给出过，请打开这一件，作废后重新出具"),
        "unknown_holder": _("交给的窗口不在中心的名录里"),
        "forged": _("签名不是这个中心的，没有采用"),
        "broken": _("内容有误，没有采用，继续用原来的"),
        "strange": _("本版本不认得这种公告，继续用原来的"),
        "ahead": _("发布时间在将来，到时才采用；请中心管理员核对时钟后重新发布"),
        "dated": _("版次更新，发布时间却比现在用的早，没有采用；请中心管理员核对时钟后重新发布"),
        "contradicts": _("对方曾有两台电脑同时记录，同一位置先收到的已保留，这一条没有采用"),
        "certificate": _("没能领到，会自动再试"),
        "certificate_time": _("不在有效期内，没有采用；请核对本机时间，都对时请告诉中心管理员"),
        **dict.fromkeys(WRONG_CERTIFICATE, _("不是这个中心发给本窗口的，没有采用；请告诉中心管理员")),
        "NotAParty": _("中心还不知道本窗口与这一件有关"),
        "BatchRefused": _("中心没有收下"),
        "NotFound": _("再次使用的材料图片，本机和中心都没有"),
    }


# --- what the centre has proved ---------------------------------------------------------------------------------


def proven_words(proven: ProvenInterval) -> tuple[str, str, str]:
    """Return tone, words and width of the interval in which the centre proves that something was recorded."""
    before, after = proven.not_before, proven.not_after
    if before and after:
        return "good", _span(before, after), _("区间宽 %(width)s") % {"width": width_words(after - before)}
    if before:
        return "plain", _("%(time)s 以后") % {"time": _moment(before)}, _("等中心收到")
    if after:
        return "plain", _("%(time)s 以前") % {"time": _moment(after)}, _("之前没有联系过中心")
    return "plain", _("还没有中心的时间凭据"), ""


def width_words(width: timedelta) -> str:
    """Return how wide an interval is, in the unit that says it shortly."""
    if width < MINUTE:
        count = max(1, round(width.total_seconds()))
        return ngettext("%(count)d 秒", "%(count)d 秒", count) % {"count": count}
    if width < 2 * HOUR:
        count = round(width / MINUTE)
        return ngettext("%(count)d 分钟", "%(count)d 分钟", count) % {"count": count}
    if width < 2 * DAY:
        count = round(width / HOUR)
        return ngettext("%(count)d 小时", "%(count)d 小时", count) % {"count": count}
    count = round(width / DAY)
    return ngettext("%(count)d 天", "%(count)d 天", count) % {"count": count}


def _span(before: datetime, after: datetime) -> str:
    same_day = before.date() == after.date()
    last = clock_time(after) if same_day else _moment(after)
    return f"{_moment(before)} — {last}"


def _moment(at: datetime) -> str:
    return f"{day_words(at)} {clock_time(at)}"
