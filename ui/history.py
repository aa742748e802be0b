"""The words for a case's history: what each fact says to a reader. Qt-free."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app.domain.application import HandedIn
from app.domain.catalogue import ServiceItem
from app.domain.facts import (
    CaseAccepted,
    CaseArchived,
    CaseCorrected,
    CaseDecided,
    CaseDeemedAccepted,
    CaseDelivered,
    CaseEnteredLate,
    CaseExtended,
    CaseForwarded,
    CaseHandedOver,
    CaseNotAccepted,
    CaseRated,
    CaseReceived,
    CaseResumed,
    CaseReturned,
    CaseSuspended,
    CaseTakenOver,
    CaseVoided,
    CaseWithdrawn,
    CertificateIssued,
    CollectionChosen,
    Fact,
    FormPrepared,
    MaterialsFollowed,
    PaperMade,
    PaperPrinted,
    PaperRecalled,
    PaperReplaced,
    PaperRevoked,
    PaperSigned,
    PaperVoided,
    PersonalDataShown,
    PrintConfirmed,
    PrintSpoiled,
    ReviewStarted,
    SupplementAsked,
    SupplementReceived,
)
from app.domain.outcomes import Correction, Result
from app.domain.people import masked_name
from ui.dates import long_time, short_day
from ui.outcome_words import (
    ground_words,
    manner_of,
    procedure_words,
    purpose_words,
    replacement_words,
    result_words,
    revocation_words,
)
from ui.problems import place_name
from ui.text import _, listed, ngettext, pgettext
from ui.words import collection_words, limit_words, value_words

Words = tuple[str, str, str]
GOOD, STOP, BACK = "check-circle-fill", "pause-circle-fill", "arrow-u-up-left"


@dataclass(frozen=True, slots=True)
class About:
    """What stands around a fact: the case's item, whether personal data may be shown, the second person's name."""

    item: ServiceItem
    in_full: bool = False
    second_person: str = ""


class Happened(Protocol):
    """An entry of a history, wherever it was read."""

    @property
    def fact(self) -> Any:  # noqa: ANN401  a Fact; what has none is not told here
        """Return what happened."""
        ...

    @property
    def second_person(self) -> str:
        """Return the name of the second person where one consented."""
        ...


def event_words(event: Happened, item: ServiceItem, *, in_full: bool = False) -> Words:
    """Return an icon, what happened, and the details; ``in_full`` also tells what a correction changed."""
    fact = event.fact
    say = _SAYINGS.get(type(fact))
    return say(fact, About(item, in_full, event.second_person)) if say else ("file-text", fact.kind, "")


def _parts(*parts: str) -> str:
    return listed((part for part in parts if part), "；")


def _due(due: datetime | None) -> str:
    return _("到期 %(time)s") % {"time": long_time(due)} if due else ""


# --- until acceptance -------------------------------------------------------------------------------------------


def _received(fact: CaseReceived, about: About) -> Words:
    reasons = [
        _("%(place)s：%(reason)s") % {"place": place_name(place, about.item), "reason": reason}
        for place, reason in fact.passed_warnings.items()
    ]
    promised = [
        _("%(name)s %(day)s 前后补") % {"name": about.item.material(code).name, "day": short_day(handed.promised_by)}
        for code, handed in fact.materials.items()
        if handed.is_promised and handed.promised_by
    ]
    return "files", _("收件"), _parts(*_handed_in(fact.materials.values()), fact.receipt.text, *promised, *reasons)


def _handed_in(materials: Iterable[HandedIn]) -> list[str]:
    there = [handed_in for handed_in in materials if handed_in.is_met]
    kinds, pages = len(there), sum(len(handed_in.pages) for handed_in in there)
    parts = [ngettext("材料 %(count)d 种", "材料 %(count)d 种", kinds) % {"count": kinds}]
    if pages:
        parts.append(ngettext("附件 %(count)d 页", "附件 %(count)d 页", pages) % {"count": pages})
    return parts


def _entered_late(fact: CaseEnteredLate, _about: About) -> Words:
    real = {"received": long_time(fact.received_at), "accepted": long_time(fact.accepted_at)}
    times = _("实际收件 %(received)s，受理 %(accepted)s") % real
    paper = _("当时文书 %(number)s") % {"number": fact.paper_number}
    return "clock-clockwise", _("补录"), _parts(fact.reason, times, paper)


def _supplement_asked(fact: SupplementAsked, _about: About) -> Words:
    names = listed(defect.name for defect in fact.defects)
    until = _("%(day)s 前补正") % {"day": short_day(fact.reply_by)} if fact.reply_by else ""
    what = _("再次告知补正") if fact.reason else _("一次性告知补正")
    return "note-pencil", what, _parts(names, until, fact.reason, fact.notice.text)


def _supplement_received(fact: SupplementReceived, _about: About) -> Words:
    what = _("补正齐全") if fact.complete else _("收到部分补正材料")
    missing = listed(defect.name for defect in fact.open_defects)
    still = _("还缺：%(names)s") % {"names": missing} if missing else ""
    given = _handed_in(fact.materials.values()) if fact.materials else []
    return "download-simple", what, _parts(*given, still, fact.receipt.text)


def _accepted(fact: CaseAccepted, _about: About) -> Words:
    return GOOD, _("受理"), _parts(_limits(fact), _due(fact.due), fact.notice.text)


def _deemed(fact: CaseDeemedAccepted, _about: About) -> Words:
    silent = {"until": long_time(fact.silent_until), "at": long_time(fact.accepted_at)}
    why = _("至 %(until)s 没有告知补正，自 %(at)s 起视为受理") % silent
    return "warning-fill", _("视为受理"), _parts(why, _due(fact.due), fact.notice.text)


def _limits(fact: CaseAccepted) -> str:
    if not (fact.promised or fact.statutory):
        return ""
    limits = {"promised": limit_words(fact.promised or fact.statutory), "statutory": limit_words(fact.statutory)}
    return _("承诺 %(promised)s，法定 %(statutory)s") % limits


def _not_accepted(fact: CaseNotAccepted, _about: About) -> Words:
    where = _("请到：%(competent)s") % {"competent": fact.competent} if fact.competent else ""
    return "hand-palm", _("不予受理"), _parts(ground_words(fact.ground), fact.reason, where, fact.notice.text)


def _returned(fact: CaseReturned, _about: About) -> Words:
    return BACK, _("退件"), _parts(fact.reason, fact.slip.text)


# --- until the decision -----------------------------------------------------------------------------------------


def _review_started(_fact: ReviewStarted, _about: About) -> Words:
    return "magnifying-glass", _("开始审查"), ""


def _suspended(fact: CaseSuspended, _about: About) -> Words:
    days = fact.days or 0
    expected = ngettext("预计 %(count)d 个工作日", "预计 %(count)d 个工作日", days) % {"count": days} if days else ""
    what = _("停表：%(procedure)s") % {"procedure": procedure_words(fact.procedure)}
    return STOP, what, _parts(expected, fact.reason, fact.notice.text)


def _resumed(fact: CaseResumed, _about: About) -> Words:
    days = fact.stopped_days
    stopped = ngettext("停表 %(count)d 个工作日", "停表 %(count)d 个工作日", days) % {"count": days}
    return (
        GOOD,
        _("恢复计时"),
        _parts(fact.outcome, _("%(stopped)s，不计入时限") % {"stopped": stopped}, _due(fact.due)),
    )


def _extended(fact: CaseExtended, _about: About) -> Words:
    days = ngettext("延期 %(count)d 个工作日", "延期 %(count)d 个工作日", fact.days) % {"count": fact.days}
    approver = _("%(name)s 批准") % {"name": fact.approver}
    return "calendar-blank", days, _parts(fact.reason, approver, _due(fact.due), fact.notice.text)


def _decided(fact: CaseDecided, _about: About) -> Words:
    number = fact.decision.text if fact.decision else _("当场决定")
    sign = GOOD if fact.result is Result.GRANTED else "hand-palm"
    return sign, result_words(fact.result), _parts(fact.decided_by, fact.reason, number)


def _forwarded(fact: CaseForwarded, _about: About) -> Words:
    return "paper-plane-tilt", _("转报 %(to)s") % {"to": fact.to}, _parts(fact.reason, fact.slip.text)


def _handed_over(fact: CaseHandedOver, _about: About) -> Words:
    title = _("交给 %(station)s") % {"station": fact.to_name}
    return "paper-plane-tilt", title, _parts(purpose_words(fact.purpose), fact.reason, fact.slip.text)


def _taken_over(fact: CaseTakenOver, _about: About) -> Words:
    return "download-simple", _("接收办件和材料"), fact.remark


def _collection_chosen(fact: CollectionChosen, _about: About) -> Words:
    return (
        "note-pencil",
        _("改取件方式"),
        _parts(fact.collect_at_name or collection_words(fact.collection), fact.reason),
    )


def _followed(fact: MaterialsFollowed, about: About) -> Words:
    names = listed(about.item.material(code).name for code in fact.materials)
    return "download-simple", _("收到容缺材料"), _parts(names, fact.receipt.text)


# --- until the archive ------------------------------------------------------------------------------------------


def _issued(fact: CertificateIssued, _about: About) -> Words:
    instead = _("代替 %(number)s") % {"number": fact.replaces} if fact.replaces else ""
    return "file-text", _("出证"), _parts(f"{fact.name} {fact.number.text}", instead)


def _delivered(fact: CaseDelivered, _about: About) -> Words:
    who = _("%(name)s 本人领取") if fact.in_person else _("%(name)s 代领")
    receipt = fact.receipt.text if fact.receipt else ""
    return "paper-plane-tilt", _("交付"), _parts(who % {"name": masked_name(fact.collected_by)}, receipt)


def _withdrawn(fact: CaseWithdrawn, _about: About) -> Words:
    return BACK, _("申请人撤回"), _parts(fact.reason, fact.form.text)


def _corrected(fact: CaseCorrected, about: About) -> Words:
    """Name the places, and in full what stood there and what counts now: that may be personal data."""
    changes = [_change(change, about) for change in fact.changes]
    passed = [
        _("%(place)s：%(reason)s") % {"place": place_name(place, about.item), "reason": reason}
        for place, reason in fact.passed_warnings.items()
    ]
    return "pencil-simple", _("更正"), _parts(listed(changes, "；" if about.in_full else "、"), fact.reason, *passed)


def _change(change: Correction, about: About) -> str:
    name = place_name(change.place, about.item)
    if not about.in_full:
        return name
    texts = {"before": value_words(change.place, change.before), "after": value_words(change.place, change.after)}
    return _("%(name)s：%(before)s → %(after)s") % {"name": name, **texts}


def _voided(fact: CaseVoided, about: About) -> Words:
    second = _("%(name)s 复核") % {"name": about.second_person or fact.approved_by}
    return "prohibit", result_words(fact.result), _parts(fact.reason, second)


def _rated(_fact: CaseRated, _about: About) -> Words:
    """Keep the grade back: a clerk must not see how they were rated."""
    return "star", _("群众已评价"), ""


def _archived(fact: CaseArchived, _about: About) -> Words:
    return "archive-box", pgettext("act", "归档"), fact.place


# --- papers and looking -----------------------------------------------------------------------------------------


def _prepared(fact: FormPrepared, _about: About) -> Words:
    return "file-text", _("填好%(name)s") % {"name": fact.name}, fact.number.text


def _printed(fact: PaperPrinted, _about: About) -> Words:
    what = _("补打第 %(count)d 次") % {"count": fact.copy} if fact.copy else _("打印")
    return "printer", what, _parts(fact.paper_number, fact.reason)


def _paper_voided(fact: PaperVoided | PaperRecalled, about: About) -> Words:
    return "prohibit", _("文书作废"), _parts(fact.paper_number, fact.reason, *_second(fact, about))


def _paper_revoked(fact: PaperRevoked, about: About) -> Words:
    what = _("证明%(manner)s") % {"manner": manner_of(fact.ground)}
    why = (revocation_words(fact.ground), fact.reason, fact.basis)
    return "prohibit", what, _parts(fact.paper_number, *why, *_second(fact, about))


def _paper_replaced(fact: PaperReplaced, about: About) -> Words:
    numbers = _("%(old)s 由 %(new)s 代替") % {"old": fact.paper_number, "new": fact.replaced_by}
    return "swap", replacement_words(fact.ground), _parts(numbers, fact.reason, *_second(fact, about))


def _second(fact: PaperVoided | PaperRecalled | PaperRevoked | PaperReplaced, about: About) -> tuple[str, str]:
    kept = "" if fact.original_recovered else _("原件未收回")
    return kept, _("%(name)s 复核") % {"name": about.second_person or fact.approved_by}


_SAYINGS: dict[type[Fact], Callable[[Any, About], Words]] = {
    CaseReceived: _received,
    CaseEnteredLate: _entered_late,
    SupplementAsked: _supplement_asked,
    SupplementReceived: _supplement_received,
    CaseAccepted: _accepted,
    CaseDeemedAccepted: _deemed,
    CaseNotAccepted: _not_accepted,
    CaseReturned: _returned,
    ReviewStarted: _review_started,
    CaseSuspended: _suspended,
    CaseResumed: _resumed,
    CaseExtended: _extended,
    CaseDecided: _decided,
    CaseForwarded: _forwarded,
    CaseHandedOver: _handed_over,
    CollectionChosen: _collection_chosen,
    CaseTakenOver: _taken_over,
    MaterialsFollowed: _followed,
    CertificateIssued: _issued,
    CaseDelivered: _delivered,
    CaseWithdrawn: _withdrawn,
    CaseCorrected: _corrected,
    CaseVoided: _voided,
    CaseRated: _rated,
    CaseArchived: _archived,
    FormPrepared: _prepared,
    PaperPrinted: _printed,
    PaperRecalled: _paper_voided,
    PaperVoided: _paper_voided,
    PaperRevoked: _paper_revoked,
    PaperReplaced: _paper_replaced,
    PaperMade: lambda fact, _about: ("printer", _("文书做成"), fact.paper_number),
    PaperSigned: lambda fact, _about: (GOOD, _("屏幕签名"), _parts(fact.signer, fact.paper_number)),
    PrintConfirmed: lambda fact, _about: (GOOD, _("已打印"), fact.paper_number),
    PrintSpoiled: lambda fact, _about: (
        "warning-circle-fill",
        _("打印作废"),
        _parts(fact.paper_number, fact.reason),
    ),
    PersonalDataShown: lambda _fact, _about: ("user", _("查看了个人信息"), _("显示了完整的证件号和电话")),
}
