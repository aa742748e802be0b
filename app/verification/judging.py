"""Says what a paper is worth: by the centre's root, by what was called back, and by the paper's own last day."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from app.domain.claims import ENTRY, HOLDER, HOLDER_CODE, ISSUED, ISSUER, LAST_DAY, NUMBER
from app.domain.clock import CHINA
from app.domain.verdict import Finality, Reason, Ruling, Standing, Unread, Verdict
from app.security.proof_text import claims_to_be_proof
from app.security.proofs import BadProof, ProofFault, ProofReader, StationCertificate, said_by
from app.security.revocation_list import PaperEnd, RevocationList
from app.verification.found import Found, Seal

FAULTS = {
    ProofFault.KIND: Reason.NOTHING_FOUND,
    ProofFault.FORM: Reason.CHANGED,
    ProofFault.SUITE: Reason.UNKNOWN_SUITE,
    ProofFault.ROOT: Reason.OTHER_CENTRE,
    ProofFault.CERTIFICATE: Reason.FORGED,
    ProofFault.SIGNATURE: Reason.CHANGED,
    ProofFault.TIME: Reason.FORGED,
}
ENDS = {
    PaperEnd.WITHDRAWN: Reason.WITHDRAWN,
    PaperEnd.RECALLED: Reason.RECALLED,
    PaperEnd.VOID: Reason.VOID,
    PaperEnd.REPLACED: Reason.REPLACED,
}
DECISION_NUMBER = "文书编号"
VALID_UNTIL = "有效期"
MASK = "*"
NAME_END = re.compile("[（(、，]")
"""What follows the first holder: who represents it, or another holder."""
IDENTITY_LENGTH = 18
IDENTITY = re.compile(r"(?<![0-9A-Z])[0-9A-Z*]{17}[0-9A-Zx*](?![0-9A-Z])")
"""Identity numbers and credit codes, in full or masked."""


def nothing_known(_number: str, _entry: bytes, _station: str) -> Standing:
    """Return what is known without a store."""
    return Standing()


Known = Callable[[str, bytes, str], Standing]
"""Asks for a paper by its number, the hash of its entry and its station."""


NONE_REVOKED: Mapping[int, datetime] = MappingProxyType({})


class Judge:
    """Judges papers of one centre, whose root (PEM) is given, at one moment; ValueError for what is no root.

    ``revoked`` are serial numbers of stations' certificates, beside those on the list, and since when.
    """

    def __init__(
        self,
        root: str,
        now: datetime,
        called_back: RevocationList | None = None,
        known: Known = nothing_known,
        revoked: Mapping[int, datetime] = NONE_REVOKED,
    ) -> None:
        self.root = root
        self._reader = ProofReader(root)
        self._now = now
        self._called_back = called_back
        self._known = known
        self._revoked = {**revoked, **(called_back.stations if called_back else {})}

    def of_text(self, text: str) -> Verdict:
        """Return what the text of a code is worth."""
        return self._of_code(text, Found())

    def of_found(self, found: Found) -> list[Verdict]:
        """Return what each paper in a file is worth, by what was found in it; one verdict at least."""
        proofs = dict.fromkeys(code for code in found.codes if claims_to_be_proof(code))
        if found.seal is Seal.BROKEN:
            return [Verdict(Reason.CHANGED)]
        if not proofs:
            return [self._of_seal(found)]
        return [self._of_code(text, found) for text in proofs]

    def _of_code(self, text: str, found: Found) -> Verdict:
        """Return what a code is worth beside text and signature of the file that it stands in."""
        try:
            checked = self._reader.read(text)
        except BadProof as bad:
            return Verdict(FAULTS[bad.fault])
        claims, certificate = checked.claims, checked.certificate
        paper = _Paper(claims.number, claims.entry, claims.issued_on, claims.valid_until, claims.named())
        return _compared(self._of(paper, certificate), certificate, found)

    def _of_seal(self, found: Found) -> Verdict:
        """Return what a file without a code is worth."""
        if found.seal is Seal.STRANGER:
            return Verdict(Reason.OTHER_CENTRE)
        if found.seal is not Seal.GOOD or found.signed_at is None:
            nothing = Verdict(Reason.UNREADABLE, unread=Unread.PAGES) if found.is_longer else None
            return nothing or Verdict(Reason.NOTHING_FOUND)
        signed_on = found.signed_at.astimezone(CHINA).date()
        return self._of(_signed_paper(found.claims, signed_on), said_by(found.certificate))

    def _of(self, paper: "_Paper", certificate: StationCertificate) -> Verdict:
        standing = self._known(paper.number, paper.entry, certificate.station)
        reason, since = self._against(paper, certificate, standing)
        until = self._called_back.until if self._called_back else None
        is_over = until is not None and until < self._now
        return Verdict(reason, paper.said, certificate.station, standing.finality, since, until, is_list_over=is_over)

    def _against(
        self, paper: "_Paper", certificate: StationCertificate, standing: Standing
    ) -> tuple[Reason, date | None]:
        """Return what speaks against a paper that a station really signed, and since when; GENUINE for nothing."""
        if self._called_back and (called := self._called_back.papers.get(paper.entry)):
            return ENDS[called[0]], called[1]
        if standing.end:
            return standing.end, None
        stopped = self._revoked.get(certificate.serial) or standing.stopped_at
        if stopped and standing.finality is not Finality.CONFIRMED:
            # Who has a stolen key writes any day on a paper: only the centre's journal tells what came before.
            before = _end_of(paper.issued_on) <= stopped
            return Reason.STATION_STOPPED if before else Reason.STATION_REVOKED, stopped.astimezone(CHINA).date()
        if standing.is_missing:
            return Reason.UNRECORDED, None
        today = self._now.astimezone(CHINA).date()
        if paper.last_day and today > paper.last_day:
            return Reason.EXPIRED, paper.last_day
        return (Reason.NOT_YET if paper.issued_on > today + timedelta(days=1) else Reason.GENUINE), None


@dataclass(frozen=True, slots=True)
class _Paper:
    """What a paper says of itself that matters here."""

    number: str
    entry: bytes
    issued_on: date
    last_day: date | None
    said: Mapping[str, str]


def _signed_paper(said: Mapping[str, str], signed_on: date) -> _Paper:
    """Return the paper that a signed PDF without a code is; what its signer wrote is believed as far as it can be read."""
    try:
        last_day = date.fromisoformat(said[LAST_DAY]) if LAST_DAY in said else None
        entry = bytes.fromhex(said.get(ENTRY, ""))
    except ValueError:
        last_day, entry = None, b""
    return _Paper(said.get(NUMBER) or said.get(DECISION_NUMBER, ""), entry, signed_on, last_day, said)


def _compared(verdict: Verdict, certificate: StationCertificate, found: Found) -> Verdict:
    """Return the verdict on a code after comparing it with the file that it stands in.

    That both differ is said before anything else: what is told of an expired paper is not told of this one.
    """
    is_of_another = found.seal is Seal.GOOD and not _is_sealed_alike(verdict, certificate, found)
    if is_of_another or (found.text and _differs(verdict.said, found.text, is_sealed=found.seal is Seal.GOOD)):
        return replace(verdict, reason=Reason.DIFFERS, since=None)
    if verdict.ruling is not Ruling.VALID:
        return verdict
    if found.seal is Seal.STRANGER:
        return replace(verdict, reason=Reason.OTHER_CENTRE)
    # Who takes the signature off a paper can write what the code does not tell: a whole name, what it is for.
    is_loose = bool(found.text) and found.seal is not Seal.GOOD
    return replace(verdict, reason=Reason.UNSIGNED) if is_loose else verdict


def _is_sealed_alike(verdict: Verdict, certificate: StationCertificate, found: Found) -> bool:
    """Tell whether a PDF's signature speaks of the entry of its code and is of the same station: no window answers for another."""
    is_its = said_by(found.certificate).serial == certificate.serial
    return is_its and found.claims.get(ENTRY) == verdict.said[ENTRY]


