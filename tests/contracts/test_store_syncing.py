"""What every store keeps for talking with a centre: entries of others in every view, the own chain, what was said of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.config import RESOURCES
from app.definitions.pinyin import Readings, read_surnames
from app.domain.application import Application, HandedIn, Page
from app.domain.case import Case, CaseState
from app.domain.clock import CHINA, parse_stamp
from app.domain.facts import (
    NO_NUMBER,
    CaseDelivered,
    CaseHandedOver,
    CaseReceived,
    CaseTakenOver,
    EpochOpened,
    NumberedPaper,
    OperatorLoggedIn,
    PaperMade,
    PaperPrinted,
    PaperVoided,
)
from app.domain.journal import FIRST_PREV, Entry
from app.domain.numbering import case_number
from app.domain.outcomes import HandOverPurpose
from app.domain.paper import PaperKind
from app.domain.station import EpochKey, KnownStation, StationKind
from app.services.ports import (
    Anchor,
    Aside,
    Bulletin,
    CentralHead,
    InboxPlace,
    LeftBulletin,
    SetAside,
    SyncState,
    WaitingImage,
    Waits,
)
from app.services.snapshots import CaseFilter, CaseMark, CaseScope
from app.storage.store import create_store
from tests.domain.samples import AT, ITEM, PERSON
from tests.fakes.store import MemoryStore

HERE, THERE, ELSEWHERE = "000731", "000732", "000733"
PINYIN = Readings(read_surnames(RESOURCES / "surnames.txt"))
STAMP = "2026-05-18T10:24:07.000+08:00"
LATER = AT + timedelta(hours=1)


@pytest.fixture(params=["memory", "encrypted"])
def store(request, tmp_path):
    made = MemoryStore(PINYIN) if request.param == "memory" else create_store(tmp_path / "s.db", bytes(32), PINYIN)
    chain = Writer(HERE)
    with made.write() as uow:
        uow.journal.append(chain.says(EpochOpened("00")))
        uow.commit()
    made.chain = chain
    yield made
    made.close()


def numbered(text, serial):
    return NumberedPaper("series", serial, text)


class Writer:
    """Writes entries of one station that hang together and carry the headers of its cases."""

    def __init__(self, station, epoch=1):
        self.station, self.epoch, self.seq, self.prev = station, epoch, 0, FIRST_PREV
        self.cases = {}

    def says(self, fact, case=None, header=None, kind=None):
        self.seq += 1
        body = {
            "v": 1,
            "station": self.station,
            "epoch": self.epoch,
            "seq": self.seq,
            "at": STAMP,
            "operator": "somebody",
            "case": case,
            "kind": kind or fact.kind,
            "data": fact.data(),
            "header": header,
        }
        entry = Entry.seal(body, self.prev, lambda _digest: bytes(64))
        self.prev = entry.hash
        return entry

    def takes(self, serial, holder=None, name="林𬱖宁", materials=None, receipt=None):
        """Take a case in; ``holder`` has it from the beginning."""
        number = case_number(AT.date(), self.station, serial)
        fact = replace(RECEIVED, holder=holder or self.station, applicant=replace(PERSON, name=name))
        fact = replace(fact, materials=materials or {}, receipt=receipt or numbered(f"{self.station}-{serial}", serial))
        self.cases[number] = Case.opened(number, fact, parse_stamp(STAMP))
        return number, self.says(fact, number, self.cases[number].header())

    def moves(self, number, holder, case=None):
        """Say something about a case that is in the hands of ``holder`` from then on."""
        moved = replace(case or self.cases[number], holder=holder)
        return self.says(PaperPrinted("no such paper"), number, moved.header())


RECEIVED = CaseReceived(
    item=ITEM.code,
    item_version=1,
    title=ITEM.title,
    department=ITEM.department,
    project_type=ITEM.project_type,
    applicant=PERSON,
    form={},
    materials={},
    collection=Application(PERSON).collection,
    receipt=NumberedPaper("series", 7, "x"),
    holder=HERE,
)


def append(store, *entries):
    with store.write() as uow:
        for entry in entries:
            uow.journal.append(entry)
        uow.commit()


def receive(store, *entries):
    """Take entries in as a service does, and return why each waits."""
    with store.write() as uow:
        whys = []
        for entry in entries:
            uow.received.add(entry, AT)
            why = uow.received.fold(entry)
            if why:
                uow.received.keep_waiting(entry, why)
            whys.append(why)
        uow.commit()
    return whys


def views_of(store):
    views = store.views
    rows = views.cases(CaseFilter(), 0, 100)
    papers = [row for case in rows for row in views.papers(case.number)]
    return rows, papers, views.counts(AT), views.find_people("林", 10), views.today(AT.date())


# --- entries of others ------------------------------------------------------------------------------------------


def test_a_case_of_another_station_is_found_read_and_listed(store):
    there = Writer(THERE)
    number, taken = there.takes(1, name="陈示范")
    assert receive(store, taken, there.moves(number, HERE)) == [None, None]
    row = store.views.case(number)
    assert (row.applicant, row.holder) == ("陈示范", HERE)
    assert [found.number for found in store.views.find_cases("陈示范", 5)] == [number]
    assert [known.person.name for known in store.views.find_people("陈示范", 5)] == ["陈示范"]
    assert [(one.number, one.station) for one in store.views.papers(number)] == [(f"{THERE}-1", THERE)]
    with store.read() as uow:
        assert [entry.hash for entry in uow.journal.of_case(number)] == [taken.hash, there.prev]
        assert uow.journal.length() == 1


def test_what_another_station_holds_is_in_the_whole_list_and_in_nothing_that_is_to_be_done(store):
    there = Writer(THERE)
    number, taken = there.takes(1)
    receive(store, taken)
    counts = store.views.counts(AT)
    assert (counts.open, counts.received, counts.elsewhere, counts.done) == (0, 0, 1, 0)
    everywhere = CaseFilter()
    for scope in (CaseScope.OPEN, CaseScope.RECEIVED, CaseScope.DONE, CaseScope.TO_DELIVER):
        assert store.views.count_cases(replace(everywhere, scope=scope)) == 0
    for scope in (CaseScope.ALL, CaseScope.ELSEWHERE):
        assert [row.number for row in store.views.cases(CaseFilter(scope), 0, 10)] == [number]
    assert store.views.silent_cases(AT + timedelta(days=400)) == []
    assert store.views.reminders(AT.date() + timedelta(days=400), 10) == []


def test_a_case_that_is_handed_over_leaves_the_lists_here_and_comes_back(store):
    number, taken = store.chain.takes(1)
    append(store, taken, store.chain.moves(number, THERE))
    assert store.views.counts(AT).elsewhere == 1
    there = Writer(THERE)
    receive(store, there.moves(number, HERE, store.chain.cases[number]))
    counts = store.views.counts(AT)
    assert (counts.open, counts.received, counts.elsewhere) == (1, 1, 0)


def test_what_was_handed_here_is_listed_until_somebody_takes_it_over(store):
    number, taken = store.chain.takes(1)
    append(store, taken)
    case = handed(store.chain.cases[number], THERE)
    append(store, store.chain.says(case[0], number, case[1].header()))
    assert store.views.counts(AT).to_take_over == 0
    assert store.views.case(number).awaits_taking_over
    there = Writer(THERE)
    back = handed(case[1], HERE)
    receive(store, there.says(back[0], number, back[1].header()))
    to_take_over = CaseFilter(CaseScope.TO_TAKE_OVER)
    assert [row.number for row in store.views.cases(to_take_over, 0, 10)] == [number]
    assert store.views.counts(AT).to_take_over == store.views.count_cases(to_take_over) == 1
    here = back[1].after(CaseTakenOver(), AT)
    append(store, store.chain.says(CaseTakenOver(), number, here.header()))
    assert store.views.counts(AT).to_take_over == 0
    assert not store.views.case(number).awaits_taking_over


def test_what_came_in_a_file_alone_is_told_apart_and_can_be_passed_by(store):
    there, other = Writer(THERE), Writer(ELSEWHERE)
    number, taken = there.takes(1)
    given = there.moves(number, ELSEWHERE)
    noted = there.says(PaperPrinted("x"), number)
    on = other.says(PaperPrinted("x"), number, replace(there.cases[number], holder=HERE).header())
    for entry in (taken, given, noted, on):
        with store.write() as uow:
            uow.received.add(entry, AT if entry is taken else None)
            assert uow.received.fold(entry) is None
            uow.commit()
    with store.write() as uow:
        assert uow.received.only_in_files(number) == [given, on]
        uow.received.add(given, AT)
        assert uow.received.only_in_files(number) == [on]
        uow.received.pass_by([on, there.moves(number, HERE)])
        uow.rebuild_views()
        uow.commit()
    assert store.views.case(number).holder == ELSEWHERE
    with store.read() as uow:
        assert uow.received.of_case(number) == [taken, given, noted]
        assert uow.received.get(ELSEWHERE, 1, 1).waits is Waits.CUSTODY


def handed(case, to):
    """Return the fact that hands a case to a station, and the case after it."""
    fact = CaseHandedOver(to, "别处", HandOverPurpose.REVIEW, "超出权限", NO_NUMBER, "这里")
    return fact, case.after(fact, AT)


def test_numbers_days_and_figures_stay_those_of_this_counter(store):
    there = Writer(THERE)
    _number, taken = there.takes(1, receipt=numbered("T-1", 412))
    receive(store, taken)
    with store.read() as uow:
        assert uow.numbers.next("series") == 1
        assert not uow.numbers.is_taken("T-1")
        assert uow.numbers.next(f"case/{AT:%Y%m%d}") == 1
        assert uow.journal.unclosed(AT.date()) == list(uow.journal.entries())
    assert store.views.today(AT.date()).accepted == 0
    assert store.views.item_uses(AT.date()) == []
    assert store.views.papers_made(AT.date(), AT.date()) == []
    assert store.views.papers_to_print(AT.date(), 5) == []


def test_a_delivery_elsewhere_is_no_figure_of_this_counter(store):
    number, taken = store.chain.takes(1)
    append(store, taken)
    append(store, store.chain.moves(number, THERE))
    there = Writer(THERE)
    done = replace(store.chain.cases[number], holder=THERE).after(CaseDelivered("x"), AT)
    receive(store, there.says(CaseDelivered("x"), number, done.header()))
    assert store.views.case(number).delivered_at == AT
    assert store.views.today(AT.date()).delivered == 0


def test_a_paper_of_another_station_never_takes_the_place_of_an_own_one(store):
    there = Writer(THERE)
    theirs, taken = there.takes(1, receipt=numbered("T-1", 1))
    receive(store, taken)
    mine, own = store.chain.takes(1, receipt=numbered("T-1", 1))
    append(store, own)
    receive(store, there.takes(2, receipt=numbered("T-1", 2))[1])
    assert store.views.paper("T-1").case_number == mine
    assert store.views.papers(theirs) == []


def test_numbers_of_own_entries_that_were_read_back_are_used(store):
    lost = Writer(HERE, epoch=2)
    number, taken = lost.takes(7, receipt=numbered("T-1", 412))
    with store.write() as uow:
        uow.received.take_back([taken])
        uow.commit()
    for _ in range(2):
        with store.read() as uow:
            assert uow.numbers.next("series") == 413
            assert uow.numbers.next(f"case/{number[:8]}") == 8
        store.rebuild_views()


def test_of_two_own_papers_with_one_number_the_later_is_found_by_it(store):
    lost = Writer(HERE, epoch=2)
    with store.write() as uow:
        uow.received.take_back([lost.takes(7, receipt=numbered("T-1", 412))[1]])
        uow.commit()
    store.chain.seq, store.chain.epoch = 0, 3
    append(store, store.chain.says(EpochOpened("01", "00")))
    number, taken = store.chain.takes(8, receipt=numbered("T-1", 412))
    append(store, taken)
    store.rebuild_views()
    assert store.views.paper("T-1").case_number == number


def test_receiving_is_idempotent(store):
    there = Writer(THERE)
    _number, taken = there.takes(1)
    receive(store, taken)
    with store.write() as uow:
        assert not uow.received.add(taken, LATER)
        assert uow.received.get(THERE, 1, 1).received_at == AT
        assert uow.received.get(THERE, 1, 2) is None


def test_what_cannot_be_read_or_does_not_follow_waits_and_changes_nothing(store):
    there = Writer(THERE)
    number, taken = there.takes(1)
    before = views_of(store)
    strange = there.says(CaseDelivered("x"), number, kind="CaseTeleported")
    stateless = there.says(CaseDelivered("x"), number, there.cases[number].header() | {"state": "beamed"})
    early = there.moves(number, HERE)
    assert receive(store, strange, stateless, early) == [Waits.KIND, Waits.KIND, Waits.ORDER]
    assert views_of(store) == before
    with store.read() as uow:
        assert uow.received.waits_for(number)
        assert uow.received.count_waiting() == {Waits.KIND: 2, Waits.ORDER: 1}
        assert [one.entry for one in uow.received.waiting(0, 10)] == [strange, stateless, early]
        assert uow.journal.of_case(number) == []
    assert receive(store, taken) == [None]
    with store.write() as uow:
        assert uow.received.fold(early) is None
        uow.commit()
    assert store.views.case(number).holder == HERE


@pytest.mark.parametrize(
    "header",
    [
        {"due": {"at": STAMP}},
        {"due": "tomorrow"},
        {"holder": 7},
        {"suspended": [STAMP]},
        {"late": {}},
        {"received": None},
    ],
    ids=str,
)
def test_a_header_that_no_column_or_screen_takes_waits_and_changes_nothing(store, header):
    there = Writer(THERE)
    number, taken = there.takes(1)
    receive(store, taken)
    before = views_of(store)
    odd = there.says(PaperPrinted("x"), number, there.cases[number].header() | header)
    assert receive(store, odd) == [Waits.KIND]
    assert views_of(store) == before
    store.rebuild_views()
    assert views_of(store) == before


def test_what_is_no_body_is_kept_and_holds_nothing_up(store):
    there = Writer(THERE)
    number, taken = there.takes(1)
    receive(store, taken)
    deep = replace(there.moves(number, HERE), body="[" * 100_000)
    with store.write() as uow:
        assert uow.received.add(deep, AT)
        assert uow.received.fold(deep) is Waits.KIND
        uow.received.keep_waiting(deep, Waits.UNREADABLE)
        uow.commit()
    odd = there.moves(number, HERE)
    with store.write() as uow:
        assert uow.received.add(odd, AT)
        uow.received.keep_waiting(odd, Waits.UNREADABLE)
        assert not uow.received.waits_for(number)
        assert uow.received.count_waiting() == {Waits.UNREADABLE: 2}
        uow.commit()


def test_only_who_holds_a_case_changes_it_and_what_waits_for_that_holds_nothing_up(store):
    there, elsewhere = Writer(THERE), Writer(ELSEWHERE)
    number, taken = there.takes(1)
    given = there.moves(number, ELSEWHERE)
    receive(store, taken, given)
    before = views_of(store)
    wrong = there.moves(number, HERE)
    assert receive(store, wrong) == [Waits.CUSTODY]
    store.rebuild_views()
    assert views_of(store) == before
    with store.read() as uow:
        assert not uow.received.waits_for(number)
        assert uow.received.count_waiting() == {Waits.CUSTODY: 1}
    assert receive(store, there.says(PaperPrinted("x"), number)) == [None]
    assert receive(store, elsewhere.moves(number, THERE, there.cases[number]), wrong) == [None, None]
    assert store.views.case(number).holder == HERE


def test_what_rests_on_an_own_entry_that_leaves_the_views_waits_from_then_on(store):
    number, taken = store.chain.takes(1)
    given = store.chain.moves(number, THERE)
    append(store, taken, given)
    there = Writer(THERE)
    assert receive(store, there.moves(number, ELSEWHERE, store.chain.cases[number])) == [None]
    assert store.views.case(number).holder == ELSEWHERE
    with store.write() as uow:
        uow.outbox.set_aside([SetAside(given.epoch, given.seq, number, Aside.QUARANTINED, "header")])
        uow.rebuild_views()
        uow.commit()
    assert store.views.case(number).holder == HERE
    with store.read() as uow:
        assert uow.received.count_waiting() == {Waits.CUSTODY: 1}
        assert uow.journal.of_case(number) == [taken]


def test_what_came_in_a_file_is_known_to_be_at_the_centre_when_it_comes_from_there(store):
    there = Writer(THERE)
    _number, taken = there.takes(1)
    with store.write() as uow:
        assert uow.received.add(taken, None)
        assert not uow.received.add(replace(taken, hash=bytes(32)), AT)
        assert uow.received.get(THERE, 1, 1).received_at is None
        assert not uow.received.add(taken, AT)
        assert not uow.received.add(taken, LATER)
        assert uow.received.get(THERE, 1, 1).received_at == AT


@pytest.mark.parametrize("why", [Waits.KEY, Waits.SIGNATURE, Waits.KIND, Waits.ORDER])
def test_a_note_that_waits_holds_nothing_up(store, why):
    there = Writer(THERE)
    number, taken = there.takes(1)
    note, moved = there.says(PaperPrinted("x"), number), there.moves(number, HERE)
    receive(store, taken)
    assert keep(store, note, why) is False
    assert keep(store, moved, why) is (why is not Waits.SIGNATURE)


def keep(store, entry, why):
    """Let an entry wait and tell whether its case waits for it."""
    with store.write() as uow:
        assert uow.received.add(entry, AT)
        uow.received.keep_waiting(entry, why)
        uow.commit()
    with store.read() as uow:
        return uow.received.waits_for(entry.read()["case"])


@pytest.mark.parametrize(
    "fact",
    [CaseDelivered("x"), PaperVoided("000731-1", "x", "y"), RECEIVED, OperatorLoggedIn()],
    ids=lambda one: one.kind,
)
def test_what_is_no_note_and_has_no_header_is_part_of_no_view(store, fact):
    number, taken = store.chain.takes(1)
    append(store, taken)
    before = views_of(store)
    there = Writer(THERE)
    assert receive(store, there.says(fact, number)) == [Waits.KIND]
    assert views_of(store) == before
    store.rebuild_views()
    assert views_of(store) == before


def test_a_case_begins_only_under_a_number_of_the_station_that_took_it_in(store):
    there = Writer(THERE)
    number = case_number(AT.date(), HERE, 1)
    before = views_of(store)
    taken = there.says(RECEIVED, number, Case.opened(number, RECEIVED, AT).header())
    assert receive(store, taken) == [Waits.KIND]
    store.rebuild_views()
    assert views_of(store) == before
    append(store, store.chain.takes(1)[1])
    assert store.views.case(number).holder == HERE


def test_only_the_station_that_gave_a_paper_its_number_says_how_it_looks(store):
    there = Writer(THERE)
    number, taken = there.takes(1, receipt=numbered("T-1", 1))
    receive(store, taken, there.says(PaperMade(PaperKind.MATERIALS_RECEIPT, "T-1", "a" * 64), number))
    receive(store, Writer(ELSEWHERE).says(PaperMade(PaperKind.MATERIALS_RECEIPT, "T-1", "b" * 64), number))
    assert store.views.paper("T-1").digest == "a" * 64


def test_an_entry_without_its_body_waits_for_good(store):
    there = Writer(THERE)
    bare = replace(there.takes(1)[1], body="")
    with store.write() as uow:
        assert uow.received.add(bare, AT)
        uow.commit()
    with store.read() as uow:
        assert uow.received.count_waiting() == {Waits.BODY: 1}


def test_every_view_is_what_rebuild_makes_of_own_and_received_entries_in_their_order(store):
    there = Writer(THERE)
    mine, own = store.chain.takes(1)
    theirs, taken = there.takes(1, name="陈示范")
    append(store, own)
    receive(store, taken, there.moves(theirs, HERE))
    append(store, store.chain.moves(mine, THERE), store.chain.moves(theirs, HERE, there.cases[theirs]))
    receive(store, there.moves(mine, THERE, store.chain.cases[mine]), there.takes(2)[1])
    before = views_of(store)
    store.rebuild_views()
    assert views_of(store) == before


# --- the own chain ----------------------------------------------------------------------------------------------


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


# --- images -----------------------------------------------------------------------------------------------------


def case_with_pages(store, serial, *pages):
    with store.write() as uow:
        kept = tuple(Page(uow.blobs.put(page), "image/png") for page in pages)
        number, taken = store.chain.takes(serial, materials={"id_card": HandedIn(originals=1, pages=kept)})
        uow.journal.append(taken)
        uow.commit()
    return number, [page.digest for page in kept]


def reached(store, seq):
    with store.write() as uow:
        uow.outbox.save(replace(uow.outbox.state(), head=CentralHead(1, seq, bytes(32))))
        uow.commit()


def test_images_follow_their_entries_small_cases_first(store):
    large, first = case_with_pages(store, 1, b"a" * 10, b"b" * 10)
    small, second = case_with_pages(store, 2, b"c" * 15)
    with store.read() as uow:
        assert uow.outbox.images(10) == []
        assert uow.outbox.count_images() == (3, 35)
        assert sorted(image.size for image in uow.outbox.unsent_images()) == [10, 10, 15]
    reached(store, 2)
    with store.read() as uow:
        assert [image.case_number for image in uow.outbox.images(10)] == [large, large]
        assert uow.outbox.count_images() == (3, 35)
    reached(store, 3)
    wanted = [WaitingImage(second[0], small, 15), *(WaitingImage(digest, large, 10) for digest in first)]
    with store.write() as uow:
        assert uow.outbox.images(10) == wanted
        assert uow.outbox.count_images() == (3, 35)
        uow.outbox.image_sent(wanted[0], AT)
        uow.outbox.image_sent(wanted[1], AT, "not_a_party")
        assert uow.outbox.images(10) == wanted[2:]
        assert uow.outbox.count_images() == (1, 10)
        assert [image.size for image in uow.outbox.unsent_images()] == [10]
        uow.outbox.save(replace(uow.outbox.state(), images_until=(1, 3)))
        assert uow.outbox.images(10) == []


def test_an_image_whose_copy_went_is_elsewhere_for_a_later_case(store):
    _first, (digest,) = case_with_pages(store, 1, b"a")
    with store.write() as uow:
        uow.outbox.image_sent(WaitingImage(digest, _first, 1), AT)
        uow.outbox.purged(digest)
        again = HandedIn(originals=1, pages=(Page(digest, "image/png"),))
        later, taken = store.chain.takes(2, materials={"id_card": again})
        uow.journal.append(taken)
        uow.commit()
    with store.write() as uow:
        assert uow.outbox.images_elsewhere(10) == []
        uow.outbox.save(replace(uow.outbox.state(), head=CentralHead(1, 3, bytes(32))))
        assert uow.outbox.images(10) == []
        assert uow.outbox.images_elsewhere(10) == [WaitingImage(digest, later, 0)]
        uow.outbox.image_sent(WaitingImage(digest, later, 0), AT)
        assert uow.outbox.images_elsewhere(10) == []


def test_what_was_sent_lately_is_told_the_last_first(store):
    number, (first, second, refused) = case_with_pages(store, 1, b"a", b"b", b"c")
    with store.write() as uow:
        uow.outbox.image_sent(WaitingImage(first, number, 1), AT)
        uow.outbox.image_sent(WaitingImage(second, number, 1), LATER)
        uow.outbox.image_sent(WaitingImage(refused, number, 1), LATER, "not_a_party")
        assert uow.outbox.sent_since(AT, 10) == [second, first]
        assert uow.outbox.sent_since(AT, 1) == [second]
        assert uow.outbox.sent_since(LATER, 10) == [second]
        uow.outbox.purged(second)
        assert uow.outbox.sent_since(AT, 10) == [first]


def test_only_what_the_centre_confirmed_may_go_and_only_after_its_time(store):
    number, (first, second) = case_with_pages(store, 1, b"a", b"b")
    with store.write() as uow:
        uow.outbox.image_sent(WaitingImage(first, number, 1), AT)
        uow.outbox.image_sent(WaitingImage(second, number, 1), AT, "not_a_party")
        assert uow.outbox.purgeable(AT, 10) == []
        assert uow.outbox.purgeable(LATER, 10) == [first]
        uow.outbox.purged(first)
        assert uow.outbox.purgeable(LATER, 10) == []
        assert uow.outbox.images(10) == []
        uow.blobs.put(b"a")
        uow.outbox.image_fetched(first, LATER)
        assert uow.outbox.purgeable(LATER + timedelta(days=1), 10) == [first]


def test_a_refused_image_waits_again_when_its_case_is_let_in_or_the_centre_forgot_or_after_a_while(store):
    number, (digest,) = case_with_pages(store, 1, b"a")
    image = WaitingImage(digest, number, 1)

    def waits_after(act):
        with store.write() as uow:
            head = CentralHead(1, 9, bytes(32))
            uow.outbox.save(replace(uow.outbox.state(), head=head, images_until=(1, 9)))
            uow.outbox.set_aside([SetAside(1, 2, number, Aside.QUARANTINED, "not_a_party")])
            uow.outbox.image_sent(image, AT, "NotAParty")
            act(uow.outbox)
            return uow.outbox.images(10) == [image]

    assert not waits_after(lambda outbox: outbox.let_in([(1, 3)]))
    assert not waits_after(lambda outbox: outbox.ask_again("NotAParty", AT))
    assert not waits_after(lambda outbox: outbox.ask_again("BatchRefused", LATER))
    assert waits_after(lambda outbox: outbox.let_in([(1, 2)]))
    assert waits_after(lambda outbox: outbox.ask_again("NotAParty", LATER))
    with store.write() as uow:
        uow.outbox.image_sent(image, AT, "NotAParty")
        uow.outbox.forget_after(1, 0)
        uow.outbox.save(replace(uow.outbox.state(), head=CentralHead(1, 9, bytes(32))))
        assert uow.outbox.images(10) == [image]
        uow.outbox.image_sent(image, AT, "NotAParty")
        uow.commit()
    ended = replace(store.chain.cases[number], state=CaseState.DELIVERED)
    append(store, store.chain.moves(number, HERE, ended))
    assert not waits_after(lambda outbox: outbox.ask_again("NotAParty", LATER))


def test_an_image_of_a_received_case_is_not_swept(store):
    there = Writer(THERE)
    with store.write() as uow:
        page = Page(uow.blobs.put(b"page"), "image/png")
        uow.commit()
    receive(store, there.takes(1, materials={"id_card": HandedIn(originals=1, pages=(page,))})[1])
    with store.write() as uow:
        assert uow.blobs.sweep() == 0
        reached_none = uow.outbox.images(10)
    assert reached_none == []


# --- parting from a second machine --------------------------------------------------------------------------------


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


# --- the directory ----------------------------------------------------------------------------------------------


def test_the_directory_is_replaced_as_a_whole(store):
    town = KnownStation(
        THERE,
        "二号窗口",
        service_point="柳湾村",
        kind=StationKind.COLLECTION,
        keys=(EpochKey(1, "ab" * 32), EpochKey(2, "cd" * 32)),
        revoked_at=AT.astimezone(CHINA),
    )
    with store.write() as uow:
        uow.directory.replace([KnownStation("000799", "旧"), KnownStation("000700", "先")])
        uow.directory.replace([town, KnownStation("000700", "先")])
        uow.commit()
    with store.read() as uow:
        assert [one.code for one in uow.directory.everyone()] == ["000700", THERE]
        assert uow.directory.get(THERE) == town
        assert uow.directory.get("000799") is None
    assert (town.key_of(2), town.key_of(3)) == (bytes([0xCD] * 32), None)


def test_the_newest_bulletin_of_each_topic_is_kept_with_what_it_says(store):
    with store.write() as uow:
        assert uow.directory.payload("operators") is None
        uow.directory.keep_bulletin(Bulletin(1, "operators", 1, AT, b"old", b""))
        uow.directory.keep_bulletin(Bulletin(2, "operators", 2, LATER, b"new", b""))
        uow.commit()
    with store.read() as uow:
        assert uow.directory.payload("operators") == b"new"
        assert uow.directory.taken_in("operators") == (2, LATER)
        assert uow.directory.payload("calendar") is None
        assert uow.directory.taken_in("calendar") is None


def test_the_last_bulletin_that_was_left_aside_is_kept_until_a_later_one_is_taken_in(store):
    calendar, catalogue = LeftBulletin("calendar", 3, "broken", "0.2"), LeftBulletin("catalogue", 4, "strange", "0.2")
    with store.write() as uow:
        uow.directory.leave_aside(LeftBulletin("calendar", 1, "forged", "0.1"))
        uow.directory.leave_aside(catalogue)
        uow.directory.leave_aside(calendar)
        uow.commit()
    with store.write() as uow:
        assert uow.directory.left_aside() == [calendar, catalogue]
        uow.directory.keep_bulletin(Bulletin(5, "calendar", 2, AT, b"new", b""))
        assert uow.directory.left_aside() == [catalogue]
        uow.directory.forget_left("catalogue")
        assert uow.directory.left_aside() == []
