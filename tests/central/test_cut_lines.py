"""Two counters with real services and stores, a real PostgreSQL, and a line between them that is cut, hangs and drips."""

import hashlib
import os
import threading
import time
from contextlib import closing

import pytest

from app.central.audit import Audit
from app.security.keys import verify
from app.services.errors import CentralUnavailable, ImageElsewhere
from app.services.ports import CHUNK
from app.services.snapshots import CaseMark
from app.services.sync_pace import Pace
from app.services.sync_report import Contact, SyncStep
from tests.central.far_desks import FarCentre, RealDesk, ensure_nothing_is_lost_or_doubled
from tests.central.toxic import DOWN, UP
from tests.fakes.chains import Chain
from tests.services.sync_desk import TOWN, VILLAGE

SHORT_SILENCE_S = 1.5
SYNC_LENGTH = 5
"""Bytes of the message that ends a call."""
CUTS = int(os.environ.get("LIDENG_CUTS", "2"))
"""Into so many parts every round is cut, beside the places near its ends; docs/reliability.md tells of more."""


@pytest.fixture
def far(centre):
    centre.empty()
    made = FarCentre(centre)
    yield made
    made.close()


@pytest.fixture
def desks(far, tmp_path):
    made = []
    for code in (TOWN, VILLAGE):
        (tmp_path / code).mkdir()
        made.append(RealDesk(far, tmp_path / code, code))
    for desk in made:
        desk.knows(*made)
    yield made
    for desk in made:
        desk.closes()


