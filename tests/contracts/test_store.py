"""What every store promises; the one in memory is the model that the encrypted one is held against."""

import json
import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.config import RESOURCES
from app.definitions.pinyin import Readings, read_surnames
from app.demonstration import CLERK, History
from app.domain import inquiry as rules
from app.domain.application import Application, HandedIn, Page
from app.domain.case import OPEN
from app.domain.clock import CHINA
from app.domain.documents import Document, Sex
from app.domain.facts import (
    CaseReceived,
    DayClosed,
    EpochOpened,
    InquiryAnswered,
    InquiryHandedOn,
    MaterialsFollowed,
    NumbersSkipped,
    OperatorLoggedIn,
    PaperMade,
    PaperPrinted,
    PaperVoided,
    PersonalDataShown,
    PrintConfirmed,
    PrintSpoiled,
    SupplementReceived,
)
from app.domain.inquiry import InquiryState
from app.domain.journal import FIRST_PREV, Entry
from app.domain.operators import Role
from app.domain.paper import PaperKind, PaperState
from app.domain.people import Person
from app.services.errors import BrokenJournal, NotFound, StoreBusy
from app.services.ports import Account, Draft, KindCount
from app.services.snapshots import CaseFilter, CaseScope, InquiryFilter
from app.storage import engine
from app.storage.store import create_store
from tests.domain.samples import AT, ITEM, NUMBER, PERSON, paper
from tests.fakes.store import MemoryStore
from tests.support import COMMITTED, FOR_ORGANISATIONS, MONDAY, copy_of, filled

TRAVELLER = replace(
    PERSON,
    name="陈示范",
    id_number="H12345678",
    document=Document.HK_MACAO_TRAVEL_PERMIT,
    stated_birth_date=date(1990, 2, 3),
    stated_sex=Sex.MALE,
)
PINYIN = Readings(read_surnames(RESOURCES / "surnames.txt"))
DRAFT = Draft("draft-1", ITEM.code, 1, CLERK.login, Application(PERSON), AT, AT)
RECEIVED = CaseReceived(
    item=ITEM.code,
    item_version=1,
    title=ITEM.title,
    department=ITEM.department,
    project_type=ITEM.project_type,
    applicant=PERSON,
    form={},
    materials={},
    collection=DRAFT.application.collection,
    receipt=paper(serial=7),
    holder="000731",
    started_at=AT,
)


@pytest.fixture(params=["memory", "encrypted"])
def store(request, tmp_path, monkeypatch):
    if request.param == "memory":
        yield MemoryStore(PINYIN)
        return
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    made = create_store(tmp_path / "station.db", bytes(32), PINYIN)
    yield made
    made.close()


def entry(fact, epoch=1, seq=1, case=None, day=18):
    body = {
        "v": 1,
        "station": "000731",
        "epoch": epoch,
        "seq": seq,
        "at": f"2026-05-{day}T10:24:07.000+08:00",
        "operator": CLERK.login,
        "case": case,
        "kind": fact.kind,
        "data": fact.data(),
        "header": None,
    }
    return Entry.seal(body, FIRST_PREV, lambda _digest: bytes(64))


def add(store, *entries):
    with store.write() as uow:
        for one in entries:
            uow.journal.append(one)
        uow.commit()


# --- transactions ----------------------------------------------------------------------------------------------


def test_what_is_committed_is_seen_by_the_next_one(store):
    with store.write() as uow:
        uow.preferences.set("theme", "dark")
        uow.commit()
    with store.read() as uow:
        assert uow.preferences.all() == {"theme": "dark"}


def test_what_is_not_committed_is_gone(store):
    with store.write() as uow:
        uow.drafts.save(DRAFT)
        uow.journal.append(entry(EpochOpened("00")))
    with store.read() as uow:
        assert uow.drafts.get(DRAFT.draft_id) is None
        assert uow.journal.head() is None


def test_a_fault_inside_is_raised_and_rolls_back(store):
    with pytest.raises(ZeroDivisionError), store.write() as uow:
        uow.drafts.save(DRAFT)
        raise ZeroDivisionError
    with store.read() as uow:
        assert uow.drafts.get(DRAFT.draft_id) is None


def test_a_reader_sees_one_moment(store):
    with store.read() as reading:
        assert reading.journal.head() is None
        add(store, entry(EpochOpened("00")))
        assert list(reading.journal.entries()) == []


