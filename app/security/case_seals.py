"""What seals a case that leaves on a stick: a random key over its parts, and the key under a code that people say.

The code is digits, so that it is said on the telephone and typed with one hand; Argon2id makes each guess slow.
"""

import os
import secrets
import unicodedata
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.security.sealing import NONCE_LENGTH, seal, unseal
from app.services.errors import BadCaseFile, DamagedStore, WrongFileCode, WrongPassphrase

PURPOSE = b"lideng case 1"
KEY_LENGTH = 32
GROUPS, GROUP = 4, 4
DIGITS = GROUPS * GROUP


class PartCipher:
    """Implements the port ``CaseCipher``: AES-256-GCM, each part bound to its name."""

    def __init__(self, key: bytes) -> None:
        self._key = AESGCM(key)

    def seal(self, name: str, part: bytes) -> bytes:
        """Return ``part`` sealed under ``name``."""
        nonce = os.urandom(NONCE_LENGTH)
        return nonce + self._key.encrypt(nonce, part, _bound(name))

    def unseal(self, name: str, sealed: bytes) -> bytes:
        """Return what was sealed under ``name``; BadCaseFile when it is not that."""
        try:
            return self._key.decrypt(sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], _bound(name))
        except (InvalidTag, ValueError) as error:
            raise BadCaseFile("changed") from error


class CodeCaseSeals:
    """Implements the port ``CaseSeals``."""

    def new_code(self) -> str:
        """Return a code that nobody has had before: four groups of four digits."""
        return grouped(f"{secrets.randbelow(10**DIGITS):0{DIGITS}}")

    def lock(self, code: str) -> tuple[dict[str, Any], PartCipher]:
        """Return a fresh cipher and what opens it with ``code``, as plain JSON values."""
        key = os.urandom(KEY_LENGTH)
        return seal(key, digits_of(code), PURPOSE), PartCipher(key)

    def unlock(self, lock: object, code: str) -> PartCipher:
        """Return the cipher of a file; WrongFileCode, BadCaseFile when ``lock`` is not as it was written."""
        typed = digits_of(code)
        if len(typed) != DIGITS:
            raise WrongFileCode
        try:
            return PartCipher(unseal(lock, typed, PURPOSE))
        except WrongPassphrase as error:
            raise WrongFileCode from error
        except (DamagedStore, ValueError) as error:
            raise BadCaseFile("changed") from error


def grouped(digits: str) -> str:
    """Return digits as they are said and shown."""
    return " ".join(digits[start : start + GROUP] for start in range(0, len(digits), GROUP))


def digits_of(typed: str) -> str:
    """Return the digits of a code however it was typed: with spaces, strokes, full width."""
    values = (unicodedata.digit(character, None) for character in typed)
    return "".join(str(value) for value in values if value is not None)


def _bound(name: str) -> bytes:
    return PURPOSE + b"\0" + name.encode()
