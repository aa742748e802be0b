"""Where a counter's secrets are kept: in the system keyring, or in a file sealed with a passphrase.

A demonstration keeps them in an open file that is thrown away with its folder.
"""

import base64
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from app.security.sealing import read_sealed, seal, unseal, write_private
from app.services.errors import DamagedStore, KeyringUnavailable, KeysMissing

KEY_LENGTH = 32
SERVICE = "Lideng"
LARGEST_FILE = 4096
PURPOSE = b"lideng keys 1"
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class CentralSecrets:
    """What a counter has for the centre, 32 bytes each; never shown."""

    document_key: bytes = field(repr=False)
    """The scalar of the key (P-256) that its certificate is about."""
    password: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> "CentralSecrets":
        """Return new random secrets; the chance that 32 bytes are no scalar of P-256 is 1 in 2^32 and is tried again."""
        while not 0 < int.from_bytes(key := secrets.token_bytes(KEY_LENGTH), "big") < P256_ORDER:
            continue
        return cls(key, secrets.token_bytes(KEY_LENGTH))


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens a counter: the database key and the seed of its signing key, 32 bytes each; never shown."""

    database_key: bytes = field(repr=False)
    station_seed: bytes = field(repr=False)
    central: CentralSecrets | None = field(default=None, repr=False)
    """None for a counter that was never invited by a centre."""

    @classmethod
    def fresh(cls) -> "Secrets":
        """Return new random secrets of a counter that stands alone."""
        return cls(secrets.token_bytes(KEY_LENGTH), secrets.token_bytes(KEY_LENGTH))

    def pack(self) -> bytes:
        """Return the keys in one piece: two of them, as every program writes them, or four."""
        central = self.central.document_key + self.central.password if self.central else b""
        return self.database_key + self.station_seed + central

    @classmethod
    def unpack(cls, packed: bytes) -> "Secrets":
        """Return the keys that ``pack`` put together; DamagedStore when they have another length."""
        keys = [packed[start : start + KEY_LENGTH] for start in range(0, len(packed), KEY_LENGTH)]
        if len(packed) not in {2 * KEY_LENGTH, 4 * KEY_LENGTH}:
            raise DamagedStore
        return cls(keys[0], keys[1], CentralSecrets(keys[2], keys[3]) if keys[2:] else None)


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
            ring = safe_keyring()
            ring.get_password(SERVICE, "probe")
        except KeyringUnavailable:
            return False
        except keyring_errors():
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
            safe_keyring().set_password(SERVICE, self._name, base64.b64encode(kept.pack()).decode())
        except keyring_errors() as error:
            raise KeyringUnavailable from error

    def discard(self) -> None:
        """Forget the secrets, if there are any."""
        if self.exists():
            safe_keyring().delete_password(SERVICE, self._name)

    def _get(self) -> str | None:
        try:
            text: str | None = safe_keyring().get_password(SERVICE, self._name)
        except keyring_errors() as error:
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
        if not self._path.exists():
            raise KeysMissing
        return unsealed(read_sealed(self._path, LARGEST_FILE), self._passphrase)

    def store(self, kept: Secrets) -> None:
        """Seal the secrets and replace the file in one step."""
        sealed = seal(kept.pack(), self._passphrase, PURPOSE)
        write_private(self._path, json.dumps(sealed, indent=1).encode())

    def discard(self) -> None:
        """Remove the file, if it is there."""
        self._path.unlink(missing_ok=True)


def unsealed(header: Any, passphrase: str) -> Secrets:  # noqa: ANN401  what was read from a file
    """Return the secrets that a ``keys.sealed`` holds; WrongPassphrase, DamagedStore when it is not as it was written."""
    return Secrets.unpack(unseal(header, passphrase, PURPOSE))


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


def safe_keyring() -> Any:  # noqa: ANN401  keyring's backends share no public type
    """Return the system's keyring; KeyringUnavailable when there is none, or only one that writes plain text."""
    import keyring  # noqa: PLC0415  slow to import, and not needed where the keys are sealed

    ring = keyring.get_keyring()
    backends = getattr(ring, "backends", [ring])
    if ring.priority <= 0 or any(type(backend).__module__.startswith("keyrings.alt") for backend in backends):
        raise KeyringUnavailable
    return ring


def keyring_errors() -> tuple[type[Exception], ...]:
    """Return what a keyring raises when it does not do as it is asked."""
    from keyring.errors import KeyringError  # noqa: PLC0415  see safe_keyring

    return (KeyringError,)
