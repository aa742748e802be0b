"""What a stolen log-in may leave behind, use up or hold on to, beyond what it may read: one test each.

What PostgreSQL's catalogue and functions offer is in ``test_hostile_stations``, entries and images in ``test_hostile_pushes``.
"""

import time
from contextlib import closing
from datetime import datetime, timedelta

import psycopg
import pytest
from psycopg import errors as pg

from app.domain.clock import CHINA
from app.security.scram import verifier_of
from app.services.errors import StationRevoked
from tests.central.test_hostile_pushes import push
from tests.fakes.chains import Chain

THIEF, VICTIM = "000731", "000732"
ROLE = f"station_{THIEF}"


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (THIEF, VICTIM):
        centre.enrol(station)


@pytest.fixture
def thief(centre):
    with closing(centre.address(ROLE).connect()) as connection:
        yield connection


def shown(centre, setting):
    """Return a setting as a new session of the role begins with it."""
    with closing(centre.address(ROLE).connect()) as connection:
        return connection.execute(f"show {setting}").fetchone()[0]


# --- the disk and the memory of the server -----------------------------------------------------------------------


def test_temporary_files_are_limited_and_the_station_cannot_lift_it(centre, thief):
    for statement in (
        "set temp_file_limit = -1",
        "alter role current_user set temp_file_limit = -1",
        "alter role current_user reset temp_file_limit",
    ):
        with pytest.raises(pg.InsufficientPrivilege):
            thief.execute(statement)
    thief.execute("alter role current_user reset all")
    assert shown(centre, "temp_file_limit") == "64MB"
    thief.execute("set work_mem = '64kB'")
    with pytest.raises(pg.ConfigurationLimitExceeded):
        thief.execute(
            "select count(*) from (select n, repeat('x', 2000) from generate_series(1, 60000) n order by 2, 1 desc) x"
        )


def test_a_value_too_large_for_the_server_ends_the_statement_and_nothing_else(centre, thief):
    for statement in (
        "select octet_length(repeat('x', 1073741824))",
        "select * from api.missing_chunks(array_fill('\\x00'::bytea, array[2000000]))",
        "select * from api.push(1, 1, '\\x00'::bytea, array_fill('\\x00'::bytea, array[1000, 1000]), '{}', '{}', '{}')",
        "select api.put_chunk(convert_to(repeat('x', 10000000), 'UTF8'))",
    ):
        with pytest.raises(psycopg.Error):
            thief.execute(statement)
    assert centre.connect(THIEF).hello().head is None


def test_temporary_tables_views_and_types_cannot_be_made(thief):
    for statement in (
        "create temp table t (x int)",
        "create temp view v as select 1",
        "create type pg_temp.t as (a int)",
    ):
        with pytest.raises(pg.InsufficientPrivilege):
            thief.execute(statement)


# --- what outlives a session -------------------------------------------------------------------------------------


def test_a_transaction_cannot_be_prepared_to_outlive_the_session(thief):
    thief.execute("begin")
    push(thief, Chain(THIEF).batch())
    with pytest.raises(pg.ObjectNotInPrerequisiteState):
        thief.execute("prepare transaction 'for ever'")
    thief.execute("rollback")


def test_settings_that_a_thief_left_are_gone_when_the_station_comes_back(centre, thief):
    for setting in (
        "default_transaction_read_only = on",
        "search_path = pg_temp",
        "statement_timeout = 7",
        "work_mem = '1GB'",
    ):
        thief.execute(f"alter role current_user set {setting}")
        thief.execute(f"alter role current_user in database {centre.database} set {setting}")
    centre.revoke(THIEF)
    centre.execute(f"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{ROLE}'")
    centre.administration.invite(
        THIEF, "窗口", "云溪镇", verifier_of("the secret of a new invitation"), datetime.now(CHINA) + timedelta(days=1)
    )
    assert shown(centre, "default_transaction_read_only") == "off"
    assert shown(centre, "statement_timeout") == "1min"
    assert shown(centre, "work_mem") == "4MB"
    assert "pg_temp" not in shown(centre, "search_path")


def test_a_listener_hears_nothing_because_the_centre_says_nothing(centre, thief):
    thief.execute("listen core")
    chain = Chain(VICTIM)
    chain.case()
    centre.connect(VICTIM).push(chain.batch())
    assert list(thief.notifies(timeout=0.1)) == []


