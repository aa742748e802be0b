"""What an audit makes of chains, numbers and times, without a database."""

import hashlib

from app.central.remarks import ChainCheck, CustodyCheck, Kept, NumberCheck, TimeCheck, Turn, follow_cases, named_before
from app.domain.clock import stamp
from app.domain.facts import FormPrepared, NumberedPaper, NumbersSkipped, SeriesEnd
from app.domain.numbering import case_number
from app.domain.paper import PaperKind
from app.security.keys import verify
from tests.domain.samples import AT
from tests.fakes.chains import Chain

TOWN, VILLAGE = "000731", "000732"
SERIES = f"云溪3/mandate/{AT.year}"


def kept():
    entry = Chain(TOWN).entries[0]
    return Kept(1, 1, AT, entry.prev, b"", entry.hash, entry.signature, b"", False, None, None, None)


def test_an_epoch_that_went_on_from_what_was_detached_is_no_remark():
    chain = Chain(TOWN, 2, "ab" * 32)
    (opening,) = chain.entries
    digest = hashlib.sha256(opening.body.encode()).digest()
    row = Kept(
        2, 1, AT, opening.prev, digest, opening.hash, opening.signature, opening.body.encode(), False, None, None, None
    )
    for bases, remarks in (({(1, 5): b"cd"}, []), ({}, ["previous_hash"])):
        check = ChainCheck(TOWN, verify, {2: chain.key.public_key}, bases, frozenset({named_before(row)}))
        assert [one.detail for one in check.look(row, opening.read())] == remarks


def takes_in(serial, station=TOWN):
    number = case_number(AT.date(), station, serial)
    return {"case": number, "header": {"number": number}, "kind": "OfALaterProgram", "data": {}}


def says(fact):
    return {"case": None, "header": None, "kind": fact.kind, "data": fact.data()}


def paper(serial):
    return says(FormPrepared(PaperKind.MANDATE, NumberedPaper(SERIES, serial, f"委{serial}"), "委托书", {}, ""))


def skips(day_share, year_share):
    return says(NumbersSkipped(AT.date(), day_share, AT.year, year_share))


def remarked(*bodies):
    check = NumberCheck(TOWN)
    return [one.detail for body in bodies for one in check.look(kept(), body)]


def test_numbers_without_a_gap_are_nothing_to_remark():
    assert remarked(takes_in(1), paper(1), takes_in(2), takes_in(2), takes_in(9, VILLAGE), takes_in(3), paper(2)) == []


def test_a_missing_number_is_remarked_at_the_entry_after_it():
    assert remarked(takes_in(1), takes_in(3), takes_in(4)) == [f"case/{AT:%Y%m%d} 3"]
    assert remarked(paper(2), paper(3)) == [f"{SERIES} 2"]


def test_numbers_that_a_restored_counter_knew_to_be_given_out_are_no_gap_and_more_are():
    skip = says(NumbersSkipped(AT.date(), 0, AT.year, 0, (SeriesEnd(SERIES, 40),)))
    assert remarked(paper(1), skip, paper(41)) == []
    assert remarked(paper(1), skip, paper(42)) == [f"{SERIES} 42"]


def test_a_number_that_was_used_twice_is_remarked():
    assert remarked(paper(1), paper(2), paper(2)) == [f"{SERIES} 2"]


def test_numbers_that_a_restored_counter_skipped_are_no_gap_and_more_are():
    assert remarked(paper(1), skips(500_000, 100_000), paper(100_000)) == []
    assert remarked(paper(1), skips(500_000, 100_000), paper(100_001)) == [f"{SERIES} 100001"]
    assert remarked(takes_in(1), skips(500_000, 100_000), takes_in(5000), takes_in(5001)) == []


def test_an_erased_entry_may_have_used_one_number_of_any_series():
    assert remarked(paper(1), None, paper(3), takes_in(2)) == []
    assert remarked(paper(1), None, paper(4)) == [f"{SERIES} 4"]
    assert remarked(paper(1), None, paper(2), paper(4)) == [f"{SERIES} 4"]


