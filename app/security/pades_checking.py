"""Checks the signature of a PDF from anywhere: whether a station of this centre signed exactly these bytes.

pyHanko reads the file and checks signature, digest, certificate chain and what was added afterwards; what it lets pass
that the signer never wrote is refused here: a paper that was changed in any byte is not valid. Every file is hostile: call
it where neither memory nor time that it takes can hurt. Loading this module loads pyHanko.
"""

import binascii
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import cms, pem
from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from app.security.pades import CLAIMS_FILE, MECHANISM
from app.security.suites import as_der, as_fixed, low

LARGEST = 20 * 1024 * 1024
LARGEST_CLAIMS = 16 * 1024


HOSTILE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a parser may raise over a file that was made to break it, beside errors of its own."""


FAULTS = (PdfError, SignatureValidationError, CMSExtractionError, PathError, UnsupportedAlgorithm)
"""What pyHanko and what it stands on raise over a file that is not as it should be."""


class NotSigned(Exception):
    """The PDF bears no signature."""


class SignatureBroken(Exception):
    """The PDF was changed after it was signed, or what it bears is no signature."""


class SignedByStranger(Exception):
    """The signature holds, but nobody whom this centre certified made it."""


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A PDF whose signature holds: the signer's certificate (DER), when it says it was signed, and its claims (JSON)."""

    certificate: bytes
    signed_at: datetime
    claims: bytes


def checked(pdf: bytes, root: str) -> SignedPdf:
    """Return what a PDF says that a station under ``root`` (PEM) signed, every byte as it left the signer.

    NotSigned, SignatureBroken, SignedByStranger. Whether the certificate was revoked is not looked at.
    """
    if len(pdf) > LARGEST:
        raise NotSigned
    try:
        signature = _only_signature(PdfFileReader(BytesIO(pdf)))
        return _judged(signature, pdf, root)
    except (*HOSTILE, *FAULTS) as error:
        raise SignatureBroken from error


def _only_signature(reader: PdfFileReader) -> EmbeddedPdfSignature:
    found: list[EmbeddedPdfSignature] = list(reader.embedded_signatures)
    if not found:
        raise NotSigned
    if len(found) > 1:
        raise SignatureBroken
    return found[0]


def _judged(signature: EmbeddedPdfSignature, pdf: bytes, root: str) -> SignedPdf:
    at = signature.self_reported_timestamp
    if at is None:
        raise SignatureBroken
    status = validate_pdf_signature(signature, _believing(root, at))
    if not (status.intact and status.valid and _covers_all(status)):
        raise SignatureBroken
    if not status.trusted:
        raise SignedByStranger
    if not _is_as_written(signature, pdf):
        raise SignatureBroken
    return SignedPdf(signature.signer_cert.dump(), at, _claims(signature.reader))


def _believing(root: str, at: datetime) -> ValidationContext:
    """Return a context that believes ``root`` alone, at the moment of signing: a certificate may end later."""
    _kind, _headers, der = pem.unarmor(root.encode())
    return ValidationContext(trust_roots=[asn1_x509.Certificate.load(der)], allow_fetching=False, moment=at)


def _covers_all(status: PdfSignatureStatus) -> bool:
    return status.coverage is SignatureCoverageLevel.ENTIRE_FILE and status.docmdp_ok is True


def _is_as_written(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Tell whether what no signature covers, the signature itself, is byte for byte as ``pades`` writes it."""
    _zero, begin, end, _length = (int(edge) for edge in signature.byte_range)
    signer = signature.signed_data["signer_infos"][0]
    if not _is_low(signer["signature"].native):
        return False
    message = _plain(signer, signature.signer_cert)
    shown = binascii.hexlify(message).upper().ljust(end - begin - 2, b"0")
    return pdf[begin:end] == b"<" + shown + b">" and _has_shortest_lengths(message)


def _is_low(signature: bytes) -> bool:
    """Tell whether a signature (DER) is the one of its two forms that ``pades`` writes; the other is as good elsewhere."""
    return as_der(low(as_fixed(signature))) == signature


def _plain(signer: cms.SignerInfo, certificate: asn1_x509.Certificate) -> bytes:
    """Return the message (CMS, DER) that says nothing beside one signature by ``certificate``."""
    named = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    signed = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [certificate],
        "signer_infos": [
            {
                "version": "v1",
                "sid": {"issuer_and_serial_number": named},
                "digest_algorithm": {"algorithm": "sha256"},
                "signed_attrs": signer["signed_attrs"],
                "signature_algorithm": {"algorithm": MECHANISM},
                "signature": signer["signature"],
            }
        ],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump())


def _has_shortest_lengths(der: bytes) -> bool:
    """Tell whether every length is written as DER has it (X.690 §10.1): other forms would be read the same."""
    at = 0
    while at < len(der):
        tag, first = der[at], der[at + 1]
        size = first & 0x7F if first & 0x80 else 0
        begin = at + 2 + size
        length = int.from_bytes(der[at + 2 : begin], "big") if size else first
        if size and (length < 0x80 or length >> 8 * (size - 1) == 0):
            return False
        is_constructed = bool(tag & 0x20)
        if is_constructed and not _has_shortest_lengths(der[begin : begin + length]):
            return False
        at = begin + length
    return at == len(der)


def _claims(reader: PdfFileReader) -> bytes:
    """Return the file that goes along with a signed PDF, nothing where there is none."""
    if "/AF" not in reader.root:
        return b""
    specs = (reference.get_object() for reference in reader.root["/AF"])
    files = (spec for spec in specs if spec["/F"] == CLAIMS_FILE)
    return next((bytes(file["/EF"]["/F"].data[:LARGEST_CLAIMS]) for file in files), b"")
