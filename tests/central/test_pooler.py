"""PgBouncer in transaction mode between stations and their centre, with TLS on both sides and as docs/central.md sets it up.

Skipped where Debian's PostgreSQL or PgBouncer is not installed.
"""

import subprocess
import tempfile
import time
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from app.central.administration import Administration
from app.central.audit import Audit
from app.central.client import PostgresCentral
from app.central.reception import Receptions
from app.domain.clock import CHINA
from app.security.keys import verify
from app.security.scram import verifier_of
from app.services.errors import CentralUnavailable, InvitationSpent
from app.services.invitations import CentralAddress
from app.services.ports import CHUNK, CentralLogin
from app.services.sync_report import Contact
from tests.central.debian import (
    DATABASE,
    PASSWORD,
    DebianServer,
    free_port,
    give_to_server,
    needs_debian,
    server_command,
    station_address,
)
from tests.central.far_desks import FarServers, RealDesk
from tests.central.test_tls import Vouching
from tests.services.sync_desk import TOWN, VILLAGE

PROGRAM = Path("/usr/sbin/pgbouncer")
INVITED = "000740"
NOBODYS = f"SCRAM-SHA-256$4096:{'A' * 22}==${'A' * 43}=:{'A' * 43}="
"""A verifier whose keys are zeros: no password is known that makes them."""
SETTINGS = """
[databases]
centre = host=127.0.0.1 port={server.port} dbname=centre auth_user=pooler
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
pool_mode = transaction
auth_type = scram-sha-256
auth_file = {folder}/users.txt
auth_query = select role_name, verifier from watch.login($1)
client_tls_sslmode = require
client_tls_cert_file = {folder}/server.pem
client_tls_key_file = {folder}/server.pem
server_tls_sslmode = verify-full
server_tls_ca_file = {folder}/ca.pem
max_client_conn = 500
default_pool_size = 2
server_idle_timeout = 30
query_timeout = 900
query_wait_timeout = 20
tcp_user_timeout = 15000
"""

pytestmark = [
    pytest.mark.slow,
    needs_debian,
    pytest.mark.skipif(not PROGRAM.exists(), reason="Debian's pgbouncer is not installed"),
]


class Pooler:
    """PgBouncer in front of a server, with the server's certificate."""

    def __init__(self, server):
        self.port, folder = free_port(), server.folder
        settings, users = folder / "pgbouncer.ini", folder / "users.txt"
        settings.write_text(SETTINGS.format(server=server, port=self.port, folder=folder))
        users.write_text(f'"pooler" "{PASSWORD}"\n')
        give_to_server(settings, users)
        with (folder / "pooler.log").open("w") as log:
            self._process = subprocess.Popen(server_command(PROGRAM, "-q", settings), stderr=log, stdout=log, cwd="/")

    def stop(self):
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="module")
def server():
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        made = DebianServer(name, Vouching())
        made.make()
        made.start()
        try:
            made.centre(TOWN, VILLAGE)
            made.execute(f"create role pooler login password '{verifier_of(PASSWORD)}' in role lideng_pooler")
            yield made
        finally:
            made.stop()


@pytest.fixture(scope="module")
def pooler(server):
    made = Pooler(server)
    while True:
        with suppress(CentralUnavailable), closing(station(server, made, TOWN)) as central:
            central.hello()
            break
        time.sleep(0.05)
    yield made
    made.stop()


def station(server, pooler, code, password=PASSWORD):
    return PostgresCentral(station_address([server], code, pooler.port, password))


def test_whole_rounds_of_two_counters_go_through(server, pooler, tmp_path):
    far = FarServers(server, port=pooler.port)
    desks = []
    for code in (TOWN, VILLAGE):
        (tmp_path / code).mkdir()
        desks.append(RealDesk(far, tmp_path / code, code))
    town, village = desks
    for desk in desks:
        desk.knows(*desks)
    data = b"a" * CHUNK + b"the end"
    number = town.takes([data])
    town.hands(number, VILLAGE)
    try:
        for desk in (town, village, town):
            result = desk.round()
            assert (result.contact, result.failures) == (Contact.ON_LINE, ())
        village.hands(number, TOWN)
        for desk in (village, town):
            assert desk.round().contact is Contact.ON_LINE
        assert town.history(number) == village.history(number)
        assert town.link._central._link._connection.pgconn.ssl_in_use
    finally:
        for desk in desks:
            desk.link.close()
            desk.closes()
    with closing(Audit(server.local(), verify)) as audit:
        assert [one for one in audit.run().remarks if one.what != "numbers"] == []


