"""What an administrator does with the centre: stations, bulletins, quarantine, retention. The functions of schema ``admin``.

Making the schema is told in ``schema``, checking everything in ``audit``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.central.client import as_columns
from app.central.connection import Address, Link
from app.domain.clock import CHINA
from app.domain.station import EpochKey, KnownStation, RefusedTail
from app.services.ports import AsideEntry, Batch, FoundEntry, Opening, PublishedBulletin, StationRow, WaitingKey

TAKE_IN = (
    "SELECT aside, reasons FROM admin.take_in("
    "%s::text, %b::int, %b::bigint, %b::bytea, %b::bytea[], %b::bytea[], %b::bytea[], %b::bytea[])"
)


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """A station's request (PKCS#10, DER) for its ``n``-th certificate."""

    station: str
    n: int
    request: bytes


class Administration:
    """The centre as an administrator reaches it; errors are those of the port, and CentreDeclined."""

    def __init__(self, address: Address) -> None:
        self._link = Link(address)

    def status(self) -> Mapping[str, Any]:
        """Return figures of the centre by name."""
        status: dict[str, Any] = self._link.row("SELECT admin.status()")[0]
        return status

    def stations(self) -> list[StationRow]:
        """Return all stations, by code."""
        return [StationRow(*row) for row in self._link.rows("SELECT * FROM admin.stations()")]

    def add_station(
        self, code: str, name: str, service_point: str = "", verifier: str | None = None, until: datetime | None = None
    ) -> str:
        """Make a station, or renew one that never enrolled; return its role. ``verifier`` is SCRAM's, of a password.

        StationRevoked for one that was shut out, CentreDeclined for one that is enrolled.
        """
        role = self._link.row(
            "SELECT admin.add_station(%s::text, %s::text, %s::text, %s::text, %s::timestamptz)",
            code,
            name,
            service_point,
            verifier,
            until,
        )
        return str(role[0])

    def invite(self, code: str, name: str, service_point: str, verifier: str, until: datetime) -> str:
        """Make a station, or let one come back that lost its keys or was shut out; return its role.

        ``verifier`` is SCRAM's, of the one-time secret. What the station had before, password and certificates, is
        good no more.
        """
        role = self._link.row(
            "SELECT admin.invite(%s::text, %s::text, %s::text, %s::text, %s::timestamptz)",
            code,
            name,
            service_point,
            verifier,
            until,
        )
        return str(role[0])

    def place_station(self, code: str, division: str) -> None:
        """Say in which division (12 digits) a station stands."""
        self._link.rows("SELECT admin.place_station(%s::text, %s::text)", code, division)

    def waiting_requests(self) -> list[WaitingRequest]:
        """Return certificate requests that nobody has signed, by station."""
        return [WaitingRequest(*row) for row in self._link.rows("SELECT * FROM admin.waiting_requests()")]

    def keep_certificate(self, waiting: WaitingRequest, certificate: bytes, serial: int) -> None:
        """Give a station the certificate (DER) that was signed for its request."""
        self._link.rows(
            "SELECT admin.keep_certificate(%s::text, %s::int, %b::bytea, %s::text)",
            waiting.station,
            waiting.n,
            certificate,
            f"{serial:x}",
        )

    def revoked_certificates(self) -> list[tuple[int, datetime]]:
        """Return the serial numbers of certificates that are good no more, and since when."""
        rows = self._link.rows("SELECT serial, revoked_at FROM admin.revoked_certificates()")
        return [(int(serial, 16), at) for serial, at in rows]

    def directory(self) -> list[KnownStation]:
        """Return all stations as the directory names them, by code."""
        rows = self._link.rows("SELECT * FROM admin.directory()")
        refused: dict[str, list[RefusedTail]] = {}
        for station, epoch, from_seq in self._link.rows("SELECT * FROM admin.all_refused()"):
            refused.setdefault(station, []).append(RefusedTail(epoch, from_seq))
        return [
            KnownStation(
                code,
                name,
                service_point,
                division,
                keys=_keys(epochs, keys),
                revoked_at=revoked and _in_china(revoked),
                refused=tuple(refused.get(code, ())),
            )
            for code, name, service_point, division, revoked, epochs, keys in rows
        ]

    def newest(self, topic: str) -> tuple[datetime, bytes] | None:
        """Return when the newest bulletin of a topic was published and what it says, None when there is none."""
        rows = self._link.rows("SELECT published_at, payload FROM admin.newest(%s::text)", topic)
        return next(((at, bytes(payload)) for at, payload in rows), None)

    def bulletins(self, limit: int) -> list[PublishedBulletin]:
        """Return the last bulletins, newest first."""
        return [PublishedBulletin(*row) for row in self._link.rows("SELECT * FROM admin.bulletins(%s::int)", limit)]

    def head(self, code: str) -> tuple[int, int, bytes]:
        """Return epoch, seq and hash where the chain of a station ends; epoch 0 when nothing came yet."""
        epoch, seq, digest = self._link.row("SELECT epoch, seq, hash FROM admin.head(%s::text)", code)
        return epoch, seq, digest

    def hash_at(self, code: str, epoch: int, seq: int) -> bytes | None:
        """Return the hash of one entry of a station, None when the centre has none at that place."""
        rows = self._link.rows(
            "SELECT epoch, seq, hash FROM admin.entries(%s::text, %s::int, %s::bigint, 1)", code, epoch, seq - 1
        )
        return next((bytes(digest) for *place, digest in rows if place == [epoch, seq]), None)

    def epoch_keys(self, code: str) -> dict[int, bytes]:
        """Return the public keys of a station's epochs."""
        return {epoch: key for epoch, key, *_rest in self._link.rows("SELECT * FROM admin.epochs(%s::text)", code)}

    def take_in(self, code: str, batch: Batch) -> tuple[tuple[int, str], ...]:
        """Store a batch that a station did not bring itself; return which entries of it were set aside, and why.

        As the port's ``push``: twice is once. ChainForked, ChainRefused, BatchRefused, StationUnknown.
        """
        aside, reasons = self._link.row(TAKE_IN, code, *as_columns(batch))
        return tuple(zip(aside, reasons, strict=True))

    def missing_chunks(self, code: str, digests: Iterable[bytes]) -> frozenset[bytes]:
        """Return which chunks of images the centre does not have of a station."""
        rows = self._link.rows("SELECT * FROM admin.missing_chunks(%s::text, %b::bytea[])", code, list(digests))
        return frozenset(bytes(digest) for (digest,) in rows)

    def put_chunk(self, code: str, data: bytes) -> None:
        """Store one chunk that a station did not bring itself."""
        self._link.rows("SELECT admin.put_chunk(%s::text, %b::bytea)", code, data)

    def put_blob(self, code: str, digest: bytes, size: int, chunks: tuple[bytes, ...], case_number: str) -> bool:
        """Store which chunks make an image of a station's case, as the port's ``put_blob``."""
        statement = "SELECT admin.put_blob(%s::text, %b::bytea, %b::bigint, %b::bytea[], %s::text)"
        return bool(self._link.row(statement, code, digest, size, list(chunks), case_number)[0])

    def revoke(self, code: str, why: str) -> None:
        """Shut a station out for good; CentreDeclined when there is none to shut out."""
        self._link.rows("SELECT admin.revoke(%s::text, %s::text)", code, why)

    def published(self, topic: str) -> int:
        """Return the newest version of a topic, 0 when there is none."""
        return int(self._link.row("SELECT admin.published(%s::text)", topic)[0])

    def publish(self, topic: str, version: int, at: datetime, payload: bytes, signature: bytes) -> int:
        """Publish a bulletin to all stations and return its number; CentreDeclined when the version is not newer."""
        number = self._link.row(
            "SELECT admin.publish(%s::text, %s::int, %s::timestamptz, %b::bytea, %b::bytea)",
            topic,
            version,
            at,
            payload,
            signature,
        )
        return int(number[0])

    def quarantined(self, limit: int) -> list[AsideEntry]:
        """Return entries in quarantine that nobody has settled, oldest first."""
        return [AsideEntry(*row) for row in self._link.rows("SELECT * FROM admin.quarantined(%s::int)", limit)]

    def settle(self, station: str, epoch: int, seq: int, how: str) -> None:
        """Say what was decided about an entry in quarantine; CentreDeclined when there is none."""
        self._link.rows("SELECT admin.settle(%s::text, %s::int, %s::bigint, %s::text)", station, epoch, seq, how)

    def findings(self, limit: int) -> list[FoundEntry]:
        """Return entries whose signature does not fit and that nobody has settled, oldest first."""
        return [FoundEntry(*row) for row in self._link.rows("SELECT * FROM admin.findings(%s::int)", limit)]

    def settle_finding(self, station: str, epoch: int, seq: int, how: str) -> None:
        """Say what was decided about a finding, so that checking goes on behind it; CentreDeclined when there is none."""
        self._link.rows(
            "SELECT admin.settle_finding(%s::text, %s::int, %s::bigint, %s::text)", station, epoch, seq, how
        )

    def settle_remark(self, station: str, epoch: int, seq: int, what: str, how: str) -> None:
        """Say what was decided about a remark of the audit; CentreDeclined where there is nothing that can be settled."""
        statement = "SELECT admin.settle_remark(%s::text, %s::int, %s::bigint, %s::text, %s::text)"
        self._link.rows(statement, station, epoch, seq, what, how)

    def waiting_keys(self) -> list[WaitingKey]:
        """Return epochs whose keys nobody has spoken for, oldest first."""
        rows = self._link.rows("SELECT * FROM admin.waiting_keys()")
        return [WaitingKey(station, epoch, key.hex(), opened_at, many) for station, epoch, key, opened_at, many in rows]

    def believe_key(self, station: str, epoch: int, how: str) -> None:
        """Believe the key of an epoch that nobody has spoken for; CentreDeclined when there is none."""
        self._link.rows("SELECT admin.believe_key(%s::text, %s::int, %s::text)", station, epoch, how)

    def refuse(self, station: str, epoch: int, seq: int, how: str) -> None:
        """Undo an epoch of a station from an entry on, which nobody has confirmed; CentreDeclined."""
        self._link.rows("SELECT admin.refuse(%s::text, %s::int, %s::bigint, %s::text)", station, epoch, seq, how)

    def openings(self, limit: int) -> list[Opening]:
        """Return which supervisor opened which case, newest first."""
        rows = self._link.rows("SELECT at, by_whom, case_number FROM admin.openings(null, %s::int)", limit)
        return [Opening(_in_china(at), by, number) for at, by, number in rows]

    def keep_bodies(self, days: int) -> None:
        """Set for how many days (365 at least) bodies are kept."""
        self._link.rows("SELECT admin.keep_bodies(%s::int)", days)

    def erase_bodies(self, at_once: int = 5000) -> Iterator[int]:
        """Erase bodies whose time has come, ``at_once`` a transaction; yield how many went, until none is left."""
        while erased := int(self._link.row("SELECT admin.erase_bodies(%s::int)", at_once)[0]):
            yield erased

    def detach_year(self, year: int) -> list[str]:
        """Take a year out of journal and images and return the names of its tables, to be archived and dropped.

        CentreDeclined while it must be kept or one of its cases is open.
        """
        return list(self._link.row("SELECT admin.detach_year(%s::int)", year)[0])

    def close(self) -> None:
        """End the connection."""
        self._link.close()


def _keys(epochs: list[int], keys: list[bytes]) -> tuple[EpochKey, ...]:
    return tuple(EpochKey(epoch, bytes(key).hex()) for epoch, key in zip(epochs, keys, strict=True))


def _in_china(moment: datetime) -> datetime:
    return moment.astimezone(CHINA)
