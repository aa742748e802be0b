"""What somebody may try who has a supervisor's log-in, with PostgreSQL itself: all refused, and what is opened is on record.

docs/security.md lists it.
"""

import psycopg
import pytest
from psycopg import errors as pg

from app.central.administration import Administration
from app.central.supervision import Supervision
from app.services.errors import CentralUnavailable, CentreDeclined
from app.services.ports import CasesOf, CaseWish
from tests.central.test_hostile_stations import refused, tables
from tests.fakes.chains import Chain

TOWN, VILLAGE = "000731", "000732"
LIST = "supervise.cases('', '', '', 'all', '', null, null, false, false, 'number', '', '', 50)"


@pytest.fixture(scope="module", autouse=True)
def logins(centre, server):
    for station in (TOWN, VILLAGE):
        centre.enrol(station)
    centre.execute(
        "drop role if exists li_na; create role li_na login in role lideng_admin;"
        " create role wang_min login in role lideng_supervisor;"
        " create role zhao_li login in role lideng_supervisor"
    )
    yield
    centre.hang_up()
    server.execute("drop role wang_min; drop role li_na; drop role zhao_li")


@pytest.fixture(scope="module")
def number(centre, logins):
    chain = Chain(TOWN)
    number = chain.case()
    centre.connect(TOWN).push(chain.batch())
    return number


@pytest.fixture
def supervisor(centre):
    with centre.address("wang_min").connect() as connection:
        yield connection


def not_written_down(connection, statement):
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(statement)
    assert (caught.value.sqlstate, caught.value.diag.message_detail) == ("LD010", "opening")


def openings(centre):
    return centre.execute("select by_whom::text, case_number from core.opening order by n")


def test_a_supervisor_reads_and_writes_no_table(centre, supervisor):
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
            refused(supervisor, statement)
        with supervisor.transaction(force_rollback=True):
            refused(supervisor, f"lock table {name} in access share mode")
    refused(supervisor, "update core.case_file set holder = 1")


def test_a_supervisor_calls_its_own_functions_and_no_others(centre, supervisor, number):
    granted = {
        name
        for (name,) in centre.execute(
            "select p.proname from pg_proc p where pronamespace = any"
            " (array['core', 'api', 'admin', 'watch', 'supervise']::regnamespace[])"
            " and has_function_privilege('wang_min', p.oid, 'execute')"
        )
    }
    assert granted == {
        "cases",
        "case_counts",
        "stations",
        "version",
        "write_down",
        "receipt",
        "open_case",
        "set_aside",
        "openings",
    }
    for call in (
        "admin.stations()",
        f"admin.case_entries('{number}', 0, 10)",
        f"admin.entries('{TOWN}', 0, 0, 10)",
        "admin.quarantined(10)",
        "admin.openings(null, 10)",
        f"admin.revoke('{TOWN}', 'x')",
        "admin.note('open_case', 'x')",
        "api.hello(1)",
        "api.own(0, 0, 10)",
        f"api.get_chunk('\\x{'00' * 32}'::bytea, 0)",
        "watch.years()",
        "core.me()",
        "supervise.stations_at('000731')",
        "supervise.stamp(now())",
    ):
        refused(supervisor, f"select * from {call}")


def test_a_station_and_an_administrator_are_no_supervisors(centre, number):
    for role in (f"station_{TOWN}", "li_na"):
        with centre.address(role).connect() as connection:
            for call in (
                LIST,
                "supervise.case_counts('', '', 6)",
                f"supervise.write_down('{number}')",
                f"supervise.open_case('{number}', 0, 10)",
            ):
                refused(connection, f"select * from {call}")
    supervision = Supervision(centre.address("li_na"))
    with pytest.raises(CentralUnavailable) as caught:
        supervision.cases(CaseWish(), None, 10)
    assert caught.value.reason == "login"
    supervision.close()


def test_the_owner_of_a_supervisors_functions_can_change_nothing_but_the_record(centre):
    owners = centre.execute(
        "select distinct proowner::regrole::text from pg_proc where pronamespace = 'supervise'::regnamespace"
    )
    assert owners == [("lideng_reader",)]
    rights = centre.execute(
        "select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'lideng_reader'"
    )
    assert rights == [(False, False, False, False)]
    for name in tables(centre):
        (may,) = centre.execute(f"select has_table_privilege('lideng_reader', '{name}', 'update, delete, truncate')")
        assert may == (False,), name
        (adds,) = centre.execute(f"select has_any_column_privilege('lideng_reader', '{name}', 'insert, update')")
        assert adds == (name == "core.opening",), name
    for unseen in ("core.inbox", "core.chunk", "core.blob", "core.certificate", "core.centre"):
        (may,) = centre.execute(f"select has_any_column_privilege('lideng_reader', '{unseen}', 'select')")
        assert may == (False,), unseen


def test_no_case_is_shown_whose_opening_could_be_taken_back(centre, supervisor, number):
    show = f"select * from supervise.open_case('{number}', 0, 10)"
    write_down = f"select supervise.write_down('{number}')"
    before = len(openings(centre))
    not_written_down(supervisor, show)
    for begin in (
        "begin",
        "begin; savepoint one",
        "begin isolation level repeatable read",
        "begin; select txid_current()",
    ):
        supervisor.execute(f"{begin}; {write_down}; savepoint two")
        not_written_down(supervisor, show)
        supervisor.execute("rollback")
    not_written_down(supervisor, f"{write_down}; {show}")
    refused(supervisor, f"begin read only; {write_down}", pg.ReadOnlySqlTransaction)
    supervisor.execute("rollback")
    assert len(openings(centre)) == before
    supervisor.execute(write_down)
    assert supervisor.execute(show).fetchall()
    assert openings(centre)[before:] == [("wang_min", number)]


