"""The words of the window in the chosen language, and what to say of an error. Qt-free.

Chinese is the source language: it needs no message catalogue. Other languages are compiled gettext catalogues under
``resources/locale``; dates and times are written the way each language does.
"""

import gettext
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.domain import errors as rules
from app.domain.clock import CHINA
from app.services import errors

LOCALE = Path(__file__).resolve().parent.parent / "resources" / "locale"
SOURCE = "zh_CN"
TAIWAN = "zh_TW"
LANGUAGES = (SOURCE, TAIWAN, "en")
SEPARATORS_EN = {"、": ", ", "，": ", ", "；": "; "}
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SECONDS_OF_A_MINUTE = 60


class _Chosen:
    """The one language of this process; the window has one at a time."""

    language = SOURCE
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str) -> None:
    """Speak ``language`` from now on; an unknown or empty one means Chinese."""
    _Chosen.language = language if language in LANGUAGES else SOURCE
    if _Chosen.language == SOURCE:
        _Chosen.catalogue = gettext.NullTranslations()
    else:
        # A catalogue that is not there leaves the source language, which is better than no window.
        _Chosen.catalogue = gettext.translation("lideng", LOCALE, [_Chosen.language], fallback=True)


def language() -> str:
    """Return the language that is spoken."""
    return _Chosen.language


def _(words: str) -> str:
    """Return ``words`` in the chosen language."""
    return _Chosen.catalogue.gettext(words)


