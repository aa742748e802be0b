"""Looks after a centre from beside its database: signatures, partitions, backends that hang, health.

``Watch`` does one thing a method, so that a test or an administrator may ask for it; ``watching`` in ``main.py`` repeats
all of them. The functions are those of schema ``watch``.
"""

from app.central.connection import Address, Link
from app.domain.journal import Verify

AT_ONCE = 5000
"""Signatures of one round: at 115 µs each a round takes about half a second."""


class Watch:
    """One look after another; all of them may be repeated and may be cut at any place."""

    def __init__(self, address: Address) -> None:
        self._link = Link(address)

    def verify_signatures(self, verify: Verify, at_once: int = AT_ONCE) -> int:
        """Check signatures that nobody has checked, move verified heads, and return how many were good.

        An entry whose signature does not fit becomes a finding; its station's verified head stays in front of it.
        """
        rows = self._link.rows("SELECT * FROM watch.unverified(%s::int)", at_once)
        heads: dict[int, tuple[int, int]] = {}
        broken: set[int] = set()
        good = 0
        for station, epoch, seq, digest, signature, key in rows:
            if station in broken:
                continue
            if not verify(key, digest, signature):
                broken.add(station)
                self._link.rows("SELECT watch.report(%s::int, %s::int, %s::bigint, 'signature')", station, epoch, seq)
                continue
            heads[station] = (epoch, seq)
            good += 1
        if heads:
            epochs, seqs = zip(*heads.values(), strict=True)
            self._link.rows(
                "SELECT watch.verified(%s::int[], %s::int[], %s::bigint[])", list(heads), list(epochs), list(seqs)
            )
        return good

    def close(self) -> None:
        """End the connection."""
        self._link.close()
