"""The station's document key (ECDSA P-256), which its certificate is about: what it signs others check with X.509."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.security.trust import point_of, station_uri


class DocumentKey:
    """The key of a scalar that ``custody`` keeps; ValueError for one that is none."""

    def __init__(self, scalar: bytes) -> None:
        self._key = derive_private_key(int.from_bytes(scalar, "big"), SECP256R1())

    @property
    def public_key(self) -> bytes:
        """Return the public key as an uncompressed point, 65 bytes."""
        return point_of(self._key.public_key())

    def sign(self, data: bytes) -> bytes:
        """Return the signature (DER) of ``data``, the same whenever it is asked for (RFC 6979)."""
        return self._key.sign(data, ECDSA(SHA256(), deterministic_signing=True))

    def request(self, station: str) -> bytes:
        """Return the request (PKCS#10, DER) for a certificate of ``station``; it proves that the key is had."""
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, station)])
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(station_uri(station))])
        builder = x509.CertificateSigningRequestBuilder(subject).add_extension(names, critical=False)
        return builder.sign(self._key, SHA256()).public_bytes(Encoding.DER)
