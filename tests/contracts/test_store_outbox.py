"""What every store keeps of the own chain on its way to the centre, and what of it leaves the views."""

from dataclasses import replace

import pytest

from app.domain.facts import (
    EpochOpened,
    OperatorLoggedIn,
)
from app.services.ports import (
    Anchor,
    Aside,
    CentralHead,
    InboxPlace,
    SetAside,
    SyncState,
)
from app.services.snapshots import CaseFilter, CaseMark
from tests.contracts.stations import (
    HERE,
    LATER,
    STAMP,
    THERE,
    Writer,
    append,
    begun,
    receive,
)
from tests.domain.samples import AT


@pytest.fixture
def store(store):
    return begun(store)


def test_the_state_is_kept_as_it_was_saved(store):
    state = SyncState(
        head=CentralHead(1, 7, bytes([7] * 32)),
        verified=(1, 5),
        inbox=InboxPlace(3, 2**52 + 1),
        inbox_last=9,
        bulletin=4,
        anchor=Anchor("ab", STAMP),
        last_contact=AT,
        failure="network",
        failed_at=LATER,
        is_stale=True,
        images_until=(1, 3),
    )
    with store.write() as uow:
        assert uow.outbox.state() == SyncState()
        uow.outbox.save(state)
        uow.commit()
    with store.read() as uow:
        assert uow.outbox.state() == state


def test_own_entries_that_were_read_back_stand_at_their_own_place(store):
    lost = Writer(HERE)
    lost.says(EpochOpened("00"))
    number, taken = lost.takes(1)
    moved = lost.moves(number, THERE)
    second = Writer(HERE, 2)
    append(store, second.says(EpochOpened("01", "aa")), second.says(OperatorLoggedIn()))
    with store.write() as uow:
        uow.received.take_back([taken, moved])
        uow.rebuild_views()
        uow.commit()
    assert store.views.case(number).holder == THERE
    with store.read() as uow:
        assert [(one.epoch, one.seq) for one in uow.outbox.after(1, 1, 10)] == [(1, 2), (1, 3), (2, 1), (2, 2)]
        assert uow.outbox.count_after(1, 2) == 3
        assert uow.outbox.at(1, 3) == moved
        assert uow.outbox.at(1, 4) is None


def test_the_digest_of_a_body_that_nobody_has_any_more_is_kept(store):
    lost = Writer(HERE)
    lost.says(EpochOpened("00"))
    number, taken = lost.takes(1)
    bare, unknown = replace(taken, body=""), replace(lost.moves(number, THERE), body="")
    with store.write() as uow:
        uow.received.take_back([bare, unknown], {(1, 2): b"digest"})
        uow.received.take_back([bare], {(1, 2): b"another"})
        assert [uow.outbox.digest(1, seq) for seq in (1, 2, 3)] == [None, b"digest", None]


def test_the_centre_had_an_entry_when_the_first_word_of_it_came(store):
    with store.write() as uow:
        uow.outbox.confirm(1, 3, AT)
        uow.outbox.confirm(1, 3, LATER)
        uow.outbox.confirm(1, 9, LATER)
        assert [uow.outbox.received_at(1, seq) for seq in (1, 3, 4, 9, 10)] == [AT, AT, LATER, LATER, None]
        uow.outbox.forget_after(1, 3)
        assert [uow.outbox.received_at(1, seq) for seq in (3, 4)] == [AT, None]


def test_what_broke_custody_leaves_the_views_and_stays_in_the_journal(store):
    number, taken = store.chain.takes(1)
    append(store, taken, store.chain.moves(number, THERE), store.chain.moves(number, HERE))
    with store.write() as uow:
        broken = SetAside(1, 4, number, Aside.QUARANTINED, "not_the_holder", is_final=True)
        assert uow.outbox.set_aside([broken])
        assert not uow.outbox.set_aside([broken])
        assert not uow.outbox.set_aside([SetAside(1, 2, number, Aside.WITHHELD, "too_large")])
        assert not uow.outbox.set_aside([SetAside(1, 3, number, Aside.QUARANTINED, "not_the_taker")])
        uow.rebuild_views()
        uow.commit()
    assert store.views.case(number).holder == THERE
    with store.read() as uow:
        assert len(uow.journal.of_case(number)) == 2
        assert uow.journal.length() == 4
        assert [one.seq for one in uow.outbox.aside(2)] == [4, 3]