def pgettext(context: str, words: str) -> str:
    """Return ``words`` as they are meant in ``context``, such as ``act`` for what a button does."""
    return _Chosen.catalogue.pgettext(context, words)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the words for ``count`` things in the chosen language."""
    return _Chosen.catalogue.ngettext(one, many, count)


def is_chinese() -> bool:
    """Tell whether Chinese is spoken, in whichever script."""
    return _Chosen.language in {SOURCE, TAIWAN}


def listed(parts: Iterable[str], separator: str = "、") -> str:
    """Return ``parts`` as one text, with ``separator`` (、，；) written the way of the language."""
    return (separator if is_chinese() else SEPARATORS_EN[separator]).join(parts)


# --- dates and times --------------------------------------------------------------------------------------------


def day_words(day: date) -> str:
    """Return a day as a heading says it: 5 月 18 日 周一, or Mon 18 May."""
    if is_chinese():
        week = "週" if _Chosen.language == TAIWAN else "周"
        return f"{day.month} 月 {day.day} 日 {week}{WEEKDAYS_ZH[day.weekday()]}"
    return f"{WEEKDAYS_EN[day.weekday()]} {short_day(day)}"


def short_day(day: date) -> str:
    """Return month and day: 05-18, 05/18 or 18 May."""
    if not is_chinese():
        return f"{day.day} {MONTHS_EN[day.month - 1]}"
    return f"{day:%m/%d}" if _Chosen.language == TAIWAN else f"{day:%m-%d}"


def long_day(day: date) -> str:
    """Return year, month and day: 2026-05-18, 2026/05/18 or 18 May 2026."""
    return f"{short_day(day)} {day.year}" if not is_chinese() else f"{day.year}{short_day(day)[2]}{short_day(day)}"


def time_of_day(at: datetime) -> str:
    """Return hours and minutes: 10:24."""
    return f"{at.astimezone(CHINA):%H:%M}"


def short_time(at: datetime) -> str:
    """Return month, day and time: 05-18 10:24, or 18 May 10:24."""
    return f"{short_day(at.astimezone(CHINA))} {time_of_day(at)}"


def long_time(at: datetime) -> str:
    """Return date and time: 2026-05-18 10:24, or 18 May 2026 10:24."""
    return f"{long_day(at.astimezone(CHINA))} {time_of_day(at)}"


def exact_time(at: datetime) -> str:
    """Return date and time with seconds: 2026-05-18 10:24:07, or 18 May 2026 10:24:07."""
    return f"{long_day(at.astimezone(CHINA))} {clock_time(at)}"


def clock_time(at: datetime) -> str:
    """Return the time of day with seconds: 10:24:07."""
    return f"{at.astimezone(CHINA):%H:%M:%S}"


def recent_time(at: datetime, now: datetime) -> str:
    """Return the time alone for today, else month, day and time."""
    is_today = at.astimezone(CHINA).date() == now.astimezone(CHINA).date()
    return time_of_day(at) if is_today else short_time(at)


def duration(seconds: int) -> str:
    """Return a duration in minutes and seconds."""
    minutes, rest = divmod(seconds, SECONDS_OF_A_MINUTE)
    if not minutes:
        return _("%(seconds)d 秒") % {"seconds": rest}
    return _("%(minutes)d 分 %(seconds)d 秒") % {"minutes": minutes, "seconds": rest}


# --- errors -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Message:
    """What to say of an error: what happened, what is safe, what to do now."""

    what: str
    safe: str
    do: str

    @property
    def text(self) -> str:
        """Return the three as one text."""
        return " ".join(part for part in (self.what, self.safe, self.do) if part)


def sentence(error: Exception) -> Message:
    """Return what to say of ``error``; of a fault that nobody foresaw, only that it happened and was logged."""
    for kind in type(error).__mro__:
        if kind in SENTENCES:
            return SENTENCES[kind](error)
    return Message(
        _("程序出了意外的问题。"),
        _("已受理的办件和草稿都还在。"),
        _("请再试一次；再出现时请联系维护人员，详情已写入日志。"),
    )


def _kept() -> str:
    return _("已填写的内容没有丢失。")


def _forbidden(error: rules.ItemNotOpen) -> Message:
    reasons = {
        "frozen": _("“%(title)s”已暂停办理。") % {"title": error.title},
        "cancelled": _("“%(title)s”已取消。") % {"title": error.title},
        "forbidden": _("“%(title)s”不得由村（居）民委员会出具。") % {"title": error.title},
    }
    what = reasons.get(error.state, _("“%(title)s”现在不能办理。") % {"title": error.title})
    return Message(what, error.reason, _("请到：%(competent)s") % {"competent": error.competent})


def _wrong_state(_error: rules.WrongState) -> Message:
    return Message(_("办件已不在这一步，可能刚在别处办过。"), _("没有重复办理。"), _("请返回后重新打开这一件。"))


def _may_not_issue(error: rules.MayNotIssue) -> Message:
    what = _("本服务点无权当场出具“%(title)s”的结果。") % {"title": error.title}
    return Message(what, _("已受理的办件有效。"), _("请按清单转到有权的机关办理。"))


def _missing_glyphs(error: errors.MissingGlyphs) -> Message:
    what = _("没有字体能显示这些字：%(characters)s") % {"characters": error.characters}
    return Message(
        what, _("还没有取号，内容没有丢失。"), _("请核对是否输错；确是此字，请让维护人员安装含生僻字的字体。")
    )


def _bad_attachment(error: errors.BadAttachment) -> Message:
    faults = {
        "kind": _("只能添加 PDF、JPEG、PNG 和 TIFF 文件。"),
        "size": _("文件太大。"),
        "pages": _("文件页数太多。"),
        "damaged": _("文件已损坏，打不开。"),
        "encrypted": _("文件有密码，打不开。"),
    }
    return Message(faults.get(error.fault, faults["damaged"]), _kept(), _("请换一个文件，或重新扫描。"))


def _broken_journal(error: errors.BrokenJournal) -> Message:
    faults = {
        "body": _("内容被改动"),
        "hash": _("内容与哈希不符"),
        "signature": _("签名不符"),
        "sequence": _("缺少、重复或调换了条目"),
        "epoch": _("起始条目不符"),
        "cut": _("结尾被截去"),
        "key": _("公钥不符"),
    }
    place = {"epoch": error.epoch, "seq": error.seq, "fault": faults.get(error.fault, error.fault)}
    what = _("台账核对不通过：第 %(epoch)d 期第 %(seq)d 条，%(fault)s。") % place
    return Message(what, "", _("请保留此文件，不要修改，报告中心。"))


def _bad_backup(error: errors.BadBackup) -> Message:
    faults = {
        "kind": _("这不是备份文件，或者文件没有写完。"),
        "changed": _("备份文件的内容与写入时不符。"),
        "newer": _("备份由更新的程序写成。"),
        "station": _("这是另一个窗口的备份。"),
    }
    return Message(faults[error.fault], _("本柜台的数据没有改动。"), _("请换一份备份，或联系维护人员。"))


def _bad_case_file(error: errors.BadCaseFile) -> Message:
    faults = {
        "kind": _("这不是一件的文件。"),
        "changed": _("文件的内容与写出时不符。"),
        "newer": _("文件由更新的程序写成。"),
    }
    way = _("请先更新本程序。") if error.fault == "newer" else _("请对方重新导出，不要改动文件。")
    return Message(faults[error.fault], _("什么都没有收入。"), way)


def _bad_invitation(error: errors.BadInvitation) -> Message:
    faults = {
        "kind": _("这不是邀请文件。"),
        "newer": _("邀请文件由更新的程序写成。"),
        "changed": _("邀请文件的内容与签发时不符。"),
    }
    ways = {"newer": _("请先更新本程序。")}
    usual = _("请向中心管理员重新索取，不要改动文件。")
    return Message(faults[error.fault], _("本柜台没有改动。"), ways.get(error.fault, usual))


def _central_unavailable(error: errors.CentralUnavailable) -> Message:
    reasons = {
        "network": (_("现在连不上中心。"), _("网络恢复后会自动再试。")),
        "tls": (
            _("对方出示的证书不是这个中心的，没有连接。"),
            _("请核对本机时间和网络；仍然这样时请联系中心管理员。"),
        ),
        "tls_name": (
            _("服务器的证书上是另一个主机名，没有连接。"),
            _("请告诉中心管理员：邀请里的地址和服务器的证书对不上。"),
        ),
        "tls_time": (
            _("服务器的证书不在有效期内，没有连接。"),
            _("请先核对本机的日期和时间；都对时请告诉中心管理员。"),
        ),
        "login": (_("中心不接受本柜台的登录。"), _("请联系中心管理员，可能需要新的邀请文件。")),
        "busy": (_("中心正忙。"), _("稍后会自动再试。")),
    }
    what, way = reasons.get(error.reason, (_("中心出了故障。"), _("稍后会自动再试；一直这样时请联系中心管理员。")))
    return Message(what, _("本柜台照常办理，什么都没有丢失。"), way)


def _centre_declined(error: errors.CentreDeclined) -> Message:
    reasons = {
        "station": _("中心没有这个窗口，或者它已经停用。"),
        "enrolled": _("这个窗口已经入网或停用，没有邀请。确实要让它重新入网时加上 --again：它原来的密码和证书作废。"),
        "invitation": _("邀请的期限或密钥不合要求。"),
        "version": _("已经发布过这一版或更新的一版。"),
        "quarantine": _("这个位置没有搁置的记录。"),
        "year": _("中心没有这一年的数据。"),
        "kept": _("这一年的内容还在保存期内。"),
        "open": _("这一年还有没办结的办件。"),
    }
    return Message(reasons.get(error.why, _("中心没有照办。")), _("中心的数据没有改动。"), "")


def _wrong_recovery_code(error: errors.WrongRecoveryCode) -> Message:
    if error.group:
        return Message(_("恢复码第 %(group)d 组有误。") % {"group": error.group}, "", _("请对照恢复单再输一次。"))
    return Message(_("恢复码打不开密钥。"), _("数据没有改动。"), _("请找出编号相符的恢复单。"))


def _definitions(error: errors.BadDefinitions) -> Message:
    return Message(_("数据文件有误：") + "\n" + str(error), "", _("请改正后再试。"))


def _incomplete(error: rules.ApplicationIncomplete) -> Message:
    count = len(error.problems)
    what = ngettext("还有 %(count)d 处要改。", "还有 %(count)d 处要改。", count) % {"count": count}
    return Message(what, _kept(), _("请按提示逐处改正。"))


def _given_words(what: str) -> str:
    """Return what a clerk calls a thing that an act needs or names."""
    return {
        "reason": _("理由"),
        "purpose": _("用途"),
        "subject": _("问了什么"),
        "answer": _("答复"),
        "basis": _("依据"),
        "competent": _("有权办理的机关"),
        "approver": _("批准人"),
        "approved_by": _("复核人"),
        "decided_by": _("作出决定的人"),
        "reviewer": _("审查人"),
        "outcome": _("结果"),
        "to": _("转往的机关"),
        "what": _("缺什么、要什么形式"),
        "paper_number": _("当时所出文书的编号"),
        "collected_by": _("领取人姓名"),
        "defect": _("要补正的内容"),
        "material": _("欠交的材料"),
        "change": _("改动"),
    }.get(what, what)


def _reason_missing(error: rules.ReasonMissing) -> Message:
    what = _("没有填写%(what)s。") % {"what": _given_words(error.what)}
    return Message(what, _kept(), _("请填写后再试。"))


def _nothing_named(error: rules.NothingNamed) -> Message:
    what = _("没有指明%(what)s，或者本办件没有这一项。") % {"what": _given_words(error.what)}
    return Message(what, _kept(), _("请选好后再试。"))


def _limit_exceeded(error: rules.LimitExceeded) -> Message:
    limits = {
        "days": _("天数要在 1 到 %(most)s 之间。"),
        "due": _("办结期限 %(most)s 已过，不能再延期。"),
        "reply_by": _("补正期限不能早于 %(most)s。"),
        "received_at": _("收件时间不能晚于受理时间 %(most)s。"),
        "accepted_at": _("受理时间不能晚于现在（%(most)s）。"),
        "rows": _("一次最多 %(most)s 行，请缩小范围。"),
        "day": _("还没到那一天，今天是 %(most)s。"),
        "grade": _("评价等级要在 1 到 %(most)s 之间。"),
    }
    what = limits.get(error.what, _("超出了规定：%(most)s。")) % {"most": error.most}
    return Message(what, _kept(), _("请改正后再试。"))


def _plain(words: Callable[[], tuple[str, str, str]]) -> Callable[[Any], Message]:
    return lambda _error: Message(*words())


SENTENCES: dict[type[BaseException], Callable[[Any], Message]] = {
    rules.ItemNotOpen: _forbidden,
    rules.ApplicationIncomplete: _incomplete,
    rules.WrongState: _wrong_state,
    rules.MayNotIssue: _may_not_issue,
    rules.NotHeldHere: _plain(
        lambda: (
            _("这一件在别的窗口手里，这里只能查看。"),
            _("什么都没有改变。"),
            _("请联系经办窗口；需要在这里办的，由那边交回来。"),
        )
    ),
    rules.SilenceOver: _plain(
        lambda: (
            _("收件后超过五个工作日没有告知，这一件自收件之日起视为受理。"),
            _("系统已按规定记入台账。"),
            _("请返回后重新打开这一件。"),
        )
    ),
    rules.ReasonMissing: _reason_missing,
    rules.NothingNamed: _nothing_named,
    rules.AlreadyDone: _plain(lambda: (_("这一步只能办一次，已经办过了。"), _kept(), _("请返回后重新打开这一件。"))),
    rules.LimitExceeded: _limit_exceeded,
    rules.SeriesExhausted: _plain(
        lambda: (_("本窗口的编号已经用完。"), _kept(), _("请到别的窗口办理，或者请管理员修改编号的格式。"))
    ),
    rules.SamePerson: _plain(lambda: (_("这一步要由另一个人确认。"), _kept(), _("请让另一位工作人员输入账号和密码。"))),
    rules.BrokenRule: _plain(lambda: (_("按规定不能这样办理。"), _kept(), _("请核对后再试。"))),
    errors.DiskFull: _plain(lambda: (_("磁盘已满，没有存上。"), _kept(), _("请腾出空间后再试。"))),
    errors.ReadOnlyStore: _plain(lambda: (_("数据所在的文件夹不能写入。"), _kept(), _("请检查磁盘和权限后再试。"))),
    errors.DiskFault: _plain(
        lambda: (
            _("磁盘写入出错，没有存上。"),
            _("已受理的办件和已填写的内容没有丢失。"),
            _("请再试一次；再出现时请停用本机，让维护人员检查磁盘。"),
        )
    ),
    errors.StoreBusy: _plain(lambda: (_("数据正被另一个程序占用。"), _kept(), _("请稍候再试。"))),
    errors.ProfileInUse: _plain(
        lambda: (_("这个柜台已经有一个窗口开着。"), "", _("请使用已打开的窗口，或先把它关闭。"))
    ),
    errors.NoProfile: _plain(
        lambda: (_("这个文件夹里还没有柜台。"), "", _("请先打开窗口完成首次设置，或用 --profile 指明文件夹。"))
    ),
    errors.KeyringUnavailable: _plain(
        lambda: (_("系统密钥环没有应答。"), _("数据没有改动。"), _("请解锁密钥环（通常是登录桌面）后再试。"))
    ),
    errors.KeysMissing: _plain(
        lambda: (
            _("找不到本柜台的密钥。"),
            _("数据没有改动。"),
            _("没有密钥无法打开；请用当初的系统账户登录，或联系维护人员。"),
        )
    ),
    errors.WrongKey: _plain(
        lambda: (
            _("密钥打不开数据，或文件不是本程序的数据库。"),
            _("数据没有改动。"),
            _("请核对文件夹，或联系维护人员。"),
        )
    ),
    errors.DamagedStore: _plain(
        lambda: (_("数据文件已损坏。"), _("程序没有改动它。"), _("请不要继续使用，保留文件并用备份恢复。"))
    ),
    errors.NewerSchema: _plain(lambda: (_("数据由更新的程序写成。"), _("数据没有改动。"), _("请安装新版本后再打开。"))),
    errors.PlaceUnavailable: lambda error: Message(
        _("备份文件夹 %(folder)s 不在或不能写入。") % {"folder": error.folder},
        _("柜台的数据没有改动。"),
        _("请检查移动盘或网络后再试。"),
    ),
    errors.UpgradeFailed: lambda error: Message(
        _("数据升级没有成功，已全部退回。"),
        _("数据和升级前完全一样，备份在 %(copy)s。") % {"copy": error.copy},
        _("请继续用原来的版本，并联系维护人员。"),
    ),
    errors.RetiredKey: _plain(
        lambda: (
            _("找到的签名密钥属于台账的前一期，不能再用。"),
            _("数据没有改动。"),
            _("请用恢复单运行 main.py recover。"),
        )
    ),
    errors.BadBackup: _bad_backup,
    errors.WrongRecoveryCode: _wrong_recovery_code,
    errors.ProfileExists: lambda error: Message(
        _("%(folder)s 里已经有一个柜台。") % {"folder": error.profile},
        _("数据没有改动。"),
        _("确实要恢复时加上 --replace：原来的数据会移到旁边，不会删除。"),
    ),
    errors.BrokenJournal: _broken_journal,
    errors.WrongPassphrase: _plain(lambda: (_("密钥口令不对。"), "", _("请再输一次。"))),
    errors.LogInRefused: _plain(lambda: (_("账号或密码不对。"), "", _("请再输一次。"))),
    errors.LogInDelayed: lambda error: Message(
        _("密码错误次数过多。"), "", _("请等 %(seconds)d 秒再试。") % {"seconds": error.wait_s}
    ),
    errors.AccountDisabled: _plain(lambda: (_("这个账号已停用。"), "", _("请由管理员在“设置→账号”中启用。"))),
    errors.FirstPasswordKept: _plain(
        lambda: (_("这个账号还在用初始密码。"), "", _("请先锁定窗口，用这个账号登录并改密码。"))
    ),
    errors.LoginTaken: lambda error: Message(
        _("账号 %(login)s 已经有了。") % {"login": error.login}, "", _("请换一个账号名。")
    ),
    errors.LastAdministrator: _plain(
        lambda: (_("这是最后一个管理员，不能停用或改为其他角色。"), _("账号没有改动。"), _("请先指定另一个管理员。"))
    ),
    rules.SamePerson: _plain(lambda: (_("要由另一个人确认，不能是自己。"), "", _("请选择另一个人。"))),
    errors.BadPassword: lambda error: Message(
        _("新密码太简单。"),
        "",
        _("至少 %(count)d 个字符，不要只用一个字符或自己的名字。") % {"count": error.minimum_length},
    ),
    errors.NotPermitted: _plain(lambda: (_("账号没有这项权限。"), "", _("请由有权限的人办理，权限在“设置→账号”中。"))),
    errors.NumberTaken: lambda error: Message(
        _("编号 %(number)s 已经用过，没有办理。") % {"number": error.number},
        _kept(),
        _("请管理员在“设置”中修改文书编号的格式。"),
    ),
    errors.PaperVoid: lambda error: Message(
        _("%(number)s 已经作废，不能再打印。") % {"number": error.number}, "", _("请打开代替它的文书。")
    ),
    errors.BadCaseFile: _bad_case_file,
    errors.BadInvitation: _bad_invitation,
    errors.InvitationExpired: lambda error: Message(
        _("邀请只到 %(until)s 有效，现在是 %(now)s。")
        % {"until": long_time(error.expires_at), "now": long_time(error.now)},
        _("本柜台没有改动。"),
        _("如果本机时间不对，请先校正；否则请向中心管理员索取新的邀请文件。"),
    ),
    errors.InvitationAhead: lambda error: Message(
        _("邀请在 %(made)s 签发，而本机时间是 %(now)s。")
        % {"made": long_time(error.issued_at), "now": long_time(error.now)},
        _("本柜台没有改动。"),
        _("请先校正本机时间，再打开邀请文件。"),
    ),
    errors.InvitationForOther: lambda error: Message(
        _("邀请给的是窗口 %(invited)s，这里是 %(station)s。") % {"invited": error.invited, "station": error.station},
        _("本柜台没有改动。"),
        _("请向中心管理员索取本窗口的邀请文件；窗口编号一经使用不能更改。"),
    ),
    errors.InvitationSpent: _plain(
        lambda: (
            _("邀请已经用过、已过期，或者已被收回。"),
            _("本柜台照常办理，什么都没有丢失。"),
            _("请向中心管理员索取新的邀请文件。如果本柜台从未登记过，请告诉管理员：可能有人用过它。"),
        )
    ),
    errors.OtherCentre: _plain(
        lambda: (
            _("这是另一个中心的邀请，本柜台已经登记在别的中心。"),
            _("本柜台没有改动。"),
            _("请核对文件，或联系中心管理员。"),
        )
    ),
    errors.NotInvited: _plain(
        lambda: (
            _("本柜台没有登记到中心，或者登录中心的密钥丢失了。"),
            _("本柜台照常办理。"),
            _("请向中心管理员索取邀请文件，在“设置→中心”中打开。"),
        )
    ),
    errors.StationRevoked: _plain(
        lambda: (
            _("中心已停用本窗口的登记，不再接收它的台账。"),
            _("本柜台的数据都在，没有丢失。"),
            _("请在“设置→台账”中导出台账，把文件交给中心管理员接收。"),
        )
    ),
    errors.StationUnknown: _plain(
        lambda: (
            _("中心没有本窗口的登记。"),
            _("本柜台照常办理，什么都没有丢失。"),
            _("请联系中心管理员，可能需要新的邀请文件。"),
        )
    ),
    errors.BadAuthority: _plain(
        lambda: (_("这不是中心的签发密钥文件，或者已被改动。"), "", _("请换用正确的文件或它的备份。"))
    ),
    errors.BadRequest: _plain(
        lambda: (_("窗口的证书申请不合要求，没有签发。"), "", _("请让该窗口重新登记；再出现时请联系维护人员。"))
    ),
    errors.BadCertificate: _plain(
        lambda: (
            _("中心发来的证书不是给本窗口的，没有采用。"),
            _("本柜台照常办理。"),
            _("请核对本机时间；再出现时请联系中心管理员。"),
        )
    ),
    errors.CentralUnavailable: _central_unavailable,
    errors.ChainForked: lambda error: Message(
        _("中心那里第 %(epoch)d 期第 %(seq)d 条和本机不是同一条：可能有两台机器用着同一个窗口。")
        % {"epoch": error.epoch, "seq": error.seq},
        _("两边的台账都在，什么都没有覆盖；这里可以照常办理。"),
        _("请找出另一台机器停用，再由中心管理员核对台账。"),
    ),
    errors.ChainRefused: lambda error: Message(
        _("中心核对本机台账到第 %(seq)d 条时接不上，没有收下后面的。") % {"seq": error.seq},
        _("本柜台的数据没有改动，照常办理。"),
        _("请在“设置→台账”核对台账，并联系中心管理员。"),
    ),
    errors.BatchRefused: _plain(
        lambda: (
            _("中心没有收下这一批内容。"),
            _("本柜台的数据没有改动，什么都没有丢失。"),
            _("程序会分开重试；一直这样时请联系中心管理员。"),
        )
    ),
    errors.CentralVersion: lambda error: Message(
        _("中心的版本是 %(theirs)d，本程序的是 %(ours)d，不能同步。") % {"theirs": error.theirs, "ours": error.ours},
        _("本柜台照常办理，内容先存着，什么都没有丢失。"),
        _("请更新本程序。") if error.theirs > error.ours else _("请等中心升级；不用改动本机。"),
    ),
    errors.NotAParty: _plain(
        lambda: (_("这一件与本窗口无关，中心没有给。"), _kept(), _("需要时请对方把办件交接过来。"))
    ),
    errors.ImageElsewhere: _plain(
        lambda: (
            _("这张图片只在中心，现在连不上。"),
            _("图片没有丢失，中心确认过。"),
            _("联网后再打开。"),
        )
    ),
    errors.CentralRefused: _plain(
        lambda: (_("中心没有接受。"), _("本柜台照常办理，什么都没有丢失。"), _("请联系中心管理员。"))
    ),
    errors.CentreDeclined: _centre_declined,
    errors.NotFound: _plain(lambda: (_("找不到了，可能刚在别处办完。"), _kept(), _("请返回后重新查找。"))),
    errors.DefinitionError: lambda error: Message(str(error), "", ""),
    errors.BadDefinitions: _definitions,
    errors.BadAttachment: _bad_attachment,
    errors.NotAJournal: lambda error: Message(
        _("第 %(line)d 行不是台账导出的内容。") % {"line": error.line} if error.line else _("这个文件读不了。"),
        "",
        _("请核对文件是否完整。"),
    ),
    errors.MissingGlyphs: _missing_glyphs,
    errors.UnknownTemplate: lambda error: Message(
        _("没有名为 %(name)s 的文书模板。") % {"name": error.template}, _kept(), _("请联系维护人员。")
    ),
    errors.Unavailable: _plain(lambda: (_("现在办不到。"), _kept(), _("请稍候再试。"))),
    errors.Corrupt: _plain(lambda: (_("数据与写入时不符。"), _("程序没有改动它。"), _("请联系维护人员。"))),
    errors.Refused: _plain(lambda: (_("没有办成。"), _kept(), _("请核对后再试。"))),
    errors.BadInput: _plain(lambda: (_("文件或内容不能使用。"), _kept(), _("请核对后再试。"))),
    errors.PaperFault: _plain(lambda: (_("文书没有做成。"), _kept(), _("请联系维护人员。"))),
}
