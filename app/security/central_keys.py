"""A counter's keys for its centre, as its custody keeps them."""

from dataclasses import replace

from app.security.custody import CentralSecrets, KeyCustody
from app.security.documents import DocumentKey
from app.security.scram import password_of, verifier_of
from app.services.errors import NotInvited


class KeptCentralKeys:
    """Implements the port ``CentralKeys`` on the custody of one profile; ``kept`` is what it was opened with."""

    def __init__(self, custody: KeyCustody, kept: CentralSecrets | None) -> None:
        self._custody = custody
        self._kept = kept

    def exist(self) -> bool:
        """Tell whether there are any."""
        return self._kept is not None

    def renew(self) -> None:
        """Make fresh ones, durably, in place of any that were kept before; KeyringUnavailable."""
        fresh = CentralSecrets.fresh()
        self._custody.store(replace(self._custody.load(), central=fresh))
        self._kept = fresh

    def password(self) -> str:
        """Return the password; NotInvited when there are no keys."""
        return password_of(self._secrets().password)

    def verifier(self) -> str:
        """Return what the centre keeps of the password, from which it cannot be had back."""
        return verifier_of(self.password())

    @property
    def document_key(self) -> bytes:
        """Return the public document key as an uncompressed point."""
        return DocumentKey(self._secrets().document_key).public_key

    def request(self, station: str) -> bytes:
        """Return a request (PKCS#10, DER) for a certificate of the document key."""
        return DocumentKey(self._secrets().document_key).request(station)

    def sign(self, statement: bytes) -> bytes:
        """Return the document key's signature (DER) of a statement, the same whenever it is asked for; NotInvited."""
        return DocumentKey(self._secrets().document_key).sign(statement)

    def _secrets(self) -> CentralSecrets:
        if self._kept is None:
            raise NotInvited
        return self._kept
