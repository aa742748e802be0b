"""What somebody may try who has stolen a station's log-in, with PostgreSQL itself: one test each, all refused.

The thief speaks SQL to the database directly; nothing of our program is in the way. What may be tried with entries and
images is in ``test_hostile_pushes``. docs/security.md lists both.
"""

import psycopg
import pytest
from psycopg import errors as pg

from app.central.errors import translated
from app.services.errors import CentralUnavailable, StationRevoked, StationUnknown

THIEF, VICTIM = "000731", "000732"


@pytest.fixture(scope="module", autouse=True)
def stations(centre):
    for station in (THIEF, VICTIM):
        centre.enrol(station)


@pytest.fixture
def thief(centre):
    with centre.address(f"station_{THIEF}").connect() as connection:
        yield connection


def refused(thief, statement, *kinds):
    """Carry a statement out and see to it that PostgreSQL does not."""
    with pytest.raises(kinds or pg.InsufficientPrivilege):
        thief.execute(statement)


def tables(centre):
    found = centre.execute(
        "select c.oid::regclass::text from pg_class c where relkind in ('r', 'p') and relnamespace = 'core'::regnamespace"
    )
    return [name for (name,) in found]


# --- tables and functions that are not for stations --------------------------------------------------------------


def test_no_table_can_be_read_or_written(centre, thief):
    names = tables(centre)
    assert len(names) > 20
    for name in names:
        for statement in (
            f"select from {name}",
            f"select count(*) from {name}",
            f"delete from {name}",
            f"truncate {name}",
            f"copy {name} to stdout",
            f"insert into {name} default values",
        ):
            refused(thief, statement)
        with thief.transaction(force_rollback=True):
            refused(thief, f"lock table {name} in access share mode")
    refused(thief, "update core.station set revoked_at = null")
    refused(thief, "select * from core.centre, lateral (select inner_pad) as secret")


def test_no_function_but_those_for_stations_can_be_called(centre, thief):
    granted = {
        name
        for (name,) in centre.execute(
            "select p.proname from pg_proc p where pronamespace = any (array['core', 'api', 'admin', 'watch', 'supervise']::regnamespace[])"
            f" and has_function_privilege('station_{THIEF}', p.oid, 'execute')"
        )
    }
    assert granted == {
        "hello", "push", "pull", "own", "digests", "quarantine", "bulletin_heads", "bulletin_part", "missing_chunks",
        "put_chunk", "put_blob", "confirmed_blobs", "share_blobs", "get_chunk", "enrol", "certificate", "ask_certificate",
        "receipt",
    }  # fmt: skip
    for call in (
        "admin.stations()",
        "admin.entries('000732', 0, 0, 10)",
        f"admin.revoke('{VICTIM}', 'x')",
        "admin.publish('calendar', 1, now(), ''::bytea, ''::bytea)",
        "watch.verified(array[731], array[1], array[1]::bigint[])",
        "core.push_as(732, 1, 1, null, null, null, null, null)",
        "core.anchor_mac(732, now(), ''::bytea)",
        "core.me()",
        "supervise.cases('', '', '', 'all', '', null, null, false, false, 'number', '', '', 50)",
        "supervise.case_counts('', '', 6)",
        "supervise.open_case('20260518000732000135', 0, 100)",
        "supervise.stations()",
        "supervise.receipt('20260518000732000135', null)",
        "core.receipt('20260518000732000135', null, 732)",
    ):
        refused(thief, f"select * from {call}")


def test_nothing_of_ours_is_open_to_everybody(centre):
    """Whatever a later migration adds must be closed as well."""
    schemas = "any (array['core', 'api', 'admin', 'watch', 'supervise', 'public']::regnamespace[])"
    for catalogue, acl, schema, kind in (
        ("pg_proc", "proacl", "pronamespace", "f"),
        ("pg_class", "relacl", "relnamespace", "r"),
        ("pg_namespace", "nspacl", "oid::regnamespace", "n"),
    ):
        owner = {"f": "proowner", "r": "relowner", "n": "nspowner"}[kind]
        only = {"f": "true", "r": "relkind in ('r', 'p', 'v')", "n": "true"}[kind]
        found = centre.execute(
            f"select c.oid from {catalogue} c, aclexplode(coalesce(c.{acl}, acldefault('{kind}', c.{owner}))) a"
            f" where c.{schema} = {schemas} and {only} and a.grantee = 0"
        )
        assert found == [], catalogue


