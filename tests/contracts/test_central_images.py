"""What every centre promises of images, which come chunk by chunk."""

import hashlib
from dataclasses import replace

import pytest

from app.services.errors import (
    BatchRefused,
    NotAParty,
    NotFound,
)
from app.services.ports import (
    CHUNK,
    MOST_DIGESTS,
    MOST_SHARED,
    Parts,
)
from tests.contracts.centres import TOWN, VILLAGE, sent
from tests.fakes.chains import Chain

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
