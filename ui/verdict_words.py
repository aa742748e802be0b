"""What checking a paper came to, in words. Qt-free."""

import json
from collections.abc import Sequence
from unicodedata import category

from app.domain.claims import ENTRY, HOLDER_CODE_TYPE, NAME, NUMBER, TYPE_CODE
from app.domain.clock import CHINA
from app.domain.numbering import grouped
from app.domain.verdict import Finality, Reason, ReceiptStanding, ReceiptVerdict, Ruling, Unread, Verdict
from ui.dates import exact_time, long_day
from ui.text import _, ngettext

FOR_MACHINES = frozenset({TYPE_CODE, HOLDER_CODE_TYPE, ENTRY})
"""What is signed and stands in letters on no paper."""
ENDED = frozenset({Reason.WITHDRAWN, Reason.RECALLED, Reason.VOID, Reason.REPLACED})
"""Whether the centre has the entry of such a paper matters no more."""
STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of characters (Unicode) that are not seen themselves: control, direction, halves of others, ends of lines."""
LONGEST_NAME = 200
"""Of a file; what is longer is the text of a code."""


def shortened(paper: str) -> str:
    """Return what was asked about, as a line may begin with it."""
    return visible(paper if len(paper) <= LONGEST_NAME else f"{paper[:20]}…")


def visible(text: str) -> str:
    """Return what a stranger wrote with everything shown that would steer a terminal or turn the order of letters."""
    return "".join(f"⟨U+{ord(one):04X}⟩" if category(one) in STEERING else one for one in text)


def verdict_line(verdict: Verdict) -> str:
    """Return the verdict on one of many papers: what it comes to, why, and which paper that is."""
    named = " ".join(verdict.said[name] for name in (NAME, NUMBER) if verdict.said.get(name))
    line = f"{ruling_words(verdict.ruling)} {reason_words(verdict)}"
    return f"{line} {visible(named)}" if named else line


def total_words(rulings: Sequence[Ruling]) -> str:
    """Return how many of the papers are worth what."""
    counted = [f"{ruling_words(ruling)} {rulings.count(ruling)}" for ruling in Ruling if ruling in rulings]
    words = ngettext("共 %(count)d 份", "共 %(count)d 份", len(rulings)) % {"count": len(rulings)}
    return f"{words}: " + " ".join(counted)


def as_json(paper: str, verdict: Verdict) -> str:
    """Return the verdict as a line of JSON for scripts: codes, no sentences."""
    told = {
        "paper": paper,
        "ruling": verdict.ruling,
        "reason": verdict.reason,
        "unread": verdict.unread,
        "said": dict(verdict.said),
        "station": verdict.station,
        "finality": verdict.finality,
        "since": verdict.since and verdict.since.isoformat(),
        "list_until": verdict.list_until and verdict.list_until.isoformat(),
        "is_list_over": verdict.is_list_over,
    }
    return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=True)


def verdict_lines(verdict: Verdict) -> list[str]:
    """Return the verdict in a sentence, what is known of it besides, and what was signed."""
    lines = [f"{ruling_words(verdict.ruling)} {reason_words(verdict)}"]
    if not verdict.said:
        return lines
    lines += [f"  {name} {value}" for name, value in said_on_paper(verdict)]
    lines.append(f"  {station_words(verdict)}")
    return lines + [f"  {line}" for line in known_words(verdict)] + [f"  {line}" for line in _for_machines(verdict)]


def _for_machines(verdict: Verdict) -> list[str]:
    """Return the entry that issued a paper, which stands on no paper but in the journal."""
    return [f"{ENTRY} {visible(verdict.said[ENTRY])}"] if ENTRY in verdict.said else []


def receipt_words(verdict: ReceiptVerdict) -> str:
    """Return what a journal or the centre says of a receipt."""
    about = {
        "station": verdict.station,
        "seq": verdict.seq,
        "case": grouped(verdict.case) if verdict.case else "—",
        "at": exact_time(verdict.at) if verdict.at else "—",
        "witness": verdict.witness,
    }
    words = {
        ReceiptStanding.PROVEN: lambda: _proven(verdict),
        ReceiptStanding.OTHER_CASE: lambda: _("存证码指的是另一件：第 %(seq)d 条，办件 %(case)s。"),
        ReceiptStanding.ABSENT: lambda: _("这份台账里没有它：凭证是假的，或者台账是别的窗口的、在它以前导出的。"),
        ReceiptStanding.CASE_ONLY: lambda: _(
            "台账里有这件，第 %(seq)d 条，%(at)s。请核对凭证上的存证码是不是 %(witness)s。"
        ),
        ReceiptStanding.NOTHING_FOUND: lambda: _("没有找到存证码，也没有条形码。"),
        ReceiptStanding.UNCHECKED: lambda: _("中心收到了这条记录，还没有核对它的签名，或者签名不符。"),
        ReceiptStanding.WAITING: lambda: _("中心收到了这条记录，还没有采用。请过些时候再核对。"),
        ReceiptStanding.SET_ASIDE: lambda: _("中心收到过这条记录，不予采用。"),
        ReceiptStanding.CONTRADICTED: lambda: _("中心有这件的受理记录，%(at)s，存证码是 %(witness)s，与凭证不同。"),
        ReceiptStanding.NOT_THERE: lambda: _("中心没有这条记录：凭证是假的，或者它的窗口还没有上报。"),
        ReceiptStanding.NO_CASE: lambda: _("到中心核对，还要写明办件编号。"),
    }[verdict.standing]()
    return f"{ruling_words(verdict.ruling)} {words % about}{_interval(verdict)}"


def _proven(verdict: ReceiptVerdict) -> str:
    if verdict.station:
        return _("它指窗口 %(station)s 台账第 %(seq)d 条：办件 %(case)s，%(at)s。签名完好。")
    return _("它指台账第 %(seq)d 条：办件 %(case)s，%(at)s。台账的链和签名完好。")


def _interval(verdict: ReceiptVerdict) -> str:
    """Return between which moments the centre proves that an entry was recorded, where it says anything of one."""
    since, until = verdict.proven.not_before, verdict.proven.not_after
    if until is None:
        return ""
    said = {"since": exact_time(since) if since else "", "until": exact_time(until)}
    return (_("中心证明它在 %(since)s 以后、%(until)s 以前。") if since else _("中心证明它在 %(until)s 以前。")) % said


def station_words(verdict: Verdict) -> str:
    """Return at which window a paper was issued."""
    return _("签发窗口 %(station)s") % {"station": visible(verdict.station)}


def ruling_words(ruling: Ruling) -> str:
    """Return the verdict in two or three words."""
    return {
        Ruling.VALID: _("有效。"),
        Ruling.REFUSED: _("不能作数。"),
        Ruling.UNKNOWN: _("无法判断。"),
    }[ruling]


def reason_words(verdict: Verdict) -> str:
    """Return why, in a sentence."""
    words = {
        Reason.GENUINE: lambda: _("确是本中心的窗口签发的，没有改动；请对照下列内容与纸面是否一致。"),
        Reason.EXPIRED: lambda: _("已过有效期。"),
        Reason.CHANGED: lambda: _("内容被改动过，或者已经损坏。"),
        Reason.FORGED: lambda: _("它自称由本中心的窗口签发，其实不是。"),
        Reason.DIFFERS: lambda: _("文件上的内容和二维码不一致。"),
        Reason.STATION_REVOKED: lambda: _("签发它的窗口当时已经停用。"),
        Reason.WITHDRAWN: lambda: _("它已被撤销。"),
        Reason.RECALLED: lambda: _("它已被收回。"),
        Reason.VOID: lambda: _("它已作废。"),
        Reason.REPLACED: lambda: _("它已换发新证。"),
        Reason.NOTHING_FOUND: lambda: _("没有找到可以核验的二维码或者电子签名。"),
        Reason.UNREADABLE: lambda: unread_words(verdict.unread),
        Reason.OTHER_CENTRE: lambda: _("它不是本中心签发的，请用签发它的中心的根证书核验。"),
        Reason.UNKNOWN_SUITE: lambda: _("它的签名方式这个版本不认识，请更新程序。"),
        Reason.STATION_STOPPED: lambda: _(
            "签发它的窗口后来停用了，单凭它不知道是不是停用以前签发的，请向发证机关核实。"
        ),
        Reason.NOT_YET: lambda: _("它的签发日期还没有到，请检查本机的日期。"),
        Reason.UNRECORDED: lambda: _("它说是本窗口签发的，本窗口的台账里没有这一笔，请向中心核实。"),
        Reason.UNSIGNED: lambda: _("二维码是真的，这个文件却没有电子签名，文字可能被改过，请逐项核对。"),
    }[verdict.reason]()
    return words + (_("（%(day)s）") % {"day": long_day(verdict.since)} if verdict.since else "")


def no_root_words() -> str:
    """Return what to do where there is no centre to believe."""
    return _("本机没有登记到中心，不知道相信谁：请用 --root 指定发证中心的根证书。")


def unread_words(why: Unread | None) -> str:
    """Return why a file cannot be read."""
    words = {
        Unread.MISSING: lambda: _("没有这个文件。"),
        Unread.FORBIDDEN: lambda: _("没有权限打开这个文件。"),
        Unread.FOLDER: lambda: _("这是文件夹，请指定里面的文件。"),
        Unread.EMPTY: lambda: _("文件是空的。"),
        Unread.SIZE: lambda: _("文件太大。"),
        Unread.KIND: lambda: _("它不是 PDF，也不是照片或扫描件。"),
        Unread.PAGES: lambda: _("文件页数太多。"),
        Unread.ENCRYPTED: lambda: _("文件有密码，打不开。"),
        Unread.DAMAGED: lambda: _("文件已损坏，打不开。"),
    }
    return words[why]() if why in words else _("这个文件读不出来。")


def known_words(verdict: Verdict) -> list[str]:
    """Return what is known of a paper that was really signed: whether the centre has it, whether it was called back."""
    lines = [finality_words(verdict.finality)]
    if verdict.list_until is None:
        lines.append(_("没有撤销名单，后来有没有撤销、收回，这里不知道。"))
    else:
        day = {"day": long_day(verdict.list_until.astimezone(CHINA).date())}
        lines.append(_("撤销名单有效到 %(day)s。") % day)
    if verdict.is_list_over:
        lines.append(_("撤销名单已过期，最近的撤销可能不在其中。"))
    return lines


def finality_words(finality: Finality) -> str:
    """Return whether the centre has the entry that a paper rests on, in a sentence."""
    return {
        Finality.CONFIRMED: lambda: _("中心已确认这笔台账。"),
        Finality.PROVISIONAL: lambda: _("临时：中心还没有确认这笔台账。"),
        Finality.UNKNOWN: lambda: _("中心有没有确认这笔台账，这里不知道。"),
    }[finality]()


def known_at_a_counter(verdict: Verdict) -> list[str]:
    """Return what a counter knows of a paper that was really signed; of those that it has itself it knows the end too."""
    if verdict.reason in ENDED:
        return []
    return [finality_words(verdict.finality)] if verdict.finality is not Finality.UNKNOWN else known_words(verdict)


def said_on_paper(verdict: Verdict) -> list[tuple[str, str]]:
    """Return what was signed and stands on the paper in letters, so that somebody can compare it."""
    return [(visible(name), visible(said)) for name, said in verdict.said.items() if name not in FOR_MACHINES]
