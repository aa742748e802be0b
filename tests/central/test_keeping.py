"""What the journal lets nobody do, and what retention takes out of it all the same: bodies, and whole years."""

import hashlib
from datetime import datetime, timedelta

import psycopg
import pytest
from psycopg import errors as pg

from app.central.audit import Audit
from app.domain.clock import CHINA
from app.security.keys import verify
from app.services.errors import CentreDeclined, ChainForked
from app.services.ports import CHUNK, InboxPlace
from tests.fakes.chains import Chain

TOWN, VILLAGE, CITY = "000731", "000732", "000733"


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (TOWN, VILLAGE):
        centre.enrol(station)


@pytest.fixture
def chain(centre):
    """Return a pushed chain: one case that is closed, one that went to the village and is open."""
    chain = Chain(TOWN)
    closed, given = chain.case(1), chain.case(2)
    chain.moves(closed, TOWN, closed="2026-05-18T11:00:00.000+08:00")
    chain.moves(given, VILLAGE)
    centre.connect(TOWN).push(chain.batch())
    return chain


def as_owner(centre, statement):
    """Carry a statement out as the tables' owner, whom nobody can be by logging in."""
    with centre.address().connect() as connection:
        connection.execute("set role lideng_owner")
        return connection.execute(statement)


def age(centre, years):
    """Make everything older, past every guard: the partition that holds it becomes that of an earlier year."""
    this_year = centre.execute("select core.year_of(now())")[0][0]
    old = this_year - years
    for parent in ("journal", "chunk", "blob"):
        table = f"core.{parent}_{this_year}"
        centre.execute(
            f"alter table core.{parent} detach partition {table}; alter table {table} rename to {parent}_{old}"
        )
        triggers = "disable trigger user" if parent == "journal" else "disable trigger all"
        centre.execute(f"alter table core.{parent}_{old} {triggers}; update core.{parent}_{old} set year = {old}")
        if parent != "chunk":
            centre.execute(f"update core.{parent}_{old} set received_at = received_at - interval '{years} years'")
        centre.execute(f"alter table core.{parent}_{old} enable trigger all")
        centre.execute(f"alter table core.{parent} attach partition core.{parent}_{old} for values in ({old})")
    centre.execute("select watch.make_partitions(2)")
    centre.execute(f"update core.inbox set year = {old}")
    centre.execute(f"update core.case_file set changed_at = changed_at - interval '{years} years'")
    return old


@pytest.mark.parametrize(
    "statement",
    [
        "delete from core.journal",
        "update core.journal set hash = digest",
        "update core.journal set body = 'x'",
        "update core.journal set received_at = now()",
        "update core.journal set body = null",
        "update core.journal set body = null, hash = digest",
        "delete from core.epoch",
        "update core.epoch set public_key = sha256('x')",
        "update core.bulletin set payload = 'x'",
        "delete from core.act",
        "truncate core.epoch",
        "truncate core.act",
    ],
)
def test_what_is_written_stays_even_for_the_owner(centre, chain, statement):
    centre.publish("calendar", 1, b"x")
    with pytest.raises(pg.InsufficientPrivilege):
        as_owner(centre, statement)


def test_a_partition_cannot_be_emptied_by_its_own_name(centre, chain):
    for (year,) in centre.execute("select unnest(watch.years())"):
        for statement in ("truncate", "delete from"):
            if statement == "truncate" or centre.execute(f"select from core.journal_{year}"):
                with pytest.raises(pg.InsufficientPrivilege):
                    as_owner(centre, f"{statement} core.journal_{year}")


def test_guards_hold_in_a_session_that_replicates(centre, chain):
    """session_replication_role switches ordinary triggers off, which is how a careless restore loses them."""
    with centre.address().connect() as connection, pytest.raises(pg.InsufficientPrivilege):
        connection.execute("set session_replication_role = replica; delete from core.journal")


def test_partitions_for_the_years_to_come_are_made_once(centre):
    years = centre.execute("select watch.years()")[0][0]
    assert len(years) == 3
    assert centre.watch.make_partitions(4) == [years[-1] + 1, years[-1] + 2]
    assert centre.watch.make_partitions(4) == []
    for year in (years[-1] + 1, years[-1] + 2):
        for parent in ("journal", "chunk", "blob"):
            centre.execute(f"drop table core.{parent}_{year}")


