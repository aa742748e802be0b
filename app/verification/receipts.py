"""Checks a citizen's receipt against an exported journal: that this acceptance stood in it, and since when.

The journal was checked before: its chain and its signatures. A receipt bears the first 16 hex digits of the hash of its
entry (存证码) and the bar code of its case; docs/journal.md tells both.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.clock import parse_stamp
from app.domain.journal import Entry
from app.domain.verdict import ReceiptStanding, ReceiptVerdict
from app.verification.found import Found

WITNESS = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{16}(?![0-9a-fA-F])")
CASE = re.compile(r"(?<!\d)\d{20}(?!\d)")
LABELLED = re.compile(r"存证码([0-9a-fA-F]{16})")
TYPED = re.compile(r"[0-9a-fA-F ]+")
WITNESSED = frozenset({"CaseReceived", "CaseAccepted", "CaseDeemedAccepted", "CaseEnteredLate"})
"""The kinds of entries that receipts and notices speak of."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says for this: the number of its case and the 16 digits, empty where it does not."""

    case: str = ""
    witness: str = ""


def typed_receipt(text: str) -> Receipt | None:
    """Return what was typed of a receipt, in any groups: 16 digits, or a case's 20; None for anything else."""
    digits = "".join(text.split())
    if not TYPED.fullmatch(text):
        return None
    if CASE.fullmatch(digits):
        return Receipt(case=digits)
    return Receipt(witness=digits.lower()) if WITNESS.fullmatch(digits) else None


def receipt_in(found: Found) -> Receipt:
    """Return what a file says of a receipt: its text, else its bar code."""
    witness, case = LABELLED.search(found.text), CASE.search(found.text)
    bars = next((bar for bar in found.bars if CASE.fullmatch(bar)), "")
    return Receipt(bars or (case.group() if case else ""), witness.group(1).lower() if witness else "")


def judged(receipt: Receipt, entries: Iterable[Entry]) -> ReceiptVerdict:
    """Return what a journal's ``entries``, oldest first, say of a receipt."""
    if not receipt.witness and not receipt.case:
        return ReceiptVerdict(ReceiptStanding.NOTHING_FOUND)
    of_case: Entry | None = None
    for entry in entries:
        if receipt.witness and entry.witness == receipt.witness:
            is_of_case = not receipt.case or entry.read()["case"] == receipt.case
            return _told(ReceiptStanding.PROVEN if is_of_case else ReceiptStanding.OTHER_CASE, entry)
        if not receipt.witness and receipt.case in entry.body and _receives(entry, receipt.case):
            of_case = entry
    return _told(ReceiptStanding.CASE_ONLY, of_case) if of_case else ReceiptVerdict(ReceiptStanding.ABSENT)


def _receives(entry: Entry, case: str) -> bool:
    body = entry.read()
    return body["case"] == case and body["kind"] in WITNESSED


def _told(standing: ReceiptStanding, entry: Entry) -> ReceiptVerdict:
    body = entry.read()
    return ReceiptVerdict(standing, entry.seq, body["kind"], body["case"] or "", parse_stamp(body["at"]), entry.witness)
