"""What somebody may try who has stolen a station's log-in, with entries, images and locks: one test each, all refused.

What may be tried with PostgreSQL itself is in ``test_hostile_stations``. docs/security.md lists both.
"""

import hashlib
import threading
import time
from dataclasses import replace

import psycopg
import pytest
from psycopg import errors as pg

from app.central.errors import translated
from app.domain.journal import chain_hash
from app.domain.numbering import case_number
from app.security.keys import verify
from app.services.errors import BatchRefused, CentralUnavailable, CentreDeclined, ChainForked, ChainRefused, NotAParty
from app.services.ports import CHUNK, Batch, InboxPlace
from tests.domain.samples import AT
from tests.fakes.chains import Chain, outgoing

THIEF, VICTIM, OTHER = "000731", "000732", "000733"
PUSH = "select * from api.push({})"


@pytest.fixture(autouse=True)
def stations(centre):
    centre.empty()
    for station in (THIEF, VICTIM, OTHER):
        centre.enrol(station)


@pytest.fixture
def thief(centre):
    with centre.address(f"station_{THIEF}").connect() as connection:
        yield connection


@pytest.fixture
def victim(centre):
    return centre.connect(VICTIM)


@pytest.fixture
def victims_case(victim):
    """Return the number of a case that the victim took in and holds."""
    chain = Chain(VICTIM)
    case = chain.case()
    victim.push(chain.batch())
    return case


# --- what is pushed ----------------------------------------------------------------------------------------------


def push(connection, batch):
    entries = batch.entries
    bodies = [None if one.body is None else one.body.encode() for one in entries]
    columns = (
        [one.hash for one in entries],
        [one.digest for one in entries],
        bodies,
        [one.signature for one in entries],
    )
    statement = PUSH.format("%b::int, %b::bigint, %b::bytea, %b::bytea[], %b::bytea[], %b::bytea[], %b::bytea[]")
    return connection.execute(statement, (batch.epoch, batch.first_seq, batch.prev, *columns)).fetchall()


def told(connection, batch):
    """Return what the refusal of a batch means."""
    with pytest.raises(psycopg.Error) as caught:
        push(connection, batch)
    return translated(caught.value)


def sealed(body, prev, station=THIEF, epoch=1, seq=1):
    """Return a batch of one entry with any body."""
    entry = replace(Chain(station, epoch).entries[0], prev=prev, hash=chain_hash(prev, body), seq=seq, body=body)
    return Batch(epoch, seq, prev, (outgoing(entry),))


def test_the_chain_of_another_station_cannot_be_written(centre, thief, victim, victims_case):
    goes_on = Chain(VICTIM)
    goes_on.case()
    goes_on.says("OperatorLoggedIn")
    assert isinstance(told(thief, goes_on.batch(3)), ChainRefused)
    assert isinstance(told(thief, Chain(VICTIM).batch()), ChainRefused)
    assert victim.hello().head.seq == 2


def test_a_stolen_entry_cannot_be_replayed_as_ones_own(thief, victim, victims_case):
    chain = Chain(THIEF)
    push(thief, chain.batch())
    stolen = victim.own(0, 0, 10)[1]
    again = replace(stolen, prev=chain.entries[0].hash, hash=chain_hash(chain.entries[0].hash, stolen.body))
    assert told(thief, Batch(1, 2, again.prev, (outgoing(again),))).seq == 2


