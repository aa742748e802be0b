"""What stands on a paper that leaves the counter; how it is drawn is the job of ``app.papers``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.claims import Claims


class PaperKind(StrEnum):
    """The kinds of paper of the counter, each with a number series and a template of its own."""

    MATERIALS_RECEIPT = "materials_receipt"
    """收件凭证"""
    ACCEPTANCE_NOTICE = "acceptance_notice"
    """受理通知书"""
    CERTIFICATE = "certificate"
    """A certificate; which one is told by its template."""
    SUPPLEMENT_NOTICE = "supplement_notice"
    """一次性补正告知书"""
    SUPPLEMENT_RECEIPT = "supplement_receipt"
    """补交材料收件凭证, for supplements and for materials that were allowed to follow"""
    NON_ACCEPTANCE_NOTICE = "non_acceptance_notice"
    """不予受理通知书"""
    GRANT_DECISION = "grant_decision"
    """准予许可决定书"""
    REFUSAL_DECISION = "refusal_decision"
    """不予许可决定书"""
    EXTENSION_NOTICE = "extension_notice"
    """延期通知书"""
    SUSPENSION_NOTICE = "suspension_notice"
    """特别程序告知书"""
    SERVICE_RECEIPT = "service_receipt"
    """送达回证"""
    COLLECTION_SLIP = "collection_slip"
    """取件凭证"""
    WITHDRAWAL_FORM = "withdrawal_form"
    """撤回申请书"""
    RETURN_SLIP = "return_slip"
    """退件单"""
    FORWARDING_SLIP = "forwarding_slip"
    HANDOVER_SLIP = "handover_slip"
    """转报单"""
    MANDATE = "mandate"
    """委托书"""
    PLEDGE = "pledge"
    """告知承诺书"""
    PRIVACY_NOTICE = "privacy_notice"
    """个人信息处理告知"""
    INQUIRY_SLIP = "inquiry_slip"
    """咨询登记单"""
    DAY_REPORT = "day_report"
    """日结单, with the ledger (一事一记) of the day"""
    CASE_REGISTER = "case_register"
    """一事一记台账 of some days, landscape; it has no number and belongs to no case."""
    ITEM_GUIDE = "item_guide"
    """办事指南 of one item for the citizen; it has no number and belongs to no case."""
    SEPARATOR_SHEET = "separator_sheet"
    """分隔页 that sorts what is scanned behind it; it has no number and belongs to no series."""
    RECOVERY_SHEET = "recovery_sheet"
    """恢复单 of the counter's keys; it has no number of a series and belongs to no case."""


class PaperState(StrEnum):
    """What became of a numbered paper (文书状态)."""

    TO_PRINT = "to_print"
    """待打印: its number is used; it was never printed, or what came out was spoiled."""
    SENT = "sent"
    """It was sent to a printer and nobody has said yet whether it came out well."""
    PRINTED = "printed"
    """已打印"""
    VOIDED = "voided"
    """作废; its number stays used."""
    REVOKED = "revoked"
    """撤销, 撤回 or 注销: it was taken from its holder."""
    REPLACED = "replaced"
    """补发 or 换发: another certificate took its place after it had been handed over."""

    @property
    def is_over(self) -> bool:
        """Tell whether the paper counts no more; it is not printed or signed any more."""
        return self in {PaperState.VOIDED, PaperState.REVOKED, PaperState.REPLACED}


class SignerRole(StrEnum):
    """As what somebody signs a paper."""

    APPLICANT = "applicant"
    AGENT = "agent"
    """Who acts for the applicant: on a line of their own, or in the applicant's place."""
    COLLECTOR = "collector"
    """Whoever the papers are handed over to: the applicant or somebody else."""


class SigningMeans(StrEnum):
    """With what a signature was written on the screen."""

    PEN = "pen"
    """A pad or a screen with a pen, which tells how hard it is pressed."""
    TOUCH = "touch"
    MOUSE = "mouse"


SIGNED = frozenset(
    {
        *(PaperKind.MATERIALS_RECEIPT, PaperKind.ACCEPTANCE_NOTICE, PaperKind.CERTIFICATE, PaperKind.SUPPLEMENT_NOTICE),
        *(PaperKind.SUPPLEMENT_RECEIPT, PaperKind.NON_ACCEPTANCE_NOTICE, PaperKind.GRANT_DECISION),
        *(PaperKind.REFUSAL_DECISION, PaperKind.EXTENSION_NOTICE, PaperKind.SUSPENSION_NOTICE),
        *(PaperKind.SERVICE_RECEIPT, PaperKind.COLLECTION_SLIP, PaperKind.WITHDRAWAL_FORM, PaperKind.RETURN_SLIP),
        *(PaperKind.MANDATE, PaperKind.PLEDGE, PaperKind.PRIVACY_NOTICE, PaperKind.INQUIRY_SLIP),
    }
)
"""The kinds of paper that whoever comes to the counter signs; on which lines is told by their templates."""


SEALED = frozenset(
    {
        PaperKind.CERTIFICATE,
        PaperKind.GRANT_DECISION,
        PaperKind.REFUSAL_DECISION,
        PaperKind.NON_ACCEPTANCE_NOTICE,
    }
)
"""The kinds of paper that the station signs for others to check."""


class PageSize(StrEnum):
    """Sheet sizes; a template may lay the sheet across."""

    A4 = "A4"
    A5 = "A5"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, ready to be drawn: the template's name and the values for its places.

    ``values`` fills single places; ``tables`` fills tables, a list of rows of cells each. Everything is final text:
    masked, formatted, in Chinese. ``barcode`` is drawn as Code 128 (digits only); ``witness`` is the first 16 hex
    digits of the hash of the journal entry that the paper speaks of. While a clerk still types, number, bar code and
    witness are empty and ``preview`` is true.
    """

    template: str
    values: Mapping[str, str]
    tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    barcode: str = ""
    witness: str = ""
    size: PageSize = PageSize.A4
    copies: tuple[str, ...] = ()
    """Who keeps which sheet: one page run for each; empty for those that the template names."""
    preview: bool = False
    is_signed: bool = False
    """Whether the station signs the finished PDF; the place of the seal says so."""
    seal: bytes = b""
    """A picture (PNG) of the body's seal to be drawn in its place, empty where it is stamped by hand."""
    remarks: tuple[str, ...] = ()
    """Lines above everything else on every page, whatever the template says: 补录, and which paper it replaces."""
    claims: Claims | None = None
    """What a certificate says for machines."""
    proof: str = ""
    """The text of the QR code at the foot of every page that proves the claims; in a preview any text keeps its room."""
    entry: bytes = b""
    """Hash of the entry that uses its number, for machines: the witness is of what the paper speaks of, mostly the acceptance."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How far what is printed onto a blank form is moved, in tenths of a millimetre: to the right and down."""

    right: int = 0
    down: int = 0


NOT_MOVED = Shift()
MOST_MOVED = 200
"""Tenths of a millimetre: beyond 2 cm the wrong form lies in the tray."""
