"""Signs the finished PDFs of certificates and decisions, so that any reader of PDFs can tell who made them.

As with proofs, only a counter that is certified can: what others make says nothing of a signature. How a PDF
is signed is the job of ``app.security``; here it is decided which are, and what goes along for machines.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.claims import ENTRY
from app.domain.paper import SEALED, Paper, PaperKind
from app.services.membership import certified_in
from app.services.ports import CentralKeys, UnitOfWork


@dataclass(frozen=True, slots=True)
class Signature:
    """With what a PDF is to be signed: the station's certificate (DER) under a root (PEM), and what signs with its key."""

    root: str
    certificate: bytes
    sign: Callable[[bytes], bytes]
    at: datetime
    body: str
    told: bytes = b""
    """What goes along for machines (JSON), if anything does."""


SignPdf = Callable[[bytes, Signature], bytes]
"""Returns a PDF with its signature behind it."""
Term = Callable[[bytes], tuple[datetime, datetime]]
"""Returns from when until when a certificate (DER) is good."""

SOON = timedelta(days=30)
"""A certificate that ends within this time should have been renewed by itself long ago."""


class Standing(StrEnum):
    """Whether papers that are made now are signed."""

    ALONE = "alone"
    """No centre has certified the station: nobody expects it"""
    SIGNS = "signs"
    ENDS_SOON = "ends_soon"
    """Signed still"""
    ENDED = "ended"
    TO_COME = "to_come"
    """The station's certificate is not good yet: the clock was set back"""
    KEYLESS = "keyless"
    """The key is lost"""


@dataclass(frozen=True, slots=True)
class SigningStanding:
    """How it stands, with the first or last moment of the certificate where that is what matters."""

    standing: Standing
    at: datetime | None = None

    @property
    def signs(self) -> bool:
        """Tell whether papers that are made now are signed."""
        return self.standing in {Standing.SIGNS, Standing.ENDS_SOON}


class DocumentSigning:
    """Signs for one station."""

    def __init__(self, keys: CentralKeys, sign_pdf: SignPdf, term: Term) -> None:
        self._keys = keys
        self._sign_pdf = sign_pdf
        self._term = term

    def standing(self, uow: UnitOfWork, at: datetime) -> SigningStanding:
        """Return whether papers that are made at a moment are signed, and why not."""
        kept = certified_in(uow)
        if kept is None:
            return SigningStanding(Standing.ALONE)
        if not self._keys.exist():
            return SigningStanding(Standing.KEYLESS)
        since, until = self._term(bytes.fromhex(kept.certificate))
        if at < since:
            return SigningStanding(Standing.TO_COME, since)
        if at > until:
            return SigningStanding(Standing.ENDED, until)
        return SigningStanding(Standing.ENDS_SOON if until - at < SOON else Standing.SIGNS, until)

    def expected(self, uow: UnitOfWork, kind: PaperKind, paper: Paper, at: datetime) -> Paper:
        """Return a paper that says it is signed where it will be; any other as it is."""
        return replace(paper, is_signed=kind in SEALED and self.standing(uow, at).signs)

    def signed(self, uow: UnitOfWork, paper: Paper, title: str, pdf: bytes, at: datetime) -> bytes:
        """Return the PDF of ``paper``, signed when the paper says so."""
        kept = certified_in(uow)
        if not paper.is_signed or kept is None:
            return pdf
        told = json.dumps(_told(paper, title), ensure_ascii=False, indent=1).encode()
        certificate = bytes.fromhex(kept.certificate)
        return self._sign_pdf(pdf, Signature(kept.root, certificate, self._keys.sign, at, _body(paper), told))


def _body(paper: Paper) -> str:
    return paper.values.get("issuer") or paper.values.get("body", "")


def _told(paper: Paper, title: str) -> dict[str, str]:
    """Return what a paper says for machines, without what it does not say; certificates after GB/T 36901–36906."""
    if paper.claims:
        return paper.claims.named()
    said = {
        "文书名称": title,
        "文书编号": paper.values.get("number", ""),
        "办件编号": paper.barcode,
        "机关": _body(paper),
        "存证码": paper.witness,
        ENTRY: paper.entry.hex(),
    }
    return {name: value for name, value in said.items() if value}
