"""What a counter believes of its centre: statements and certificates that the authority's root has signed.

The root came with the invitation. How the authority signs is told in ``authority``.
"""

from collections.abc import Callable
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from app.services.errors import BadCertificate

LARGEST = 16 * 1024
FINGERPRINT_DIGITS = 16


class RootTrust:
    """Implements the port ``CentreTrust`` on the root certificate of one centre; ValueError for what is none."""

    def __init__(self, root: str) -> None:
        self._root = _certificate(root.encode(), x509.load_pem_x509_certificate)
        self._key = _p256(self._root)

    @property
    def public_key(self) -> EllipticCurvePublicKey:
        """Return the root's key."""
        return self._key

    @property
    def fingerprint(self) -> str:
        """Return the first 16 hex digits of the root's SHA-256, for two people to compare on the telephone."""
        return self._root.fingerprint(SHA256()).hex()[:FINGERPRINT_DIGITS]

    def has_signed(self, statement: bytes, signature: bytes) -> bool:
        """Tell whether the authority signed exactly this statement."""
        try:
            self._key.verify(signature, statement, ECDSA(SHA256()))
        except InvalidSignature:
            return False
        return True

    def check_certificate(self, certificate: bytes, station: str, public_key: bytes, now: datetime) -> datetime:
        """Return until when a station's certificate (DER) is good; ``public_key`` is an uncompressed point.

        BadCertificate when it is not of this centre, not for this station and key, or not good ``now``.
        """
        found = self.station_certificate(certificate)
        if names_of(found) != [station_uri(station)]:
            raise BadCertificate("station")
        if point_of(_p256(found)) != public_key:
            raise BadCertificate("key")
        if not found.not_valid_before_utc <= now <= found.not_valid_after_utc:
            raise BadCertificate("time")
        return found.not_valid_after_utc

    def station_certificate(self, certificate: bytes) -> x509.Certificate:
        """Return a certificate (DER) of any station of this centre; BadCertificate with the fault form, root or station."""
        try:
            found = _certificate(certificate, x509.load_der_x509_certificate)
            _p256(found)
            found.verify_directly_issued_by(self._root)
        except InvalidSignature as error:
            raise BadCertificate("root") from error
        except (ValueError, TypeError) as error:
            raise BadCertificate("form") from error
        names = names_of(found)
        if len(names) != 1 or not names[0].startswith(station_uri("")) or _may_sign(found):
            raise BadCertificate("station")
        return found

    def is_of_another(self, certificate: bytes) -> bool:
        """Tell whether a certificate (DER) names an issuer that is not this root; False for what is none."""
        try:
            return _certificate(certificate, x509.load_der_x509_certificate).issuer != self._root.subject
        except (ValueError, TypeError):
            return False

    def revoked_since(self, revocations: bytes) -> dict[int, datetime]:
        """Return the serial numbers on a revocation list (DER), and since when; BadCertificate when it is not this centre's."""
        try:
            found = x509.load_der_x509_crl(revocations)
        except ValueError as error:
            raise BadCertificate("form") from error
        if found.issuer != self._root.subject or not found.is_signature_valid(self._key):
            raise BadCertificate("root")
        return {entry.serial_number: entry.revocation_date_utc for entry in found}


def fingerprint_of(root: str) -> str:
    """Return the fingerprint of a root certificate (PEM); ValueError for what is none."""
    return RootTrust(root).fingerprint


def station_uri(station: str) -> str:
    """Return the name under which a station stands in its certificate."""
    return f"urn:lideng:station:{station}"


def point_of(key: EllipticCurvePublicKey) -> bytes:
    """Return the public key as an uncompressed point."""
    numbers = key.public_numbers()
    return b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")


def names_of(found: x509.Certificate | x509.CertificateSigningRequest) -> list[str]:
    """Return the URIs that a certificate or a request is for; an empty list when it has names of another kind too."""
    try:
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, ValueError):
        return []
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    return uris if len(uris) == len(list(names)) else []


def as_pem(certificate: x509.Certificate) -> str:
    """Return a certificate as text."""
    return certificate.public_bytes(Encoding.PEM).decode()


def _certificate(data: bytes, load: Callable[[bytes], x509.Certificate]) -> x509.Certificate:
    if len(data) > LARGEST:
        raise ValueError("too large for a certificate")
    try:
        return load(data)
    except x509.InvalidVersion as error:
        raise ValueError("another version of certificates") from error


def _p256(found: x509.Certificate) -> EllipticCurvePublicKey:
    try:
        key = found.public_key()
    except UnsupportedAlgorithm as error:
        raise ValueError("not a key that is known here") from error
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise ValueError("not a key on P-256")  # noqa: TRY004  what a file says is not a caller's mistake
    return key


def _may_sign(found: x509.Certificate) -> bool:
    """Tell whether a certificate claims to be an authority's."""
    try:
        return found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return True
