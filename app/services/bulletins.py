"""What the centre's authority signs when it publishes a bulletin; taking bulletins in is told elsewhere."""

import hashlib

from app.domain.journal import canonical


def bulletin_statement(topic: str, version: int, published_at: str, payload: bytes) -> bytes:
    """Return the canonical JSON that a bulletin's signature is of; ``published_at`` is a stamp."""
    said = {
        "kind": "lideng bulletin",
        "v": 1,
        "topic": topic,
        "version": version,
        "published_at": published_at,
        "sha256": hashlib.sha256(payload).hexdigest(),
    }
    return canonical(said).encode()
