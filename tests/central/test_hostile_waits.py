"""What somebody may try who has stolen a station's log-in, to keep others waiting: one test each. See docs/security.md."""

import pytest

from app.security.keys import verify
from app.services.ports import InboxPlace
from tests.central.test_hostile_pushes import push
from tests.fakes.chains import Chain

THIEF, VICTIM, OTHER = "000731", "000732", "000733"


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (THIEF, VICTIM, OTHER):
        centre.enrol(station)


@pytest.fixture
def thief(centre):
    """Return a connection in a transaction that is never committed."""
    with centre.address(f"station_{THIEF}").connect() as connection:
        connection.execute("begin")
        yield connection
        connection.execute("rollback")


def impatient(centre, station, batch):
    """Push a batch as a station that waits for nobody."""
    with centre.address(f"station_{station}").connect() as connection:
        connection.execute("set lock_timeout = '1s'")
        return push(connection, batch)


@pytest.fixture
def victims(centre):
    """Return the chain of the victim with a case in it that it has pushed."""
    chain = Chain(VICTIM)
    chain.case()
    centre.connect(VICTIM).push(chain.batch())
    return chain


def test_a_case_of_others_cannot_be_held(centre, thief, victims):
    case = victims.entries[-1].read()["case"]
    chain = Chain(THIEF)
    chain.notes(case)
    chain.moves(case, THIEF)
    push(thief, chain.batch())
    victims.moves(case, OTHER)
    impatient(centre, VICTIM, victims.batch(3))
    assert len(centre.connect(OTHER).pull(InboxPlace(), 10).entries) == 2


def test_one_station_that_brings_much_keeps_no_other_from_being_checked(centre):
    many, few = Chain(THIEF), Chain(VICTIM)
    for _ in range(20):
        many.says("Idle")
    for chain in (many, few):
        centre.connect(chain.station).push(chain.batch())
    assert centre.watch.verify_signatures(verify, at_once=6) == (4, 0)
    assert centre.connect(VICTIM).hello().verified == (1, 1)
    assert centre.connect(THIEF).hello().verified == (1, 3)
    assert centre.watch.verify_signatures(verify, at_once=6) == (6, 0)
