"""Suites of algorithms behind the port ``SignatureSuite``. There is one, ES256; none of this is certified by anybody.

A second suite, SM2 with SM3 (GB/T 32918, 32905), is not there: docs/verification.md tells why.
"""

import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256 (FIPS 186-5)."""
SCALAR = 32
COMPRESSED = 33


class ES256:
    """ECDSA on P-256 with SHA-256 (RFC 9053 §2.1).

    Of the two signatures that ECDSA knows for each, (r, s) and (r, n − s), only the one with the smaller s counts: so
    nobody can change a signature into another that is good too.
    """

    algorithm = -7
    signature_length = 2 * SCALAR

    def digest(self, data: bytes) -> bytes:
        """Return the SHA-256 of ``data``."""
        return hashlib.sha256(data).digest()

    def verify(self, public_key: bytes, statement: bytes, signature: bytes) -> bool:
        """Tell whether the key signed exactly this statement with exactly this signature."""
        if len(signature) != self.signature_length or len(public_key) != COMPRESSED:
            return False
        if int.from_bytes(signature[SCALAR:], "big") > ORDER // 2:
            return False
        try:
            p256(public_key).verify(as_der(signature), statement, ECDSA(SHA256()))
        except (ValueError, InvalidSignature):
            return False
        return True


@lru_cache(maxsize=64)
def p256(public_key: bytes) -> EllipticCurvePublicKey:
    """Return the key of a compressed point; ValueError for what is none. Finding its y takes as long as a signature's check."""
    return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public_key)


def as_der(signature: bytes) -> bytes:
    """Return a signature r ‖ s as X.509 writes it."""
    return encode_dss_signature(int.from_bytes(signature[:SCALAR], "big"), int.from_bytes(signature[SCALAR:], "big"))


def as_fixed(signature: bytes) -> bytes:
    """Return a signature of X.509's form as r ‖ s, as it is."""
    r, s = decode_dss_signature(signature)
    return r.to_bytes(SCALAR, "big") + s.to_bytes(SCALAR, "big")


def low(signature: bytes) -> bytes:
    """Return the one of the two forms of a signature r ‖ s that counts."""
    s = int.from_bytes(signature[SCALAR:], "big")
    return signature[:SCALAR] + min(s, ORDER - s).to_bytes(SCALAR, "big")
