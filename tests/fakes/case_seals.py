"""Seals of case files without cryptography worth the name; they pass the contract of the real ones."""

import hashlib
import hmac

from app.services.errors import BadCaseFile, WrongFileCode


class FakeCaseSeals:
    """Implements the port ``CaseSeals`` with one round of SHA-256, so that tests need not wait."""

    def __init__(self):
        self._codes = 0

    def new_code(self):
        self._codes += 1
        return f"0000 0000 0000 {self._codes:04}"

    def lock(self, code):
        return {"code": _tag(code)}, FakeCipher(code)

    def unlock(self, lock, code):
        if not isinstance(lock, dict) or "code" not in lock:
            raise BadCaseFile("changed")
        if lock["code"] != _tag(code):
            raise WrongFileCode
        return FakeCipher(code)


class FakeCipher:
    """Implements the port ``CaseCipher``; whoever has the code can forge."""

    def __init__(self, code):
        self._key = _digits(code).encode()

    def seal(self, name, part):
        return self._mac(name, part) + part[::-1]

    def unseal(self, name, sealed):
        part = sealed[32:][::-1]
        if self._mac(name, part) != sealed[:32]:
            raise BadCaseFile("changed")
        return part

    def _mac(self, name, part):
        return hmac.digest(self._key, name.encode() + part, "sha256")


def _digits(code):
    return "".join(character for character in code if character.isdigit())


def _tag(code):
    return hashlib.sha256(_digits(code).encode()).hexdigest()