def test_every_function_sets_its_search_path_and_every_table_guards_its_rows(centre):
    loose = centre.execute(
        "select p.oid::regprocedure::text from pg_proc p"
        " where pronamespace = any (array['core', 'api', 'admin', 'watch', 'supervise']::regnamespace[])"
        " and not coalesce(array_to_string(p.proconfig, ',') like '%search_path=pg_catalog, pg_temp%', false)"
    )
    assert loose == []
    unguarded = centre.execute(
        "select relname from pg_class where relnamespace = 'core'::regnamespace and relkind in ('r', 'p')"
        " and not (relrowsecurity and relforcerowsecurity) and relname <> 'schema_version'"
    )
    assert unguarded == []


def test_functions_of_stations_belong_to_a_role_that_can_neither_log_in_nor_delete(centre):
    owners = centre.execute(
        "select distinct proowner::regrole::text from pg_proc where pronamespace = 'api'::regnamespace"
    )
    assert owners == [("lideng_api",)]
    rights = centre.execute(
        "select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'lideng_api'"
    )
    assert rights == [(False, False, False, False)]
    for name in tables(centre):
        (may,) = centre.execute(f"select has_table_privilege('lideng_api', '{name}', 'delete, truncate')")
        assert may == (False,), name
    (may,) = centre.execute("select has_any_column_privilege('lideng_api', 'core.journal', 'update')")
    assert may == (False,)


# --- what PostgreSQL itself offers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "relation",
    [
        "pg_roles", "pg_authid", "pg_shadow", "pg_user", "pg_auth_members", "pg_db_role_setting", "pg_database",
        "pg_proc", "pg_class", "pg_attribute", "pg_namespace", "pg_trigger", "pg_policy", "pg_policies", "pg_tables",
        "pg_stat_activity", "pg_stat_ssl", "pg_stat_replication", "pg_stat_user_tables", "pg_statio_user_tables",
        "pg_stats", "pg_statistic", "pg_locks", "pg_prepared_xacts", "pg_hba_file_rules", "pg_file_settings",
        "pg_largeobject", "pg_largeobject_metadata", "information_schema.tables", "information_schema.routines",
    ],
)  # fmt: skip
def test_the_system_catalogue_tells_nothing_of_others(thief, relation):
    refused(thief, f"select * from {relation}")


@pytest.mark.parametrize(
    "call",
    [
        "pg_read_file('postgresql.conf')", "pg_read_binary_file('pg_hba.conf')", "pg_ls_dir('.')", "pg_ls_logdir()",
        "pg_ls_waldir()", "pg_stat_file('postgresql.conf')", "pg_current_logfile()", "lo_import('/etc/passwd')",
        "lo_export(1, '/tmp/x')",
    ],
)  # fmt: skip
def test_functions_that_read_files_are_closed(thief, call):
    refused(thief, f"select {call}")


@pytest.mark.parametrize(
    "statement",
    ["copy (select 1) to '/tmp/stolen'", "copy (select 1) to program 'id'", "create temp table t (x text)"],
)
def test_copy_reaches_no_file_and_no_program(thief, statement):
    refused(thief, statement)


@pytest.mark.parametrize(
    "call",
    [
        "lo_create(0)", "lo_creat(-1)", "lo_from_bytea(0, 'x')", "lo_get(1)", "lo_unlink(1)", "pg_sleep(60)",
        "pg_sleep_for('1 day')", "pg_advisory_lock(1)", "pg_advisory_xact_lock(20261125)", "pg_try_advisory_lock(1)",
        "pg_export_snapshot()", "pg_notify('a', 'b')", "pg_terminate_backend(1)", "pg_cancel_backend(1)",
        "pg_reload_conf()", "pg_rotate_logfile()", "pg_switch_wal()", "pg_create_restore_point('x')",
        "pg_create_physical_replication_slot('x')", "pg_stat_reset()", "pg_log_backend_memory_contexts(1)",
    ],
)  # fmt: skip
def test_functions_that_keep_others_waiting_or_fill_the_disk_are_closed(thief, call):
    refused(thief, f"select {call}")


@pytest.mark.parametrize(
    "call",
    [
        "pg_stat_get_activity(null)", "pg_lock_status()", "pg_database_size('postgres')",
        "pg_get_functiondef(1::oid)", "pg_get_viewdef(1::oid)", "query_to_xml('select 1', true, true, '')",
        "database_to_xml(true, true, '')", "pg_show_all_file_settings()", "pg_get_userbyid(10)",
    ],
)  # fmt: skip
def test_functions_that_look_at_others_are_closed(thief, call):
    refused(thief, f"select {call}")