def page(name, chunks=1):
    """Return an image of so many chunks, unlike every other."""
    return b"".join(hashlib.sha256(f"{name}/{n}".encode()).digest() * (CHUNK // 32) for n in range(chunks))


def works(desk, other, name, pages=()):
    """Take a case in, hand another one over, and note something; return both numbers."""
    kept, given = desk.takes(pages), desk.takes(note=name)
    desk.hands(given, other.code)
    desk.notes(kept)
    return kept, given


def goes_on(far, *desks):
    """Mend the line and let everybody do a round that gets through."""
    far.line.mends()
    for desk in (*desks, *desks):
        result = desk.round()
        assert (result.contact, result.failures) == (Contact.ON_LINE, ())


def length_of_a_round(far, desk):
    before = dict(far.line.carried)
    assert desk.round().contact is Contact.ON_LINE
    return {way: far.line.carried[way] - before[way] for way in (UP, DOWN)}


def places(length, many):
    """Return places all over a round: close together at its beginning, where everything is agreed, and at its end."""
    ends = {0, 5, 600, length - 1, length - 6, length - 40}
    return sorted(one for one in ends | {length * n // many for n in range(1, many)} if 0 <= one < length)


@pytest.mark.parametrize("way", [UP, DOWN])
@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "new"])
def test_wherever_a_push_is_cut_nothing_is_lost_or_doubled_and_the_next_round_goes_on(far, centre, desks, way, is_kept):
    town, village = desks
    goes_on(far, town, village)
    for _ in range(2):  # the first one learns what every later one knows
        works(town, village, "measured")
        if not is_kept:
            far.hang_up()
        length = length_of_a_round(far, town)[way]
    for count in places(length, CUTS):
        works(town, village, f"cut after {count}")
        far.line.cuts_after(count, way)
        if not is_kept:
            far.hang_up()
        result = town.round()
        assert (result.contact, result.error.reason) == (Contact.OFF_LINE, "network"), count
        assert town.sync.status().contact is Contact.OFF_LINE
        goes_on(far, town)
    goes_on(far, village, town)
    ensure_nothing_is_lost_or_doubled(centre, town, village)
    assert audited(centre) == []


def audited(centre):
    """Return what the audit finds, but for the numbers of papers, which these desks make up."""
    with closing(Audit(centre.address(), verify)) as audit:
        return [one for one in audit.run().remarks if one.what != "numbers"]


@pytest.mark.parametrize("way", [UP, DOWN])
def test_wherever_a_pull_is_cut_it_goes_on_and_everything_comes_once(far, centre, desks, way):
    town, village = desks
    goes_on(far, town, village)
    given = [works(town, village, "measured")[1]]
    town.round()
    length = length_of_a_round(far, village)[way]
    for count in places(length, CUTS):
        given.append(works(town, village, f"cut after {count}")[1])
        assert town.round().contact is Contact.ON_LINE
        far.line.cuts_after(count, way)
        assert village.round().contact is Contact.OFF_LINE, count
        goes_on(far, village)
        assert village.history(given[-1]) == town.history(given[-1])
    ensure_nothing_is_lost_or_doubled(centre, town, village)


@pytest.mark.parametrize("way", [UP, DOWN])
def test_an_image_goes_on_at_the_chunk_where_it_was_cut(far, centre, desks, way):
    town, _village = desks
    data = page(way, chunks=5)
    town.takes([data])
    for count in {UP: (100_000, CHUNK + 50_000, 2 * CHUNK), DOWN: range(900, 5000, 100)}[way]:
        far.line.mends()
        far.line.cuts_after(count, way)
        assert town.round().contact is Contact.OFF_LINE
        if (there := chunks_at(centre)) > 1:
            break
    assert there < 5
    far.line.mends()
    before = far.line.carried[UP]
    assert town.round().images == 1
    sent = far.line.carried[UP] - before
    assert (5 - there) * CHUNK < sent < (5 - there) * CHUNK + 20_000
    assert town.round().image_bytes == 0
    assert centre.connect(TOWN).confirmed_blobs([hashlib.sha256(data).digest()])


def chunks_at(centre):
    return centre.execute("select count(*)::int from core.chunk")[0][0]


def test_an_image_that_is_read_over_a_cut_line_is_whole_or_not_there(far, desks):
    town, village = desks
    data = page("read", chunks=3)
    number = town.takes([data])
    town.hands(number, VILLAGE)
    goes_on(far, town, village)
    digest = hashlib.sha256(data).hexdigest()
    far.line.mends()
    far.line.cuts_after(2 * CHUNK, DOWN)
    with pytest.raises(ImageElsewhere):
        village.images.get(digest)
    far.line.mends()
    assert village.images.get(digest) == data


# --- lines that are dead and do not say so ------------------------------------------------------------------------


@pytest.mark.parametrize("count", [700, 150_000])
def test_a_line_that_swallows_everything_is_given_up_and_nothing_is_lost(far, centre, desks, count):
    town, village = desks
    goes_on(far, town, village)
    number, _given = works(town, village, "swallowed", [page("swallowed")])
    far.gives_up_after(SHORT_SILENCE_S)
    far.line.swallows_after(count)
    result = town.round()
    assert (result.contact, result.error.reason) == (Contact.OFF_LINE, "network")
    assert town.sync.status().failure == "CentralUnavailable"
    goes_on(far, town, village)
    assert town.mark(number) is CaseMark.AT_CENTRE
    ensure_nothing_is_lost_or_doubled(centre, town, village)


def test_a_backend_that_a_cut_between_two_messages_left_hanging_is_ended_by_the_watch(far, centre):
    """What is executed and never synchronised stays active for good, with its locks; no timeout of the server's ends it."""
    far.enrol(TOWN)
    central, chain = far.connect(TOWN), Chain(TOWN)
    central.hello()
    far.gives_up_after(SHORT_SILENCE_S)
    far.line.keeps_back(SYNC_LENGTH)
    with pytest.raises(CentralUnavailable):
        central.push(chain.batch())
    assert centre.execute(f"select state from pg_stat_activity where usename = 'station_{TOWN}'") == [("active",)]
    assert centre.watch.end_stale(60, 60) == 0
    again = threading.Thread(target=centre.connect(TOWN).push, args=(chain.batch(),))
    again.start()
    again.join(0.3)
    assert again.is_alive()
    assert centre.watch.end_stale(1, 60) == 1
    again.join()
    assert centre.connect(TOWN).hello().head.seq == 1


def test_a_round_that_hangs_can_be_cancelled_at_once(far, centre, desks):
    town, village = desks
    goes_on(far, town, village)
    works(town, village, "hanging", [page("hanging", chunks=2)])
    stopping, steps, results = threading.Event(), [], []
    far.line.swallows_after(CHUNK // 2)

    def run():
        results.append(town.round(tell=steps.append, is_cancelled=stopping.is_set))

    round_ = threading.Thread(target=run)
    round_.start()
    while not far.line.is_swallowing:
        round_.join(0.01)
    assert round_.is_alive()
    stopping.set()
    round_.join(10)
    assert not round_.is_alive()  # the line itself would be given up after 40 s
    assert (results[0].is_cancelled, results[0].contact) == (True, Contact.OFF_LINE)
    assert steps[-1].step is SyncStep.IMAGES
    assert (results[0].pushed, town.sync.status().entries_waiting) == (4, 0)
    goes_on(far, town, village)
    ensure_nothing_is_lost_or_doubled(centre, town, village)


def test_a_slow_line_carries_everything_in_pieces_that_it_can_carry(far, centre, desks):
    """What 8 kB/s is to the minute that the centre gives a statement, 400 kB/s are here to 0.8 seconds."""
    town, village = desks
    goes_on(far, town, village)
    for station in (TOWN, VILLAGE):
        centre.execute(f"alter role station_{station} set statement_timeout = '800ms'")
    for n in range(8):
        town.hands(town.takes(note="慢" * 20_000 + str(n)), VILLAGE)
    far.line.bytes_s = 400_000
    far.hang_up()
    for desk in (town, village):
        desk.sync._pushing._pace = desk.sync._receiving._pace = Pace(lambda: time.monotonic() * 75)
        assert any(desk.round().contact is Contact.ON_LINE for _ in range(20))
    far.line.bytes_s = 0
    ensure_nothing_is_lost_or_doubled(centre, town, village)