def test_that_the_centre_set_an_entry_aside_weighs_more_than_a_number_given_twice(store):
    number, taken = store.chain.takes(1)
    append(store, taken, store.chain.moves(number, THERE), store.chain.moves(number, HERE))
    twice = SetAside(1, 4, number, Aside.PARTED, "number_twice")
    broken = SetAside(1, 4, number, Aside.QUARANTINED, "not_the_holder", is_final=True)
    with store.write() as uow:
        assert not uow.outbox.set_aside([twice])
        assert uow.outbox.set_aside([broken])
        assert not uow.outbox.set_aside([twice])
        assert uow.outbox.aside(9) == [broken]
        uow.rebuild_views()
        uow.commit()
    assert store.views.case(number).holder == THERE


def test_what_may_still_be_let_in_stays_in_the_views_until_that_is_the_last_word(store):
    number, taken = store.chain.takes(1)
    append(store, taken, store.chain.moves(number, THERE), store.chain.moves(number, HERE))
    early = SetAside(1, 4, number, Aside.QUARANTINED, "not_the_holder")
    holders = []
    for settled in (early, replace(early, is_final=True), early):
        with store.write() as uow:
            is_stale = uow.outbox.set_aside([early]) or uow.outbox.settle([settled])
            assert is_stale is bool(holders)
            assert not uow.outbox.settle([settled])
            uow.rebuild_views()
            uow.commit()
        holders.append(store.views.case(number).holder)
    assert holders == [HERE, THERE, HERE]


def test_a_case_to_which_nothing_happened_here_has_no_mark(store):
    with store.write() as uow:
        uow.outbox.save(SyncState(head=CentralHead(1, 1, bytes(32)), verified=(1, 1)))
        uow.commit()
    number, taken = Writer(THERE).takes(1)
    receive(store, taken)
    assert store.views.case(number).mark is None


def test_the_mark_of_a_case_says_where_it_is_known(store):
    number, taken = store.chain.takes(1)
    append(store, taken)
    assert store.views.case(number).mark is None
    marks = []
    for head, verified in ((1, None), (2, None), (2, (1, 2))):
        with store.write() as uow:
            uow.outbox.save(SyncState(head=CentralHead(1, head, bytes(32)), verified=verified))
            uow.commit()
        marks.append(store.views.cases(CaseFilter(), 0, 1)[0].mark)
    assert marks == [CaseMark.HERE, CaseMark.AT_CENTRE, CaseMark.CONFIRMED]
    with store.write() as uow:
        uow.outbox.set_aside([SetAside(1, 2, number, Aside.WITHHELD, "too_large")])
        uow.commit()
    assert store.views.case(number).mark is CaseMark.HERE


def test_what_is_cut_off_the_journal_is_returned_word_for_word_and_gone_from_every_view(store):
    with store.write() as uow:
        kept, taken = store.chain.takes(1)
        uow.journal.append(taken)
        lost, apart = store.chain.takes(2)
        uow.journal.append(apart)
        uow.outbox.set_aside([SetAside(1, 3, lost, Aside.QUARANTINED, "header")])
        uow.outbox.confirm(1, 3, AT)
        uow.commit()
    with store.write() as uow:
        assert uow.journal.cut(1, 2) == [apart]
        uow.rebuild_views()
        uow.commit()
    assert store.views.case(kept)
    assert store.views.case(lost) is None
    with store.read() as uow:
        assert (uow.journal.head().epoch, uow.journal.head().seq, uow.journal.length()) == (1, 2, 2)
        assert uow.outbox.aside(9) == []
        assert uow.outbox.received_at(1, 2) is None
        assert uow.journal.of_case(lost) == []
