"""Every list and the board are led by indexes: a million done cases cost the list of the open ones nothing."""

from datetime import date

import pytest
from sqlalchemy import event

from app.domain.paper import PaperKind
from app.services.listed_papers import MARKED, Behind, PaperFilter, PaperScope
from app.services.snapshots import CaseFilter, CaseScope
from app.storage import paper_lists
from app.storage.case_lists import count_of, page_of
from tests.support import MONDAY, copy_of

DAY = date(2026, 5, 18)
NARROWED = {
    "alone": {},
    "of an item": {"item": "x"},
    "of a clerk and a department": {"clerk": "x", "department": "y"},
    "with a text": {"text": "王"},
    "of some days": {"received_from": DAY, "received_to": DAY},
    "of an item since a day": {"item": "x", "received_from": DAY},
    "of everything": {"item": "x", "clerk": "y", "department": "z", "text": "王", "received_to": DAY},
}
PAPERS_NARROWED = {
    "by nothing": {},
    "by kind": {"kind": PaperKind.CERTIFICATE},
    "by everything": {"template": "x", "clerk": "y", "made_from": DAY, "made_to": DAY},
}
BY_DUE = {CaseScope.OPEN, CaseScope.NEAR_DUE, CaseScope.OVERDUE}


@pytest.fixture(scope="module")
def counter(fresh_place, tmp_path_factory):
    place = copy_of(fresh_place, tmp_path_factory.mktemp("lists") / "profile")
    with place.opened() as counter:
        yield counter


@pytest.fixture(scope="module")
def engine(counter):
    return counter.intake._store._engine


def plan(engine, query):
    """Return the steps that SQLite would take."""
    compiled = query.compile(dialect=engine.dialect, compile_kwargs={"render_postcompile": True})
    return explained(engine, str(compiled), tuple(compiled.params[name] for name in compiled.positiontup))


def explained(engine, statement, values):
    with engine.connect() as connection:
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]


@pytest.mark.parametrize("narrowed", NARROWED)
@pytest.mark.parametrize("scope", CaseScope)
def test_a_list_is_led_by_an_index(engine, scope, narrowed):
    wanted = CaseFilter(scope, now=MONDAY, by_due=scope in BY_DUE, **NARROWED[narrowed])
    goes_through_all = {CaseScope.ALL, CaseScope.DONE} if narrowed == "alone" else set()
    page = plan(engine, page_of(wanted, 0, 50))
    assert ("SCAN cases" in page) == (scope in goes_through_all), page
    if scope not in {CaseScope.ALL, CaseScope.DONE}:
        assert not any("TEMP B-TREE" in step for step in page), page
    assert "SCAN cases" not in plan(engine, count_of(wanted))


@pytest.mark.parametrize("scope", sorted(set(CaseScope) - {CaseScope.ALL, CaseScope.DONE}))
def test_a_list_that_is_read_to_its_end_is_led_by_an_index_too(engine, scope):
    assert "SCAN cases" not in plan(engine, page_of(CaseFilter(scope, now=MONDAY, oldest_first=True), 0, 50))


@pytest.mark.parametrize("oldest_first", [False, True])
@pytest.mark.parametrize("behind", [Behind(), Behind("x"), Behind("x", 5)])
@pytest.mark.parametrize("scope", PaperScope)
def test_a_page_of_papers_is_read_in_the_order_of_an_index(engine, scope, behind, oldest_first):
    page = plan(engine, paper_lists.page_of(PaperFilter(DAY, scope, oldest_first=oldest_first), behind, 100))
    is_few = scope in MARKED
    assert is_few or not any("TEMP B-TREE" in step for step in page), page
    assert is_few or any("USING INDEX papers_" in step or "COVERING INDEX papers_" in step for step in page), page
    assert not any(step == "SCAN papers" for step in page), page


@pytest.mark.parametrize("narrowed", PAPERS_NARROWED)
def test_papers_are_counted_without_a_look_at_their_rows(engine, narrowed):
    wanted = PaperFilter(DAY, **PAPERS_NARROWED[narrowed])
    for query in (paper_lists.totals_of(wanted), paper_lists.count_of(wanted)):
        steps = plan(engine, query)
        assert any("papers USING COVERING INDEX papers_by_day" in step for step in steps), steps


@pytest.mark.parametrize("typed", ["000412", "林"])
def test_papers_are_found_by_the_index_of_numbers_and_the_search(engine, typed):
    page = plan(engine, paper_lists.page_of(PaperFilter(DAY, text=typed), Behind(), 100))
    assert not {"SCAN papers", "SCAN numbered", "SCAN cases"} & set(page), page


def test_the_board_goes_through_neither_all_cases_nor_all_papers(counter, engine):
    asked = []

    def listen(_connection, _cursor, statement, values, _context, _many):
        if statement.startswith("SELECT"):
            asked.append((statement, values))

    event.listen(engine, "before_cursor_execute", listen)
    counter.desk.board()
    event.remove(engine, "before_cursor_execute", listen)
    assert len(asked) > 10
    for statement, values in asked:
        assert not {"SCAN cases", "SCAN papers", "SCAN days"} & set(explained(engine, statement, values)), statement
