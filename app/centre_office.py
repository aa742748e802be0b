"""The office of a centre's administrator on the database itself; the commands and the window both work in it.

What is done to stations, bulletins and certificates is told in ``central_enrolling``, ``publishing`` and ``taking_in``, the
list of what was called back in ``calling_back``.
The authority's key is opened here, on the administrator's machine, and never goes to the database.
"""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.calling_back import called_back, came_to, is_news, lists_before, write_list
from app.central.administration import Administration
from app.central.audit import Audit
from app.central.blank_counts import BlankCounting
from app.central.connection import Address
from app.central.paper_ends import PaperEnds
from app.central.schema import plan, prepare
from app.central.supervision import Supervision
from app.central_enrolling import invite, make_authority, place_of, sign_waiting
from app.comparing import compare
from app.domain.clock import CHINA
from app.domain.journal import Verify
from app.publishing import publish, publish_what_changed
from app.security.authority import Authority
from app.security.trust import fingerprint_of
from app.services.errors import BadInput
from app.services.ports import (
    AsideEntry,
    Audited,
    CalledBack,
    CaseCount,
    CaseMarker,
    CasePage,
    CaseWish,
    CentreDesk,
    CentrePlan,
    Changes,
    CountedBlanks,
    FoundEntry,
    InvitationWish,
    Invited,
    OpenedCase,
    Opening,
    PublishedBulletin,
    Signed,
    StationRow,
    TakenIn,
    WaitingKey,
)
from app.services.progress import Tell, silent
from app.services.revocations import CALLED_BACK
from app.taking_in import take_in

MOST_ASIDE = 1000


