"""Where an administrator's password for a centre is kept: the system's keyring, or nowhere."""

from pathlib import Path

from app.security.custody import SERVICE, keyring_errors, safe_keyring
from app.services.errors import KeyringUnavailable


class KeyringPasswords:
    """Implements the port ``KeptPasswords``; passwords stand under the profile's path and the address they are for.

    A keyring that is not there or does not answer keeps nothing: the administrator is asked each time.
    """

    def __init__(self, profile: Path) -> None:
        self._profile = profile

    def get(self, url: str) -> str:
        """Return the password, empty when none is kept."""
        try:
            return safe_keyring().get_password(SERVICE, self._name(url)) or ""
        except KeyringUnavailable:
            return ""
        except keyring_errors():
            return ""

    def keep(self, url: str, password: str) -> bool:
        """Keep the password, an empty one for none; tell whether it is kept."""
        try:
            ring = safe_keyring()
            if password:
                ring.set_password(SERVICE, self._name(url), password)
            elif ring.get_password(SERVICE, self._name(url)) is not None:
                ring.delete_password(SERVICE, self._name(url))
        except KeyringUnavailable:
            return False
        except keyring_errors():
            return False
        return bool(password)

    def _name(self, url: str) -> str:
        return f"{self._profile}#{url}"


class NoPasswords:
    """Keeps nothing: keys of this profile are sealed in a file, or thrown away with it."""

    def get(self, url: str) -> str:  # noqa: ARG002  as the port has it
        """Return nothing."""
        return ""

    def keep(self, url: str, password: str) -> bool:  # noqa: ARG002  as the port has it
        """Keep nothing."""
        return False
