"""What every centre promises a station; the one in memory is the model that the real one is held against.

Each centre offers, beside connections, what an administrator does: ``enrol``,
``revoke``, ``publish`` and ``verify``, which stands for the watch beside the database. What an administrator refuses stands in
``test_central_refusals``.
"""

import hashlib
from dataclasses import replace

import pytest

from app.domain.clock import parse_stamp
from app.services.errors import (
    BatchRefused,
    ChainForked,
    ChainRefused,
    StationRevoked,
    StationUnknown,
)
from app.services.ports import (
    CENTRAL_SCHEMA,
    LARGEST_BODY,
    MOST_ENTRIES,
)
from tests.contracts.centres import TOWN, VILLAGE, hashes, inbox, sent
from tests.fakes.chains import Chain

# --- greeting ---------------------------------------------------------------------------------------------------


def test_the_first_greeting_knows_nothing_of_the_station_but_the_time(town):
    greeting = town.hello()
    assert (greeting.head, greeting.verified, greeting.inbox_last) == (None, None, 0)
    assert greeting.schema == CENTRAL_SCHEMA
    assert abs((parse_stamp(greeting.anchor.at) - greeting.now).total_seconds()) < 1
    assert len(bytes.fromhex(greeting.anchor.nonce)) == 32


def test_an_anchor_is_new_each_time_and_another_for_each_station(town, village):
    nonces = {central.hello().anchor.nonce for central in (town, town, village)}
    assert len(nonces) == 3


def test_the_greeting_tells_how_far_the_centre_knows_and_has_checked_the_station(centre, town):
    chain = Chain(TOWN)
    chain.case()
    sent(town, chain)
    greeting = town.hello()
    assert (greeting.head.epoch, greeting.head.seq, greeting.head.hash) == (1, 2, chain.entries[-1].hash)
    assert greeting.verified is None
    centre.verify(TOWN)
    assert town.hello().verified == (1, 2)


def test_who_is_not_enrolled_or_was_shut_out_is_told_so(centre, town):
    with pytest.raises(StationUnknown):
        centre.connect("999999").hello()
    chain = Chain(TOWN)
    centre.revoke(TOWN)
    for call in (town.hello, lambda: sent(town, chain), lambda: inbox(town)):
        with pytest.raises(StationRevoked):
            call()


# --- pushing ----------------------------------------------------------------------------------------------------


def test_pushing_twice_is_pushing_once(town, village):
    chain = Chain(TOWN)
    case = chain.case()
    chain.moves(case, VILLAGE)
    first = sent(town, chain)
    assert sent(town, chain) == first
    assert len(inbox(village)) == 2


def test_a_batch_that_begins_with_what_is_known_adds_the_rest(town):
    chain = Chain(TOWN)
    sent(town, chain)
    chain.case()
    pushed = sent(town, chain)
    assert (pushed.head.epoch, pushed.head.seq, pushed.head.hash) == (1, 2, chain.entries[-1].hash)
    assert hashes(town.own(0, 0, 10)) == hashes(chain.entries)


def test_another_entry_at_a_known_place_is_a_fork_and_changes_nothing(town):
    chain = Chain(TOWN)
    twin = chain.again()
    chain.says("OperatorLoggedIn")
    twin.says("OperatorLoggedOut")
    sent(town, chain)
    with pytest.raises(ChainForked) as caught:
        sent(town, twin)
    assert (caught.value.epoch, caught.value.seq) == (1, 2)
    assert hashes(town.own(0, 0, 10)) == hashes(chain.entries)


def test_a_batch_on_top_of_another_entry_is_a_fork_too(town):
    chain = Chain(TOWN)
    twin = chain.again()
    chain.says("OperatorLoggedIn")
    twin.says("OperatorLoggedOut")
    twin.says("OperatorLoggedOut")
    sent(town, chain)
    with pytest.raises(ChainForked) as caught:
        sent(town, twin, first=3)
    assert (caught.value.epoch, caught.value.seq) == (1, 2)


def test_a_gap_or_a_wrong_hash_is_refused_whole(town):
    chain = Chain(TOWN)
    for _ in range(3):
        chain.says("OperatorLoggedIn")
    with pytest.raises(ChainRefused):
        sent(town, chain, first=2)
    batch = chain.batch()
    wrong = replace(batch.entries[2], digest=bytes(32))
    with pytest.raises(ChainRefused) as caught:
        town.push(replace(batch, entries=(*batch.entries[:2], wrong, batch.entries[3])))
    assert caught.value.seq == 3
    changed = replace(batch.entries[2], body=batch.entries[1].body)
    with pytest.raises(ChainRefused):
        town.push(replace(batch, entries=(*batch.entries[:2], changed, batch.entries[3])))
    assert town.hello().head is None


