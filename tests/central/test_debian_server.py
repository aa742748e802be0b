"""Debian's PostgreSQL, which is the oldest version that is promised, with TLS and passwords as a centre has them.

Skipped where it is not installed: the wheel that the other tests use has no OpenSSL.
"""

import ipaddress
import os
import socket
import subprocess
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509

from app.central.administration import Administration
from app.central.audit import Audit
from app.central.client import PostgresCentral
from app.central.connection import Address
from app.central.schema import prepare
from app.central.watch import Watch
from app.security.keys import verify
from app.security.scram import verifier_of
from app.services.errors import CentralUnavailable
from app.services.ports import InboxPlace
from tests.central.test_tls import Vouching
from tests.fakes.chains import Chain

TOWN, VILLAGE = "000731", "000732"
INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
PASSWORD = "a password of 256 bits, say"
RULES = "local all postgres trust\nhostssl centre +lideng_station 127.0.0.1/32 scram-sha-256\n"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not INSTALLED, reason="Debian's postgresql is not installed"),
]


def as_server(*command):
    """Run a command as a user who may start PostgreSQL, which root may not."""
    leading = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    subprocess.run([*leading, *map(str, command)], check=True, capture_output=True, cwd="/")


def free_port():
    with socket.socket() as probing:
        probing.bind(("127.0.0.1", 0))
        return probing.getsockname()[1]


@pytest.fixture(scope="module")
def place():
    """Start a server with a centre and two stations, and tell where it is."""
    bin_path = INSTALLED[-1].parent
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder, port = Path(name), free_port()
        vouching = Vouching()
        vouching.server(folder, x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
        (folder / "ca.pem").write_text(vouching.pem)
        (folder / "another.pem").write_text(Vouching().pem)
        if os.geteuid() == 0:
            for path in (folder, folder / "server.pem"):
                os.chown(path, *[int(part) for part in postgres_user()])
        (folder / "server.pem").chmod(0o600)
        as_server(bin_path / "initdb", "-D", folder / "d", "-A", "trust", "-U", "postgres", "--encoding=utf8", "-N")
        settings = (
            f"listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{folder}'\nfsync = off\n"
            f"ssl = on\nssl_cert_file = '{folder}/server.pem'\nssl_key_file = '{folder}/server.pem'\n"
        )
        with (folder / "d" / "postgresql.conf").open("a") as file:
            file.write(settings)
        (folder / "d" / "pg_hba.conf").write_text(RULES)
        as_server(bin_path / "pg_ctl", "-D", folder / "d", "-l", folder / "log", "-w", "start")
        try:
            yield with_stations(folder, port)
        finally:
            as_server(bin_path / "pg_ctl", "-D", folder / "d", "-m", "immediate", "stop")


def postgres_user():
    told = subprocess.run(["id", "-u", "postgres"], check=True, capture_output=True, text=True).stdout.strip()
    group = subprocess.run(["id", "-g", "postgres"], check=True, capture_output=True, text=True).stdout.strip()
    return told, group


def with_stations(folder, port):
    def local(database):
        return Address({"host": str(folder), "port": str(port), "user": "postgres", "dbname": database})

    with local("postgres").connect() as connection:
        connection.execute("create database centre")
    prepare(local("centre"))
    prepare(local("centre"))
    administration = Administration(local("centre"))
    for station in (TOWN, VILLAGE):
        administration.add_station(station, "窗口", verifier=verifier_of(PASSWORD))
    administration.close()
    with local("centre").connect() as connection:
        connection.execute("update core.station set enrolled_at = clock_timestamp()")
    return SimpleNamespace(folder=folder, port=port, admin=local("centre"))


def station(place, code, password=PASSWORD, host="127.0.0.1", authority="ca.pem"):
    address = Address.of_station(
        (host,), place.port, "centre", f"station_{code}", password, str(place.folder / authority)
    )
    return PostgresCentral(address)


def reason(central):
    with pytest.raises(CentralUnavailable) as caught:
        central.hello()
    return caught.value.reason


def test_two_stations_work_with_each_other_over_tls(place):
    town, village, chain, other = station(place, TOWN), station(place, VILLAGE), Chain(TOWN), Chain(VILLAGE)
    case = chain.case()
    chain.moves(case, VILLAGE)
    assert town.push(chain.batch()).quarantined == ()
    other.moves(case, VILLAGE)
    assert village.push(other.batch()).quarantined == ()
    assert [one.entry for one in village.pull(InboxPlace(), 10).entries] == chain.entries[1:]
    assert [one.entry for one in town.pull(InboxPlace(), 10).entries] == other.entries[1:]
    assert town._link._connection.pgconn.ssl_in_use
    for central in (town, village):
        central.close()


def test_watch_and_audit_work_on_it_as_well(place):
    watch, audit = Watch(place.admin), Audit(place.admin, verify)
    watch.round(verify)
    assert audit.run().remarks == []
    watch.close()
    audit.close()


def test_who_cannot_prove_a_password_is_not_let_in(place):
    assert reason(station(place, TOWN, "another password")) == "login"
    assert reason(station(place, "000999")) == "login"


def test_a_server_is_held_to_its_name_and_to_who_vouches_for_it(place):
    assert reason(station(place, TOWN, host="localhost")) == "tls_name"
    assert reason(station(place, TOWN, authority="another.pem")) == "tls"


def test_nothing_goes_over_the_network_in_clear(place):
    plain = {"host": "127.0.0.1", "port": str(place.port), "dbname": "centre", "user": f"station_{TOWN}"}
    assert reason(PostgresCentral(Address(plain | {"password": PASSWORD, "sslmode": "disable"}))) == "login"
