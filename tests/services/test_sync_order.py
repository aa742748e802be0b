"""The one order of a case that went from hand to hand."""

from app.services.sync_order import by_hands, interlocked, is_in_hand, is_sound
from tests.fakes.chains import Chain

HERE, THERE = "000731", "000732"


def began(chain):
    number = "20260518000731000197"
    entry = chain.says("CaseReceived", number, {"number": number, "holder": chain.station, "state": "received"})
    return number, entry


def test_each_goes_when_its_station_has_the_case():
    here, there = Chain(HERE), Chain(THERE)
    number, taken = began(there)
    given = there.moves(number, HERE)
    mine = [here.moves(number, HERE), here.notes(number), here.moves(number, THERE)]
    back = there.moves(number, HERE)
    last = here.moves(number, HERE)
    assert interlocked([*mine, last], [taken, given, back]) == [taken, given, *mine, back, last]


def test_a_case_that_began_here_begins_here():
    here, there = Chain(HERE), Chain(THERE)
    number, taken = began(here)
    given = here.moves(number, THERE)
    theirs = [there.notes(number), there.moves(number, HERE)]
    assert interlocked([taken, given], theirs) == [taken, given, *theirs]


def test_what_fits_nowhere_comes_at_the_end():
    here, there = Chain(HERE), Chain(THERE)
    number, taken = began(there)
    lost = here.moves(number, THERE)
    more = there.moves(number, THERE)
    assert interlocked([lost], [taken, more]) == [taken, more, lost]


def test_an_order_is_sound_when_only_its_holder_changed_the_case_and_nobody_went_back():
    here, there = Chain(HERE), Chain(THERE)
    number, taken = began(there)
    first, given = there.moves(number, THERE), there.moves(number, HERE)
    mine = [here.notes(number), here.moves(number, THERE)]
    assert is_sound([taken, first, given, *mine])
    assert is_sound([taken, given, *mine, there.moves(number, HERE)])
    assert not is_sound([taken, *mine, given])
    assert not is_sound([taken, given, mine[1], first])


def test_who_acts_holds_the_case_by_what_stands_before():
    here, there = Chain(HERE), Chain(THERE)
    number, taken = began(there)
    given, wrong = there.moves(number, HERE), there.moves(number, THERE)
    mine = here.moves(number, HERE)
    order = [taken, given, wrong, mine]
    assert [is_in_hand(one, order) for one in order] == [False, True, False, False]
    assert is_in_hand(mine, [taken, given, mine])
    assert not is_in_hand(mine, [taken, given])


def test_hands_say_the_one_order_of_all_entries_however_they_came():
    here, there, third = Chain(HERE), Chain(THERE), Chain("000733")
    number, taken = began(here)
    out = here.moves(number, THERE)
    note = here.notes(number)
    on, back = there.moves(number, "000733"), third.moves(number, HERE)
    last = here.moves(number, HERE)
    assert by_hands([back, on, last, note, out, taken]) == [taken, out, note, on, back, last]
    assert by_hands([back, last, note, out, taken]) is None, "nobody gave it to the third"
    assert by_hands([on, back]) is None, "its beginning is missing"
