"""Secrets sealed under a passphrase: Argon2id over the passphrase, AES-256-GCM over the secret, JSON around both.

What is sealed, and in which file, is the job of ``custody`` and ``authority``; each has a purpose of its own, so that
one's file never opens as the other's.
"""

import base64
import json
import os
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.security import costs
from app.services.errors import DamagedStore, WrongPassphrase
from app.whole_files import written_whole

SALT_LENGTH, NONCE_LENGTH = 16, 12
MOST_PASSES, MOST_MEMORY_KIB, MOST_LANES = 16, 1_048_576, 16
PARTS = ("salt", "nonce", "sealed")


def seal(secret: bytes, passphrase: str, purpose: bytes) -> dict[str, Any]:
    """Return ``secret`` sealed, as plain JSON values."""
    salt, nonce = os.urandom(SALT_LENGTH), os.urandom(NONCE_LENGTH)
    cost = costs.COST
    key = _derive(passphrase, salt, cost.passes, cost.memory_kib, cost.lanes)
    sealed = AESGCM(key).encrypt(nonce, secret, purpose)
    return {
        "v": 1,
        "kdf": "argon2id",
        "passes": cost.passes,
        "memory_kib": cost.memory_kib,
        "lanes": cost.lanes,
        "salt": base64.b64encode(salt).decode(),
        "nonce": base64.b64encode(nonce).decode(),
        "sealed": base64.b64encode(sealed).decode(),
    }


def unseal(header: Any, passphrase: str, purpose: bytes) -> bytes:  # noqa: ANN401  what was read from a file
    """Return what ``seal`` was given; WrongPassphrase, DamagedStore when ``header`` is not as it was written."""
    if not isinstance(header, dict) or header.get("v") != 1 or header.get("kdf") != "argon2id":
        raise DamagedStore
    try:
        parameters = tuple(_whole(header[name]) for name in ("passes", "memory_kib", "lanes"))
        salt, nonce, sealed = (base64.b64decode(header[name], validate=True) for name in PARTS)
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedStore from error
    if not _bearable(*parameters) or len(salt) != SALT_LENGTH or len(nonce) != NONCE_LENGTH:
        raise DamagedStore
    try:
        return AESGCM(_derive(passphrase, salt, *parameters)).decrypt(nonce, sealed, purpose)
    except InvalidTag as error:
        raise WrongPassphrase from error


def read_sealed(path: Path, largest: int) -> Any:  # noqa: ANN401  checked by unseal
    """Return the JSON in a file of at most ``largest`` bytes; DamagedStore when it is none."""
    try:
        return json.loads(path.read_bytes()[:largest])
    except (ValueError, RecursionError) as error:
        raise DamagedStore from error


def write_private(path: Path, data: bytes) -> None:
    """Write ``data`` durably to ``path``, readable by its owner alone, replacing what was there in one step."""
    with written_whole(path, is_private=True) as fresh:
        fresh.write_bytes(data)


def _derive(passphrase: str, salt: bytes, passes: int, memory_kib: int, lanes: int) -> bytes:
    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=passes,
        memory_cost=memory_kib,
        parallelism=lanes,
        hash_len=32,
        type=Type.ID,
    )


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError("a whole number is needed")
    return value


def _bearable(passes: int, memory_kib: int, lanes: int) -> bool:
    """Tell whether parameters from a file are within what a counter PC can do."""
    few = 1 <= passes <= MOST_PASSES and 1 <= lanes <= MOST_LANES
    return few and 8 * lanes <= memory_kib <= MOST_MEMORY_KIB
