"""Makes the place of the demonstration – server, centre, authority, two enrolled counters – and takes it away again."""

import logging
import shutil
import tempfile
import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.central.administration import Administration
from app.central.audit import Audit
from app.central.schema import prepare
from app.central.watch import Watch
from app.central_enrolling import invite, sign_waiting
from app.demonstration import CLERK, PASSWORD, STATION, SUPERVISOR, FictitiousStarter
from app.domain.catalogue import UseLevel
from app.domain.clock import CHINA
from app.domain.operators import Operator, Role
from app.domain.station import Station
from app.publishing import publish_what_changed
from app.security.authority import Authority
from app.security.keys import verify
from app.services.errors import ServiceError
from app.services.invitations import CentralAddress
from app.services.ports import Audited, InvitationWish
from app.services.starting import FirstStart
from app.two_counters.line import Line
from app.two_counters.server import DATABASE, WheelServer

VILLAGE_STATION = Station(
    code="000812",
    service_point="柳湾村便民服务站",
    body="云溪镇柳湾村村民委员会",
    window="综合窗口",
    phone="0899-555 0188",
    division="519901101200",
    level=UseLevel.VILLAGE,
    paper_prefix="柳湾1",
)
VILLAGE_CLERK = Operator("aqinghe", "阿青禾", (Role.CLERK, Role.ADMINISTRATOR))
VILLAGE_COLLEAGUE = Operator("linshoutian", "林守田", (Role.CLERK, Role.SUPERVISOR))
CENTRE_NAME = "云溪市政务服务中心（演示）"
DAYS = 2
LOOK_S = 2.0
TRIES = 5

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Crew:
    """A counter and who works there."""

    station: Station
    clerk: Operator
    colleague: Operator


VILLAGE = Crew(VILLAGE_STATION, VILLAGE_CLERK, VILLAGE_COLLEAGUE)
TOWN = Crew(STATION, CLERK, SUPERVISOR)


class TwoCounters:
    """The place, for as long as the block lasts; ``remove`` may be called at any moment, also from a signal."""

    def __init__(self, cache: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lideng-two-"))
        self.folder.chmod(0o711)  # the server may have to be another user, who needs nothing here but its own folder
        self._cache = cache
        self._server = WheelServer(self.folder / "pg")
        self._authority = Authority.make(CENTRE_NAME, datetime.now(CHINA))
        self._over = threading.Event()
        self._line: Line | None = None
        self.village = self._starter("village")
        self.town = self._starter("town")
        self.starters = {VILLAGE.station.service_point: self.village, TOWN.station.service_point: self.town}
        """Both, by the name of their service points."""

    def __enter__(self) -> "TwoCounters":
        """Make everything; the counters have enrolled, and know each other after their next round."""
        try:
            self._server.start()
            prepare(self._server.address())
            self._line = Line(self._server.call)
            for starter, crew in ((self.village, VILLAGE), (self.town, TOWN)):
                self._join(starter, crew)
            self.sign()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        """Remove everything."""
        self.remove()

    def remove(self) -> None:
        """End what runs and remove the folder with its keys."""
        self._over.set()
        if self._line is not None:
            self._line.close()
        self._server.stop()
        for _try in range(TRIES):  # a thread that is not ended yet may still write
            shutil.rmtree(self.folder, ignore_errors=True)
            if not self.folder.exists():
                return

    # --- the centre --------------------------------------------------------------------------------------------

    @property
    def line(self) -> Line:
        """Return the line by which both counters reach the centre."""
        assert self._line is not None  # noqa: S101  entering made it
        return self._line

    @property
    def office_url(self) -> str:
        """Return where an administrator finds the centre, by the same line."""
        return f"postgresql://postgres@127.0.0.1:{self.line.port}/{DATABASE}?sslmode=disable"

    def sign(self) -> None:
        """Sign certificate requests and publish what stations must know, as ``central enrol --sign`` does."""
        with closing(Administration(self._server.address())) as opened:
            sign_waiting(opened, self._authority)
            publish_what_changed(opened, self._authority)

    def watch(self) -> None:
        """Look after the centre once, as ``central watch --once`` does: signatures are checked."""
        with closing(Watch(self._server.address())) as watch:
            watch.round(verify)

    def audit(self) -> Audited:
        """Check everything, as ``central audit`` does."""
        with closing(Audit(self._server.address(), verify)) as audit:
            return audit.run()

    def look_after(self) -> None:
        """From now on sign, publish and watch by itself, for windows in which somebody works."""
        threading.Thread(target=self._keep_looking, daemon=True).start()

    def _keep_looking(self) -> None:
        while not self._over.wait(LOOK_S):
            try:
                self.sign()
                self.watch()
            except ServiceError:
                log.info("the centre of the demonstration could not be looked after", exc_info=True)

    # --- the counters ------------------------------------------------------------------------------------------

    def _starter(self, name: str) -> FictitiousStarter:
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        return FictitiousStarter(folder, self._cache)

    def _join(self, starter: FictitiousStarter, crew: Crew) -> None:
        """Set a counter up with an invitation, which its first round of sync uses."""
        starter.make(FirstStart(crew.station, crew.clerk, PASSWORD, invitation=self._invited(crew)), crew.colleague)
        with closing(starter.open()) as counter:
            result = counter.sync.run()
        if result.error is not None:
            raise result.error

    def _invited(self, crew: Crew) -> bytes:
        place = CentralAddress(("127.0.0.1",), self.line.port, DATABASE)
        file = self.folder / f"{crew.station.code}.lideng-invitation"
        with closing(Administration(self._server.address())) as opened:
            wish = InvitationWish(
                crew.station.code,
                file,
                crew.station.window,
                crew.station.service_point,
                crew.station.division,
                days=DAYS,
            )
            invite(opened, self._authority, place, wish)
        try:
            return file.read_bytes()
        finally:
            file.unlink()
