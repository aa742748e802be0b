"""Counters with real services, stores and keys that reach a real centre over a line that does harm."""

from app.central.client import PostgresCentral
from app.central.connection import Address
from app.security.keys import Ed25519StationKey, verify
from tests.central.debian import station_address
from tests.central.toxic import ToxicLine, door_of
from tests.services.sync_desk import FileDesk


class RealDesk(FileDesk):
    """A station whose signatures the centre's watch can check."""

    make_key = Ed25519StationKey
    verify = staticmethod(verify)


class FarCentre:
    """A centre as the stations on one line reach it, with what a desk asks of a centre."""

    def __init__(self, centre):
        self.centre = centre
        self.line = ToxicLine(door_of(f"{centre.server._socket}/.s.PGSQL.5432"))
        self._connections = []

    def enrol(self, station):
        self.centre.enrol(station)

    def connect(self, station):
        """Return a connection over the line; nothing is encrypted, so that bytes can be counted."""
        self.centre.role(f"station_{station}")
        options = {"host": "127.0.0.1", "port": str(self.line.port), "dbname": self.centre.database}
        address = Address({**options, "user": f"station_{station}", "sslmode": "disable"})
        self._connections.append(PostgresCentral(address))
        return self._connections[-1]

    def hang_up(self):
        """Let every station log in anew at its next call."""
        for connection in self._connections:
            connection.close()

    def gives_up_after(self, silence_s):
        """Let stations wait no longer than this for a line on which nothing moves."""
        for connection in self._connections:
            connection._link._silence_s = silence_s

    def close(self):
        self.hang_up()
        self.line.close()


class FarServers:
    """One server of Debian's or several, as stations reach them over TLS, with what a desk asks of a centre."""

    def __init__(self, *servers, port=None):
        self.servers, self._port = servers, port

    def enrol(self, station):
        """Nothing: the servers were made with these stations."""

    def connect(self, station):
        return PostgresCentral(station_address(self.servers, station, self._port))


def ensure_nothing_is_lost_or_doubled(centre, *desks):
    """See to it that the centre has each station's whole journal once, and that the parties of each case agree on it."""
    for desk in desks:
        stored = centre.execute(
            f"select seq, encode(hash, 'hex') from core.journal where station = {int(desk.code)} order by epoch, seq"
        )
        assert [digest for _seq, digest in stored] == [digest.hex() for digest in desk.chain()], desk.code
        assert [seq for seq, _digest in stored] == list(range(1, len(stored) + 1)), desk.code
    assert centre.execute("select count(*) from core.quarantine") == [(0,)]
    doubled = "select station, from_station, epoch, seq from core.inbox group by 1, 2, 3, 4 having count(*) > 1"
    assert centre.execute(doubled) == []
    gaps = "select station from core.inbox group by station having count(*) <> max(n) or min(n) <> 1"
    assert centre.execute(gaps) == []
    for number, parties in centre.execute(
        "select case_number, array_agg(lpad(station::text, 6, '0')) from core.case_party group by 1"
    ):
        histories = [desk.history(number) for desk in desks if desk.code in parties]
        assert all(one == histories[0] for one in histories), number
