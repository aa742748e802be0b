"""The worked example of docs/verification.md, made without the program: with cbor2, base45, zlib and cryptography alone.

python -m tests.security.example prints its steps, as they stand there.
"""

import hashlib
import textwrap
import zlib
from datetime import date
from pathlib import Path

import cbor2
from base45 import b45encode
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.domain.claims import Claims

VECTORS = Path(__file__).parent / "vectors"
ROOT = (VECTORS / "root.pem").read_text()
CERTIFICATE = bytes.fromhex((VECTORS / "station.hex").read_text())
SCALAR = hashlib.sha256(b"lideng example").digest()
STATION = "000731"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ENTRY = hashlib.sha256(b"lideng example entry").digest()
CLAIMS = Claims(
    name="居住证明",
    number="云溪3居〔2026〕000412号",
    type_code="residence_certificate",
    holder="林**",
    holder_code="519900********0321",
    holder_code_type="公民身份号码",
    issuer="云溪镇人民政府",
    issued_on=date(2026, 5, 18),
    valid_until=date(2026, 11, 17),
    station=STATION,
    entry=ENTRY,
)
PAYLOAD = {
    1: "居住证明",
    2: "云溪3居〔2026〕000412号",
    3: "residence_certificate",
    4: "林**",
    5: "519900********0321",
    6: 1,
    7: "云溪镇人民政府",
    9: 20591,
    10: 20774,
    11: ENTRY,
}


def fixed(der: bytes) -> bytes:
    """Return r ‖ s."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def header() -> dict:
    found = x509.load_der_x509_certificate(CERTIFICATE)
    root = x509.load_pem_x509_certificate(ROOT.encode())
    serial = found.serial_number
    short = [
        hashlib.sha256(root.public_bytes(Encoding.DER)).digest()[:8],
        STATION,
        serial.to_bytes((serial.bit_length() + 7) // 8, "big"),
        int(found.not_valid_before_utc.timestamp()),
        int(found.not_valid_after_utc.timestamp()),
        found.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint),
        fixed(found.signature),
    ]
    return {1: -7, 4: hashlib.sha256(CERTIFICATE).digest()[:8], -65537: short}


def signature(statement: bytes) -> bytes:
    key = derive_private_key(int.from_bytes(SCALAR, "big"), SECP256R1())
    r, s = decode_dss_signature(key.sign(statement, ECDSA(SHA256(), deterministic_signing=True)))
    return r.to_bytes(32, "big") + min(s, ORDER - s).to_bytes(32, "big")


def steps() -> dict[str, str]:
    """Return every step from the claims to the text: its name and what comes out."""
    protected, payload = cbor2.dumps(header(), canonical=True), cbor2.dumps(PAYLOAD, canonical=True)
    statement = cbor2.dumps(["Signature1", protected, b"", payload])
    signed = signature(statement)
    proof = cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signed]))
    packed = zlib.compress(proof, 9)
    text = "LDV1:" + b45encode(packed).decode()
    return {
        "payload": payload.hex(),
        "protected header": protected.hex(),
        "what is signed": statement.hex(),
        "signature": signed.hex(),
        "proof": proof.hex(),
        "compressed": packed.hex(),
        "text": text,
        "address": "https://example.cn/v#" + text.replace("%", "%25").replace(" ", "%20"),
        "what the root signed": x509.load_der_x509_certificate(CERTIFICATE).tbs_certificate_bytes.hex(),
        "certificate": CERTIFICATE.hex(),
    }


def as_text() -> str:
    """Return the steps as docs/verification.md has them."""
    return "\n".join(f"{name}\n{_wrapped(said)}\n" for name, said in steps().items())


def _wrapped(text: str) -> str:
    """Return lines of at most 100 letters, each within the marks | and |, since blanks count."""
    return "\n".join(f"  |{text[start : start + 100]}|" for start in range(0, len(text), 100))


if __name__ == "__main__":
    print(textwrap.dedent(as_text()))