def test_what_another_wrote_down_or_of_another_case_or_long_ago_opens_nothing(centre, supervisor, number):
    centre.execute(f"select supervise.write_down('{number}')")
    centre.execute(
        "insert into core.opening (at, by_whom, case_number)"
        f" values (clock_timestamp() - interval '11 minutes', 'other', '{number}'), (clock_timestamp(), 'wang_min', 'x')"
    )
    with centre.address("zhao_li").connect() as other:
        not_written_down(other, f"select * from supervise.open_case('{number}', 0, 10)")


def test_an_administrator_sees_who_opened_what(centre, number):
    supervision = Supervision(centre.address("wang_min"))
    supervision.open_case(number)
    supervision.close()
    administration = Administration(centre.address("li_na"))
    assert [(one.by, one.number) for one in administration.openings(1)] == [("wang_min", number)]
    administration.close()


def test_the_record_names_who_logged_in_and_cannot_be_changed(centre, supervisor, number):
    for statement in ("set role lideng_reader", "set role li_na", "set session authorization li_na"):
        refused(supervisor, statement)
    supervisor.execute("set role lideng_supervisor")
    supervisor.execute(f"select supervise.write_down('{number}')")
    assert openings(centre)[-1] == ("wang_min", number)
    with centre.address().connect() as connection:
        connection.execute("set role lideng_owner")
        for statement in ("delete from core.opening", "update core.opening set by_whom = 'nobody'"):
            refused(connection, statement)


def test_lists_hold_no_personal_data(centre):
    chain = Chain(VILLAGE)
    person = {
        "name": "李秀英",
        "id_number": "51990019850101001X",
        "phone": "13800138000",
        "address": "柳湾村 3 组 18 号",
    }
    header = {"number": "20260518000732000135", "state": "accepted", "holder": VILLAGE, "item": "510117051000"}
    chain.says("CaseReceived", header["number"], header, {"title": "居住证明", "applicant": person})
    centre.connect(VILLAGE).push(chain.batch())
    (row,) = centre.execute(f"select c::text from {LIST} c where number = '{header['number']}'", "wang_min")
    assert "李**" in row[0]
    for secret in person.values():
        assert secret not in row[0]


def test_sql_in_what_is_asked_is_text(centre, supervisor, number):
    for evil in ("'; drop table core.act; --", "x' or true --", "$1", "%s", '"', "\\"):
        supervision = Supervision(centre.address("wang_min"))
        for wish in (CaseWish(evil, scope=CasesOf.ALL), CaseWish(state=evil)):
            assert list(supervision.cases(wish, None, 10).cases) == []
        with pytest.raises(CentreDeclined):
            supervision.open_case(evil)
        supervision.close()
    with pytest.raises(pg.Error):
        supervisor.execute(LIST.replace("'number'", "'number; drop table core.act'").join(("select * from ", "")))
    assert openings(centre)


@pytest.mark.parametrize(
    "call",
    [
        LIST.replace("50)", "201)"),
        LIST.replace("50)", "null)"),
        LIST.replace("'number'", "'header'"),
        LIST.replace("'all'", "'every'"),
        LIST.replace("cases(''", "cases(repeat('9', 300)"),
        "supervise.case_counts('', '', 7)",
        "supervise.open_case('20260518000731000135', 0, 501)",
        "supervise.open_case('20260518000731000135', null, 10)",
    ],
)
def test_arguments_of_supervisors_are_bounded(supervisor, call):
    with pytest.raises(psycopg.Error) as caught:
        supervisor.execute(f"select * from {call}")
    assert caught.value.sqlstate == "LD010"


def test_a_header_that_a_hostile_station_wrote_spoils_its_own_row_alone(centre, number):
    station = centre.connect(VILLAGE)
    head = station.hello().head
    known = {entry.seq: entry for entry in station.own(0, 0, 100)}
    evil = Chain(VILLAGE)
    evil.entries[:] = [known[seq] for seq in sorted(known)]
    assert evil.entries[-1].hash == head.hash
    for serial, header in enumerate(
        (
            {"due": "9" * 500, "state": "review" * 50, "handed": {"a": [1]}, "item": "x" * 5000},
            {"due": "2026-13-45T99:99:99", "state": "accepted", "received": 7, "suspended": "never"},
            {"due": "0001-01-01T00:00:00.000+14:00", "state": ["accepted"], "accepted": "9999-12-31T23:59:59-12:00"},
        ),
        start=2,
    ):
        case = f"20260518000732{serial:04d}00"
        data = {"title": "长" * 9000, "applicant": {"name": "字" * 9000}, "organisation": [1]}
        evil.says("CaseReceived", case, {"number": case, "holder": VILLAGE} | header, data)
    station.push(evil.batch(len(known) + 1))
    supervision = Supervision(centre.address("wang_min"))
    page = supervision.cases(CaseWish(scope=CasesOf.ALL), None, 50).cases
    assert number in {row.number for row in page}
    assert len(page) == 5
    assert all(len(row.title) <= 200 and len(row.applicant) <= 100 and len(row.item) <= 40 for row in page)
    assert number in {row.number for row in supervision.cases(CaseWish(), None, 50).cases}
    assert supervision.case_counts("", "", 0)
    supervision.close()
