"""What a centre does with keys that nobody believes, and that a refusal undoes what was refused: in memory and for real."""

import pytest

from app.domain.numbering import case_number
from app.security.keys import Ed25519StationKey
from app.services.errors import ChainForked
from app.services.ports import InboxPlace
from tests.contracts.centres import CITY, TOWN, VILLAGE
from tests.domain.samples import AT
from tests.fakes.chains import Chain

STOLEN = 70


@pytest.fixture
def own(centre, town):
    """Return the town's chain with one case, all of it confirmed."""
    chain = Chain(TOWN)
    chain.case()
    town.push(chain.batch())
    centre.verify(TOWN)
    return chain


@pytest.fixture
def thief(own):
    """Return what somebody writes behind the town's chain who has its password and not its key."""
    return Chain(TOWN, STOLEN, own.entries[-1].hash.hex())


def inbox(centre, station):
    return [one.entry.hash for one in centre.connect(station).pull(InboxPlace(), 100).entries]


def forged(own, *moves):
    """Return the town's chain as somebody goes on with it who cannot sign."""
    chain = own.again()
    chain.key = Ed25519StationKey(bytes(32))
    for case, holder in moves:
        chain.moves(case, holder)
    return chain


def numbered(own):
    return own.entries[1].read()["case"]


def test_an_epoch_is_read_back_once_its_key_is_believed(centre, town, own, thief):
    thief.says("OperatorLoggedIn")
    town.push(thief.batch())
    centre.verify(TOWN)
    assert len(town.own(0, 0, 10)) == 2
    assert town.hello().verified == (1, 2)
    centre.believe(TOWN, STOLEN)
    centre.verify(TOWN)
    assert len(town.own(0, 0, 10)) == 4
    assert town.hello().verified == (STOLEN, 2)


def test_a_case_that_a_thief_handed_over_is_its_holders_again(centre, town, own, thief):
    case = numbered(own)
    thief.moves(case, CITY)
    town.push(thief.batch())
    centre.refuse(TOWN, STOLEN, 1)
    assert inbox(centre, CITY) == []
    assert town.hello().head.seq == 2
    own.moves(case, VILLAGE)
    assert town.push(own.batch(3)).quarantined == ()
    assert inbox(centre, VILLAGE) == [one.hash for one in own.entries[1:]]
    assert inbox(centre, CITY) == [], "who was handed it by the thief has no part in it"
    assert town.quarantine(10) == ()


def test_a_case_that_a_thief_began_is_none(centre, town, own, thief):
    case = thief.case(2)
    thief.moves(case, CITY)
    town.push(thief.batch())
    centre.refuse(TOWN, STOLEN, 1)
    assert own.case(2) == case
    own.moves(case, VILLAGE)
    assert town.push(own.batch(3)).quarantined == ()
    assert inbox(centre, VILLAGE) == [one.hash for one in own.entries[2:]]
    assert inbox(centre, CITY) == []


def test_what_a_thief_said_of_a_case_that_it_did_not_hold_is_never_let_in(centre, town, own, thief):
    case = case_number(AT.date(), VILLAGE, 1)
    thief.moves(case, CITY)
    town.push(thief.batch())
    centre.refuse(TOWN, STOLEN, 1)
    giver = Chain(VILLAGE)
    giver.case()
    giver.moves(case, TOWN)
    centre.connect(VILLAGE).push(giver.batch())
    assert inbox(centre, CITY) == []
    own.moves(case, TOWN)
    assert town.push(own.batch(3)).quarantined == ()


def test_what_was_set_aside_because_of_a_thief_is_let_in(centre, town, own, thief):
    """The station handed the case over by file, and whoever took it reached the centre before the refusal."""
    case = numbered(own)
    thief.moves(case, CITY)
    town.push(thief.batch())
    other = Chain(VILLAGE)
    other.moves(case, VILLAGE)
    assert centre.connect(VILLAGE).push(other.batch()).quarantined == ((2, "not_the_holder"),)
    centre.refuse(TOWN, STOLEN, 1)
    own.moves(case, VILLAGE)
    assert town.push(own.batch(3)).quarantined == ()
    assert centre.connect(VILLAGE).quarantine(10) == ()
    assert inbox(centre, TOWN) == [other.entries[-1].hash]


def test_who_acted_because_of_what_was_refused_holds_nothing(centre, town, own, thief):
    case = numbered(own)
    thief.moves(case, CITY)
    town.push(thief.batch())
    other = Chain(CITY)
    other.moves(case, VILLAGE)
    centre.connect(CITY).push(other.batch())
    centre.refuse(TOWN, STOLEN, 1)
    own.moves(case, TOWN)
    assert town.push(own.batch(3)).quarantined == ()


def test_forged_entries_behind_the_true_ones_are_undone_and_stay_in_their_place(centre, town, own):
    case = numbered(own)
    chain = forged(own, (case, CITY), (case, CITY))
    town.push(chain.batch(3))
    centre.refuse(TOWN, 1, 3)
    assert (town.hello().head.epoch, town.hello().head.seq) == (1, 2)
    assert inbox(centre, CITY) == []
    own.moves(case, TOWN)
    for batch in (own.batch(3), own.batch(), chain.batch(3), chain.batch()):
        with pytest.raises(ChainForked):
            town.push(batch)
    again = Chain(TOWN, 80, own.entries[1].hash.hex(), before=own)
    again.moves(case, VILLAGE)
    assert town.push(again.batch()).quarantined == ()
    centre.verify(TOWN)
    assert [one.hash for one in town.own(0, 0, 10)] == [one.hash for one in (*own.entries[:2], *again.entries)]