def test_two_writers_do_not_write_at_once(store):
    with store.write(), pytest.raises(StoreBusy), store.write():
        pass
    with store.write() as uow:
        uow.commit()


# --- the journal -----------------------------------------------------------------------------------------------


def test_an_empty_journal_has_no_head_and_no_entries(store):
    with store.read() as uow:
        assert uow.journal.head() is None
        assert uow.journal.latest("EpochOpened") is None
        assert uow.journal.of_case(NUMBER) == []
        with pytest.raises(NotFound):
            uow.journal.opening(1)


def test_entries_come_back_as_they_went_in_oldest_first(store):
    entries = [entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER), entry(EpochOpened("01"), epoch=2)]
    add(store, *entries)
    with store.read() as uow:
        assert list(uow.journal.entries()) == entries
        assert uow.journal.of_case(NUMBER) == entries[1:2]
        assert uow.journal.opening(2) == entries[2]
        assert uow.journal.at(1, 2) == entries[1]
        with pytest.raises(NotFound):
            uow.journal.at(2, 2)
        head = uow.journal.head()
    assert (head.epoch, head.seq, head.hash) == (2, 1, entries[2].hash)


@pytest.mark.parametrize(("epoch", "seq"), [(1, 1), (1, 3), (1, 0), (3, 1), (0, 1), (2, 2)])
def test_an_entry_that_does_not_follow_is_refused(store, epoch, seq):
    add(store, entry(EpochOpened("00")))
    with pytest.raises(BrokenJournal), store.write() as uow:
        uow.journal.append(entry(OperatorLoggedIn(), epoch, seq))
    with store.read() as uow:
        assert len(list(uow.journal.entries())) == 1


def test_a_journal_begins_with_its_first_entry(store):
    with pytest.raises(BrokenJournal), store.write() as uow:
        uow.journal.append(entry(OperatorLoggedIn(), 1, 2))


def test_the_latest_of_a_kind_is_the_newest_that_belongs_to_no_case(store):
    old, new = entry(PersonalDataShown("a"), seq=2), entry(PersonalDataShown("b"), seq=3)
    add(store, entry(EpochOpened("00")), old, new, entry(PersonalDataShown("c"), seq=4, case=NUMBER))
    with store.read() as uow:
        assert uow.journal.latest("PersonalDataShown") == new


def test_a_number_is_used_up_by_the_fact_that_names_it(store):
    add(store, entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER))
    with store.read() as uow:
        assert uow.numbers.next(RECEIVED.receipt.series) == 8
        assert uow.numbers.next(f"case/{NUMBER[:8]}") == int(NUMBER[14:18]) + 1
        assert uow.numbers.next("unheard of") == 1
        assert uow.numbers.is_taken(RECEIVED.receipt.text)
        assert not uow.numbers.is_taken("unheard of")
        assert uow.numbers.missing("unheard of") == uow.numbers.missing(f"case/{NUMBER[:8]}") == 0
        assert uow.numbers.missing(RECEIVED.receipt.series) == 6


def test_numbers_that_may_have_been_used_since_a_backup_are_skipped_by_the_room_of_their_series(store):
    skip = NumbersSkipped(day=MONDAY.date(), day_share=500_000, year=2026, year_share=250_000)
    earlier = NumbersSkipped(day=MONDAY.date(), day_share=100, year=2026, year_share=100)
    add(store, entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER))
    add(store, entry(EpochOpened("01", "00"), epoch=2), entry(skip, epoch=2, seq=2), entry(earlier, epoch=2, seq=3))
    with store.read() as uow:
        assert uow.journal.length() == 5
        assert uow.numbers.next(f"case/{MONDAY:%Y%m%d}", 9999) == 5000
        assert uow.numbers.next("case/20260519", 9999) == 1
        assert uow.numbers.next(RECEIVED.receipt.series) == 250_000
        assert uow.numbers.next("begun since/2026", 999) == 250
        assert uow.numbers.next("begun since/2027", 999) == 1
        assert uow.numbers.missing(RECEIVED.receipt.series) == 6


# --- what becomes of papers -------------------------------------------------------------------------------------


