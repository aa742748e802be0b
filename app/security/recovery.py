"""The database key sealed under the code of a recovery sheet, in ``keys.recovery``; the code itself is kept nowhere.

The signing key is never sealed here: it lives in one place alone, and when that is lost a new epoch begins.
A code has 120 random bits, so that nothing is gained by deriving its key slowly.
"""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.recovery_code import ENTROPY_BYTES, MistypedCode, make_code, read_code
from app.security.custody import KEY_LENGTH, LARGEST_FILE
from app.security.sealing import NONCE_LENGTH, SALT_LENGTH, write_private
from app.services.errors import DamagedStore, KeysMissing, WrongRecoveryCode

PURPOSE = b"lideng recovery 1"
FILE = "keys.recovery"


def new_code() -> str:
    """Return a code that nobody has had before."""
    return make_code(secrets.token_bytes(ENTROPY_BYTES))


def seal_under(code: str, sheet: str, database_key: bytes) -> dict[str, Any]:
    """Return the sealed key; ``sheet`` is the name of the sheet that carries the code, and is bound to it."""
    salt, nonce = os.urandom(SALT_LENGTH), os.urandom(NONCE_LENGTH)
    sealed = AESGCM(_derive(code, salt)).encrypt(nonce, database_key, _bound(sheet))
    parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
    return {"v": 1, "sheet": sheet, **{name: base64.b64encode(part).decode() for name, part in parts.items()}}


def unseal_with(code: str, sealed: Mapping[str, Any]) -> bytes:
    """Return the database key; WrongRecoveryCode names a mistyped group, DamagedStore when ``sealed`` is malformed."""
    try:
        sheet = str(sealed["sheet"])
        salt, nonce, text = (base64.b64decode(sealed[name], validate=True) for name in ("salt", "nonce", "sealed"))
        if sealed["v"] != 1 or len(salt) != SALT_LENGTH or len(nonce) != NONCE_LENGTH:
            raise DamagedStore
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedStore from error
    try:
        key = AESGCM(_derive(code, salt)).decrypt(nonce, text, _bound(sheet))
    except InvalidTag as error:
        raise WrongRecoveryCode from error
    if len(key) != KEY_LENGTH:
        raise DamagedStore
    return key


class RecoveryFile:
    """The sealed key that lies beside the store."""

    def __init__(self, profile: Path) -> None:
        self._path = profile / FILE

    @property
    def sheet(self) -> str:
        """Return the name of the sheet whose code opens it, empty when there is none."""
        return str(self.read().get("sheet", "")) if self._path.exists() else ""

    def read(self) -> dict[str, Any]:
        """Return the sealed key; KeysMissing when there is none, DamagedStore when it is not as it was written."""
        if not self._path.exists():
            raise KeysMissing
        try:
            sealed = json.loads(self._path.read_bytes()[:LARGEST_FILE])
        except (ValueError, RecursionError) as error:
            raise DamagedStore from error
        if not isinstance(sealed, dict):
            raise DamagedStore
        return sealed

    def write(self, sealed: Mapping[str, Any]) -> None:
        """Keep ``sealed`` in place of what was there."""
        write_private(self._path, json.dumps(sealed, indent=1).encode())


def _derive(code: str, salt: bytes) -> bytes:
    try:
        entropy = read_code(code)
    except MistypedCode as mistyped:
        raise WrongRecoveryCode(mistyped.group) from mistyped
    return HKDF(SHA256(), KEY_LENGTH, salt, PURPOSE).derive(entropy)


def _bound(sheet: str) -> bytes:
    return PURPOSE + b"\0" + sheet.encode()


class RecoverySeals:
    """Implements the port ``RecoverySeals`` for one profile."""

    def __init__(self, profile: Path, database_key: bytes) -> None:
        self._file = RecoveryFile(profile)
        self._database_key = database_key

    @property
    def sheet(self) -> str:
        """Return the name of the sheet that is in force, empty for none."""
        return self._file.sheet

    def new_code(self) -> str:
        """Return a code that nobody has had before."""
        return new_code()

    def seal(self, code: str, sheet: str) -> None:
        """Seal the database key under ``code`` from now on; an older sheet opens only what was made before."""
        self._file.write(seal_under(code, sheet, self._database_key))
