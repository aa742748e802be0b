"""The views of the encrypted store against those of the one in memory, which is the model."""

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, cached_property

import pytest

from app.demonstration import CLERK, History
from app.domain.case import OPEN
from app.domain.documents import Document, Sex
from app.domain.operators import Role
from app.services.listed_papers import Behind, PaperFilter, PaperScope
from app.services.snapshots import CaseFilter, CaseScope, InquiryFilter
from tests.contracts.entries import PINYIN
from tests.domain.samples import PERSON
from tests.fakes.store import MemoryStore
from tests.fakes.views import MemoryViews
from tests.support import COMMITTED, FOR_ORGANISATIONS, MONDAY, copy_of, filled

TRAVELLER = replace(
    PERSON,
    name="陈示范",
    id_number="H12345678",
    document=Document.HK_MACAO_TRAVEL_PERMIT,
    stated_birth_date=date(1990, 2, 3),
    stated_sex=Sex.MALE,
)


class FoldedOnce(MemoryViews):
    """The views of a model to which nothing is added any more."""

    _rows = cache(MemoryViews._rows)
    _papers = cache(MemoryViews._papers)
    _people = cache(MemoryViews._people)
    _organisations = cache(MemoryViews._organisations)
    _people_of = cache(MemoryViews._people_of)
    _done_here = cache(MemoryViews._done_here)


class Model(MemoryStore):
    """A store in memory whose views may be read once it is full."""

    @cached_property
    def views(self):
        return FoldedOnce(self, self._pinyin)


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
        model = Model(PINYIN)
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


def test_lists_of_papers_are_those_of_the_model(both):
    real, model, now = both
    today = now.date()
    some = model.views.listed_papers(PaperFilter(today), Behind(), 1000)
    number = some[0].paper.number
    ways = [
        {},
        {"kind": some[3].paper.kind},
        {"clerk": CLERK.login, "made_from": today - timedelta(days=7)},
        {"made_to": today - timedelta(days=7), "template": "residence_certificate"},
        {"soon_days": 60},
        *(
            {"text": text}
            for text in ("林", "l", "丽·买", number, number[2:9], number[-4:], "2026", some[-1].case.number)
        ),
    ]
    found = 0
    for one in [PaperFilter(today, scope, **way) for scope in PaperScope for way in ways]:
        rows = model.views.listed_papers(one, Behind(), 1000)
        assert real.views.listed_papers(one, Behind(), 1000) == rows, one
        assert real.views.count_papers(one) == model.views.count_papers(one) == len(rows), one
        assert set(real.views.paper_totals(one)) == set(model.views.paper_totals(one)), one
        if len(rows) > 7:
            behind = Behind(rows[2].paper.number, 1)
            assert real.views.listed_papers(one, behind, 3) == rows[4:7], one
        found += len(rows)
    assert found > 1000


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