def test_a_replayed_batch_adds_nothing(thief, victim):
    chain = Chain(THIEF)
    case = chain.case()
    chain.moves(case, VICTIM)
    answers = [push(thief, chain.batch()) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert len(victim.pull(InboxPlace(), 10).entries) == 2


def test_a_forged_hash_is_refused(thief):
    batch = Chain(THIEF).batch()
    forged = replace(batch.entries[0], hash=bytes(32))
    assert isinstance(told(thief, replace(batch, entries=(forged,))), ChainRefused)
    forged = replace(batch.entries[0], digest=hashlib.sha256(b"another").digest())
    assert isinstance(told(thief, replace(batch, entries=(forged,))), ChainRefused)


def test_a_forged_signature_is_never_told_as_verified(centre, thief):
    chain = Chain(THIEF)
    chain.says("OperatorLoggedIn")
    chain.says("OperatorLoggedIn")
    batch = chain.batch()
    forged = replace(batch.entries[1], signature=batch.entries[0].signature)
    push(thief, replace(batch, entries=(batch.entries[0], forged, batch.entries[2])))
    assert centre.watch.verify_signatures(verify) == (1, 1)
    assert centre.watch.verify_signatures(verify) == (0, 0)
    assert centre.connect(THIEF).hello().verified == (1, 1)
    assert centre.execute("select station, epoch, seq, fault from core.finding") == [(731, 1, 2, "signature")]


def test_history_cannot_be_written_anew(thief):
    chain = Chain(THIEF)
    twin = chain.again()
    chain.says("OperatorLoggedIn")
    twin.says("OperatorLoggedOut")
    push(thief, chain.batch())
    assert isinstance(told(thief, twin.batch()), ChainForked)
    assert isinstance(told(thief, Chain(THIEF, 2, "ab" * 32).batch()), ChainRefused)
    push(thief, Chain(THIEF, 2, chain.entries[-1].hash.hex()).batch())
    assert isinstance(told(thief, Chain(THIEF, 2, chain.entries[0].hash.hex()).batch()), ChainForked)


def test_a_case_of_another_cannot_be_taken_over(centre, thief, victim, victims_case):
    chain = Chain(THIEF)
    chain.moves(victims_case, THIEF)
    chain.notes(victims_case)
    chain.moves(case_number(AT.date(), OTHER, 7), THIEF)
    *_, aside, reasons = push(thief, chain.batch())[0]
    assert dict(zip(aside, reasons, strict=True)) == {2: "not_the_holder", 3: "not_a_party", 4: "not_the_taker"}
    assert victim.pull(InboxPlace(), 10).entries == ()
    assert centre.execute("select holder from core.case_file") == [(732,)]


def test_what_custody_refuses_gives_no_sight_of_the_case(thief, victims_case):
    chain = Chain(THIEF)
    chain.moves(victims_case, OTHER, collect_at=THIEF)
    push(thief, chain.batch())
    assert thief.execute("select * from api.pull(0, 0, 100)").fetchall() == []


EVIL = [
    "'; drop table core.journal cascade; --",
    '"; select 1; --',
    "$$; drop schema core; $$",
    "%s %(x)s {0}",
    "\\x00",
    "\\",
    "\u202e",
]


def test_sql_in_every_field_is_text(centre, thief):
    chain = Chain(THIEF)
    for evil in EVIL:
        chain.says(
            evil, evil, {"number": evil, "holder": evil, "collect_at": evil, "state": evil}, {evil.encode().hex(): evil}
        )
    *_, reasons = push(thief, chain.batch())[0]
    assert reasons == ["not_the_taker"] * len(EVIL)
    stored = thief.execute("select body from api.own(0, 0, 100)").fetchall()
    assert [body.decode() for (body,) in stored] == [entry.body for entry in chain.entries]
    for evil in EVIL:
        with pytest.raises(psycopg.Error) as caught:
            thief.execute("select api.put_blob(%s::bytea, 1, %s::bytea[], %s)", (bytes(32), [bytes(32)], evil))
        assert isinstance(translated(caught.value), NotAParty)


def test_sql_in_what_an_administrator_types_is_text(centre):
    for evil in (*EVIL, "000731; drop role x", "00073１"):
        with pytest.raises(CentreDeclined):
            centre.administration.add_station(evil, "x")
    centre.administration.add_station("000800", EVIL[0], EVIL[1])
    with pytest.raises(CentreDeclined):
        centre.administration.add_station("000801", "x", verifier="md5; drop role x")
    assert [one.name for one in centre.administration.stations() if one.code == "000800"] == [EVIL[0]]


@pytest.mark.parametrize(
    "body",
    [
        "", "null", "[]", "1", '"text"', "{", '{"station":', "[" * 60000, '{"a":' * 10000 + "1" + "}" * 10000, "1e999999",
        '{"station":"000731","epoch":1,"seq":1,"kind":"\\u0000"}', '{"station":"000731","epoch":1,"seq":"1 "}',
        '{"station":"000731","epoch":1.0,"seq":1}', '{"station":"000731","epoch":1,"seq":1,"kind":"EpochOpened","data":[]}',
        '{"station":"000731","epoch":1,"seq":1,"kind":"EpochOpened","data":{"public_key":"zz"}}',
    ],
)  # fmt: skip
def test_a_body_that_is_none_is_refused_without_harm(centre, thief, body):
    assert isinstance(told(thief, sealed(body, bytes(32))), BatchRefused | ChainRefused)
    assert centre.execute("select count(*) from core.journal") == [(0,)]


def test_bytes_that_are_no_text_are_refused(thief):
    for raw in (b"\xff\xfe", b'{"a":"\xc3\x28"}', b"\x00"):
        digest = hashlib.sha256(raw).digest()
        arguments = [[hashlib.sha256(bytes(32) + digest).digest()], [digest], [raw], [bytes(64)]]
        with pytest.raises(psycopg.Error) as caught:
            thief.execute(
                PUSH.format("1, 1, %b::bytea, %b::bytea[], %b::bytea[], %b::bytea[], %b::bytea[]"),
                [bytes(32), *arguments],
            )
        assert isinstance(translated(caught.value), BatchRefused)


SOUND = f"1, 1, '\\x{'00' * 32}'::bytea"
ONE = f"array['\\x{'00' * 32}'::bytea]"
SIGNED = f"array['\\x{'00' * 64}'::bytea]"


@pytest.mark.parametrize(
    "arguments",
    [
        "null, null, null, null, null, null, null",
        f"{SOUND}, null, {ONE}, {ONE}, {SIGNED}",
        f"{SOUND}, '{{}}', '{{}}', '{{}}', '{{}}'",
        f"{SOUND}, {ONE}, {ONE} || {ONE}, {ONE}, {SIGNED}",
        f"{SOUND}, {ONE}, {ONE}, {ONE}, {ONE}",
        f"{SOUND}, array[{ONE}], array[{ONE}], array[{ONE}], array[{SIGNED}]",
        f"{SOUND}, array[null]::bytea[], {ONE}, {ONE}, {SIGNED}",
        f"{SOUND}, {ONE}, array[null]::bytea[], {ONE}, {SIGNED}",
        f"{SOUND}, ('[5:5]={{x}}')::bytea[], {ONE}, {ONE}, {SIGNED}",
        f"0, 1, '\\x{'00' * 32}'::bytea, {ONE}, {ONE}, {ONE}, {SIGNED}",
        f"1, 0, '\\x{'00' * 32}'::bytea, {ONE}, {ONE}, {ONE}, {SIGNED}",
        f"1, 9223372036854775807, '\\x{'00' * 32}'::bytea, {ONE}, {ONE}, {ONE}, {SIGNED}",
        f"2147483647, 1, '\\x{'00' * 32}'::bytea, {ONE}, {ONE}, {ONE}, {SIGNED}",
        f"1, 1, '\\x00'::bytea, {ONE}, {ONE}, {ONE}, {SIGNED}",
        f"{SOUND}, array_fill('\\x00'::bytea, array[501]), array_fill('\\x00'::bytea, array[501]), array_fill('\\x00'::bytea, array[501]), array_fill('\\x00'::bytea, array[501])",
        f"{SOUND}, {ONE}, {ONE}, array[convert_to(repeat('x', 65537), 'UTF8')], {SIGNED}",
    ],
)  # fmt: skip
def test_arguments_of_push_are_bounded(thief, arguments):
    with pytest.raises(psycopg.Error) as caught:
        thief.execute(PUSH.format(arguments))
    assert isinstance(translated(caught.value), BatchRefused)


@pytest.mark.parametrize(
    "call",
    [
        "api.pull(0, 0, 501)", "api.pull(0, 0, -1)", "api.pull(null, null, null)", "api.own(0, 0, 501)",
        "api.own(null, null, 1)", "api.missing_chunks(array_fill('\\x00'::bytea, array[501]))",
        "api.missing_chunks(array['\\x00'::bytea])", "api.missing_chunks(null)",
        "api.confirmed_blobs(array_fill('\\x00'::bytea, array[501]))", "api.put_chunk(null)", "api.put_chunk(''::bytea)",
        f"api.put_chunk(convert_to(repeat('x', {CHUNK + 1}), 'UTF8'))",
        f"api.put_blob({ONE[6:-1]}, 1, '{{}}', 'x')", f"api.put_blob({ONE[6:-1]}, null, {ONE}, 'x')",
        f"api.put_blob({ONE[6:-1]}, 99999999999, {ONE}, 'x')", f"api.put_blob(null, 1, {ONE}, 'x')",
    ],
)  # fmt: skip
def test_arguments_of_the_other_functions_are_bounded(thief, call):
    with pytest.raises(psycopg.Error) as caught:
        thief.execute(f"select * from {call}")
    assert isinstance(translated(caught.value), BatchRefused)


def test_what_is_told_durable_is_durable_whatever_the_station_set(thief):
    chain = Chain(THIEF)
    thief.execute("set synchronous_commit = off")
    with thief.transaction():
        push(thief, chain.batch())
        thief.execute("set constraints all immediate")  # what the commit does
        assert thief.execute("show synchronous_commit").fetchone() == ("on",)


def test_a_chunk_waits_for_no_disk_and_the_image_that_it_makes_does(thief):
    chain, page = Chain(THIEF), b"a page"
    case = chain.case()
    push(thief, chain.batch())
    digest = hashlib.sha256(page).digest()
    with thief.transaction():
        thief.execute("select api.put_chunk(%s::bytea)", (page,))
        thief.execute("set constraints all immediate")
        assert thief.execute("show synchronous_commit").fetchone() == ("off",)
        thief.execute("select api.put_blob(%s::bytea, %s, %s::bytea[], %s)", (digest, len(page), [digest], case))
        assert thief.execute("show synchronous_commit").fetchone() == ("on",)


def test_a_frozen_view_of_the_database_adds_nothing_twice(centre, thief, victim):
    chain = Chain(THIEF)
    case = chain.case()
    chain.moves(case, VICTIM)
    with pytest.raises(pg.SerializationFailure), thief.transaction():
        thief.execute("set transaction isolation level repeatable read")
        thief.execute("select * from api.hello(1)")
        centre.connect(THIEF).push(chain.batch())
        push(thief, chain.batch())
    assert len(victim.pull(InboxPlace(), 10).entries) == 2


# --- images ------------------------------------------------------------------------------------------------------


def sent_image(victim, case, data=b"a page"):
    victim.put_chunk(data)
    digest = hashlib.sha256(data).digest()
    assert victim.put_blob(digest, len(data), (digest,), case)
    return digest


def test_images_of_others_cannot_be_read(centre, victim, victims_case):
    digest = sent_image(victim, victims_case)
    with pytest.raises(NotAParty):
        centre.connect(THIEF).get_chunk(digest, 0)


def test_who_knows_a_digest_does_not_get_the_bytes(centre, victim, victims_case):
    """Content addresses are no secret: naming another's chunk in an image of one's own must not fetch it."""
    digest = sent_image(victim, victims_case)
    own, chain = centre.connect(THIEF), Chain(THIEF)
    case = chain.case()
    own.push(chain.batch())
    assert own.missing_chunks([digest]) == {digest}
    assert not own.put_blob(digest, 6, (digest,), case)
    assert own.confirmed_blobs([digest]) == frozenset()
    with pytest.raises(NotAParty):
        own.get_chunk(digest, 0)


def test_an_image_cannot_be_replaced(centre, thief, victim, victims_case):
    digest = sent_image(victim, victims_case)
    own, chain = centre.connect(THIEF), Chain(THIEF)
    case = chain.case()
    own.push(chain.batch())
    own.put_chunk(b"another")
    with pytest.raises(BatchRefused):
        own.put_blob(digest, 7, (hashlib.sha256(b"another").digest(),), case)
    assert victim.get_chunk(digest, 0) == b"a page"


# --- keeping others waiting --------------------------------------------------------------------------------------


def test_a_transaction_that_holds_an_inbox_is_ended(centre, victim):
    """Handing the victim a case locks its inbox until the commit; the thief simply does not commit."""
    other, chain, thiefs = centre.connect(OTHER), Chain(OTHER), Chain(THIEF)
    case, bait = chain.case(), thiefs.case()
    chain.moves(case, VICTIM)
    thiefs.moves(bait, VICTIM)
    connection = centre.address(f"station_{THIEF}").connect()
    connection.execute("set idle_in_transaction_session_timeout = 0")
    connection.execute("begin")
    push(connection, thiefs.batch())
    waiting = threading.Thread(target=other.push, args=(chain.batch(),))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    while not centre.watch.end_stale(60, 0):
        time.sleep(0.01)
    waiting.join()
    assert len(victim.pull(InboxPlace(), 10).entries) == 2
    with pytest.raises(psycopg.OperationalError):
        connection.execute("commit")
    connection.close()


def test_a_statement_that_does_not_end_is_ended(centre):
    failed = []

    def burn():
        connection = centre.address(f"station_{THIEF}").connect()
        connection.execute("set statement_timeout = 0")
        try:
            connection.execute("select count(*) from generate_series(1, 1000000000000)")
        except psycopg.OperationalError as error:
            failed.append(error)
        connection.close()

    burning = threading.Thread(target=burn)
    burning.start()
    while not centre.watch.end_stale(0, 60):
        time.sleep(0.01)
    burning.join()
    assert len(failed) == 1


def test_connections_of_one_station_are_limited(centre):
    # The test's own log-ins count as well.
    connections = []
    with pytest.raises(CentralUnavailable):
        for _ in range(20):
            connections.append(centre.address(f"station_{THIEF}").connect())  # noqa: PERF401
    assert len(connections) <= 8
    for connection in connections:
        connection.close()
