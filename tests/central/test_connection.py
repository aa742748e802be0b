"""How a connection fails: what it says, by code, and that a call never hangs."""

import contextlib
import socket
import threading
from types import SimpleNamespace

import psycopg
import pytest

from app.central.client import PostgresCentral
from app.central.connection import Address, Link
from app.central.errors import translated
from app.services.errors import (
    BadInput,
    BatchRefused,
    CentralRefused,
    CentralUnavailable,
    CentralVersion,
    CentreDeclined,
    ChainForked,
    ChainRefused,
    InvitationSpent,
    NotAParty,
    StationRevoked,
    StationUnknown,
)

TOWN = "000731"


@pytest.fixture(scope="module", autouse=True)
def stations(centre):
    centre.enrol(TOWN)


def reason(link):
    with pytest.raises(CentralUnavailable) as caught:
        link.rows("select 1")
    return caught.value.reason


@pytest.fixture
def listener():
    """Return a server that accepts and says whatever ``answers`` holds, then waits."""
    listening, taken = socket.create_server(("127.0.0.1", 0)), []
    told = SimpleNamespace(port=str(listening.getsockname()[1]), answers=[])

    def answer(connection):
        for bytes_told in told.answers:
            connection.recv(1024)
            connection.sendall(bytes_told)

    def serve():
        with contextlib.suppress(OSError):  # the test may be over before everything is said
            while True:
                taken.append(listening.accept()[0])
                answer(taken[-1])

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    yield told
    for ended in (listening, *taken):
        with contextlib.suppress(OSError):  # the client may have gone already
            ended.shutdown(socket.SHUT_RDWR)
        ended.close()
    serving.join()


def link_to(listener, **options):
    usual = {"host": "127.0.0.1", "port": listener.port, "user": "u", "dbname": "d", "sslmode": "disable"}
    return Link(Address(usual | options))


def test_nobody_there_is_the_network(tmp_path):
    assert reason(Link(Address({"host": str(tmp_path), "user": "u", "dbname": "d"}))) == "network"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("57P03", "busy"),
        ("53300", "busy"),
        ("28000", "login"),
        ("28P01", "login"),
        ("XX000", "failed"),
        ("08P01", "network"),
    ],
)
def test_a_server_that_refuses_a_log_in_is_understood_by_its_code(listener, state, expected):
    fields = f"SFATAL\0VFATAL\0C{state}\0Mnobody reads this\0\0".encode()
    listener.answers = [b"E" + (4 + len(fields)).to_bytes(4, "big") + fields]
    assert reason(link_to(listener)) == expected


def test_a_server_that_does_not_like_the_password_is_told_apart(listener):
    listener.answers = [b"R\0\0\0\x08\0\0\0\x03", b"E\0\0\0\x0bC28P01\0"]
    assert reason(link_to(listener, password="wrong")) == "login"


def test_a_server_without_tls_is_not_trusted(listener):
    listener.answers = [b"N"]
    assert reason(link_to(listener, sslmode="verify-full", sslrootcert="/nowhere.pem", host="localhost")) == "tls"


def test_a_database_that_is_no_centre_is_another_version(server):
    link = Link(server.address("postgres"))
    with pytest.raises(CentralVersion):
        link.rows("select * from api.hello(1)")
    link.close()


def test_a_call_in_which_nothing_moves_for_too_long_is_ended_and_the_next_one_works(centre):
    link = Link(centre.address(), silence_s=0.2)
    assert reason_of(lambda: link.rows("select pg_sleep(30)")) == "network"
    assert link.rows("select 1") == [(1,)]
    link.close()


def test_a_call_that_takes_long_is_let_go_on_as_long_as_something_moves(centre):
    link = Link(centre.address(), silence_s=1)
    rows = link.rows("select pg_sleep(0.4), repeat('x', 9000) from generate_series(1, 4)")
    assert len(rows) == 4
    link.close()


def test_a_call_that_waits_ends_when_somebody_gives_up(centre):
    link, asked = Link(centre.address()), []
    link.give_up_when(lambda: len(asked) > 2 or asked.append(None))
    assert reason_of(lambda: link.rows("select pg_sleep(30)")) == "network"
    link.close()


def reason_of(call):
    with pytest.raises(CentralUnavailable) as caught:
        call()
    return caught.value.reason


def test_a_backend_that_was_ended_is_followed_by_another(centre):
    central = PostgresCentral(centre.address(f"station_{TOWN}"))
    central.hello()
    centre.execute(f"select pg_terminate_backend(pid) from pg_stat_activity where usename = 'station_{TOWN}'")
    assert reason_of(central.hello) in {"busy", "network"}
    assert central.hello().schema == 1
    central.close()


