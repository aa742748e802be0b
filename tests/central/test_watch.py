"""What the watch sees and says; signatures and backends that hang are tried in the tests of hostile stations."""

from dataclasses import replace
from datetime import datetime

import pytest

from app.central.metrics import write_metrics
from app.central.watch import Round, Watch
from app.domain.clock import CHINA
from app.security.keys import verify
from app.services.errors import CentreDeclined
from tests.fakes.chains import Chain

TOWN, VILLAGE = "000731", "000732"


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (TOWN, VILLAGE):
        centre.enrol(station)


def sound(**changes):
    health = {
        "stations": 2,
        "entries_unverified": 0,
        "findings": 0,
        "keys": 0,
        "quarantined": 0,
        "last_received_s": None,
        "years_ahead": 2,
    }
    server = {
        "database_bytes": 10**9, "connections": 5, "connections_allowed": 100, "longest_transaction_s": 0,
        "transaction_age": 1000, "archive_failures": 0, "replicas": [], "replicas_wanted": False,
    }  # fmt: skip
    disk = changes.pop("disk_free", 10**12)
    is_whole = changes.pop("is_whole", True)
    given = {name: changes.get(name, value) for name, value in (health | server).items()}
    seen = [{name: given[name] for name in part} for part in (health, server)]
    return Round(0, 0, 0, (), *seen, disk, is_whole)


def test_a_round_checks_what_came_and_moves_on_from_there(centre):
    first, second = Chain(TOWN), Chain(VILLAGE)
    for chain in (first, second):
        chain.case()
        centre.connect(chain.station).push(chain.batch())
    done = centre.watch.round(verify)
    assert (done.verified, done.broken, done.health["entries_unverified"]) == (4, 0, 0)
    first.says("OperatorLoggedIn")
    centre.connect(TOWN).push(first.batch(3))
    assert centre.watch.round(verify).verified == 1
    assert centre.connect(TOWN).hello().verified == (1, 3)


def test_a_new_epoch_is_checked_with_its_own_key(centre):
    chain = Chain(TOWN)
    centre.connect(TOWN).push(chain.batch())
    restored = Chain(TOWN, 2, chain.entries[0].hash.hex(), before=chain)
    restored.case()
    centre.connect(TOWN).push(restored.batch())
    assert centre.watch.believe_vouched(verify) == 1
    assert centre.watch.verify_signatures(verify) == (3, 0)
    assert centre.connect(TOWN).hello().verified == (2, 2)


def forged(chain, seq):
    """Let the signature of an entry be none."""
    chain.entries[seq - 1] = replace(chain.entries[seq - 1], signature=bytes(64))


def test_checking_goes_on_behind_a_finding_once_somebody_settled_it(centre):
    chain = Chain(TOWN)
    for _ in range(3):
        chain.says("OperatorLoggedIn")
    forged(chain, 2)
    forged(chain, 4)
    centre.connect(TOWN).push(chain.batch())
    assert centre.watch.verify_signatures(verify) == (1, 1)
    assert "findings" in centre.watch.round(verify).alarms
    centre.administration.settle_finding(TOWN, 1, 2, "已核对")
    assert centre.watch.verify_signatures(verify) == (2, 1)
    assert [(one.seq, one.fault) for one in centre.administration.findings(10)] == [(4, "signature")]
    centre.administration.settle_finding(TOWN, 1, 4, "已核对")
    assert centre.administration.findings(10) == []
    assert centre.watch.round(verify).health["findings"] == 0
    assert centre.connect(TOWN).hello().verified == (1, 4)
    assert centre.execute("select count(*) from core.finding") == [(2,)]
    with pytest.raises(CentreDeclined):
        centre.administration.settle_finding(TOWN, 1, 4, "已核对")


def test_a_finding_that_was_settled_does_not_keep_a_later_epoch_from_being_checked(centre):
    chain = Chain(TOWN)
    chain.says("OperatorLoggedIn")
    forged(chain, 2)
    centre.connect(TOWN).push(chain.batch())
    centre.watch.verify_signatures(verify)
    back = Chain(TOWN, 2, chain.entries[-1].hash.hex(), before=chain)
    centre.connect(TOWN).push(back.batch())
    centre.watch.believe_vouched(verify)
    assert centre.watch.verify_signatures(verify) == (0, 0)
    centre.administration.settle_finding(TOWN, 1, 2, "口令被盗，已重新入网")
    assert centre.watch.verify_signatures(verify) == (2, 0)
    assert centre.connect(TOWN).hello().verified == (2, 1)


