"""The centre as an administrator at this counter's window sees it: where it is, and the office in which it is run.

Nothing of it stands in the journal: the centre keeps its own record of what administrators do. Here lies the address
alone; a password is in the system's keyring or in nobody's.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from app.domain.operators import Act, Operator
from app.services.errors import BadInput, CentralUnavailable
from app.services.permits import ensure_may
from app.services.ports import CentreCases, CentreOffice, CentrePlan, KeptPasswords, OpenOffice, Store
from app.services.registers import TableFile, WriteTable

PREFERENCE = "centre_office"
_HAS_PASSWORD = re.compile(r"^[a-z]+://[^/@]*:[^/@]+@|\bpassword\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfficePlace:
    """Where an administrator's centre is, as it is remembered; no secret is in it."""

    url: str = ""
    """``postgresql://user@host/database`` or ``host=… dbname=…``, without a password."""
    ca: str = ""
    """File with the certificate of who signed the server's own; empty where the system trusts it."""
    authority: str = ""
    """File of the authority that signed last."""
    hosts: tuple[str, ...] = ()
    """Names by which stations reach the centre, where they differ."""


@dataclass(frozen=True, slots=True)
class Connected:
    """What stands at the address that was reached, and whether its password is kept."""

    plan: CentrePlan
    is_kept: bool


def has_password(url: str) -> bool:
    """Tell whether a password stands in an address, where it would be remembered and shown."""
    return bool(_HAS_PASSWORD.search(url))


class AdministeringService:
    """Lets administrators alone into the office, and supervisors to its cases, whoever else finds the page."""

    def __init__(
        self,
        store: Store,
        open_office: OpenOffice,
        passwords: KeptPasswords,
        write_table: WriteTable,
        usual_url: str = "",
    ) -> None:
        """``usual_url`` is what the program was called with, for an administrator who comes for the first time."""
        self._store = store
        self._write_table = write_table
        self._open_office = open_office
        self._passwords = passwords
        self._usual_url = "" if has_password(usual_url) else usual_url
        self._office: CentreOffice | None = None

    def place(self) -> OfficePlace:
        """Return where the centre was last."""
        with self._store.read() as uow:
            kept = uow.preferences.all().get(PREFERENCE, "")
        if not kept:
            return OfficePlace(self._usual_url)
        said = json.loads(kept)
        return OfficePlace(said["url"], said["ca"], said["authority"], tuple(said["hosts"]))

    def remember(self, place: OfficePlace, by: Operator) -> None:
        """Remember where the centre is; BadInput for an address with a password in it."""
        ensure_may(by, Act.SUPERVISE)
        if has_password(place.url):
            raise BadInput("a password in the address")
        said = {"url": place.url, "ca": place.ca, "authority": place.authority, "hosts": place.hosts}
        with self._store.write() as uow:
            uow.preferences.set(PREFERENCE, json.dumps(said, ensure_ascii=False))
            uow.commit()

    def connect(self, place: OfficePlace, password: str, by: Operator, *, keep: bool) -> Connected:
        """Reach the centre at ``place``, remember it, and open the office there; CentralUnavailable, BadInput.

        Without a password the one that the keyring has is used, else whatever the server asks of nobody. One that is
        given is kept there when that is wanted, and one that was kept goes when it is not.
        """
        ensure_may(by, Act.SUPERVISE)
        if has_password(place.url):
            raise BadInput("a password in the address")
        kept_under = _kept_under(place.url, by)
        kept = self._passwords.get(kept_under)
        office = self._open_office(place.url, place.ca, password or kept)
        try:
            plan = office.plan()
        except BaseException:
            office.close()
            raise
        self.leave()
        self._office = office
        self.remember(place, by)
        is_kept = self._passwords.keep(kept_under, (password or kept) if keep else "")
        return Connected(plan, is_kept)

    def office(self, by: Operator) -> CentreOffice:
        """Return the open office; NotPermitted for whoever may not, CentralUnavailable after it was left."""
        ensure_may(by, Act.RUN_CENTRE)
        if self._office is None:
            raise CentralUnavailable("network")
        return self._office

    def cases(self, by: Operator) -> CentreCases:
        """Return every case at the centre that is open; NotPermitted, CentralUnavailable after it was left."""
        ensure_may(by, Act.SUPERVISE)
        if self._office is None:
            raise CentralUnavailable("network")
        return self._office

    def write_list(self, table: TableFile, path: Path, by: Operator) -> int:
        """Write a list of what was found, for whoever looks into it; DiskFull, ReadOnlyStore."""
        ensure_may(by, Act.RUN_CENTRE)
        return self._write_table(table, path)

    def leave(self) -> None:
        """Forget the authority's key and end the connection, if there is one."""
        office, self._office = self._office, None
        if office is not None:
            office.close()


def _kept_under(url: str, by: Operator) -> str:
    """Return under which name the keyring has a password: a supervisor never looks at cases in an administrator's name."""
    return url if by.can(Act.RUN_CENTRE) else f"{url} {by.login}"