def test_a_paper_is_followed_from_its_number_to_its_end(store):
    number = RECEIVED.receipt.text
    add(store, entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER))
    row = store.views.paper(number)
    assert (row.epoch, row.seq, row.state, row.case_number) == (1, 2, PaperState.TO_PRINT, NUMBER)
    steps = [
        (PaperPrinted(number), PaperState.SENT, 1, 0),
        (PrintSpoiled(number), PaperState.TO_PRINT, 1, 0),
        (PaperPrinted(number), PaperState.SENT, 2, 0),
        (PrintConfirmed(number), PaperState.PRINTED, 2, 1),
        (PaperVoided(number, "错行", "shenqing"), PaperState.VOIDED, 2, 1),
        (PaperPrinted(number), PaperState.VOIDED, 3, 1),
    ]
    for seq, (fact, state, sent, printed) in enumerate(steps, start=3):
        add(store, entry(fact, seq=seq, case=NUMBER))
        row = store.views.paper(number)
        assert (row.state, row.sent, row.printed) == (state, sent, printed)
        waits = state in {PaperState.TO_PRINT, PaperState.SENT}
        assert [one.number for one in store.views.papers_to_print(date(2026, 5, 18), 5)] == [number] * waits
    assert (row.void_reason, row.voided_by) == ("错行", "shenqing")
    assert store.views.papers(NUMBER) == [row]
    assert store.views.paper("unheard of") is None


def test_papers_are_listed_by_the_day_and_the_kind(store):
    add(store, entry(EpochOpened("00")), entry(RECEIVED, seq=2, case=NUMBER))
    (row,) = store.views.papers(NUMBER)
    day = row.made_at.astimezone(CHINA).date()
    assert store.views.papers_made(day, day) == [row]
    assert store.views.papers_made(day, day, PaperKind.MATERIALS_RECEIPT) == [row]
    assert store.views.papers_made(day, day, PaperKind.MANDATE) == []
    assert store.views.papers_made(day + timedelta(days=1), day + timedelta(days=2)) == []
    assert store.views.papers_to_print(day + timedelta(days=1), 5) == []


# --- inquiries and days ----------------------------------------------------------------------------------------


def asked(serial, subject="怎么领"):
    return rules.ask(paper("inquiry_slip", serial), subject, ITEM.code, "林𬱖宁", "13805555270")


def test_an_inquiry_is_what_its_facts_have_made_of_it(store):
    first, second = asked(1), asked(2, "几点下班")
    add(store, entry(first), entry(second, seq=2))
    add(store, entry(InquiryHandedOn(first.number.text, "民政办", "", "0899-5550199"), seq=3))
    add(store, entry(InquiryAnswered(second.number.text, "五点"), seq=4))
    with store.read() as uow:
        kinds = [one.read()["kind"] for one in uow.journal.of_inquiry(first.number.text)]
        assert uow.journal.of_inquiry("never asked") == []
    assert kinds == ["InquiryOpened", "InquiryHandedOn"]
    (still_open,) = store.views.inquiries(InquiryFilter(), 0, 5)
    assert (still_open.number, still_open.state) == (first.number.text, InquiryState.HANDED_ON)
    assert (still_open.handed_to, still_open.handed_phone, still_open.clerk) == ("民政办", "0899-5550199", CLERK.login)
    closed, _ = store.views.inquiries(InquiryFilter(only_open=False), 0, 5)
    assert (closed.outcome, closed.is_open, closed.closed_at) == ("五点", False, AT)
    assert store.views.inquiries(InquiryFilter(only_open=False), 1, 5) == [still_open]
    assert store.views.count_inquiries(InquiryFilter(only_open=False, text="下班")) == 1


def closing(day, serial):
    return DayClosed(date(2026, 5, day), paper("day_report", 90 + serial), {}, {}, "chen")


def unclosed(store, day):
    with store.read() as uow:
        return [one.seq for one in uow.journal.unclosed(date(2026, 5, day))]


def days(store):
    return [(row.day.day, row.has_open_work, row.is_closed) for row in store.views.days(date(2026, 5, 1))]


