"""What every centre promises a station; the one in memory is the model that the real one is held against.

Each centre offers, beside connections, what an administrator does: ``enrol``,
``revoke``, ``publish`` and ``verify``, which stands for the watch beside the database.
"""

import hashlib
from dataclasses import replace

import pytest

from app.domain.clock import parse_stamp
from app.domain.numbering import case_number
from app.services.errors import (
    BatchRefused,
    ChainForked,
    ChainRefused,
    NotAParty,
    NotFound,
    StationRevoked,
    StationUnknown,
)
from app.services.ports import (
    CENTRAL_SCHEMA,
    CHUNK,
    LARGEST_BODY,
    MOST_DIGESTS,
    MOST_ENTRIES,
    MOST_SHARED,
    InboxPlace,
    Parts,
)
from tests.central.server import PostgresCentre
from tests.domain.samples import AT
from tests.fakes.central import MemoryCentre
from tests.fakes.chains import Chain

TOWN, VILLAGE, CITY, FAR = "000731", "000732", "000733", "000734"
BEGINNING = InboxPlace()


@pytest.fixture(scope="module")
def postgres(server):
    made = PostgresCentre(server)
    yield made
    made.close()


@pytest.fixture(params=["memory", "postgres"])
def centre(request):
    if request.param == "memory":
        made = MemoryCentre()
    else:
        made = request.getfixturevalue("postgres")
        made.empty()
    for station in (TOWN, VILLAGE, CITY):
        made.enrol(station)
    return made


@pytest.fixture
def town(centre):
    return centre.connect(TOWN)


@pytest.fixture
def village(centre):
    return centre.connect(VILLAGE)


def sent(central, chain, first=1, last=None, withheld=()):
    return central.push(chain.batch(first, last, withheld))


def inbox(central, after=BEGINNING, limit=100):
    return central.pull(after, limit).entries


def hashes(entries):
    return [one.hash for one in entries]


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


def test_a_restored_station_goes_on_in_a_new_epoch_and_reads_back_what_it_lost(town):
    chain = Chain(TOWN)
    chain.case()
    known = chain.entries[-1].hash
    chain.case(2)
    sent(town, chain)
    restored = Chain(TOWN, 2, known.hex())
    pushed = sent(town, restored)
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


def test_a_backup_that_is_restored_twice_begins_two_epochs_and_both_are_read_back(town):
    chain = Chain(TOWN)
    chain.case()
    known = chain.entries[-1].hash.hex()
    chain.case(2)
    sent(town, chain)
    once, twice = Chain(TOWN, 70, known), Chain(TOWN, 90, known)
    once.says("OperatorLoggedIn")
    sent(town, once)
    pushed = sent(town, twice)
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


# --- custody and inboxes ----------------------------------------------------------------------------------------


def test_a_case_of_ones_own_reaches_nobody_else(town, village):
    chain = Chain(TOWN)
    chain.case()
    assert sent(town, chain).quarantined == ()
    assert inbox(village) == inbox(town) == ()


def test_who_is_handed_a_case_gets_its_whole_history_in_order(town, village):
    chain = Chain(TOWN)
    case = chain.case()
    chain.notes(case)
    chain.case(2)
    chain.moves(case, VILLAGE)
    sent(town, chain, last=3)
    sent(town, chain, first=4)
    delivered = inbox(village)
    assert [one.place.n for one in delivered] == [1, 2, 3]
    assert [one.entry for one in delivered] == [chain.entries[seq - 1] for seq in (2, 3, 5)]
    greeting = village.hello()
    assert (
        InboxPlace(greeting.inbox_last, greeting.inbox_mark)
        == delivered[-1].place
        == InboxPlace(3, delivered[-1].place.mark)
    )


def test_the_holder_may_go_on_and_everybody_who_took_part_hears_of_it(centre, town, village):
    chain, other = Chain(TOWN), Chain(VILLAGE)
    case = chain.case()
    chain.moves(case, VILLAGE)
    sent(town, chain)
    other.moves(case, CITY)
    other.notes(case)
    assert sent(village, other).quarantined == ()
    assert hashes(one.entry for one in inbox(town)) == hashes(other.entries[1:])
    city = inbox(centre.connect(CITY))
    assert hashes(one.entry for one in city) == hashes([*chain.entries[1:], *other.entries[1:]])