def test_a_second_window_with_the_same_prefix_is_remarked_once():
    users = {}
    for station in (TOWN, VILLAGE):
        check = NumberCheck(station, users)
        found = [one.detail for body in (paper(1), takes_in(1, station), paper(2)) for one in check.look(kept(), body)]
        assert found == ([f"{SERIES}: {TOWN} uses it too"] if station == VILLAGE else [])


def test_anchors_that_go_back_are_remarked():
    check = TimeCheck(TOWN)
    later = {"at": stamp(AT), "anchor": {"nonce": "ab", "at": "2026-05-18T10:00:00.000+08:00"}}
    earlier = {"at": stamp(AT), "anchor": {"nonce": "ab", "at": "2026-05-18T09:00:00.000+08:00"}}
    assert [one.what for body in (later, earlier) for one in check.look(kept(), body)] == ["anchor"]


def test_of_an_entry_that_shows_an_anchor_only_the_place_is_kept():
    """A journal can show a million of them, and bodies are large."""
    check = TimeCheck(TOWN)
    body = {"at": stamp(AT), "anchor": {"nonce": "ab", "at": "2026-05-18T10:00:00.000+08:00"}}
    entry = kept()
    assert list(check.look(entry, body)) == []
    assert check.anchors == {("2026-05-18T10:00:00.000+08:00", "ab"): (entry.epoch, entry.seq)}


def followed(*steps):
    """Return what is wrong with a history: each step is a station, and the holder afterwards (None for a note)."""
    chains = {station: Chain(station) for station in (TOWN, VILLAGE)}
    number = case_number(AT.date(), TOWN, 1)
    turns = []
    for n, (station, holder) in enumerate(steps, 1):
        chain = chains[station]
        entry = chain.notes(number) if holder is None else chain.moves(number, holder)
        body = None if holder == "erased" else entry.body.encode()
        turns.append(Turn(number, n, station, 1, entry.seq, body))
    wrong = []
    (case,) = follow_cases(turns, wrong)
    assert isinstance(case, CustodyCheck)
    return [one.detail.partition(": ")[2] for one in wrong]


def test_custody_is_followed_from_hand_to_hand():
    assert followed((TOWN, TOWN), (TOWN, VILLAGE), (TOWN, None), (VILLAGE, TOWN), (VILLAGE, None), (TOWN, TOWN)) == []
    assert followed((TOWN, VILLAGE), (TOWN, TOWN)) == [f"held by {VILLAGE}"]
    assert followed((VILLAGE, VILLAGE)) == [f"held by {TOWN}"]
    assert followed((TOWN, TOWN), (VILLAGE, None)) == ["not a party"]


def test_what_is_no_note_and_has_no_header_is_remarked():
    chain = Chain(TOWN)
    number = chain.case()
    chain.notes(number)
    chain.says("CaseWithdrawn", number)
    turns = [Turn(number, n, TOWN, 1, one.seq, one.body.encode()) for n, one in enumerate(chain.entries[1:], 1)]
    wrong = []
    (case,) = follow_cases(turns, wrong)
    assert case.holder == TOWN
    assert [(one.seq, one.what, one.detail) for one in wrong] == [(4, "custody", f"{number}: changed without a header")]


def test_a_body_that_cannot_be_read_is_remarked_and_what_follows_not_guessed_at():
    number = case_number(AT.date(), TOWN, 1)
    wrong = []
    for text in ("1" * 5000, "[" * 100_000, '{"header":7}', '{"header":{}}', '{"header":{"holder":[]}}'):
        turns = [Turn(number, 1, TOWN, 1, 2, text.encode()), Turn(number, 2, VILLAGE, 1, 2, b'{"header":null}')]
        (case,) = follow_cases(turns, wrong)
        assert case.holder is None
    assert [one.detail for one in wrong] == [f"{number}: unreadable"] * 5


def test_what_was_erased_is_not_guessed_at():
    assert followed((TOWN, "erased"), (VILLAGE, None), (VILLAGE, VILLAGE)) == []
