"""The words for a case's history: what each fact says to a reader. Qt-free."""

from app.domain.catalogue import ServiceItem
from app.domain.facts import (
    CaseAccepted,
    CaseDecided,
    CaseDelivered,
    CaseReceived,
    CertificateIssued,
    Fact,
    PaperMade,
    PersonalDataShown,
)
from app.domain.people import masked_name
from ui.problems import place_name
from ui.text import _, long_time, ngettext
from ui.words import limit_words


def event_words(fact: Fact, item: ServiceItem) -> tuple[str, str, str]:
    """Return an icon, what happened, and the details."""
    match fact:
        case CaseReceived():
            return "files", _("收件"), _received(fact, item)
        case CaseAccepted():
            return "check-circle-fill", _("受理"), _accepted(fact)
        case CaseDecided():
            return "check-circle-fill", _("准予"), _("当场决定")
        case CertificateIssued():
            return "file-text", _("出证"), f"{fact.name} {fact.number.text}"
        case CaseDelivered():
            name = masked_name(fact.collected_by)
            who = _("%(name)s 本人领取") if fact.in_person else _("%(name)s 代领")
            return "paper-plane-tilt", _("交付"), who % {"name": name}
        case PaperMade():
            return "printer", _("文书做成"), fact.paper_number
        case PersonalDataShown():
            return "user", _("查看了个人信息"), _("显示了完整的证件号和电话")
        case _:
            return "file-text", fact.kind, ""


def _received(fact: CaseReceived, item: ServiceItem) -> str:
    kinds, pages = len(fact.materials), sum(len(handed_in.pages) for handed_in in fact.materials.values())
    parts = [ngettext("材料 %(count)d 种", "材料 %(count)d 种", kinds) % {"count": kinds}]
    if pages:
        parts.append(ngettext("附件 %(count)d 页", "附件 %(count)d 页", pages) % {"count": pages})
    parts.append(fact.receipt.text)
    parts += [
        _("%(place)s：%(reason)s") % {"place": place_name(place, item), "reason": reason}
        for place, reason in fact.passed_warnings.items()
    ]
    return "；".join(parts)


def _accepted(fact: CaseAccepted) -> str:
    parts = []
    if fact.promised or fact.statutory:
        limits = {"promised": limit_words(fact.promised or fact.statutory), "statutory": limit_words(fact.statutory)}
        parts.append(_("承诺 %(promised)s，法定 %(statutory)s") % limits)
    if fact.due:
        parts.append(_("到期 %(time)s") % {"time": long_time(fact.due)})
    return "；".join([*parts, fact.notice.text])