def test_a_pick_up_point_gets_the_case_without_holding_it(centre, town, village):
    chain, other = Chain(TOWN), Chain(VILLAGE)
    case = chain.case()
    chain.moves(case, TOWN, collect_at=VILLAGE)
    sent(town, chain)
    assert len(inbox(village)) == 2
    other.notes(case)
    other.moves(case, VILLAGE)
    assert sent(village, other).quarantined == ((3, "not_the_holder"),)


def test_who_gave_a_case_away_can_write_notes_but_not_change_it(town, village):
    chain = Chain(TOWN)
    case = chain.case()
    chain.moves(case, VILLAGE)
    chain.notes(case)
    chain.moves(case, TOWN)
    chain.moves(case, TOWN)
    chain.says("OperatorLoggedIn")
    pushed = sent(town, chain)
    assert pushed.quarantined == ((5, "not_the_holder"), (6, "not_the_holder"))
    assert pushed.head.seq == 7
    assert len(inbox(village)) == 3
    assert [(one.seq, one.case_number) for one in town.quarantine(10)] == [(6, case), (5, case)]


def test_what_is_set_aside_does_not_depend_on_how_entries_are_batched(town):
    chain = Chain(TOWN)
    case = chain.case()
    chain.moves(case, VILLAGE)
    chain.notes(case)
    chain.moves(case, TOWN)
    quarantined = [sent(town, chain, seq, seq).quarantined for seq in range(1, 6)]
    assert quarantined == [(), (), (), (), ((5, "not_the_holder"),)]


def test_nobody_takes_in_a_case_under_the_number_of_another_station(town, village):
    chain = Chain(TOWN)
    number = case_number(AT.date(), VILLAGE, 1)
    chain.moves(number, TOWN)
    chain.notes(number)
    assert sent(town, chain).quarantined == ((2, "not_the_taker"), (3, "not_a_party"))
    other = Chain(VILLAGE)
    assert other.case() == number
    assert sent(village, other).quarantined == ()


def test_a_header_must_speak_of_the_case_of_its_entry(town):
    chain = Chain(TOWN)
    case = chain.case()
    chain.says("CaseMoved", case, {"number": case_number(AT.date(), TOWN, 2), "holder": TOWN, "state": "accepted"})
    assert sent(town, chain).quarantined == ((3, "header"),)


def test_a_strange_case_cannot_be_noted_on(town, village):
    chain, other = Chain(TOWN), Chain(VILLAGE)
    case = chain.case()
    sent(town, chain)
    other.notes(case)
    assert sent(village, other).quarantined == ((2, "not_a_party"),)
    assert inbox(town) == ()


def test_an_inbox_is_read_in_pieces_and_begins_again_where_the_centre_knows_less(town, village):
    chain = Chain(TOWN)
    case = chain.case()
    for _ in range(4):
        chain.moves(case, VILLAGE) if len(chain.entries) == 2 else chain.notes(case)
    sent(town, chain)
    first = inbox(village, limit=2)
    rest = inbox(village, first[-1].place)
    assert [one.place.n for one in (*first, *rest)] == [1, 2, 3, 4, 5]
    assert village.pull(rest[-1].place, 10).entries == ()
    for strange in (replace(rest[-1].place, n=9), replace(rest[-1].place, n=4)):
        again = village.pull(strange, 10)
        assert again.restarted
        assert [one.place.n for one in again.entries] == [1, 2, 3, 4, 5]


def test_an_inbox_that_a_restored_centre_filled_anew_is_read_from_its_beginning(centre, village):
    """The same entry comes to stand at the same place, behind others than before."""
    centre.enrol(FAR)
    chains = [Chain(station) for station in (TOWN, CITY, FAR)]
    for chain in chains:
        chain.moves(chain.case(), VILLAGE)
    before, read, after = chains
    backup = centre.backup()
    for chain in (before, read):
        sent(centre.connect(chain.station), chain)
    last = inbox(village)[-1].place
    centre.restore(backup)
    for chain in (after, read, before):
        sent(centre.connect(chain.station), chain)
    again = village.pull(last, 100)
    assert again.restarted
    assert hashes(one.entry for one in again.entries) == [
        one.hash for chain in (after, read, before) for one in chain.entries[1:]
    ]


def test_a_station_that_there_is_not_can_neither_hold_nor_hand_out_a_case(town):
    chain = Chain(TOWN)
    case = chain.case()
    chain.moves(case, "999998")
    chain.moves(case, TOWN, collect_at="999998")
    chain.moves(case, VILLAGE)
    assert sent(town, chain).quarantined == ((3, "unknown_holder"),)


