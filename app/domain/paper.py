"""What stands on a paper that leaves the counter; how it is drawn is the job of ``app.papers``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class PaperKind(StrEnum):
    """The kinds of paper of the counter, each with a number series and a template of its own."""

    MATERIALS_RECEIPT = "materials_receipt"
    """收件凭证"""
    ACCEPTANCE_NOTICE = "acceptance_notice"
    """受理通知书"""
    CERTIFICATE = "certificate"
    """A certificate issued on the spot; which one is told by its template."""


class PageSize(StrEnum):
    """Sheet sizes, upright."""

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
    copies: tuple[str, ...] = ("交申请人",)
    """Who keeps which sheet: one page run for each."""
    preview: bool = False
