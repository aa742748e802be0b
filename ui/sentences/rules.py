"""What to say when a rule of the domain does not allow an act."""

from app.domain import errors as rules
from ui.dates import long_day
from ui.sentences.message import Message, Sentences, kept, plain
from ui.text import _, ngettext


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


def _incomplete(error: rules.ApplicationIncomplete) -> Message:
    count = len(error.problems)
    what = ngettext("还有 %(count)d 处要改。", "还有 %(count)d 处要改。", count) % {"count": count}
    return Message(what, kept(), _("请按提示逐处改正。"))


def _given_words(what: str) -> str:
    """Return what a clerk calls a thing that an act needs or names."""
    return {
        "reason": _("理由"),
        "collection": _("取件地点"),
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
        "source": _("从哪里领来"),
        "form": _("空白凭证"),
        "spoiled": _("作废的原因"),
    }.get(what, what)


def _reason_missing(error: rules.ReasonMissing) -> Message:
    what = _("没有填写%(what)s。") % {"what": _given_words(error.what)}
    return Message(what, kept(), _("请填写后再试。"))


def _nothing_named(error: rules.NothingNamed) -> Message:
    what = _("没有指明%(what)s，或者本办件没有这一项。") % {"what": _given_words(error.what)}
    return Message(what, kept(), _("请选好后再试。"))


def _limit_exceeded(error: rules.LimitExceeded) -> Message:
    limits = {
        "days": _("天数要在 1 到 %(most)s 之间。"),
        "due": _("办结期限 %(most)s 已过，不能再延期。"),
        "reply_by": _("补正期限不能早于 %(most)s。"),
        "received_at": _("收件时间不能晚于受理时间 %(most)s。"),
        "accepted_at": _("受理时间不能晚于现在（%(most)s）。"),
        "rows": _("一次最多 %(most)s 行，请缩小范围。"),
        "shift": _("最多挪 %(most)s 毫米。"),
        "blanks": _("一次最多登记 %(most)s 张。"),
        "day": _("还没到那一天，今天是 %(most)s。"),
        "grade": _("评价等级要在 1 到 %(most)s 之间。"),
    }
    what = limits.get(error.what, _("超出了规定：%(most)s。")) % {"most": error.most}
    return Message(what, kept(), _("请改正后再试。"))


def _no_run(error: rules.NoRun) -> Message:
    what = _("从“%(first)s”到“%(last)s”不是一段号码：前面的字要一样，位数要一样，后一个不能小于前一个。")
    return Message(what % {"first": error.first, "last": error.last}, kept(), _("请照纸上印的号码改正。"))


def _blank_not_so(error: rules.BlankNotSo) -> Message:
    what = {
        "": _("台账里没有 %(number)s 这一张。"),
        "unused": _("%(number)s 已经领用登记过，还没有使用。"),
        "used": _("%(number)s 已经使用过。"),
        "spoiled": _("%(number)s 已经作废。"),
        "given_back": _("%(number)s 已经退回。"),
    }[error.state]
    return Message(what % {"number": error.number}, kept(), _("请核对纸上印的号码。"))


def _blanks_between(error: rules.BlanksBetween) -> Message:
    what = ngettext(
        "前面还有 %(count)d 张没有用（%(first)s 至 %(last)s）。",
        "前面还有 %(count)d 张没有用（%(first)s 至 %(last)s）。",
        error.count,
    ) % {"count": error.count, "first": error.first, "last": error.last}
    return Message(what, kept(), _("请写明它们到哪里去了，或者改用前面的号码。"))


def _on_blank(error: rules.OnBlank) -> Message:
    what = _("这一份套打在 %(number)s 上，重打要先作废这一张。") % {"number": error.number}
    return Message(what, _("什么都没有改变。"), _("请在办件页的文书里选“套打”。"))


SENTENCES: Sentences = {
    rules.ItemNotOpen: _forbidden,
    rules.ApplicationIncomplete: _incomplete,
    rules.WrongState: _wrong_state,
    rules.MayNotIssue: _may_not_issue,
    rules.NotHeldHere: plain(
        lambda: (
            _("这一件在别的窗口手里，这里只能查看。"),
            _("什么都没有改变。"),
            _("请联系经办窗口；需要在这里办的，由那边交回来。"),
        )
    ),
    rules.SilenceOver: plain(
        lambda: (
            _("收件后超过五个工作日没有告知，这一件自收件之日起视为受理。"),
            _("系统已按规定记入台账。"),
            _("请返回后重新打开这一件。"),
        )
    ),
    rules.StationShutOut: plain(
        lambda: (
            _("对方窗口已被中心停用，交过去就没有人能办了。"),
            kept(),
            _("请交给别的窗口，或者请中心让它重新入网。"),
        )
    ),
    rules.ReasonMissing: _reason_missing,
    rules.NothingNamed: _nothing_named,
    rules.AlreadyDone: plain(lambda: (_("这一步只能办一次，已经办过了。"), kept(), _("请返回后重新打开这一件。"))),
    rules.LimitExceeded: _limit_exceeded,
    rules.SeriesExhausted: plain(
        lambda: (_("本窗口的编号已经用完。"), kept(), _("请到别的窗口办理，或者请管理员修改编号的格式。"))
    ),
    rules.OnBlank: _on_blank,
    rules.NoRun: _no_run,
    rules.BlankNotSo: _blank_not_so,
    rules.BlanksBetween: _blanks_between,
    rules.CertificateExpired: lambda error: Message(
        _("证明 %(day)s 已到期，不能补发。") % {"day": long_day(error.until)}, "", _("仍然需要的，请申请人重新办理。")
    ),
    rules.SamePerson: plain(lambda: (_("要由另一个人确认，不能是自己。"), "", _("请选择另一个人。"))),
    rules.BrokenRule: plain(lambda: (_("按规定不能这样办理。"), kept(), _("请核对后再试。"))),
}
