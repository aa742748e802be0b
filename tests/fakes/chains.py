"""A station's chain, entry by entry, for tests of a centre: real hashes and signatures, bodies of just what is needed."""

import hashlib

from app.domain.journal import FIRST_PREV, Entry, canonical, chain_hash
from app.domain.numbering import case_number
from app.domain.vouching import vouch
from app.security.keys import Ed25519StationKey
from app.services.ports import Batch, Outgoing
from tests.domain.samples import AT

AT_TEXT = "2026-05-18T10:24:07.000+08:00"


class Chain:
    """Makes the entries of one station, the first of them ``EpochOpened``; ``entries`` holds all of them."""

    def __init__(self, station, epoch=1, previous_hash=None, before=None):
        """``before`` is the chain whose key speaks for this one's."""
        self.station = station
        self.epoch = epoch
        self.key = Ed25519StationKey(hashlib.sha256(f"{station}/{epoch}/{previous_hash}".encode()).digest())
        self.entries = []
        opening = {"public_key": self.key.public_key.hex(), "previous_hash": previous_hash}
        if before:
            voucher = vouch(before.key.public_key, before.key.sign, station, self.key.public_key)
            opening |= {"vouched_by": voucher.by, "voucher": voucher.signature}
        self.says("EpochOpened", data=opening)

    def says(self, kind, case=None, header=None, data=None, text=str):
        """Add an entry and return it; ``text`` may write another body than the canonical one."""
        body = {
            "v": 1,
            "station": self.station,
            "epoch": self.epoch,
            "seq": len(self.entries) + 1,
            "at": AT_TEXT,
            "uptime_ms": 1,
            "anchor": None,
            "operator": "somebody",
            "case": case,
            "kind": kind,
            "data": data or {},
            "header": header,
        }
        prev = self.entries[-1].hash if self.entries else FIRST_PREV
        written = text(canonical(body))
        digest = chain_hash(prev, written)
        sealed = Entry(self.station, self.epoch, body["seq"], prev, digest, self.key.sign(digest), written)
        self.entries.append(sealed)
        return sealed

    def case(self, serial=1):
        """Take a case in and return its number."""
        number = case_number(AT.date(), self.station, serial)
        self.moves(number, self.station)
        return number

    def moves(self, case, holder, **more):
        """Add an entry that changes a case, which ``holder`` holds from then on."""
        header = {"number": case, "state": "accepted", "holder": holder, "item": "510117051000", "item_version": 1}
        return self.says("CaseMoved", case, header | more)

    def notes(self, case):
        """Add an entry that names a case and leaves its state alone."""
        return self.says("PaperMade", case)

    def batch(self, first=1, last=None, withheld=()):
        """Return the entries from seq ``first`` to ``last`` as they are pushed."""
        chosen = self.entries[first - 1 : last]
        return Batch(self.epoch, first, chosen[0].prev, tuple(outgoing(one, one.seq in withheld) for one in chosen))

    def again(self):
        """Return the chain of a copy of this station that goes on from here by itself."""
        twin = Chain.__new__(Chain)
        twin.station, twin.epoch, twin.key, twin.entries = self.station, self.epoch, self.key, list(self.entries)
        return twin


def outgoing(entry, withheld=False):
    digest = hashlib.sha256(entry.body.encode()).digest()
    return Outgoing(entry.hash, digest, None if withheld else entry.body, entry.signature)