class DatabaseOffice:
    """Implements the port ``CentreOffice``."""

    def __init__(self, address: Address, verify: Verify) -> None:
        self._address = address
        self._verify = verify
        self._opened = Administration(address)
        self._supervision = Supervision(address)
        self._authority: Authority | None = None

    # --- the centre itself -------------------------------------------------------------------------------------

    def plan(self) -> CentrePlan:
        """Return what stands here."""
        return plan(self._address)

    def prepare(self) -> str:
        """Make the centre or bring it up to date."""
        return prepare(self._address)

    def status(self) -> Mapping[str, Any]:
        """Return figures of the centre by name."""
        return self._opened.status()

    # --- stations ----------------------------------------------------------------------------------------------

    def stations(self) -> list[StationRow]:
        """Return all stations, by code."""
        return self._opened.stations()

    def invite(self, wish: InvitationWish) -> Invited:
        """Sign an invitation and let the centre expect its station."""
        return invite(self._opened, self._signer(), place_of(self._address, wish.hosts, wish.ca), wish)

    def revoke(self, station: str, why: str) -> None:
        """Shut a station out, and tell the others where an authority is open."""
        self._opened.revoke(station, why)
        if self._authority is not None:
            publish_what_changed(self._opened, self._authority)

    def take_in(self, path: Path, tell: Tell = silent) -> TakenIn:
        """Take in what a station could not bring itself, with the page images that lie beside the journal."""
        return take_in(self._opened, path, self._verify, tell)

    def waiting(self) -> list[Signed]:
        """Return whose certificate requests wait."""
        return [Signed(waiting.station, "waiting") for waiting in self._opened.waiting_requests()]

    def sign(self) -> list[Signed]:
        """Sign what waits, and publish directory and revocations where they changed."""
        signed = sign_waiting(self._opened, self._signer())
        return signed + [Signed(topic, "published") for topic in publish_what_changed(self._opened, self._signer())]

    # --- bulletins ---------------------------------------------------------------------------------------------

    def bulletins(self, limit: int) -> list[PublishedBulletin]:
        """Return the last bulletins, newest first."""
        return self._opened.bulletins(limit)

    def newest(self, topic: str) -> tuple[int, bytes]:
        """Return version and payload of what was published last of a topic."""
        newest = self._opened.newest(topic)
        return (self._opened.published(topic), newest[1]) if newest else (0, b"")

    def compare(self, topic: str, payload: bytes) -> Changes:
        """Return what publishing would change."""
        return compare(topic, payload, self._opened.published(topic), self._opened.newest(topic))

    def publish(self, topic: str, payload: bytes, version: int = 0) -> int:
        """Sign and publish a bulletin."""
        signer = self._signer()
        self.compare(topic, payload)
        return publish(self._opened, topic, payload, signer, version)

    def call_back(self, path: Path, days: int, tell: Tell = silent, *, to_stations: bool) -> CalledBack:
        """Write the list of what counts no more, and publish it where it says anything new."""
        signer = self._signer()
        published = self.newest(CALLED_BACK)[1]
        before = lists_before(path, published, signer.root)
        with closing(PaperEnds(self._address, self._verify)) as ends:
            ended = ends.run(tell)
        certificates = self._opened.revoked_certificates()
        made = called_back(ended, certificates, before, datetime.now(CHINA), timedelta(days=days))
        text = write_list(path, made, signer)
        says_more = to_stations and is_news(made, published, signer.root)
        version = publish(self._opened, CALLED_BACK, text.encode(), signer) if says_more else 0
        return came_to(path, made, before, ended, version)

    # --- what is to be looked at -------------------------------------------------------------------------------

    def quarantined(self) -> list[AsideEntry]:
        """Return entries in quarantine, oldest first."""
        return self._opened.quarantined(MOST_ASIDE)

    def settle(self, station: str, epoch: int, seq: int, how: str) -> None:
        """Say what was decided about an entry in quarantine."""
        self._opened.settle(station, epoch, seq, how)

    def findings(self) -> list[FoundEntry]:
        """Return entries whose signature does not fit and that nobody has settled, oldest first."""
        return self._opened.findings(MOST_ASIDE)

    def settle_finding(self, station: str, epoch: int, seq: int, how: str) -> None:
        """Say what was decided about such an entry."""
        self._opened.settle_finding(station, epoch, seq, how)

    def waiting_keys(self) -> list[WaitingKey]:
        """Return epochs whose keys nobody has spoken for, oldest first."""
        return self._opened.waiting_keys()

    def believe_key(self, station: str, epoch: int, how: str) -> None:
        """Believe such a key, and tell the others where an authority is open."""
        self._opened.believe_key(station, epoch, how)
        if self._authority is not None:
            publish_what_changed(self._opened, self._authority)

    def refuse(self, station: str, epoch: int, seq: int, how: str) -> None:
        """Refuse what stands in a station's journal from an entry to the end of its epoch."""
        self._opened.refuse(station, epoch, seq, how)

    def audit(self, only: Iterable[str], tell: Tell) -> Audited:
        """Check everything, on a connection of its own."""
        with closing(Audit(self._address, self._verify)) as audit:
            return audit.run(only, tell)

    def settle_remark(self, station: str, epoch: int, seq: int, what: str, how: str) -> None:
        """Say what was decided about a remark of the audit."""
        self._opened.settle_remark(station, epoch, seq, what, how)

    def blanks(self, only: Iterable[str], tell: Tell) -> CountedBlanks:
        """Count the blank forms of stations, on a connection of its own."""
        with closing(BlankCounting(self._address)) as counting:
            return counting.run(only, tell)

    # --- every case --------------------------------------------------------------------------------------------

    def cases(self, wish: CaseWish, after: CaseMarker | None, limit: int) -> CasePage:
        """Return some cases of a list."""
        return self._supervision.cases(wish, after, limit)

    def case_counts(self, taken_in: str, held: str, digits: int) -> list[CaseCount]:
        """Return how many open cases each place holds."""
        return self._supervision.case_counts(taken_in, held, digits)

    def desks(self) -> list[CentreDesk]:
        """Return all stations, for choosing."""
        return self._supervision.desks()

    def open_case(self, number: str) -> OpenedCase:
        """Return one case with its whole history, which the centre writes down."""
        return self._supervision.open_case(number)

    def openings(self, limit: int) -> list[Opening]:
        """Return who opened which case, newest first."""
        return self._opened.openings(limit)

    # --- retention ---------------------------------------------------------------------------------------------

    def keep_bodies(self, days: int) -> None:
        """Set for how many days bodies are kept."""
        self._opened.keep_bodies(days)

    def erase_bodies(self, tell: Tell) -> int:
        """Erase bodies whose time has come; nobody knows beforehand how many."""
        erased = 0
        for count in self._opened.erase_bodies():
            erased += count
            tell(erased, erased)
        return erased

    def detach_year(self, year: int) -> list[str]:
        """Take a year out of journal and images."""
        return self._opened.detach_year(year)

    # --- the authority -----------------------------------------------------------------------------------------

    def open_authority(self, path: Path, passphrase: str) -> str:
        """Open the authority that signs from now on."""
        return self._sign_with(Authority.open(path, passphrase))

    def make_authority(self, path: Path, name: str, passphrase: str) -> str:
        """Make an authority and open it."""
        return self._sign_with(make_authority(path, name, passphrase))

    def close_authority(self) -> None:
        """Forget the authority's key."""
        self._authority = None

    def close(self) -> None:
        """Forget the key and end the connection."""
        self.close_authority()
        self._opened.close()
        self._supervision.close()

    def _sign_with(self, authority: Authority) -> str:
        self._authority = authority
        return fingerprint_of(authority.root)

    def _signer(self) -> Authority:
        if self._authority is None:
            raise BadInput("no authority was opened")
        return self._authority


def office_at(url: str, ca: str, password: str, verify: Verify) -> DatabaseOffice:
    """Return the office at ``url``, with the CA and the password that are not in it; BadInput."""
    address = Address.of_url(url)
    given = {"sslrootcert": ca, "password": password}
    options = {**address.options, **{name: value for name, value in given.items() if value}}
    return DatabaseOffice(replace(address, options=options), verify)