def test_many_entries_are_checked_a_page_at_a_time(centre):
    chain = Chain(TOWN)
    for _ in range(6):
        chain.says("OperatorLoggedIn")
    centre.connect(TOWN).push(chain.batch())
    assert [centre.watch.verify_signatures(verify, at_once=3)[0] for _ in range(4)] == [3, 3, 1, 0]


def test_a_backend_of_an_administrator_is_never_ended(centre):
    with centre.address().connect() as connection:
        connection.execute("begin")
        assert centre.watch.end_stale(0, 0) == 0


def test_a_round_by_the_watchs_own_role_needs_no_superuser(centre):
    centre.execute("drop role if exists watching")
    centre.execute("create role watching login in role lideng_watch")
    watch = Watch(centre.address("watching"))
    try:
        assert watch.round(verify).alarms == ()
    finally:
        watch.close()


@pytest.mark.parametrize(
    ("changes", "alarms"),
    [
        ({}, ()),
        ({"findings": 1}, ("findings",)),
        ({"keys": 1}, ("keys",)),
        ({"years_ahead": 0}, ("years",)),
        ({"replicas_wanted": True}, ("replicas",)),
        ({"archive_failures": 1}, ("archive",)),
        ({"transaction_age": 1_500_000_000}, ("transactions",)),
        ({"connections": 95}, ("connections",)),
        ({"disk_free": 10**8}, ("disk",)),
        ({"disk_free": None}, ()),
        ({"is_whole": False}, ("work",)),
    ],
)
def test_alarms_are_raised_for_what_somebody_must_look_at(changes, alarms):
    assert sound(**changes).alarms == alarms


def test_a_database_that_takes_nothing_any_more_is_still_looked_at(centre, tmp_path):
    centre.connect(TOWN).push(Chain(TOWN).batch())
    centre.execute(
        "create function core.full() returns trigger language plpgsql as "
        "$$ begin raise exception 'no space left on device' using errcode = '53100'; end $$"
    )
    centre.execute(
        "create trigger full_disk before update on core.verified_head for each row execute function core.full()"
    )
    try:
        done = centre.watch.round(verify, tmp_path)
    finally:
        centre.execute("drop trigger full_disk on core.verified_head")
        centre.execute("drop function core.full()")
    assert done.alarms == ("work",)
    assert done.health["entries_unverified"] == 1
    assert done.disk_free
    assert centre.watch.round(verify).alarms == ()


def test_metrics_are_prometheus_text_and_replicas_cannot_add_lines(tmp_path):
    replica = {"name": 'a"}\nlideng_findings 0', "state": "streaming", "sync": "sync", "lag_bytes": 42}
    write_metrics(tmp_path / "lideng.prom", sound(replicas=[replica], findings=3), datetime.now(CHINA))
    lines = (tmp_path / "lideng.prom").read_text().splitlines()
    assert "lideng_findings 3" in lines
    assert "lideng_last_received_s NaN" in lines
    assert 'lideng_replica_lag_bytes{name="alideng_findings0",sync="sync"} 42' in lines
    values = [line.split() for line in lines if not line.startswith("#")]
    assert len({name for name, _value in values}) == len(values)
    assert all(len(line) == 2 for line in values)


def test_what_a_round_saw_is_told_to_administrators(centre):
    assert centre.administration.status()["watched"] is None
    chain = Chain(TOWN)
    chain.case()
    centre.connect(TOWN).push(chain.batch())
    done = centre.watch.round(verify)
    status = centre.administration.status()
    assert status["entries"] == 2
    assert status["watched"]["alarms"] == list(done.alarms)
    assert status["watched"]["server"]["replicas"] == []
    first = datetime.fromisoformat(status["watched"]["at"])
    centre.watch.round(verify)
    assert datetime.fromisoformat(centre.administration.status()["watched"]["at"]) > first
