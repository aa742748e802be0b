"""What signing needs of cryptography: one suite of algorithms. Proofs and station certificates name theirs by number."""

from typing import Protocol


class SignatureSuite(Protocol):
    """A curve with a digest. Keys are compressed points; signatures have a fixed form and length, and one form each."""

    @property
    def algorithm(self) -> int:
        """Return the number that COSE (RFC 9053) has for it."""
        ...

    @property
    def signature_length(self) -> int:
        """Return how many bytes a signature has."""
        ...

    def digest(self, data: bytes) -> bytes:
        """Return the digest of ``data``."""
        ...

    def verify(self, public_key: bytes, statement: bytes, signature: bytes) -> bool:
        """Tell whether the key signed exactly this statement with exactly this signature; False for what is no key."""
        ...