def test_only_bodies_whose_time_has_come_are_erased_and_the_chain_still_checks(centre, chain):
    assert list(centre.administration.erase_bodies()) == []
    age(centre, 11)
    erased = list(centre.administration.erase_bodies(at_once=1))
    assert erased == [1, 1]  # the closed case; the open one and the epoch's opening stay
    bodies = [bool(entry.body) for entry in centre.connect(TOWN).own(0, 0, 10)]
    assert bodies == [True, False, True, False, True]
    assert [remark for remark in audited(centre) if remark.what != "time"] == []


def test_an_inbox_is_read_past_what_was_erased(centre, chain):
    """A page of erased entries must not look like the end of the inbox."""
    given = chain.entries[2].read()["case"]
    other = Chain(VILLAGE)
    other.notes(given)
    other.moves(given, VILLAGE, closed="2026-05-18T11:00:00.000+08:00")
    centre.connect(VILLAGE).push(other.batch())
    age(centre, 13)
    sum(centre.administration.erase_bodies())
    chain.notes(given)
    centre.connect(TOWN).push(chain.batch(6))
    (delivered,) = centre.connect(VILLAGE).pull(InboxPlace(), 1).entries
    assert delivered.entry == chain.entries[5]
    assert delivered.place.n == 3


def test_who_takes_a_case_over_gets_every_body_of_it_however_old_and_nothing_of_other_cases(centre, chain):
    centre.enrol(CITY)
    given, closed = (chain.entries[place].read()["case"] for place in (2, 1))
    chain.notes(given)
    centre.connect(TOWN).push(chain.batch(6))
    age(centre, 15)
    assert sum(centre.administration.erase_bodies()) > 0
    other = Chain(VILLAGE)
    other.moves(given, CITY)
    centre.connect(VILLAGE).push(other.batch())
    received = [one.entry for one in centre.connect(CITY).pull(InboxPlace(), 100).entries]
    assert received == [chain.entries[place] for place in (2, 4, 5)] + [other.entries[1]]
    assert all(entry.body and closed not in entry.body for entry in received)


def test_an_image_that_came_over_new_year_is_whole_in_the_later_one(centre, chain):
    pieces = [b"a" * CHUNK, b"the end"]
    image = b"".join(pieces)
    digests = tuple(hashlib.sha256(piece).digest() for piece in pieces)
    town = centre.connect(TOWN)
    town.put_chunk(pieces[0])
    year = age(centre, 14)
    town = centre.connect(TOWN)
    town.put_chunk(pieces[1])
    assert town.put_blob(hashlib.sha256(image).digest(), len(image), digests, chain.entries[1].read()["case"])
    centre.execute(f"delete from core.chunk where year = {year}")
    whole = b"".join(town.get_chunk(hashlib.sha256(image).digest(), index) for index in range(2))
    assert whole == image


def test_an_image_that_is_used_again_stays_when_its_first_year_goes(centre, chain):
    page = b"a page that stays valid"
    digest = hashlib.sha256(page).digest()
    town = centre.connect(TOWN)
    town.put_chunk(page)
    first, later = chain.entries[1].read()["case"], chain.case(2)
    town.push(chain.batch())
    assert town.put_blob(digest, len(page), (digest,), first)
    year = age(centre, 16)
    town = centre.connect(TOWN)
    assert town.put_blob(digest, len(page), (digest,), later)
    for parent in ("chunk", "blob"):
        centre.execute(f"delete from core.{parent} where year = {year}")
    assert town.get_chunk(digest, 0) == page


def test_a_body_must_be_kept_for_a_year_at_least(centre, chain):
    with pytest.raises(Exception, match="failed"):
        centre.administration.keep_bodies(10)
    centre.administration.keep_bodies(365)
    age(centre, 2)
    assert sum(centre.administration.erase_bodies()) == 2
    centre.administration.keep_bodies(3653)