def _differs(said: Mapping[str, str], text: str, *, is_sealed: bool) -> bool:
    """Tell whether a PDF's text (without blanks) says something else than its code.

    What is signed was written by whoever made the code, and templates need not say everything.
    """
    if "".join(said[NUMBER].split()) not in text:
        return True
    if VALID_UNTIL in text and LAST_DAY in said and _written(date.fromisoformat(said[LAST_DAY])) not in text:
        return True
    return not is_sealed and not _names_all(said, text)


def _names_all(said: Mapping[str, str], text: str) -> bool:
    """Tell whether a text names the holder, the body and the day of a certificate as its code does, masked or in full."""
    holder, code = NAME_END.split(said.get(HOLDER, ""))[0], said.get(HOLDER_CODE, "")
    written = (_written(date.fromisoformat(said[ISSUED])), "".join(said[ISSUER].split()))
    numbers = IDENTITY.findall(text)
    return (
        all(part in text for part in written)
        and _unmasked(holder).search(text) is not None
        and (len(code) != IDENTITY_LENGTH or not numbers or any(_unmasked(code).fullmatch(one) for one in numbers))
    )


def _unmasked(masked: str) -> re.Pattern[str]:
    """Return what finds a masked text, or the one that it masks, in a text without blanks."""
    return re.compile("".join("." if letter == MASK else re.escape(letter) for letter in "".join(masked.split())))


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), CHINA)
