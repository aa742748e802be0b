"""What an administrator does with the centre: stations, bulletins, quarantine, retention. The functions of schema ``admin``.

Making the schema is told in ``schema``, checking everything in ``audit``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.central.connection import Address, Link


@dataclass(frozen=True, slots=True)
class StationRow:
    """One station as an administrator sees it."""

    code: str
    name: str
    service_point: str
    invited_until: datetime | None
    enrolled_at: datetime | None
    revoked_at: datetime | None
    epoch: int
    seq: int
    """Where its chain ends at the centre; 0 when nothing came yet."""
    received_at: datetime | None
    verified_epoch: int
    verified_seq: int
    """How far the watch has checked its signatures."""
    inbox_last: int
    quarantined: int
    left_behind: int
    """Entries that its restored copies did not know."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """One entry in quarantine."""

    station: str
    epoch: int
    seq: int
    case_number: str
    reason: str
    received_at: datetime
    body: bytes | None


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

    def quarantined(self, limit: int) -> list[SetAside]:
        """Return entries in quarantine that nobody has settled, oldest first."""
        return [SetAside(*row) for row in self._link.rows("SELECT * FROM admin.quarantined(%s::int)", limit)]

    def settle(self, station: str, epoch: int, seq: int, how: str) -> None:
        """Say what was decided about an entry in quarantine; CentreDeclined when there is none."""
        self._link.rows("SELECT admin.settle(%s::text, %s::int, %s::bigint, %s::text)", station, epoch, seq, how)

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