def test_what_came_too_early_is_let_in_when_the_rest_has_come(town, village):
    """A case that was carried over by file reaches the centre from its new holder first."""
    chain, other = Chain(TOWN), Chain(VILLAGE)
    case = chain.case()
    chain.moves(case, VILLAGE)
    other.moves(case, VILLAGE)
    other.notes(case)
    assert sent(village, other).quarantined == ((2, "not_the_taker"), (3, "not_a_party"))
    assert sent(town, chain).quarantined == ()
    assert village.quarantine(10) == ()
    assert hashes(one.entry for one in inbox(village)) == hashes(chain.entries[1:])
    assert hashes(one.entry for one in inbox(town)) == hashes(other.entries[1:])


def test_an_epoch_begins_at_its_first_entry_only(town):
    chain = Chain(TOWN)
    chain.says("EpochOpened", data={"public_key": "cd" * 32, "previous_hash": chain.entries[0].hash.hex()})
    assert sent(town, chain).head.seq == 2


def test_reading_has_bounds(town):
    for limit in (0, -1, MOST_ENTRIES + 1):
        with pytest.raises(BatchRefused):
            town.pull(BEGINNING, limit)
        with pytest.raises(BatchRefused):
            town.own(0, 0, limit)
    assert town.pull(BEGINNING, MOST_ENTRIES).entries == town.own(0, 0, MOST_ENTRIES) == ()


def test_what_was_done_with_a_case_before_the_centre_knew_it_had_come_is_let_in(centre, town, village):
    """The case was given by file, or the centre lost the hand-over with what it was restored from."""
    giver, taker = Chain(VILLAGE), Chain(TOWN)
    case = giver.case()
    sent(village, giver)
    taker.moves(case, TOWN)
    taker.notes(case)
    taker.moves(case, VILLAGE)
    assert sent(town, taker).quarantined == ((2, "not_the_holder"), (3, "not_a_party"), (4, "not_the_holder"))
    giver.moves(case, TOWN)
    sent(village, giver, 3)
    assert town.quarantine(10) == ()
    assert hashes(one.entry for one in inbox(town)) == hashes(giver.entries[1:])
    assert hashes(one.entry for one in inbox(village)) == hashes(taker.entries[1:])
    giver.moves(case, VILLAGE)
    assert sent(village, giver, 4).quarantined == (), "the case came back with what was let in"


def test_what_a_restored_station_did_to_a_case_it_had_given_away_is_never_let_in(town, village):
    chain = Chain(TOWN)
    case = chain.case()
    known = chain.entries[-1].hash.hex()
    chain.moves(case, VILLAGE)
    sent(town, chain)
    restored = Chain(TOWN, epoch=9, previous_hash=known)
    restored.moves(case, TOWN)
    again = Chain(TOWN, epoch=11, previous_hash=restored.entries[-1].hash.hex())
    again.moves(case, TOWN)
    assert sent(town, restored).quarantined == ((2, "not_the_holder"),)
    assert sent(town, again).quarantined == ((2, "not_the_holder"),)
    other = Chain(VILLAGE)
    other.moves(case, TOWN)
    assert sent(village, other).quarantined == ()
    assert [(one.epoch, one.seq) for one in town.quarantine(10)] == [(11, 2), (9, 2)]
    again.moves(case, TOWN)
    assert sent(town, again, 3).quarantined == ()
    assert hashes(one.entry for one in inbox(village))[-1] == again.entries[-1].hash


def test_what_a_restored_station_did_after_it_knew_that_it_had_given_the_case_away_is_let_in(town, village):
    chain = Chain(TOWN)
    case = chain.case()
    chain.moves(case, VILLAGE)
    sent(town, chain)
    restored = Chain(TOWN, epoch=9, previous_hash=chain.entries[-1].hash.hex())
    restored.moves(case, TOWN)
    assert sent(town, restored).quarantined == ((2, "not_the_holder"),)
    other = Chain(VILLAGE)
    other.moves(case, TOWN)
    sent(village, other)
    assert town.quarantine(10) == ()


