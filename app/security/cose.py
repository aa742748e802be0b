"""Proofs: the claims of a certificate, signed by the station that issued it, with what it takes to check that.

A proof is a COSE_Sign1 (RFC 9052) whose protected header holds the station's certificate, so that the root is all that
a stranger needs. Nothing here believes anything: a proof that was read is checked in ``proofs``, and becomes text for a
code on paper in ``proof_text``. docs/verification.md tells every byte.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.domain.claims import CODE_TYPES, Claims
from app.security.cbor import decode, encode
from app.security.short_certificates import ShortCertificate

TAG = b"\xd2"
"""CBOR's tag 18, COSE_Sign1."""
CONTEXT = "Signature1"
ALGORITHM, KEY_ID, CHAIN, SHORT = 1, 4, 33, -65537
"""Labels of the protected header: alg, kid, x5chain, and one of private use for the short certificate."""
KEY_ID_LENGTH = 8
LARGEST_CERTIFICATE = 1024
FIRST_DAY = date(1970, 1, 1)
LAST_DAY = (date.max - FIRST_DAY).days
NAME, NUMBER, TYPE, HOLDER, CODE, CODE_TYPE, ISSUER, ISSUER_CODE, ISSUED, UNTIL, ENTRY = range(1, 12)
"""Keys of the payload; what is empty is left out."""

Certificate = ShortCertificate | bytes
"""A certificate in its short form, or whole (DER) where it has none."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was read of a proof, not believed yet; ``said`` are its claims without the station, which the certificate names."""

    algorithm: int
    key_id: bytes
    certificate: Certificate
    said: dict[Any, Any]
    statement: bytes
    """What was signed"""
    signature: bytes

    def claims(self, station: str) -> Claims:
        """Return what it claims as the words of ``station``; ValueError when that are no claims."""
        return claims_of(self.said, station)


def compose(
    claims: Claims, algorithm: int, key_id: bytes, certificate: Certificate, sign: Callable[[bytes], bytes]
) -> bytes:
    """Return the proof of ``claims``, signed with the key of ``certificate``."""
    return signed_message({ALGORITHM: algorithm, KEY_ID: key_id, **_header_of(certificate)}, said_by(claims), sign)


def signed_message(header: Mapping[int, Any], said: Mapping[int, Any], sign: Callable[[bytes], bytes]) -> bytes:
    """Return a COSE_Sign1 with a protected header, what is said, and the signature of both."""
    protected, payload = encode(header), encode(said)
    return TAG + encode([protected, {}, payload, sign(_statement(protected, payload))])


def read_proof(data: bytes) -> Proof:
    """Return what ``data`` holds; ValueError for anything that ``compose`` would not have written."""
    header, payload, statement, signature = read_signed(data)
    said = decode(payload)
    match header:
        case {1: int(algorithm), 4: bytes(key_id), **more} if len(key_id) == KEY_ID_LENGTH and isinstance(said, dict):
            certificate = _certificate_of(more)
        case _:
            raise ValueError("no header of this form")
    return Proof(algorithm, key_id, certificate, said, statement, signature)


def read_signed(data: bytes) -> tuple[Any, bytes, bytes, bytes]:
    """Return the protected header, the payload, what was signed, and the signature of a COSE_Sign1; ValueError."""
    if data[:1] != TAG:
        raise ValueError("no COSE_Sign1")
    match decode(data[1:]):
        case [bytes(protected), {**unprotected}, bytes(payload), bytes(signature)] if not unprotected:
            return decode(protected), payload, _statement(protected, payload), signature
    raise ValueError("no COSE_Sign1 of this form")


def said_by(claims: Claims) -> dict[int, int | str | bytes]:
    """Return the payload of ``claims``; the station is left to the certificate."""
    said: dict[int, int | str | bytes] = {
        NAME: claims.name,
        NUMBER: claims.number,
        TYPE: claims.type_code,
        HOLDER: claims.holder,
        CODE: claims.holder_code,
        CODE_TYPE: CODE_TYPES.index(claims.holder_code_type) + 1 if claims.holder_code_type else 0,
        ISSUER: claims.issuer,
        ISSUER_CODE: claims.issuer_code,
        ISSUED: (claims.issued_on - FIRST_DAY).days,
        UNTIL: (claims.valid_until - FIRST_DAY).days if claims.valid_until else 0,
        ENTRY: claims.entry,
    }
    return {key: value for key, value in said.items() if value}


def claims_of(said: dict[Any, Any], station: str) -> Claims:
    """Return the claims of a payload; ValueError for anything that ``said_by`` would not have written."""
    kind = _one(said, CODE_TYPE, int, 0)
    if not 0 <= kind <= len(CODE_TYPES):
        raise ValueError("an unknown type of code")
    claims = Claims(
        name=_one(said, NAME, str, ""),
        number=_one(said, NUMBER, str, ""),
        type_code=_one(said, TYPE, str, ""),
        holder=_one(said, HOLDER, str, ""),
        holder_code=_one(said, CODE, str, ""),
        holder_code_type=CODE_TYPES[kind - 1] if kind else "",
        issuer=_one(said, ISSUER, str, ""),
        issuer_code=_one(said, ISSUER_CODE, str, ""),
        issued_on=_day(_one(said, ISSUED, int, 0)),
        valid_until=_day(said[UNTIL]) if _one(said, UNTIL, int, 0) else None,
        station=station,
        entry=_one(said, ENTRY, bytes, b""),
    )
    if said_by(claims) != said:
        raise ValueError("something that is not known here, or empty")
    return claims


def _statement(protected: bytes, payload: bytes) -> bytes:
    """Return what is signed: the Sig_structure of RFC 9052 §4.4."""
    return encode([CONTEXT, protected, b"", payload])


def _header_of(certificate: Certificate) -> dict[int, Any]:
    if isinstance(certificate, bytes):
        return {CHAIN: certificate}
    short = certificate
    times = short.not_before, short.not_after
    return {SHORT: [short.root, short.station, short.serial, *times, short.public_key, short.signature]}


def _certificate_of(header: dict[Any, Any]) -> Certificate:
    match header:
        case {-65537: [bytes(root), str(station), bytes(serial), int(begin), int(end), bytes(key), bytes(signature)]}:
            certificate: Certificate = ShortCertificate(root, station, serial, begin, end, key, signature)
        case {33: bytes(whole)} if len(whole) <= LARGEST_CERTIFICATE:
            certificate = whole
        case _:
            raise ValueError("no certificate")
    if len(header) != 1:
        raise ValueError("something that is not known here")
    return certificate


def _one(said: dict[Any, Any], key: int, kind: type, empty: Any) -> Any:  # noqa: ANN401  any of a payload's values
    value = said.get(key, empty)
    if type(value) is not kind:
        raise ValueError("a claim is of another kind")
    return value


def _day(number: int) -> date:
    if not 0 < number <= LAST_DAY:
        raise ValueError("no day")
    return FIRST_DAY + timedelta(days=number)
