"""A real centre whose stations must prove their passwords (SCRAM), with an authority, for tests of enrolment."""

from datetime import datetime, timedelta
from pathlib import Path

from app.central.reception import Receptions
from app.domain.clock import CHINA
from app.security.authority import Authority, serial_of
from app.security.scram import verifier_of
from app.services.invitations import CentralAddress, Invitation, write_invitation
from tests.central.server import PostgresCentre


class GuardedCentre(PostgresCentre):
    """The shared server trusts everybody; this database of it does not."""

    def __init__(self, server, profile):
        super().__init__(server)
        self.authority = Authority.make("云溪市政务服务中心", datetime.now(CHINA))
        self.open = Receptions(profile)
        rules = Path(server._server.pgdata) / "pg_hba.conf"
        rules.write_text(f"local {self.database} +lideng_station scram-sha-256\n{rules.read_text()}")
        self.execute("select pg_reload_conf()")

    @property
    def place(self):
        return CentralAddress((self.server._socket,), 5432, self.database)

    def invite(self, station, secret, days=14):
        """Invite a station as an administrator does, and return the file."""
        now = datetime.now(CHINA)
        until = now + timedelta(days=days)
        self.administration.invite(station, f"窗口 {station}", "云溪镇便民服务中心", verifier_of(secret), until)
        invitation = Invitation(station, "窗口", "云溪镇", self.place, self.authority.root, secret, now, until)
        return write_invitation(invitation, self.authority.sign)

    def sign_requests(self, _until=None):
        """Sign what waits, as ``central enrol --sign`` does."""
        for waiting in self.administration.waiting_requests():
            certificate = self.authority.sign_request(waiting.request, waiting.station, datetime.now(CHINA))
            self.administration.keep_certificate(waiting, certificate, serial_of(certificate))