def test_session_authorization_and_libraries_cannot_be_set(thief):
    for statement in (
        "select set_config('session_authorization', 'postgres', false)",
        "select set_config('role', 'postgres', false)",
        "select set_config('is_superuser', 'on', false)",
        "set session_preload_libraries = 'x'",
        "set dynamic_library_path = '/tmp'",
        "set log_min_messages = 'debug5'",
        "set track_activities = off",
        "set deadlock_timeout = '1h'",
    ):
        with pytest.raises((pg.InsufficientPrivilege, pg.CantChangeRuntimeParam)):
            thief.execute(statement)


def test_numbers_of_objects_turn_into_names_and_into_nothing_else(thief):
    """The names of roles are those of the stations in the directory, which every station has anyway."""
    thief.execute("select x::oid::regrole::text, x::oid::regclass::text from generate_series(16384, 16500) x")
    for statement in (
        "select pg_relation_filepath('core.journal'::regclass)",
        "select pg_sequence_last_value('core.act_n_seq'::regclass)",
        "select ts_stat('select body from core.journal')",
        "select * from pg_settings",
        "show data_directory",
        "select current_setting('primary_conninfo')",
        "explain select * from core.journal",
    ):
        with pytest.raises(pg.InsufficientPrivilege):
            thief.execute(statement)


# --- holding on --------------------------------------------------------------------------------------------------


def test_an_open_change_of_its_password_does_not_hold_up_a_revocation(centre, thief):
    thief.execute("begin")
    thief.execute(f"alter role current_user password '{verifier_of('a password of the thief')}'")
    centre.revoke(THIEF)
    with pytest.raises(StationRevoked):
        centre.connect(THIEF).hello()


def test_who_was_shut_out_keeps_no_connection(centre, thief):
    thief.execute("select 1")
    assert centre.watch.end_stale(60, 0) == 0
    centre.revoke(THIEF)
    assert centre.watch.end_stale(60, 0) == 1
    with pytest.raises(psycopg.OperationalError):
        thief.execute("select 1")


def test_who_logged_in_with_an_earlier_password_keeps_no_connection_when_the_station_is_invited_again(centre, thief):
    thief.execute("select 1")
    until = datetime.now(CHINA) + timedelta(days=1)
    centre.administration.invite(THIEF, "窗口", "云溪镇", verifier_of("secret-of-the-file"), until)
    with closing(centre.address(ROLE).connect()) as invited:
        assert centre.watch.end_stale(60, 60) == 0, "whoever enrols hangs up by itself"
        assert centre.watch.end_stale(60, 0) == 1
        invited.execute("select 1")
    with pytest.raises(psycopg.OperationalError):
        thief.execute("select 1")


def test_naming_the_case_of_another_holds_nobody_up(centre):
    """A transaction that is never committed leaves no trace, so nothing may be locked for its asking."""
    victim, chain, thiefs = centre.connect(VICTIM), Chain(VICTIM), Chain(THIEF)
    case = chain.case()
    victim.push(chain.batch())
    chain.notes(case)
    thiefs.notes(case)
    with closing(centre.address(ROLE).connect()) as thief:
        thief.execute("begin")
        push(thief, thiefs.batch())
        assert victim.push(chain.batch(3)).head.seq == 3
    assert centre.connect(THIEF).hello().head is None


def test_who_takes_an_answer_slowly_is_let_go_on_and_who_holds_locks_meanwhile_is_not(centre):
    large = "select repeat('x', 1000000) from generate_series(1, 60)"
    for begins, ended in ((["begin", "select * from api.hello(1)"], 0), (["begin", None], 1)):
        with closing(centre.address(ROLE).connect()) as slow:
            for statement in begins:
                push(slow, Chain(THIEF).batch()) if statement is None else slow.execute(statement)
            slow.pgconn.send_query(large.encode())
            slow.pgconn.flush()
            while centre.execute(f"select wait_event from pg_stat_activity where usename = '{ROLE}'") != [
                ("ClientWrite",)
            ]:
                time.sleep(0.01)
            time.sleep(1.1)
            assert centre.watch.end_stale(1, 60) == ended
