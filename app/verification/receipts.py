"""Checks a citizen's receipt against an exported journal, or the centre: that this acceptance stood there, and since when.

The journal is checked by whoever reads it: its chain and its signatures. A receipt bears the first 16 hex digits of the hash
of its entry (存证码) and the bar code of its case; docs/journal.md tells both.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.clock import ProvenInterval, parse_stamp
from app.domain.journal import WITNESS_DIGITS, Entry
from app.domain.verdict import ReceiptStanding, ReceiptVerdict
from app.services.ports import ReceiptEntry
from app.verification.found import Found

WITNESS = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{16}(?![0-9a-fA-F])")
CASE = re.compile(r"(?<!\d)\d{20}(?!\d)")
LABELLED = re.compile(r"存证码([0-9a-fA-F]{16})")
TYPED = re.compile(r"[0-9a-fA-F ]+")
WITNESSED = frozenset({"CaseReceived", "CaseAccepted", "CaseDeemedAccepted", "CaseEnteredLate"})
"""The kinds of entries that receipts and notices speak of."""
ACCEPTING = WITNESSED - {"CaseReceived"}
CASE_LENGTH = 20

Ask = Callable[[str, bytes | None], Sequence[ReceiptEntry]]
"""Asks the centre for a case and the first bytes of an entry's hash."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says for this: the number of its case and the 16 digits, empty where it does not."""

    case: str = ""
    witness: str = ""


def typed_receipt(text: str) -> Receipt | None:
    """Return what was typed of a receipt, in any groups: 16 digits, a case's 20, or these and those; None for anything else."""
    digits = "".join(text.split())
    if not TYPED.fullmatch(text):
        return None
    if CASE.fullmatch(digits[:CASE_LENGTH]) and WITNESS.fullmatch(digits[CASE_LENGTH:]):
        return Receipt(digits[:CASE_LENGTH], digits[CASE_LENGTH:].lower())
    if CASE.fullmatch(digits):
        return Receipt(case=digits)
    return Receipt(witness=digits.lower()) if WITNESS.fullmatch(digits) else None


def receipt_in(found: Found) -> Receipt:
    """Return what a file says of a receipt: its text, else its bar code."""
    witness, case = LABELLED.search(found.text), CASE.search(found.text)
    bars = next((bar for bar in found.bars if CASE.fullmatch(bar)), "")
    return Receipt(bars or (case.group() if case else ""), witness.group(1).lower() if witness else "")


class Search:
    """Looks for what a receipt names in the entries of a journal, oldest first."""

    def __init__(self, receipt: Receipt) -> None:
        self._receipt = receipt
        self._of_case: Entry | None = None
        self._named: Entry | None = None

    def look(self, entry: Entry) -> None:
        """Look at the next entry."""
        receipt = self._receipt
        if receipt.witness:
            if self._named is None and entry.witness == receipt.witness:
                self._named = entry
        elif receipt.case and receipt.case in entry.body and _receives(entry, receipt.case):
            self._of_case = entry

    def verdict(self) -> ReceiptVerdict:
        """Return what the journal says of the receipt; it has to be whole and sound."""
        receipt, named = self._receipt, self._named
        if not receipt.witness and not receipt.case:
            return ReceiptVerdict(ReceiptStanding.NOTHING_FOUND)
        if named is not None:
            is_of_case = not receipt.case or named.read()["case"] == receipt.case
            return _told(ReceiptStanding.PROVEN if is_of_case else ReceiptStanding.OTHER_CASE, named)
        if self._of_case is not None:
            return _told(ReceiptStanding.CASE_ONLY, self._of_case)
        return ReceiptVerdict(ReceiptStanding.ABSENT)


def asked(receipt: Receipt, ask: Ask) -> ReceiptVerdict:
    """Return what the centre says of a receipt. Of other cases than their own it tells stations nothing without the digits."""
    if not receipt.case:
        return ReceiptVerdict(ReceiptStanding.NO_CASE if receipt.witness else ReceiptStanding.NOTHING_FOUND)
    found = ask(receipt.case, bytes.fromhex(receipt.witness) if receipt.witness else None)
    named = next((one for one in found if receipt.witness and one.hash.hex().startswith(receipt.witness)), None)
    if named is not None:
        return _at_centre(_standing(named), receipt.case, named)
    if receipt.witness:
        found = [one for one in found if one.kind in ACCEPTING]
    if not found:
        return ReceiptVerdict(ReceiptStanding.NOT_THERE)
    standing = ReceiptStanding.CONTRADICTED if receipt.witness else ReceiptStanding.CASE_ONLY
    return _at_centre(standing, receipt.case, found[-1])


def _standing(entry: ReceiptEntry) -> ReceiptStanding:
    if entry.aside:
        return ReceiptStanding.WAITING if entry.aside == "waiting" else ReceiptStanding.SET_ASIDE
    return ReceiptStanding.PROVEN if entry.is_confirmed else ReceiptStanding.UNCHECKED


def _at_centre(standing: ReceiptStanding, case: str, entry: ReceiptEntry) -> ReceiptVerdict:
    return ReceiptVerdict(
        standing,
        entry.seq,
        entry.kind,
        case,
        entry.at,
        entry.hash.hex()[:WITNESS_DIGITS],
        entry.station,
        ProvenInterval(entry.anchored_at, entry.received_at),
    )


def _receives(entry: Entry, case: str) -> bool:
    body = entry.read()
    return body["case"] == case and body["kind"] in WITNESSED


def _told(standing: ReceiptStanding, entry: Entry) -> ReceiptVerdict:
    body = entry.read()
    return ReceiptVerdict(standing, entry.seq, body["kind"], body["case"] or "", parse_stamp(body["at"]), entry.witness)