def test_no_call_depends_on_which_backend_it_meets(server, pooler):
    """Each statement may meet another backend, and each meets one that others have used before."""
    backends = set()
    with closing(station(server, pooler, TOWN)) as central:
        for _ in range(4):
            central.hello()
            backends |= {
                pid for (pid,) in server.execute(f"select pid from pg_stat_activity where usename = 'station_{TOWN}'")
            }
            server.execute(f"select pg_terminate_backend(pid) from pg_stat_activity where usename = 'station_{TOWN}'")
            with suppress(CentralUnavailable):
                central.hello()
    assert len(backends) > 1


def test_many_stations_share_few_backends(server, pooler):
    held = [station(server, pooler, TOWN) for _ in range(20)]
    for central in held:
        central.hello()
    count = f"select count(*)::int from pg_stat_activity where usename = 'station_{TOWN}'"
    assert server.execute(count)[0][0] <= 2
    for central in held:
        central.close()


def test_a_station_is_who_it_proves_to_be_and_nobody_else(server, pooler):
    for code, password in ((TOWN, "another password"), ("000999", PASSWORD)):
        with closing(station(server, pooler, code, password)) as central:
            with pytest.raises(CentralUnavailable) as caught:
                central.hello()
            assert caught.value.reason == "login"
    for code in (TOWN, VILLAGE):
        with closing(station(server, pooler, code)) as central:
            assert central._link.row("select session_user::text") == (f"station_{code}",)


def test_a_counter_enrols_through_it_and_comes_back_with_its_own_password(server, pooler, tmp_path):
    secret, password = "the secret of the invitation", "a password of the counter's own"
    with closing(Administration(server.local())) as administration:
        until = datetime.now(CHINA) + timedelta(days=1)
        administration.invite(INVITED, "窗口", "云溪镇", verifier_of(secret), until)
    place = CentralAddress(("127.0.0.1",), pooler.port, DATABASE, (server.folder / "ca.pem").read_text())
    receive = Receptions(tmp_path)
    with receive(CentralLogin(place, f"station_{INVITED}", secret)) as reception:
        reception.enrol(bytes(32), b"a request", verifier_of(password))
        assert reception.certificate() is None
    with receive(CentralLogin(place, f"station_{INVITED}", password)) as reception:
        reception.ask_certificate(b"another")
        with pytest.raises(InvitationSpent):
            reception.enrol(bytes(32), b"a request", verifier_of(password))
    with pytest.raises(CentralUnavailable) as caught, receive(CentralLogin(place, f"station_{INVITED}", secret)):
        pass
    assert caught.value.reason == "login"
    with closing(station(server, pooler, INVITED, password)) as central:
        assert central.hello().head is None


def test_the_pooler_itself_can_ask_for_nothing_but_verifiers_of_stations(server):
    address = server.local(user="pooler")
    with psycopg.connect(**address.options, autocommit=True) as connection:
        assert connection.execute(f"select role_name from watch.login('station_{TOWN}')").fetchall() == [
            (f"station_{TOWN}",)
        ]
        for role in ("postgres", "pooler", "lideng_owner", "station_", None):
            (verifier,) = connection.execute("select verifier from watch.login(%s)", (role,)).fetchone()
            assert verifier == NOBODYS
        for statement in (
            "select * from core.station",
            "select * from pg_authid",
            "select watch.health()",
            "select admin.stations()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_the_poolers_own_console_is_closed_to_stations(server, pooler):
    options = dict(station_address([server], TOWN, pooler.port).options) | {"dbname": "pgbouncer"}
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(**options)