def test_a_year_is_detached_when_its_cases_are_closed_and_everything_goes_on(centre, chain):
    town, village = centre.connect(TOWN), centre.connect(VILLAGE)
    page = b"a page"
    digest = hashlib.sha256(page).digest()
    town.put_chunk(page)
    assert town.put_blob(digest, len(page), (digest,), chain.entries[1].read()["case"])
    year = age(centre, 12)
    centre.hang_up()
    assert declined(centre, year) == "open"
    other = Chain(VILLAGE)
    other.moves(chain.entries[2].read()["case"], VILLAGE, closed="2026-05-18T11:00:00.000+08:00")
    centre.connect(VILLAGE).push(other.batch())
    assert declined(centre, year + 12) == "kept"
    assert declined(centre, 1999) == "year"
    tables = centre.administration.detach_year(year)
    assert tables == [f"core.journal_{year}", f"core.chunk_{year}", f"core.blob_{year}"]
    assert centre.execute(f"select count(*) from {tables[0]}") == [(5,)]

    town, village = centre.connect(TOWN), centre.connect(VILLAGE)
    chain.says("OperatorLoggedIn")
    with pytest.raises(ChainForked):
        town.push(forked(chain).batch(5))
    assert town.push(chain.batch(5)).head.seq == 6  # a retry that begins in the detached year
    assert village.pull(InboxPlace(), 10).entries == ()
    assert len(town.pull(InboxPlace(), 10).entries) == 1
    assert town.confirmed_blobs([digest]) == frozenset()
    assert [remark for remark in audited(centre) if remark.what in {"sequence", "signature", "head", "hash"}] == []
    for table in tables:
        centre.execute(f"drop table {table}")


def forked(chain):
    """Return a chain that goes on from another entry in the place of its last but one."""
    other = chain.again()
    del other.entries[-2:]
    other.says("Otherwise")
    other.says("OperatorLoggedIn")
    return other


def declined(centre, year):
    with pytest.raises(CentreDeclined) as caught:
        centre.administration.detach_year(year)
    return caught.value.why


def audited(centre):
    audit = Audit(centre.address(), verify)
    try:
        return audit.run().remarks
    finally:
        audit.close()


def test_what_an_administrator_did_is_noted(centre, chain):
    centre.publish("calendar", 1, b"x")
    centre.revoke(VILLAGE)
    acts = centre.execute("select by_whom, act, detail from core.act order by n")
    assert acts == [
        ("postgres", "add_station", TOWN),
        ("postgres", "add_station", VILLAGE),
        ("postgres", "publish", "calendar 1"),
        ("postgres", "revoke", VILLAGE),
    ]


def test_what_a_clock_that_is_wrong_would_publish_is_declined(centre):
    at = datetime.now(CHINA)
    publish = centre.administration.publish
    publish("calendar", 1, at + timedelta(minutes=4), b"x", b"")
    for version, moment, why in (
        (2, at + timedelta(minutes=6), "ahead"),
        (2, at + timedelta(minutes=4), "earlier"),
        (2, at + timedelta(minutes=3), "earlier"),
    ):
        with pytest.raises(CentreDeclined) as caught:
            publish("calendar", version, moment, b"y", b"")
        assert caught.value.why == why
    publish("calendar", 2, at + timedelta(minutes=4, milliseconds=1), b"y", b"")
    publish("catalogue", 1, at, b"z", b"")


def test_what_was_published_with_a_version_and_a_time_that_nobody_means_is_followed_by_another(centre):
    mistake = "(9, 'operators', 2147483647, clock_timestamp() + interval '10 years', 'x', '')"
    centre.execute(f"insert into core.bulletin (n, topic, version, published_at, payload, signature) values {mistake}")
    administration = centre.administration
    assert administration.published("operators") == 0
    with pytest.raises(CentreDeclined) as caught:
        administration.publish("operators", 2147483646, datetime.now(CHINA), b"y", b"")
    assert caught.value.why == "far"
    administration.publish("operators", 1, datetime.now(CHINA), b"y", b"")
    assert administration.published("operators") == 1
    assert administration.newest("operators")[1] == b"y"


def test_an_old_version_cannot_be_published_after_a_newer_one(centre):
    centre.publish("calendar", 3, b"x")
    for version in (2, 3):
        with pytest.raises(CentreDeclined):
            centre.publish("calendar", version, b"y")
    centre.publish("catalogue", 1, b"z")


def test_a_table_can_be_dropped_only_by_who_may_log_in_as_a_superuser(centre):
    with centre.address("station_000731").connect() as connection, pytest.raises(psycopg.Error):
        connection.execute("drop table core.journal")