@pytest.mark.parametrize(
    "statement",
    [
        "do $$ begin null; end $$",
        "create function public.f() returns int language sql as 'select 1'",
        "create function pg_temp.f() returns int language sql as 'select 1'",
        "create table public.t (x int)",
        "create schema mine",
        "create temp table t (x int)",
        "create extension dblink",
        "create role another",
        "create database mine",
        "create publication p for all tables",
        "create event trigger t on ddl_command_start execute function f()",
        "checkpoint",
        "load 'auto_explain'",
        "alter system set fsync = off",
    ],
)
def test_nothing_can_be_made(thief, statement):
    refused(thief, statement, pg.InsufficientPrivilege, pg.FeatureNotSupported, pg.UndefinedFunction, pg.UndefinedFile)


# --- somebody else -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["postgres", "lideng_owner", "lideng_api", "lideng_keeper", "lideng_admin", f"station_{VICTIM}"]
)
def test_set_role_and_session_authorization_lead_nowhere(thief, role):
    refused(thief, f"set role {role}")
    refused(thief, f"set session authorization {role}")


def test_who_is_asking_is_who_logged_in_whatever_role_was_set(thief):
    before = thief.execute("select verified_seq from api.hello(1)").fetchall()
    thief.execute("set role lideng_station")
    assert thief.execute("select verified_seq from api.hello(1)").fetchall() == before


@pytest.mark.parametrize(
    "statement",
    [
        f"alter role station_{THIEF} superuser",
        f"alter role station_{THIEF} createrole",
        f"alter role station_{THIEF} bypassrls",
        f"alter role station_{THIEF} replication",
        f"alter role station_{THIEF} connection limit 1000",
        f"alter role station_{THIEF} valid until 'infinity'",
        f"alter role station_{VICTIM} password 'mine'",
        f"alter role station_{VICTIM} set statement_timeout = 1",
        f"grant station_{VICTIM} to station_{THIEF}",
        f"grant lideng_admin to station_{THIEF}",
        f"drop role station_{VICTIM}",
        "reassign owned by lideng_owner to station_000731",
    ],
)
def test_rights_cannot_be_taken_or_given(thief, statement):
    refused(thief, statement, pg.InsufficientPrivilege, pg.InvalidGrantOperation)


def test_other_databases_of_the_server_are_closed(centre):
    for database in ("postgres", "template1"):
        with pytest.raises(CentralUnavailable):
            centre.server.address(database, f"station_{THIEF}").connect()


def test_a_revoked_or_unknown_station_can_call_nothing(centre):
    centre.enrol("000734")
    centre.revoke("000734")
    centre.role("station_000999")
    for user, error in (("station_000734", StationRevoked), ("station_000999", StationUnknown)):
        with centre.address(user).connect() as connection:
            for call in (
                "api.hello(1)",
                "api.push(1, 1, ''::bytea, '{}', '{}', '{}', '{}')",
                "api.pull(0, 0, 10)",
                "api.own(0, 0, 10)",
                "api.digests('{}', '{}')",
                "api.bulletin_heads(0, 10)",
                "api.bulletin_part(1, 0, 10)",
                "api.quarantine(10)",
                "api.missing_chunks('{}')",
                "api.put_chunk('x'::bytea)",
                "api.put_blob(''::bytea, 1, '{}', '')",
                "api.confirmed_blobs('{}')",
                "api.share_blobs('{}', '{}')",
                "api.get_chunk(''::bytea, 0)",
            ):
                with pytest.raises(psycopg.Error) as caught:
                    connection.execute(f"select * from {call}")
                assert isinstance(translated(caught.value), error), call


# --- settings of a session ---------------------------------------------------------------------------------------


def test_a_search_path_of_ones_own_changes_nothing(centre, thief):
    thief.execute("set search_path = pg_temp, api, core, public")
    assert thief.execute("select head_seq from api.hello(1)").fetchone() == (None,)
    refused(thief, "create temp table chain_head (station int)")
    refused(thief, "create temp view station as select 1")
    refused(thief, "create function pg_temp.sha256(bytea) returns bytea language sql as 'select $1'")


@pytest.mark.parametrize(
    "setting",
    [
        "session_replication_role = replica",
        "log_statement = 'all'",
        "zero_damaged_pages = on",
        "lo_compat_privileges = on",
    ],
)
def test_settings_that_switch_guards_off_are_closed(thief, setting):
    refused(thief, f"set {setting}")


def test_row_security_cannot_be_switched_off(thief):
    thief.execute("set row_security = off")
    refused(thief, "select * from api.pull(0, 0, 10)")
