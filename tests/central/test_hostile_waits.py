"""What somebody may try who has stolen a station's log-in, to keep others waiting: one test each. See docs/security.md."""

import threading

import pytest

from app.domain.numbering import case_number
from app.security.keys import verify
from app.services.ports import InboxPlace
from tests.central.test_hostile_pushes import push
from tests.central.test_set_aside import crossing
from tests.domain.samples import AT
from tests.fakes.chains import Chain

THIEF, VICTIM, OTHER = "000731", "000732", "000733"
FIRST = "000730"


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (FIRST, THIEF, VICTIM, OTHER):
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


def crossed(centre):
    """Let the other hand a case to the victim while what the victim did with it is set aside; return both chains."""
    giver, taker = Chain(OTHER), Chain(VICTIM)
    case = case_number(AT.date(), OTHER, 1)
    giver.moves(case, VICTIM)
    taker.moves(case, VICTIM)
    crossing(centre, giver, taker)
    return giver, taker


def test_the_watch_does_what_it_can_while_somebody_holds_an_inbox(centre, thief):
    crossed(centre)
    bait = Chain(THIEF)
    bait.moves(bait.case(), VICTIM)
    push(thief, bait.batch())
    done = centre.watch.round(verify)
    assert (done.verified, len(centre.connect(VICTIM).quarantine(10))) == (4, 1)
    thief.execute("rollback")
    assert centre.watch.admit() == 1
    assert centre.connect(VICTIM).quarantine(10) == ()


def test_what_can_never_be_let_in_keeps_nothing_else_out(centre):
    many, chain = Chain(FIRST), Chain(THIEF)
    for serial in range(1, 121):
        chain.notes(many.case(serial))
    centre.connect(FIRST).push(many.batch())
    assert len(centre.connect(THIEF).push(chain.batch()).quarantined) == 120
    crossed(centre)
    assert centre.watch.admit() == 1


def test_notes_on_a_case_of_others_are_not_looked_at_when_its_holder_pushes(centre, victims):
    case = victims.entries[-1].read()["case"]
    chain = Chain(THIEF)
    for _ in range(3):
        chain.notes(case)
        chain.moves(case, THIEF)
    assert len(centre.connect(THIEF).push(chain.batch()).quarantined) == 6
    assert centre.execute(f"select * from core.waiting_cases(array['{case}'])") == []


def test_of_one_station_no_more_than_500_entries_wait_for_a_case(centre, victims):
    case = victims.entries[-1].read()["case"]
    chain = Chain(THIEF)
    for _ in range(502):
        chain.notes(case)
    central = centre.connect(THIEF)
    assert {why for _seq, why in central.push(chain.batch(1, 500)).quarantined} == {"not_a_party"}
    assert central.push(chain.batch(501)).quarantined == ((501, "not_a_party"), (502, "too_many"), (503, "too_many"))


def test_a_push_takes_inboxes_in_order_also_for_what_it_lets_in(centre):
    """It lets in what the victim did with one case, which goes to the other, and hands another case to the first station."""
    _giver, taker = crossed(centre)
    taker.moves(taker.entries[-1].read()["case"], VICTIM)
    taker.moves(case_number(AT.date(), VICTIM, 2), FIRST)
    central, told = centre.connect(VICTIM), []
    with centre.address().connect() as beside, beside.transaction():
        beside.execute(f"select from core.inbox_head where station = {int(FIRST)} for update")
        pushing = threading.Thread(target=lambda: told.append(central.push(taker.batch(3))))
        pushing.start()
        while pushing.is_alive() and not centre.execute("select 1 from pg_locks where not granted"):
            pushing.join(0.02)
        beside.execute("set lock_timeout = '3s'")
        beside.execute(f"select from core.inbox_head where station = {int(OTHER)} for update")
    pushing.join()
    assert [one.quarantined for one in told] == [()]
    assert len(centre.connect(OTHER).pull(InboxPlace(), 10).entries) == 2
    assert len(centre.connect(FIRST).pull(InboxPlace(), 10).entries) == 1
