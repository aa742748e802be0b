"""What an administrator may do without being a superuser, and what not."""

from datetime import datetime

import pytest
from psycopg import errors as pg

from app.central.administration import Administration
from app.central.audit import Audit
from app.central.schema import newest, prepare
from app.domain.clock import CHINA
from app.security.keys import verify
from app.services.errors import CentralUnavailable, CentreDeclined, NotPermitted
from tests.fakes.chains import Chain

TOWN, VILLAGE = "000731", "000732"


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (TOWN, VILLAGE):
        centre.enrol(station)
    centre.execute("drop role if exists li_na; create role li_na login in role lideng_admin")


@pytest.fixture
def administration(centre):
    opened = Administration(centre.address("li_na"))
    yield opened
    opened.close()


def test_everything_that_an_administrator_does_needs_no_superuser(centre, administration):
    chain = Chain(TOWN)
    chain.moves(Chain(VILLAGE).case(), TOWN)
    centre.connect(TOWN).push(chain.batch())
    assert administration.status()["stations"] == 2
    assert administration.add_station("000740", "新窗口", "云溪镇") == "station_000740"
    assert administration.add_station("000740", "新窗口二") == "station_000740"
    assert [one.name for one in administration.stations()][-1] == "新窗口二"
    administration.publish("calendar", 1, datetime.now(CHINA), b"x", b"y")
    assert administration.published("calendar") == 1
    (aside,) = administration.quarantined(10)
    administration.settle(aside.station, aside.epoch, aside.seq, "已告知")
    administration.keep_bodies(400)
    assert list(administration.erase_bodies()) == []
    with pytest.raises(CentreDeclined):
        administration.detach_year(1999)
    administration.revoke(VILLAGE, "撤并")
    whose = {name for (name,) in centre.execute("select distinct by_whom from core.act where act <> 'add_station'")}
    assert whose == {"li_na"}
    administration.keep_bodies(3653)


def test_an_audit_needs_no_superuser(centre):
    centre.connect(TOWN).push(Chain(TOWN).batch())
    audit = Audit(centre.address("li_na"), verify)
    assert audit.run().remarks == []
    audit.close()


def test_a_station_that_is_enrolled_is_not_made_anew(administration):
    with pytest.raises(CentreDeclined) as caught:
        administration.add_station(TOWN, "另一个")
    assert caught.value.why == "enrolled"


@pytest.mark.parametrize(
    "statement",
    [
        "select from core.journal",
        "delete from core.journal",
        "update core.station set revoked_at = null",
        "select inner_pad from core.centre",
        "select core.anchor_mac(731, now(), ''::bytea)",
        "select watch.verified(array[731], array[1], array[1]::bigint[])",
        "select api.hello(1)",
        "select admin.note('revoke', 'somebody else did it')",
        "set role lideng_owner",
        "create role another superuser",
    ],
)
def test_an_administrator_has_functions_and_no_tables(centre, statement):
    with centre.address("li_na").connect() as connection, pytest.raises(pg.InsufficientPrivilege):
        connection.execute(statement)


def test_only_a_superuser_prepares_a_centre(centre):
    with pytest.raises((NotPermitted, CentralUnavailable)):
        prepare(centre.address("li_na"))


def test_preparing_again_changes_nothing_that_is_there(centre, administration):
    before = centre.connect(TOWN).hello().anchor
    secret = centre.execute("select inner_pad from core.centre")
    assert prepare(centre.address()) == newest() == administration.status()["schema"]
    assert centre.execute("select inner_pad from core.centre") == secret
    assert before.nonce
