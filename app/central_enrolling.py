"""What an administrator does so that stations come: authority, invitations, certificates.

The authority's key is opened here, beside the database, and never goes there.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.central.administration import Administration, StationRow, WaitingRequest
from app.central.connection import Address
from app.domain.clock import CHINA
from app.security.authority import Authority, serial_of
from app.security.scram import password_of, verifier_of
from app.security.sealing import write_private
from app.security.trust import fingerprint_of
from app.services.errors import BadInput, BadRequest, CentreDeclined
from app.services.invitations import CentralAddress, Invitation, write_invitation
from app.storage.backup_writing import place_errors

SECRET_BYTES = 32
USUAL_PORT = 5432


# --- the authority ---------------------------------------------------------------------------------------------


def make_authority(path: Path, name: str, passphrase: str) -> str:
    """Make the authority of the centre called ``name``, in a file sealed with ``passphrase``; return its fingerprint.

    BadInput when there is a file: stations that know the authority in it would believe nothing of another one.
    """
    if path.exists():
        raise BadInput("there is a file of that name")
    authority = Authority.make(name, datetime.now(CHINA))
    with place_errors(path.absolute().parent):
        authority.save(path, passphrase)
    return fingerprint_of(authority.root)


# --- invitations -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation file that was written: for whom, until when, and the fingerprint to tell on the telephone."""

    station: str
    file: Path
    expires_at: datetime
    fingerprint: str


def place_of(address: Address, hosts: Iterable[str], ca: Path | None) -> CentralAddress:
    """Return where stations find the centre that an administrator reaches at ``address``; BadInput.

    ``hosts`` are the names by which stations reach it, where they differ; ``ca`` is the certificate of who signed the
    servers' own, which every host that is not this machine needs.
    """
    options = address.options
    named = tuple(hosts) or tuple(host for host in options.get("host", "").split(",") if host)
    authority = ca or (Path(options["sslrootcert"]) if options.get("sslrootcert") else None)
    try:
        text = authority.read_text().replace("\r\n", "\n").strip() + "\n" if authority else ""
    except (OSError, UnicodeDecodeError):
        raise BadInput("no certificate there") from None
    return CentralAddress(named, int(options.get("port", USUAL_PORT)), options.get("dbname", ""), text)


def invite(
    opened: Administration,
    authority: Authority,
    place: CentralAddress,
    station: StationRow,
    path: Path,
    *,
    days: int,
    again: bool = False,
) -> Invited:
    """Invite ``station`` (code, name and service point count) with a file at ``path``.

    CentreDeclined for one that is enrolled or shut out unless ``again`` says that it is meant: what it has is good no
    more from then on. BadInput when nobody could read the file.
    """
    known = {row.code: row for row in opened.stations()}.get(station.code)
    if known and (known.enrolled_at or known.revoked_at) and not again:
        raise CentreDeclined("enrolled")
    now = datetime.now(CHINA)
    secret = password_of(secrets.token_bytes(SECRET_BYTES))
    until = now + timedelta(days=days)
    invitation = Invitation(
        station.code, station.name, station.service_point, place, authority.root, secret, now, until
    )
    try:
        data = write_invitation(invitation, authority.sign)
    except ValueError:
        raise BadInput("station, name, hosts, database or CA are not as an invitation needs them") from None
    with place_errors(path.absolute().parent):
        write_private(path, data)  # first: an invitation that nobody has would only cost the station its password
    try:
        opened.invite(station.code, station.name, station.service_point, verifier_of(secret), until)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Invited(station.code, path, until, fingerprint_of(authority.root))


def named_station(code: str, name: str, service_point: str, known: Iterable[StationRow]) -> StationRow:
    """Return what to call a station: as was asked, else as the centre knows it; BadInput without a name."""
    there = {row.code: row for row in known}.get(code)
    name = name or (there.name if there else "")
    if not name:
        raise BadInput("a new station needs a name")
    service_point = service_point or (there.service_point if there else "") or name
    return StationRow(code, name, service_point, None, None, None, 0, 0, None, 0, 0, 0, 0, 0)


# --- certificates ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of one station's request; ``fault`` is empty when it has its certificate."""

    station: str
    fault: str = ""


def sign_waiting(opened: Administration, authority: Authority) -> list[Signed]:
    """Sign the certificate requests that wait; one that is not as it should be is left and told."""
    return [_sign(opened, authority, waiting) for waiting in opened.waiting_requests()]


def _sign(opened: Administration, authority: Authority, waiting: WaitingRequest) -> Signed:
    try:
        certificate = authority.sign_request(bytes(waiting.request), waiting.station, datetime.now(CHINA))
    except BadRequest as error:
        return Signed(waiting.station, error.fault)
    opened.keep_certificate(waiting, certificate, serial_of(certificate))
    return Signed(waiting.station)
