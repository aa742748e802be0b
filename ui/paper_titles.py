"""What papers are called on the screen, and what became of each. Qt-free."""

from collections.abc import Iterable
from datetime import date

from app.domain.paper import PaperKind, PaperState
from app.domain.paper_ends import MANNERS, RevocationGround, RevocationManner
from app.domain.people import masked_phone
from app.services.snapshots import CaseRow, PaperMark, PaperRow
from ui.dates import long_day
from ui.text import _, listed, pgettext
from ui.words import applicant_words


def paper_words(paper: PaperRow) -> str:
    """Return what a paper is called: a certificate by its own name."""
    return paper.name if paper.kind is PaperKind.CERTIFICATE else kind_words(paper.kind)


def kind_words(kind: PaperKind) -> str:
    """Return what a kind of paper is called."""
    return {
        PaperKind.MATERIALS_RECEIPT: _("收件凭证"),
        PaperKind.ACCEPTANCE_NOTICE: _("受理通知书"),
        PaperKind.CERTIFICATE: _("证明"),
        PaperKind.SUPPLEMENT_NOTICE: _("一次性补正告知书"),
        PaperKind.SUPPLEMENT_RECEIPT: _("补交材料收件凭证"),
        PaperKind.NON_ACCEPTANCE_NOTICE: _("不予受理通知书"),
        PaperKind.GRANT_DECISION: _("准予决定书"),
        PaperKind.REFUSAL_DECISION: _("不予许可决定书"),
        PaperKind.EXTENSION_NOTICE: _("延期通知书"),
        PaperKind.SUSPENSION_NOTICE: _("特别程序告知书"),
        PaperKind.SERVICE_RECEIPT: _("送达回证"),
        PaperKind.COLLECTION_SLIP: _("取件凭证"),
        PaperKind.WITHDRAWAL_FORM: _("撤回申请书"),
        PaperKind.RETURN_SLIP: _("退件单"),
        PaperKind.FORWARDING_SLIP: _("转报单"),
        PaperKind.HANDOVER_SLIP: _("办件交接单"),
        PaperKind.MANDATE: _("委托书"),
        PaperKind.PLEDGE: _("告知承诺书"),
        PaperKind.PRIVACY_NOTICE: _("个人信息处理告知书"),
        PaperKind.INQUIRY_SLIP: _("咨询登记单"),
        PaperKind.DAY_REPORT: _("日结单"),
        PaperKind.ITEM_GUIDE: _("办事指南"),
        PaperKind.SEPARATOR_SHEET: _("分隔页"),
        PaperKind.RECOVERY_SHEET: _("恢复单"),
        PaperKind.CASE_REGISTER: _("一事一记台账"),
    }[kind]


def print_words(paper: PaperRow) -> tuple[str, str]:
    """Return tone and words of what became of a paper: 待打印, 已打印, 补打第 n 次, 已作废, 已撤销, 已被代替."""
    if paper.state.is_over:
        return "danger", ended_words(paper.state, paper.ground)
    if paper.state is PaperState.SENT:
        return "warn", _("打好了吗")
    if paper.state is PaperState.TO_PRINT:
        return "warn", _("待打印")
    again = paper.printed - 1
    return "good", _("补打第 %(count)d 次") % {"count": again} if again > 0 else _("已打印")


def ended_words(state: PaperState, ground: str) -> str:
    """Return how a paper ended that counts no more: 已作废, 已撤销, 已撤回, 已注销, 已被代替."""
    if state is PaperState.REPLACED:
        return _("已被代替")
    if state is PaperState.VOIDED:
        return _("已作废")
    return {
        RevocationManner.REVOKED: _("已撤销"),
        RevocationManner.WITHDRAWN: pgettext("certificate", "已撤回"),
        RevocationManner.CANCELLED: _("已注销"),
    }[MANNERS[RevocationGround(ground)]]


def end_words(paper: PaperRow, today: date) -> str:
    """Return until when a certificate is good, that it ran out, or which one took its place; empty for what never ends."""
    if paper.state is PaperState.REPLACED:
        return _("由 %(number)s 代替") % {"number": paper.replaced_by}
    if paper.state.is_over or paper.valid_until is None:
        return ""
    day = {"day": long_day(paper.valid_until)}
    return _("%(day)s 已过期") % day if paper.is_expired(today) else _("%(day)s 到期") % day


def recall_words(papers: Iterable[PaperRow], row: CaseRow) -> str:
    """Return which papers of a case must be called back, from whom, and what to do then; empty when none must."""
    recalled = [f"{paper_words(paper)} {paper.number}" for paper in papers if paper.mark is PaperMark.TO_RECALL]
    if not recalled:
        return ""
    return _("须收回：%(papers)s。请联系%(name)s（%(phone)s）交回原件，再作废；仍然需要的，重新办理。") % {
        "papers": listed(recalled, "，"),
        "name": applicant_words(row),
        "phone": masked_phone(row.phone),
    }