def test_an_entry_of_another_station_cannot_be_pushed(town):
    with pytest.raises(ChainRefused):
        sent(town, Chain(VILLAGE))
    assert town.hello().head is None


def test_batches_have_bounds(town):
    chain = Chain(TOWN)
    for _ in range(MOST_ENTRIES):
        chain.says("OperatorLoggedIn")
    with pytest.raises(BatchRefused):
        sent(town, chain)
    sent(town, chain, last=MOST_ENTRIES)
    with pytest.raises(BatchRefused):
        town.push(replace(chain.batch(MOST_ENTRIES + 1), entries=()))


@pytest.mark.parametrize("data", [{"text": "x" * LARGEST_BODY}, {"text": "\x00"}], ids=["too large", "unreadable"])
def test_what_the_centre_cannot_take_is_refused_and_goes_withheld(town, data):
    chain = Chain(TOWN)
    chain.says("CaseReceived", data=data)
    chain.says("OperatorLoggedIn")
    with pytest.raises(BatchRefused):
        sent(town, chain)
    pushed = sent(town, chain, withheld={2})
    assert pushed.head.hash == chain.entries[-1].hash
    assert [one.body for one in town.own(0, 0, 10)] == [chain.entries[0].body, "", chain.entries[2].body]
    digest = hashlib.sha256(chain.entries[1].body.encode()).digest()
    assert town.digests([(1, 1), (1, 2), (1, 9)]) == {(1, 2): digest}
    with pytest.raises(BatchRefused):
        town.digests([(1, seq) for seq in range(MOST_ENTRIES + 1)])


@pytest.mark.parametrize("said", [('"case":null', '"case":7'), ('"PaperMade"', "[1]")], ids=["case", "kind"])
def test_a_body_whose_case_or_kind_is_no_text_is_refused(town, said):
    chain = Chain(TOWN)
    chain.says("PaperMade", text=lambda body: body.replace(*said))
    with pytest.raises(BatchRefused):
        sent(town, chain)
    assert town.hello().head is None
    sent(town, chain, withheld={2})


# --- epochs -----------------------------------------------------------------------------------------------------


def test_a_restored_station_goes_on_in_a_new_epoch_and_reads_back_what_it_lost(centre, town):
    chain = Chain(TOWN)
    chain.case()
    known = chain.entries[-1].hash
    chain.case(2)
    sent(town, chain)
    restored = Chain(TOWN, 2, known.hex(), before=chain)
    pushed = sent(town, restored)
    centre.verify(TOWN)
    assert (pushed.head.epoch, pushed.head.seq) == (2, 1)
    assert hashes(town.own(1, 2, 10)) == [chain.entries[2].hash, restored.entries[0].hash]


def test_an_epoch_must_begin_with_its_opening_on_a_known_entry(town):
    chain = Chain(TOWN)
    sent(town, chain)
    with pytest.raises(ChainRefused):
        sent(town, Chain(TOWN, 2, "ab" * 32))
    with pytest.raises(ChainRefused):
        sent(town, Chain(TOWN, 3))
    other = Chain(TOWN, 2, chain.entries[-1].hash.hex())
    other.entries.clear()
    other.says("OperatorLoggedIn")
    with pytest.raises(ChainRefused):
        sent(town, other)


def test_a_backup_that_is_restored_twice_begins_two_epochs_and_both_are_read_back(centre, town):
    chain = Chain(TOWN)
    chain.case()
    known = chain.entries[-1].hash.hex()
    chain.case(2)
    sent(town, chain)
    once, twice = Chain(TOWN, 70, known, before=chain), Chain(TOWN, 90, known, before=chain)
    once.says("OperatorLoggedIn")
    sent(town, once)
    pushed = sent(town, twice)
    centre.verify(TOWN)
    assert (pushed.head.epoch, pushed.head.seq) == (90, 1)
    lost = [chain.entries[2], *once.entries]
    assert hashes(town.own(1, 2, 10)) == [one.hash for one in (*lost, *twice.entries)]
    with pytest.raises(ChainForked):
        sent(town, Chain(TOWN, 80, known))


def test_the_epoch_before_cannot_go_on(town):
    chain = Chain(TOWN)
    sent(town, chain)
    sent(town, Chain(TOWN, 2, chain.entries[-1].hash.hex()))
    chain.says("OperatorLoggedIn")
    with pytest.raises(ChainForked):
        sent(town, chain, first=2)