def test_the_quarantine_tells_what_is_never_let_in_any_more(centre, town, village):
    chain = Chain(TOWN)
    given, unknown = chain.case(), case_number(AT.date(), VILLAGE, 1)
    known = chain.entries[-1].hash.hex()
    chain.moves(given, VILLAGE)
    sent(town, chain)
    restored = Chain(TOWN, epoch=9, previous_hash=known)
    restored.moves(given, TOWN)
    restored.moves(unknown, TOWN)
    sent(town, restored)
    finals = lambda: {one.seq: one.is_final for one in town.quarantine(10)}  # noqa: E731
    assert finals() == {2: True, 3: False}
    centre.settle(TOWN, 9, 3)
    assert finals() == {2: True, 3: True}
    other = Chain(VILLAGE)
    assert other.case() == unknown
    other.moves(unknown, TOWN)
    sent(village, other)
    assert finals() == {2: True, 3: True}, "what was settled is not let in"


# --- bulletins --------------------------------------------------------------------------------------------------


def bulletins(central):
    return [central.bulletin(head) for head in central.bulletin_heads(0, 10)]


def test_bulletins_reach_everybody_in_order(centre, town, village):
    centre.publish("calendar", 1, b"one")
    centre.publish("catalogue", 1, b"two")
    for central in (town, village):
        first, second = bulletins(central)
        assert [(one.topic, one.payload) for one in (first, second)] == [("calendar", b"one"), ("catalogue", b"two")]
        assert first.n < second.n == central.hello().bulletin_last
        heads = central.bulletin_heads(0, 10)
        assert [(one.n, one.topic, one.size) for one in heads] == [(first.n, "calendar", 3), (second.n, "catalogue", 3)]
        assert central.bulletin_heads(first.n, 10) == heads[1:]
        assert central.bulletin_heads(0, 1) == heads[:1]
        assert central.bulletin_heads(second.n, 10) == ()


def test_a_bulletin_that_the_centre_does_not_give_any_more_is_none(centre, town):
    centre.publish("calendar", 1, b"one")
    (head,) = town.bulletin_heads(0, 10)
    assert town.bulletin(replace(head, n=head.n + 1)) is None


def test_a_list_is_told_although_another_was_published_behind_it(centre, town):
    """Only a station can tell whether the later one is by its authority."""
    for version, payload in enumerate((b"good", b"forged"), start=1):
        centre.publish("stations", version, payload)
    assert [(one.version, one.payload) for one in bulletins(town)] == [(1, b"good"), (2, b"forged")]


def test_a_large_bulletin_comes_whole(centre, town):
    payload = bytes(range(256)) * 2000
    centre.publish("catalogue", 1, payload)
    assert [one.payload for one in bulletins(town)] == [payload]


# --- images -----------------------------------------------------------------------------------------------------

IMAGE = b"a" * CHUNK + b"b" * CHUNK + b"the end"


def sha(data):
    return hashlib.sha256(data).digest()


def chunks_of(data):
    return [data[begin : begin + CHUNK] for begin in range(0, len(data), CHUNK)]


def manifest(data):
    return sha(data), len(data), tuple(sha(chunk) for chunk in chunks_of(data))


def with_case(central, chain):
    case = chain.case()
    sent(central, chain)
    return case


def test_an_image_goes_in_chunks_and_is_confirmed_whole(town):
    case = with_case(town, Chain(TOWN))
    pieces = chunks_of(IMAGE)
    assert town.missing_chunks(map(sha, pieces)) == {sha(one) for one in pieces}
    for piece in pieces[:2]:
        town.put_chunk(piece)
    assert town.missing_chunks(map(sha, pieces)) == {sha(pieces[2])}
    assert not town.put_blob(*manifest(IMAGE), case)
    assert town.confirmed_blobs([sha(IMAGE)]) == frozenset()
    town.put_chunk(pieces[2])
    town.put_chunk(pieces[2])
    assert town.put_blob(*manifest(IMAGE), case)
    assert town.put_blob(*manifest(IMAGE), case)
    assert town.confirmed_blobs([sha(IMAGE), bytes(32)]) == {sha(IMAGE)}


def test_an_image_is_read_by_the_parties_of_its_case_alone(town, village):
    chain = Chain(TOWN)
    case = with_case(town, chain)
    for piece in chunks_of(IMAGE):
        town.put_chunk(piece)
    town.put_blob(*manifest(IMAGE), case)
    with pytest.raises(NotAParty):
        village.get_chunk(sha(IMAGE), 0)
    chain.moves(case, VILLAGE)
    sent(town, chain, first=3)
    assert b"".join(village.get_chunk(sha(IMAGE), index) for index in range(3)) == IMAGE
    assert village.get_chunk(sha(IMAGE), 3) == b""
    with pytest.raises(NotFound):
        village.get_chunk(bytes(32), 0)


