"""Passwords at the centre: what PostgreSQL keeps of one, computed here so that the password itself never travels.

RFC 5803 as PostgreSQL writes it: ``SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey``.
"""

import base64
import hashlib
import hmac
import os

ITERATIONS = 4096
"""PostgreSQL's own. A password here has 256 random bits, so that a slow derivation would add nothing."""
SALT_LENGTH = 16
LEAST_BYTES = 16


def password_of(secret: bytes) -> str:
    """Return random bytes as a password: base64url, ASCII, so that SASLprep changes nothing; ValueError for few."""
    if len(secret) < LEAST_BYTES:
        raise ValueError("too few bytes for a password")
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


def verifier_of(password: str, salt: bytes | None = None, iterations: int = ITERATIONS) -> str:
    """Return what the server keeps of an ASCII password; ValueError for others, which need SASLprep."""
    if not password.isascii() or not password.isprintable() or not password:
        raise ValueError("a password of printable ASCII is needed")
    salt = salt or os.urandom(SALT_LENGTH)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    return f"SCRAM-SHA-256${iterations}:{_text(salt)}${_text(stored)}:{_text(server)}"


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