def test_calls_of_several_threads_share_one_connection(centre):
    link = Link(centre.address())
    pids = set()
    threads = [threading.Thread(target=lambda: pids.add(link.row("select pg_backend_pid()"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 1
    link.close()


def test_a_refusal_keeps_the_connection(centre):
    central = PostgresCentral(centre.address(f"station_{TOWN}"))
    central.hello()
    before = central._link._connection
    with pytest.raises(BatchRefused):
        central.put_chunk(b"")
    assert central._link._connection is before
    central.close()


def test_several_hosts_are_tried_in_turn(centre, tmp_path):
    options = centre.address(f"station_{TOWN}").options
    link = Link(Address(options | {"host": f"{tmp_path},{options['host']}"}))
    assert link.rows("select 1") == [(1,)]
    link.close()


def test_hosts_take_turns_with_their_ports():
    address = Address({"host": "a,b,c", "port": "1,2,3", "user": "u"}).turned()
    assert dict(address.options) == {"host": "b,c,a", "port": "2,3,1", "user": "u"}
    assert Address({"host": "a,b", "port": "5432"}).turned().options["port"] == "5432"
    assert Address({"host": "a"}).hosts == 1


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("LD001", StationUnknown),
        ("LD002", StationRevoked),
        ("LD003", ChainForked),
        ("LD004", ChainRefused),
        ("LD005", BatchRefused),
        ("LD006", InvitationSpent),
        ("LD007", NotAParty),
        ("LD008", CentralVersion),
        ("LD009", BatchRefused),
        ("LD010", CentreDeclined),
        ("LD999", CentralRefused),
    ],
)
def test_the_centres_own_codes_mean_what_the_contract_says(centre, state, kind):
    detail = {"LD003": "2 7", "LD004": "7", "LD008": "9", "LD010": "kept"}.get(state, "")
    with centre.address().connect() as connection, pytest.raises(psycopg.Error) as caught:
        connection.execute(f"do $$ begin raise exception 'x' using errcode = '{state}', detail = '{detail}'; end $$")
    error = translated(caught.value)
    assert type(error) is kind
    expected = {
        "LD003": {"epoch": 2, "seq": 7},
        "LD004": {"seq": 7},
        "LD008": {"theirs": 9, "ours": 1},
        "LD010": {"why": "kept"},
    }
    assert {name: getattr(error, name) for name in expected.get(state, {})} == expected.get(state, {})


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("40P01", "busy"),
        ("57014", "busy"),
        ("53100", "busy"),
        ("25006", "busy"),
        ("42501", "login"),
        ("23505", "failed"),
    ],
)
def test_what_will_pass_is_told_from_what_will_not(centre, state, expected):
    with centre.address().connect() as connection, pytest.raises(psycopg.Error) as caught:
        connection.execute(f"do $$ begin raise exception 'x' using errcode = '{state}'; end $$")
    assert translated(caught.value).reason == expected


def test_an_address_keeps_its_password_to_itself():
    address = Address.of_url("postgresql://admin:secret@db.example:5433/lideng")
    assert "secret" not in f"{address} {address!r}"
    assert str(address) == "admin@db.example/lideng"


def test_a_network_is_never_crossed_without_a_checked_certificate():
    assert Address.of_url("postgresql://db.example/lideng").options["sslmode"] == "verify-full"
    assert Address.of_url("host=/run/postgresql dbname=lideng").options["sslmode"] == "disable"
    station = Address.of_station(("a.example", "b.example"), 5432, "lideng", "station_000731", "x", "/ca.pem")
    assert station.options["sslmode"] == "verify-full"
    assert station.options["host"] == "a.example,b.example"
    assert station.options["require_auth"] == "scram-sha-256"
    with pytest.raises(BadInput):
        Address.of_url("this is nothing")


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        ("postgresql:///lideng", {"PGHOST": "db.example"}),
        ("postgresql:///lideng", {"PGHOSTADDR": "192.0.2.7"}),
        ("postgresql:///lideng", {"PGSERVICE": "centre"}),
        ("dbname=lideng hostaddr=192.0.2.7", {}),
        ("service=centre", {}),
        ("host=/run/postgresql,db.example dbname=lideng", {}),
    ],
)
def test_a_server_that_is_named_elsewhere_is_checked_too(url, environment, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Address.of_url(url).options["sslmode"] == "verify-full"


def test_only_sockets_of_this_machine_need_no_certificate(monkeypatch):
    monkeypatch.setenv("PGHOST", "/run/postgresql")
    for url in ("postgresql:///lideng", "host=/run/postgresql,/tmp dbname=lideng"):
        assert Address.of_url(url).options["sslmode"] == "disable"