def test_an_image_that_the_centre_has_is_let_belong_to_a_later_case_of_its_parties_alone(town, village):
    chain, other = Chain(TOWN), Chain(VILLAGE)
    first = with_case(town, chain)
    for piece in chunks_of(IMAGE):
        town.put_chunk(piece)
    town.put_blob(*manifest(IMAGE), first)
    later, theirs = chain.case(2), with_case(village, other)
    sent(town, chain, first=3)
    image, absent = sha(IMAGE), bytes(32)
    assert village.share_blobs({(image, theirs), (image, later)}) == frozenset()
    assert town.share_blobs({(image, later), (absent, later), (image, theirs)}) == {(image, later)}
    chain.moves(later, VILLAGE)
    sent(town, chain, first=4)
    assert village.share_blobs({(image, theirs)}) == {(image, theirs)}
    assert b"".join(village.get_chunk(image, index) for index in range(3)) == IMAGE
    with pytest.raises(BatchRefused):
        town.share_blobs({(bytes([n] * 32), later) for n in range(MOST_SHARED + 1)})


def test_an_image_of_somebody_elses_case_is_refused(town, village):
    case = with_case(town, Chain(TOWN))
    village.put_chunk(b"x")
    with pytest.raises(NotAParty):
        village.put_blob(*manifest(b"x"), case)


def test_who_knows_a_digest_does_not_have_the_bytes(town, village):
    case, other = with_case(town, Chain(TOWN)), with_case(village, Chain(VILLAGE))
    town.put_chunk(b"x")
    assert town.put_blob(*manifest(b"x"), case)
    assert village.missing_chunks([sha(b"x")]) == {sha(b"x")}
    assert not village.put_blob(*manifest(b"x"), other)
    assert village.confirmed_blobs([sha(b"x")]) == frozenset()


def test_images_told_together_are_all_there_unless_one_is_refused(town):
    case = with_case(town, Chain(TOWN))
    parts = []
    for data in (b"x", b"y"):
        town.put_chunk(data)
        parts.append(Parts(*manifest(data), case))
    with pytest.raises(NotAParty):
        town.put_blobs([parts[0], replace(parts[1], case_number="1" * 20)])
    town.put_blobs(parts)
    assert town.confirmed_blobs([sha(b"x"), sha(b"y")]) == {sha(b"x"), sha(b"y")}


def test_an_image_that_two_stations_sent_is_each_ones_own(town, village):
    case, other = with_case(town, Chain(TOWN)), with_case(village, Chain(VILLAGE))
    for central, number in ((town, case), (village, other)):
        central.put_chunk(b"x")
        assert central.put_blob(*manifest(b"x"), number)
    for central in (town, village):
        assert central.get_chunk(sha(b"x"), 0) == b"x"
        assert central.get_chunk(sha(b"x"), -1) == b""
        assert central.confirmed_blobs([sha(b"x")]) == {sha(b"x")}


def test_the_parts_of_an_image_have_bounds(town):
    case = with_case(town, Chain(TOWN))
    for chunks in ((), (sha(b"x"),) * 257):
        with pytest.raises(BatchRefused):
            town.put_blob(sha(b"x"), 1, chunks, case)


def test_chunks_that_do_not_make_the_image_are_refused(town):
    case = with_case(town, Chain(TOWN))
    town.put_chunk(b"x")
    with pytest.raises(BatchRefused):
        town.put_blob(sha(b"y"), 1, (sha(b"x"),), case)
    with pytest.raises(BatchRefused):
        town.put_blob(sha(b"x"), 2, (sha(b"x"),), case)
    assert town.confirmed_blobs([sha(b"y"), sha(b"x")]) == frozenset()


def test_chunks_and_questions_have_bounds(town):
    for data in (b"", bytes(CHUNK + 1)):
        with pytest.raises(BatchRefused):
            town.put_chunk(data)
    many = [bytes([n % 256, n // 256]) + bytes(30) for n in range(MOST_DIGESTS + 1)]
    for ask in (town.missing_chunks, town.confirmed_blobs):
        with pytest.raises(BatchRefused):
            ask(many)