def test_a_closing_covers_its_day_and_what_came_after_it_is_left_for_the_next(store):
    add(store, entry(EpochOpened("00"), day=17), entry(asked(1), seq=2), entry(OperatorLoggedIn(), seq=3))
    assert unclosed(store, 18) == [2, 3]
    assert days(store) == [(17, False, False), (18, True, False)]
    add(store, entry(closing(18, 1), seq=4), entry(PaperMade(PaperKind.DAY_REPORT, "a", "00"), seq=5))
    assert days(store)[-1] == (18, False, True)
    add(store, entry(asked(2), seq=6))
    assert days(store)[-1] == (18, True, True)
    assert unclosed(store, 18) == [5, 6]
    add(store, entry(asked(3), seq=7, day=19), entry(OperatorLoggedIn(), seq=8, day=20))
    assert unclosed(store, 19) == [5, 6, 7]
    add(store, entry(closing(19, 2), seq=9, day=20))
    assert unclosed(store, 19) == []
    assert unclosed(store, 20) == [8, 9]


def test_a_day_that_was_never_closed_waits_for_a_closing_of_its_own(store):
    add(store, entry(asked(1), day=17), entry(asked(2), seq=2), entry(closing(18, 1), seq=3))
    assert unclosed(store, 18) == []
    assert unclosed(store, 17) == [1]
    assert days(store) == [(17, True, False), (18, False, True)]


# --- what is kept beside it ------------------------------------------------------------------------------------


def test_a_draft_is_kept_replaced_and_discarded(store):
    later = replace(DRAFT, application=Application(Person("林", "")), saved_at=AT + timedelta(minutes=1))
    with store.write() as uow:
        uow.drafts.save(DRAFT)
        assert uow.drafts.get(DRAFT.draft_id) == DRAFT
        uow.drafts.save(later)
        assert uow.drafts.get(DRAFT.draft_id) == later
        uow.drafts.discard(DRAFT.draft_id)
        uow.drafts.discard("never there")
        assert uow.drafts.get(DRAFT.draft_id) is None


def test_entries_are_counted_by_kind_with_the_time_of_the_newest(store):
    with store.read() as uow:
        assert uow.journal.kinds() == {}
    add(
        store,
        entry(EpochOpened("00")),
        entry(OperatorLoggedIn(), seq=2, day=19),
        entry(OperatorLoggedIn(), seq=3, day=20),
    )
    with store.read() as uow:
        assert uow.journal.kinds() == {
            "EpochOpened": KindCount(1, "2026-05-18T10:24:07.000+08:00"),
            "OperatorLoggedIn": KindCount(2, "2026-05-20T10:24:07.000+08:00"),
        }


def test_equal_bytes_are_kept_once_and_swept_when_nothing_names_them(store):
    with store.write() as uow:
        digest = uow.blobs.put(b"a page")
        assert uow.blobs.put(b"a page") == digest
        named = uow.blobs.put(b"a page of a draft")
        pages = {"id_card": HandedIn(pages=(Page(named, "image/png"),))}
        uow.drafts.save(replace(DRAFT, application=Application(PERSON, materials=pages)))
        assert uow.blobs.get(digest) == b"a page"
        assert uow.blobs.sweep() == 1
        assert uow.blobs.get(named) == b"a page of a draft"
        with pytest.raises(NotFound):
            uow.blobs.get(digest)


@pytest.mark.parametrize("kind", [SupplementReceived, MaterialsFollowed])
def test_pages_that_came_later_are_kept(store, kind):
    with store.write() as uow:
        pages = (Page(uow.blobs.put(b"a page that came later"), "image/png"),)
        more = {"complete": True, "form": {}} if kind is SupplementReceived else {}
        later = kind(materials={"photo": HandedIn(pages=pages)}, receipt=paper("later"), **more)
        uow.journal.append(entry(EpochOpened("00")))
        uow.journal.append(entry(RECEIVED, seq=2, case=NUMBER))
        uow.journal.append(entry(later, seq=3, case=NUMBER))
        assert uow.blobs.sweep() == 0


def test_a_version_of_an_item_never_changes(store):
    second = replace(ITEM, version=2, name="居住证明（新）")
    with store.write() as uow:
        uow.items.publish([ITEM])
        uow.items.publish([replace(ITEM, name="又一个"), second])
        assert uow.items.get(ITEM.code, 1) == ITEM
        assert uow.items.current() == [second]
        with pytest.raises(NotFound):
            uow.items.get(ITEM.code, 3)


