"""What an administrator does so that stations come: authority, invitations, certificates.

The authority's key is opened here, beside the database, and never goes there.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from app.central.administration import Administration, WaitingRequest
from app.central.connection import Address
from app.domain.clock import CHINA
from app.security.authority import Authority, serial_of
from app.security.scram import password_of, verifier_of
from app.security.sealing import write_private
from app.security.trust import fingerprint_of
from app.services.errors import BadInput, BadRequest, CentreDeclined
from app.services.invitations import CentralAddress, Invitation, write_invitation
from app.services.ports import SHORTEST_PASSPHRASE, InvitationWish, Invited, Signed, StationRow
from app.whole_files import place_errors

SECRET_BYTES = 32
USUAL_PORT = 5432


# --- the authority ---------------------------------------------------------------------------------------------


def make_authority(path: Path, name: str, passphrase: str) -> Authority:
    """Make the authority of the centre called ``name``, in a file sealed with ``passphrase``, and return it open.

    BadInput when there is a file: stations that know the authority in it would believe nothing of another one. The same
    when the passphrase is shorter than SHORTEST_PASSPHRASE.
    """
    if path.exists():
        raise BadInput("there is a file of that name")
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInput("the passphrase is too short")
    authority = Authority.make(name, datetime.now(CHINA))
    with place_errors(path.absolute().parent):
        authority.save(path, passphrase)
    return authority


# --- invitations -----------------------------------------------------------------------------------------------


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


def invite(opened: Administration, authority: Authority, place: CentralAddress, wish: InvitationWish) -> Invited:
    """Invite the station that ``wish`` names, with a file; what it leaves empty stays as the centre knows it.

    CentreDeclined for one that is enrolled or shut out unless ``again`` says that it is meant: what it has is good no
    more from then on. BadInput when nobody could read the file.
    """
    known = {row.code: row for row in opened.stations()}.get(wish.station)
    if known and (known.enrolled_at or known.revoked_at) and not wish.again:
        raise CentreDeclined("enrolled")
    name, service_point = _called(wish, known)
    now = datetime.now(CHINA)
    secret = password_of(secrets.token_bytes(SECRET_BYTES))
    until = now + timedelta(days=wish.days)
    invitation = Invitation(wish.station, name, service_point, place, authority.root, secret, now, until)
    try:
        data = write_invitation(invitation, authority.sign)
    except ValueError:
        raise BadInput("station, name, hosts, database or CA are not as an invitation needs them") from None
    with place_errors(wish.file.absolute().parent):
        write_private(wish.file, data)  # first: an invitation that nobody has would only cost the station its password
    try:
        opened.invite(wish.station, name, service_point, verifier_of(secret), until)
    except BaseException:
        wish.file.unlink(missing_ok=True)
        raise
    if wish.division:
        opened.place_station(wish.station, wish.division)
    return Invited(wish.station, wish.file, until, fingerprint_of(authority.root))


def _called(wish: InvitationWish, known: StationRow | None) -> tuple[str, str]:
    """Return name and service point: as was asked, else as the centre knows them; BadInput without a name."""
    name = wish.name or (known.name if known else "")
    if not name:
        raise BadInput("a new station needs a name")
    return name, wish.service_point or (known.service_point if known else "") or name


# --- certificates ----------------------------------------------------------------------------------------------


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
