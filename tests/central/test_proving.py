"""A password is proved as PostgreSQL's own client proves it; that a real server believes it is tried in test_debian_server."""

import base64
import hashlib
import hmac

import pytest

from app.central.proving import Proof
from app.security.scram import verifier_of

PASSWORD = "a password of 256 bits, say"
SALT = base64.b64encode(b"0123456789abcdef").decode()


def believes(verifier, first, challenge, final):
    """Check a proof as a server does that has nothing but the verifier (RFC 5802)."""
    stored = base64.b64decode(verifier.split("$")[2].split(":")[0])
    without_proof, proof = final.decode().rsplit(",p=", 1)
    told = f"{first.decode()[3:]},{challenge},{without_proof}".encode()
    signature = hmac.digest(stored, told, "sha256")
    key = bytes(one ^ other for one, other in zip(base64.b64decode(proof), signature, strict=True))
    return hashlib.sha256(key).digest() == stored


@pytest.mark.parametrize(("password", "expected"), [(PASSWORD, True), ("another", False)])
def test_a_server_with_the_verifier_believes_the_right_password_alone(password, expected):
    proof = Proof(password)
    first = proof.first()
    challenge = f"r={first.decode().split('r=')[1]}more,s={SALT},i=4096"
    verifier = verifier_of(PASSWORD, base64.b64decode(SALT))
    assert believes(verifier, first, challenge, proof.final(challenge.encode())) is expected


@pytest.mark.parametrize(
    "challenge", ["", "r=other,s=AAAA,i=4096", "r={},s=AAAA", "r={},s=!,i=1", "r={},s=AAAA,i=9999999"]
)
def test_what_is_no_challenge_gets_no_proof(challenge):
    proof = Proof(PASSWORD, "nonce")
    with pytest.raises(ValueError, match=r"."):
        proof.final(challenge.format("nonce+").encode())
