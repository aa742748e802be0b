"""Proves a password as a client of SCRAM-SHA-256 (RFC 5802, 7677), so that a probe hears what comes after a log-in.

A server says that a station has too many connections only once it knows who asks. Nothing of the password travels.
"""

import base64
import hashlib
import hmac
import os

MECHANISM = b"SCRAM-SHA-256"
NO_BINDING = "n,,"
NONCE_LENGTH = 18
MOST_ROUNDS = 1_000_000
"""More than any server asks for; one that wants to keep us busy for good is not obeyed."""


class Proof:
    """One conversation. The server does not prove itself here: nothing is entrusted to it afterwards."""

    def __init__(self, password: str, nonce: str = "") -> None:
        self._password = password.encode()
        self._nonce = nonce or base64.b64encode(os.urandom(NONCE_LENGTH)).decode()

    def first(self) -> bytes:
        """Return what the client says first; PostgreSQL knows who logs in from elsewhere."""
        return f"{NO_BINDING}{self._bare()}".encode()

    def final(self, challenge: bytes) -> bytes:
        """Return the proof for the server's ``challenge``; ValueError when it is none for this conversation."""
        fields = dict(part.partition("=")[::2] for part in challenge.decode("ascii").split(","))
        if not fields.get("r", "").startswith(self._nonce) or not {"s", "i"} <= fields.keys():
            raise ValueError("no challenge")
        rounds = int(fields["i"])
        if not 0 < rounds <= MOST_ROUNDS:
            raise ValueError("no number of rounds")
        salted = hashlib.pbkdf2_hmac("sha256", self._password, base64.b64decode(fields["s"], validate=True), rounds)
        key = hmac.digest(salted, b"Client Key", "sha256")
        without_proof = f"c={base64.b64encode(NO_BINDING.encode()).decode()},r={fields['r']}"
        told = f"{self._bare()},{challenge.decode('ascii')},{without_proof}".encode()
        signature = hmac.digest(hashlib.sha256(key).digest(), told, "sha256")
        proof = bytes(one ^ other for one, other in zip(key, signature, strict=True))
        return f"{without_proof},p={base64.b64encode(proof).decode()}".encode()

    def _bare(self) -> str:
        return f"n=,r={self._nonce}"