def test_an_account_is_kept_and_replaced(store):
    account = Account(CLERK, "hash", 0, None)
    failed = replace(account, failures=2, last_failure=AT)
    with store.write() as uow:
        assert uow.accounts.get(CLERK.login) is None
        uow.accounts.save(account)
        uow.accounts.save(failed)
        assert uow.accounts.get(CLERK.login) == failed
        assert uow.accounts.everyone() == [failed]


# --- views: the encrypted store against the model ----------------------------------------------------------------


@pytest.fixture(scope="module")
def both(fresh_place, tmp_path_factory):
    """The encrypted store after two weeks of mixed work, and the same journal in memory."""
    place = copy_of(fresh_place, tmp_path_factory.mktemp("both") / "profile")
    with place.opened() as counter:
        History(counter, place.clock, random.Random(7)).play(list(counter.catalogue.items()))
        place.clock.set(MONDAY)
        people = [
            PERSON,
            replace(PERSON, name="古丽·买买提", phone="13805550000"),
            replace(PERSON, name="单 于", id_number="519900850101001"),
            TRAVELLER,
            TRAVELLER,
        ]
        for person in people:
            draft = filled(counter, COMMITTED, person)
            draft = replace(draft, application=replace(draft.application, reasons={"applicant.id_number": "旧证"}))
            case = counter.intake.accept(draft, counter.catalogue.item(COMMITTED), CLERK).case
            receipt = counter.papers.of_case(case.number)[0]
            counter.papers.to_print(receipt, CLERK)
            counter.papers.confirm(receipt, CLERK)
        counter.papers.void(receipt, CLERK, "错行", replace(CLERK, login="shenqing", roles=tuple(Role)))
        for _ in range(2):
            counter.intake.accept(filled(counter, FOR_ORGANISATIONS), counter.catalogue.item(FOR_ORGANISATIONS), CLERK)
        model = MemoryStore(PINYIN)
        with counter.intake._store.read() as uow:
            model.state.entries = list(uow.journal.entries())
            model.state.items = {(item.code, item.version): item for item in uow.items.current()}
            for row in counter.intake._store.views.drafts(100):
                model.state.drafts[row.draft_id] = uow.drafts.get(row.draft_id)
        yield counter.intake._store, model, place.clock.now()


FILTERS = [CaseFilter(scope) for scope in CaseScope if scope not in {CaseScope.NEAR_DUE, CaseScope.OVERDUE}]
TYPED = [
    "林", "𬱖", "古丽·买买提", "买提", "丽·买", "gl", "dy", "sy", "l", "519900", "0323", "20260518", "000731", "138",
    "5270", "13805555270", "93519900MA6", "93519900ma6cdef0x1", "春笋", "种植专业", "H1234", "h12345678", "a1", "x", "单 于", "", "  ", "·", '"', "* OR *", "没有这个人", "99",
]  # fmt: skip


def narrowed(rows, now):
    """Return filters of every part of the list by several things at once."""
    late = next(row for row in rows if row.is_late)
    week = (now - timedelta(days=7)).date()
    ways = [
        {"item": late.item, "received_from": late.received_at.date()},
        {"item": late.item, "received_to": late.received_at.date()},
        {"department": rows[0].department, "clerk": CLERK.login, "received_to": week},
        {"item": rows[0].item, "clerk": CLERK.login, "received_from": week, "received_to": now.date()},
        {"text": "林"},
        {"text": "l", "item": rows[0].item},
        {"text": "林", "clerk": CLERK.login, "received_from": week},
        {"item": late.item, "oldest_first": True, "received_from": week},
        {"received_to": week, "by_due": True},
    ]
    return [CaseFilter(scope, now=now, **way) for scope in CaseScope for way in ways]


