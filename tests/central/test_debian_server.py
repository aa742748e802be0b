"""Debian's PostgreSQL, which is the oldest version that is promised, with TLS and passwords as a centre has them.

Skipped where it is not installed: the wheel that the other tests use has no OpenSSL.
"""

import tempfile
from contextlib import suppress

import pytest

from app.central.audit import Audit
from app.central.client import PostgresCentral
from app.central.connection import Address
from app.central.watch import Watch
from app.security.keys import verify
from app.services.errors import CentralUnavailable
from app.services.ports import InboxPlace
from tests.central.debian import DATABASE, PASSWORD, DebianServer, needs_debian, station_address
from tests.central.test_tls import Vouching
from tests.fakes.chains import Chain

TOWN, VILLAGE = "000731", "000732"
MOST_CONNECTIONS = 8

pytestmark = [pytest.mark.slow, needs_debian]


@pytest.fixture(scope="module")
def place():
    """Start a server with a centre and two stations."""
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        server = DebianServer(name, Vouching())
        (server.folder / "another.pem").write_text(Vouching().pem)
        server.make()
        server.start()
        try:
            server.centre(TOWN, VILLAGE)
            yield server
        finally:
            server.stop()


def station(place, code, **options):
    return PostgresCentral(station_address([place], code, **options))


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
    watch, audit = Watch(place.local()), Audit(place.local(), verify)
    watch.round(verify)
    assert audit.run().remarks == []
    watch.close()
    audit.close()


def test_who_cannot_prove_a_password_is_not_let_in(place):
    assert reason(station(place, TOWN, password="another password")) == "login"
    assert reason(station(place, "000999")) == "login"


def test_a_station_with_too_many_connections_is_told_so_and_not_that_its_password_is_wrong(place):
    held = []
    with suppress(CentralUnavailable):
        for _ in range(MOST_CONNECTIONS + 1):
            held.append(station_address([place], TOWN).connect())  # noqa: PERF401
    assert len(held) <= MOST_CONNECTIONS
    assert reason(station(place, TOWN)) == "busy"
    assert reason(station(place, TOWN, password="another password")) == "login"
    for connection in held:
        connection.close()


def test_a_primary_that_waits_for_a_replica_in_vain_says_so_instead_of_hanging(place):
    wanted = "alter system set synchronous_standby_names = '{}'"
    place.execute(wanted.format("any 1 (nobody, nowhere)"), "postgres")
    try:
        place.execute("select pg_reload_conf()", "postgres")
        place.waits_until("select current_setting('synchronous_standby_names') <> ''")
        assert reason(station(place, VILLAGE)) == "busy"
    finally:
        place.execute(wanted.format(""), "postgres")
        place.execute("select pg_reload_conf()", "postgres")
        place.waits_until("select current_setting('synchronous_standby_names') = ''")


def test_a_server_is_held_to_its_name_and_to_who_vouches_for_it(place):
    assert reason(station(place, TOWN, host="localhost")) == "tls_name"
    assert reason(station(place, TOWN, authority="another.pem")) == "tls"


def test_nothing_goes_over_the_network_in_clear(place):
    plain = {"host": "127.0.0.1", "port": str(place.port), "dbname": DATABASE, "user": f"station_{TOWN}"}
    assert reason(PostgresCentral(Address(plain | {"password": PASSWORD, "sslmode": "disable"}))) == "login"
