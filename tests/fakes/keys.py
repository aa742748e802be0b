"""Keys, passwords and custody without cryptography worth the name; each passes the contract of the real one."""

import hashlib
import hmac
import secrets

from app.services.errors import KeysMissing


class FakeStationKey:
    """Implements the port ``StationKey``; anyone who has the public key can sign."""

    def __init__(self, seed):
        self.public_key = hashlib.sha256(seed).digest()

    def sign(self, digest):
        return hmac.new(self.public_key, digest, hashlib.sha512).digest()


def fake_verify(public_key, digest, signature):
    return hmac.compare_digest(hmac.new(public_key, digest, hashlib.sha512).digest(), signature)


class PlainPasswords:
    """Implements the port ``Passwords`` with one round of SHA-256, so that tests need not wait."""

    def hash(self, password):
        salt = secrets.token_hex(8)
        return f"{salt}${hashlib.sha256((salt + password).encode()).hexdigest()}"

    def matches(self, password, hashed):
        salt, _, kept = hashed.partition("$")
        made = hashlib.sha256((salt + password).encode()).hexdigest()
        return hmac.compare_digest(made, kept) if kept else False


class MemoryCustody:
    """Implements the port ``KeyCustody``."""

    def __init__(self, _profile):
        self._kept = None

    def exists(self):
        return self._kept is not None

    def load(self):
        if self._kept is None:
            raise KeysMissing
        return self._kept

    def store(self, kept):
        self._kept = kept

    def discard(self):
        self._kept = None


class DrawnSigningKeys:
    """Implements the port ``SigningKeys``; ``seed`` is what is kept."""

    def __init__(self, seed):
        self.seed = seed
        self.fuse = None
        """Cuts the power before and after a key is kept, in tests of crashes."""
        self.refuses = None
        """What keeping a key ends with, None for success."""
        self._drawn = None

    def draw(self):
        self._drawn = secrets.token_bytes(32)
        return FakeStationKey(self._drawn)

    def keep(self):
        if self.refuses:
            raise self.refuses
        if self._drawn is None:
            raise ValueError("no key was drawn")
        if self.fuse:
            self.fuse.burn()
        self.seed, self._drawn = self._drawn, None
        if self.fuse:
            self.fuse.burn()