def test_the_views_are_those_of_the_model(both):
    real, model, now = both
    wanted = [*FILTERS, *(CaseFilter(scope, by_due=True) for scope in (CaseScope.ALL, CaseScope.OPEN))]
    moments = [now + timedelta(days=days) for days in range(0, 60, 3)]
    wanted += [CaseFilter(scope, now=at) for scope in (CaseScope.NEAR_DUE, CaseScope.OVERDUE) for at in moments]
    wanted += [
        CaseFilter(
            received_from=(now - timedelta(days=days)).date(), received_to=(now - timedelta(days=days - 1)).date()
        )
        for days in range(8)
    ]
    wanted += [CaseFilter(oldest_first=True)]
    wanted += [CaseFilter(clerk=clerk) for clerk in (CLERK.login, "nobody")]
    rows = model.views.cases(CaseFilter(), 0, 1000)
    wanted += [CaseFilter(item=rows[0].item), CaseFilter(department=rows[-1].department), CaseFilter(item="none")]
    wanted += narrowed(rows, now)
    for one in wanted:
        assert real.views.cases(one, 0, 1000) == model.views.cases(one, 0, 1000), one
        assert real.views.cases(one, 3, 5) == model.views.cases(one, 3, 5), one
        assert real.views.count_cases(one) == model.views.count_cases(one), one
    for row in rows:
        for item, since in ((row.item, now.date()), (row.item, date.min), ("", now.date() - timedelta(days=5))):
            found = real.views.cases_of(row.id_number, item, since)
            assert found == model.views.cases_of(row.id_number, item, since), (row.id_number, item, since)
            assert found or row.state not in OPEN
        assert real.views.case(row.number) == row
        assert real.views.papers(row.number) == model.views.papers(row.number)
    for at in moments:
        assert real.views.counts(at) == model.views.counts(at)
    for days in range(16):
        day = (now - timedelta(days=days)).date()
        assert real.views.item_uses(day) == model.views.item_uses(day)
        assert real.views.today(day) == model.views.today(day)
    assert real.views.due_cases(5) == model.views.due_cases(5)
    for days in range(-20, 20, 2):
        day = (now + timedelta(days=days)).date()
        assert real.views.reminders(day, 100) == model.views.reminders(day, 100)
    assert len(real.views.reminders(now.date(), 2)) == 2
    assert real.views.drafts(10) == model.views.drafts(10)


def test_inquiries_and_days_are_those_of_the_model(both):
    real, model, now = both
    for inquiries in (InquiryFilter(), InquiryFilter(only_open=False), InquiryFilter(only_open=False, text="证")):
        assert real.views.inquiries(inquiries, 0, 50) == model.views.inquiries(inquiries, 0, 50)
        assert real.views.count_inquiries(inquiries) == model.views.count_inquiries(inquiries)
    since = (now - timedelta(days=60)).date()
    assert real.views.days(since) == model.views.days(since) != []
    with real.read() as here, model.read() as there:
        for row in model.views.days(since):
            mine, its = here.journal.unclosed(row.day), there.journal.unclosed(row.day)
            assert [(one.epoch, one.seq) for one in mine] == [(one.epoch, one.seq) for one in its]


@pytest.mark.parametrize("typed", TYPED)
def test_a_search_finds_what_the_model_finds(both, typed):
    real, model, _now = both
    assert real.views.find_cases(typed, 1000) == model.views.find_cases(typed, 1000)
    assert real.views.find_people(typed, 1000) == model.views.find_people(typed, 1000)
    assert real.views.find_organisations(typed, 1000) == model.views.find_organisations(typed, 1000)
    listed = CaseFilter(text=typed)
    if typed.strip():
        assert real.views.cases(listed, 0, 1000) == model.views.cases(listed, 0, 1000)


def test_every_part_of_every_name_and_number_is_found(both):
    real, model, _now = both
    for row in model.views.cases(CaseFilter(), 0, 1000):
        name = row.applicant.replace(" ", "")
        parts = {name[start:end] for start in range(len(name)) for end in range(start + 1, len(name) + 1)} - {"·"}
        parts |= {
            row.number[:3],
            row.number[8:],
            row.number[-4:],
            row.id_number[:10],
            row.id_number[-4:],
            row.phone[-3:],
        }
        for part in parts:
            assert row in real.views.find_cases(part, 1000), part


def test_building_the_views_again_changes_no_row_and_no_number(both):
    real, _model, _now = both
    before = dump(real)
    assert real.rebuild_views() > 100
    assert dump(real) == before


def dump(store):
    """Return every row of every view, the search index by what it finds."""
    from app.storage.schema import VIEWS  # noqa: PLC0415  a look behind the port

    with store.read() as uow:
        rows = {
            view.name: sorted(map(json.dumps, uow._connection.execute(f"SELECT * FROM {view.name}").fetchall()))
            for view in VIEWS
        }
    rows["case_counts"] = [row for row in rows["case_counts"] if not row.endswith(", 0]")]
    return rows | {f"found {typed}": store.views.find_cases(typed, 1000) for typed in TYPED}
