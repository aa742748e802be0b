"""A station's certificate in a fifth of its length, for codes on paper: what differs from one to the next, no more.

``Authority.sign_request`` makes all of them in one fixed form, so whoever has the root writes the certificate itself
(X.509, DER) anew from these parts, and checks that the root signed it. docs/verification.md tells the form.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1, sha256
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from app.security.authority import UNIT
from app.security.suites import COMPRESSED, SCALAR, as_der, as_fixed, p256
from app.security.trust import names_of, point_of, station_uri

ROOT_MARK = 8
"""Bytes of the root's SHA-256 by which a certificate names it: the 16 digits that people compare."""
LARGEST_SERIAL = 20
LONGEST_STATION = 64
LATEST = 253402300799
"""The last second that X.509 can write."""
UTC_TIME_UNTIL = 2050
"""RFC 5280 §4.1.2.5: years from then on are written with four digits."""

SEQUENCE, SET, INTEGER, BITS, OCTETS, OID, UTF8, BOOLEAN = 0x30, 0x31, 0x02, 0x03, 0x04, 0x06, 0x0C, 0x01
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
SHORT_LENGTH = 128


@dataclass(frozen=True, slots=True)
class ShortCertificate:
    """What differs between the certificates of stations; ValueError for what none can have."""

    root: bytes
    """The first 8 bytes of the root's SHA-256"""
    station: str
    serial: bytes
    """Big endian, without zeros in front"""
    not_before: int
    """Seconds since 1970"""
    not_after: int
    public_key: bytes
    """The compressed point"""
    signature: bytes
    """The root's, r ‖ s, each of 32 bytes"""

    def __post_init__(self) -> None:
        sizes = len(self.root), len(self.public_key), len(self.signature)
        if sizes != (ROOT_MARK, COMPRESSED, 2 * SCALAR):
            raise ValueError("a part has another length")
        if not 1 <= len(self.serial) <= LARGEST_SERIAL or self.serial[0] == 0:
            raise ValueError("no serial number")
        if not 0 < len(self.station) <= LONGEST_STATION:
            raise ValueError("no station")
        if not 0 <= self.not_before <= self.not_after <= LATEST:
            raise ValueError("no time")


class RootForm:
    """Writes what stands under one root (PEM); ValueError for what is none."""

    def __init__(self, root: str) -> None:
        found = x509.load_pem_x509_certificate(root.encode())
        key = found.public_key()
        if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
            raise ValueError("not a key on P-256")  # noqa: TRY004  what a file says is not a caller's mistake
        self.public_key = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        self.mark = sha256(found.public_bytes(Encoding.DER)).digest()[:ROOT_MARK]
        self._issuer = found.subject.public_bytes()
        organisation = found.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
        self._before_station = b"".join(_named(ORGANISATION_OID, str(one.value)) for one in organisation) + _named(
            UNIT_OID, UNIT
        )
        self._issuer_key = _tlv(SEQUENCE, _tlv(0x80, sha1(point_of(key)).digest()))  # noqa: S324  an identifier

    def shorten(self, certificate: bytes) -> ShortCertificate | None:
        """Return the short form of a certificate (DER), None where that would not give this very certificate back."""
        try:
            short = self._parts(x509.load_der_x509_certificate(certificate))
            return short if self.rebuild(short) == certificate else None
        except (ValueError, TypeError, OverflowError):
            return None

    def rebuild(self, short: ShortCertificate) -> bytes:
        """Return the certificate (DER) that a short form stands for; ValueError when its key is none."""
        return self.whole(self.signed_part(short), short)

    def whole(self, signed_part: bytes, short: ShortCertificate) -> bytes:
        """Return the certificate whose signed part is already there."""
        return _tlv(SEQUENCE, signed_part + SIGNED_BY + _bits(as_der(short.signature)))

    def signed_part(self, short: ShortCertificate) -> bytes:
        """Return what the root signed of a certificate (TBSCertificate); ValueError when its key is none."""
        point = point_of(p256(short.public_key))
        subject = _tlv(SEQUENCE, self._before_station + _named(NAME_OID, short.station))
        return _tlv(
            SEQUENCE,
            VERSION_3
            + _tlv(INTEGER, _positive(short.serial))
            + SIGNED_BY
            + self._issuer
            + _tlv(SEQUENCE, _time(short.not_before) + _time(short.not_after))
            + subject
            + _tlv(SEQUENCE, KEY_KIND + _bits(point))
            + self._extensions(short.station, point),
        )

    def _extensions(self, station: str, point: bytes) -> bytes:
        name = _tlv(SEQUENCE, _tlv(0x86, station_uri(station).encode()))
        key = _tlv(OCTETS, sha1(point).digest())  # noqa: S324  an identifier
        return _tlv(
            0xA3,
            _tlv(
                SEQUENCE,
                CONSTRAINTS
                + USAGE
                + _extension(NAMES_OID, name)
                + _extension(KEY_OID, key)
                + _extension(ISSUER_KEY_OID, self._issuer_key),
            ),
        )

    def _parts(self, found: x509.Certificate) -> ShortCertificate:
        key: Any = found.public_key()
        (uri,) = names_of(found)
        serial = found.serial_number
        return ShortCertificate(
            root=self.mark,
            station=uri.removeprefix(station_uri("")),
            serial=serial.to_bytes((serial.bit_length() + 7) // 8, "big"),
            not_before=int(found.not_valid_before_utc.timestamp()),
            not_after=int(found.not_valid_after_utc.timestamp()),
            public_key=key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint),
            signature=as_fixed(found.signature),
        )


