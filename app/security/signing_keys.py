"""The key that signs the journal, as a profile's custody keeps it."""

import secrets
from dataclasses import replace

from app.security.custody import KEY_LENGTH, KeyCustody
from app.security.keys import Ed25519StationKey


class KeptSigningKeys:
    """Implements the port ``SigningKeys`` on the custody of one profile."""

    def __init__(self, custody: KeyCustody) -> None:
        self._custody = custody
        self._drawn = b""

    def draw(self) -> Ed25519StationKey:
        """Return a fresh key that is kept nowhere yet."""
        self._drawn = secrets.token_bytes(KEY_LENGTH)
        return Ed25519StationKey(self._drawn)

    def keep(self) -> None:
        """Keep the key that was drawn last, durably, in place of the one before; KeyringUnavailable."""
        if not self._drawn:
            raise ValueError("no key was drawn")
        self._custody.store(replace(self._custody.load(), station_seed=self._drawn))
        self._drawn = b""
