"""Where a counter's secrets are kept: in the system keyring, or in a file sealed with a passphrase.

A demonstration keeps them in an open file that is thrown away with its folder.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.services.errors import DamagedStore, KeyringUnavailable, KeysMissing, WrongPassphrase

KEY_LENGTH = 32
SERVICE = "Lideng"
LARGEST_FILE = 4096
SALT_LENGTH, NONCE_LENGTH = 16, 12
PASSES, MEMORY_KIB, LANES = 3, 65_536, 4
MOST_PASSES, MOST_MEMORY_KIB, MOST_LANES = 16, 1_048_576, 16
PURPOSE = b"lideng keys 1"
PARTS = ("salt", "nonce", "sealed")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens a counter: the database key and the seed of its signing key, 32 bytes each; never shown."""

    database_key: bytes = field(repr=False)
    station_seed: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> "Secrets":
        """Return new random secrets."""
        return cls(secrets.token_bytes(KEY_LENGTH), secrets.token_bytes(KEY_LENGTH))

    def pack(self) -> bytes:
        """Return both keys in one piece."""
        return self.database_key + self.station_seed

    @classmethod
    def unpack(cls, packed: bytes) -> "Secrets":
        """Return the keys that ``pack`` put together; DamagedStore when they have another length."""
        if len(packed) != 2 * KEY_LENGTH:
            raise DamagedStore
        return cls(packed[:KEY_LENGTH], packed[KEY_LENGTH:])


class KeyCustody(Protocol):
    """Keeps the secrets of one profile."""

    def exists(self) -> bool:
        """Tell whether secrets are kept here."""
        ...

    def load(self) -> Secrets:
        """Return the secrets; KeysMissing when there are none."""
        ...

    def store(self, kept: Secrets) -> None:
        """Keep the secrets, durably, in place of any that were kept before."""
        ...

    def discard(self) -> None:
        """Forget the secrets, if there are any."""
        ...


class KeyringCustody:
    """Keeps secrets in the system keyring, under the profile's path."""

    def __init__(self, profile: Path) -> None:
        self._name = str(profile)

    @staticmethod
    def works() -> bool:
        """Tell whether this system has a keyring that keeps secrets encrypted and answers."""
        try:
            ring = _safe_keyring()
            ring.get_password(SERVICE, "probe")
        except KeyringUnavailable:
            return False
        except _keyring_errors():
            return False
        return True

    def exists(self) -> bool:
        """Tell whether the keyring has secrets of this profile; KeyringUnavailable when it does not answer."""
        return self._get() is not None

    def load(self) -> Secrets:
        """Return the secrets; KeysMissing, or KeyringUnavailable when the keyring does not answer."""
        text = self._get()
        if text is None:
            raise KeysMissing
        try:
            return Secrets.unpack(base64.b64decode(text, validate=True))
        except ValueError as error:
            raise DamagedStore from error

    def store(self, kept: Secrets) -> None:
        """Keep the secrets; KeyringUnavailable when the keyring does not take them."""
        try:
            _safe_keyring().set_password(SERVICE, self._name, base64.b64encode(kept.pack()).decode())
        except _keyring_errors() as error:
            raise KeyringUnavailable from error

    def discard(self) -> None:
        """Forget the secrets, if there are any."""
        if self.exists():
            _safe_keyring().delete_password(SERVICE, self._name)

    def _get(self) -> str | None:
        try:
            text: str | None = _safe_keyring().get_password(SERVICE, self._name)
        except _keyring_errors() as error:
            raise KeyringUnavailable from error
        return text


class SealedFileCustody:
    """Keeps secrets in ``keys.sealed``: Argon2id over the passphrase, AES-256-GCM over the keys, mode 0600."""

    def __init__(self, profile: Path, passphrase: str = "") -> None:
        self._path = profile / "keys.sealed"
        self._passphrase = passphrase

    def exists(self) -> bool:
        """Tell whether the file is there."""
        return self._path.exists()

    def load(self) -> Secrets:
        """Return the secrets; KeysMissing, WrongPassphrase, or DamagedStore when the file is not as it was written."""
        return unseal(self._read(), self._passphrase)

    def store(self, kept: Secrets) -> None:
        """Seal the secrets and replace the file in one step."""
        salt, nonce = os.urandom(SALT_LENGTH), os.urandom(NONCE_LENGTH)
        key = _derive(self._passphrase, salt, PASSES, MEMORY_KIB, LANES)
        sealed = AESGCM(key).encrypt(nonce, kept.pack(), PURPOSE)
        header = {
            "v": 1,
            "kdf": "argon2id",
            "passes": PASSES,
            "memory_kib": MEMORY_KIB,
            "lanes": LANES,
            "salt": base64.b64encode(salt).decode(),
            "nonce": base64.b64encode(nonce).decode(),
            "sealed": base64.b64encode(sealed).decode(),
        }
        write_private(self._path, json.dumps(header, indent=1).encode())

    def discard(self) -> None:
        """Remove the file, if it is there."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> Any:  # noqa: ANN401  checked by unseal
        if not self._path.exists():
            raise KeysMissing
        try:
            return json.loads(self._path.read_bytes()[:LARGEST_FILE])
        except (ValueError, RecursionError) as error:
            raise DamagedStore from error


def unseal(header: Any, passphrase: str) -> Secrets:  # noqa: ANN401  what was read from a file
    """Return the secrets that a ``keys.sealed`` holds; WrongPassphrase, DamagedStore when it is not as it was written."""
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
        packed = AESGCM(_derive(passphrase, salt, *parameters)).decrypt(nonce, sealed, PURPOSE)
    except InvalidTag as error:
        raise WrongPassphrase from error
    return Secrets.unpack(packed)


class ThrowAwayCustody:
    """Keeps secrets unprotected in a file that says so; for demonstrations, whose data is fictitious."""

    def __init__(self, profile: Path) -> None:
        self._path = profile / "demonstration-keys-unprotected"

    def exists(self) -> bool:
        """Tell whether the file is there."""
        return self._path.exists()

    def load(self) -> Secrets:
        """Return the secrets; KeysMissing when there is no file."""
        if not self.exists():
            raise KeysMissing
        return Secrets.unpack(self._path.read_bytes())

    def store(self, kept: Secrets) -> None:
        """Write the secrets as they are."""
        write_private(self._path, kept.pack())

    def discard(self) -> None:
        """Remove the file, if it is there."""
        self._path.unlink(missing_ok=True)


def write_private(path: Path, data: bytes) -> None:
    """Write ``data`` durably to ``path``, readable by its owner alone, replacing what was there in one step."""
    fresh = path.with_name(f"{path.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


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


def _safe_keyring() -> Any:  # noqa: ANN401  keyring's backends share no public type
    """Return the system's keyring; KeyringUnavailable when there is none, or only one that writes plain text."""
    import keyring  # noqa: PLC0415  slow to import, and not needed where the keys are sealed

    ring = keyring.get_keyring()
    backends = getattr(ring, "backends", [ring])
    if ring.priority <= 0 or any(type(backend).__module__.startswith("keyrings.alt") for backend in backends):
        raise KeyringUnavailable
    return ring


def _keyring_errors() -> tuple[type[Exception], ...]:
    from keyring.errors import KeyringError  # noqa: PLC0415  see _safe_keyring

    return (KeyringError,)