def _tlv(tag: int, content: bytes) -> bytes:
    """Return one element of DER."""
    length = len(content)
    if length < SHORT_LENGTH:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content


def _positive(number: bytes) -> bytes:
    return b"\0" + number if number[0] >= SHORT_LENGTH else number


def _bits(content: bytes) -> bytes:
    return _tlv(BITS, b"\0" + content)


def _named(kind: bytes, text: str) -> bytes:
    return _tlv(SET, _tlv(SEQUENCE, kind + _tlv(UTF8, text.encode())))


def _time(seconds: int) -> bytes:
    at = datetime.fromtimestamp(seconds, UTC)
    if at.year < UTC_TIME_UNTIL:
        return _tlv(UTC_TIME, f"{at:%y%m%d%H%M%SZ}".encode())
    return _tlv(GENERALIZED_TIME, f"{at:%Y%m%d%H%M%SZ}".encode())


def _extension(kind: bytes, content: bytes, *, critical: bool = False) -> bytes:
    return _tlv(SEQUENCE, kind + (_tlv(BOOLEAN, b"\xff") if critical else b"") + _tlv(OCTETS, content))


def _oid(dotted: str) -> bytes:
    first, second, *others = map(int, dotted.split("."))
    content = [40 * first + second]
    for arc in others:
        sevens = [arc & 0x7F]
        while arc := arc >> 7:
            sevens.insert(0, 0x80 | arc & 0x7F)
        content += sevens
    return _tlv(OID, bytes(content))


NAME_OID = _oid("2.5.4.3")
ORGANISATION_OID = _oid("2.5.4.10")
UNIT_OID = _oid("2.5.4.11")
NAMES_OID = _oid("2.5.29.17")
KEY_OID = _oid("2.5.29.14")
ISSUER_KEY_OID = _oid("2.5.29.35")
VERSION_3 = _tlv(0xA0, _tlv(INTEGER, b"\x02"))
SIGNED_BY = _tlv(SEQUENCE, _oid("1.2.840.10045.4.3.2"))
"""ecdsa-with-SHA256"""
KEY_KIND = _tlv(SEQUENCE, _oid("1.2.840.10045.2.1") + _oid("1.2.840.10045.3.1.7"))
"""A key on P-256"""
CONSTRAINTS = _extension(_oid("2.5.29.19"), _tlv(SEQUENCE, b""), critical=True)
"""It is no authority's"""
USAGE = _extension(_oid("2.5.29.15"), bytes([BITS, 2, 6, 0xC0]), critical=True)
"""digitalSignature and nonRepudiation"""
