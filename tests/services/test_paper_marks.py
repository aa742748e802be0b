"""What the centre makes of a paper that was given out here: provisional, final, or to be called back."""

import pytest

from app.demonstration import CLERK
from app.domain.facts import PaperMade, PaperRecalled
from app.domain.operators import Operator, Role
from app.domain.paper import PaperKind, PaperState
from app.services.listed_papers import Behind, PaperFilter, PaperScope
from app.services.ports import CentralHead, SyncState
from app.services.snapshots import CaseFilter, CaseScope, PaperCounts, PaperMark
from tests.services.sync_desk import TOWN, VILLAGE, Centre, Desk, FileDesk
from tests.services.test_custody import THERE, handed_over
from tests.support import COMMITTED, accepted, set_aside_for_good

SHEN = Operator("shenqing", "沈青", tuple(Role))
PROVISIONAL, FINAL, TO_RECALL = PaperMark


@pytest.fixture
def centre():
    return Centre()


@pytest.fixture(params=["memory", "encrypted"])
def town(request, centre, tmp_path):
    made = Desk(centre) if request.param == "memory" else FileDesk(centre, tmp_path)
    yield made
    made.closes()


@pytest.fixture
def village(centre, town):
    made = Desk(centre, VILLAGE)
    centre.names(town, made)
    return made


def mark(desk, number):
    return desk.store.views.papers(number)[0].mark


def recalled(desk):
    return [row.number for row in desk.store.views.cases(CaseFilter(CaseScope.TO_RECALL), 0, 10)]


def listed(desk, scope):
    """Return the numbers of the papers in a part of their list, which says itself how many it has."""
    wanted = PaperFilter(desk.clock.now().date(), scope)
    rows = [row.paper for row in desk.store.views.listed_papers(wanted, Behind(), 100)]
    assert desk.store.views.count_papers(wanted) == len(rows)
    return [row.number for row in rows]


def restored_where_a_case_was_given_away(centre, town, village):
    """Let the town act on a case that it gave away and does not know that any more; return the case."""
    number = town.takes()
    town.round()
    backup = town.backup()
    town.hands(number, VILLAGE)
    town.round()
    town.restores(backup)
    town.serial += 1
    town.hands(number, VILLAGE)
    centre.names(town, village)
    return number


def test_a_paper_is_provisional_until_the_centre_has_checked_the_signature_of_its_entry(centre, town):
    number = town.takes()
    assert mark(town, number) is None, "no centre was ever met"
    assert town.store.views.paper_counts() == PaperCounts()
    town.round()
    assert mark(town, number) is PROVISIONAL
    later = town.takes()
    assert len(listed(town, PaperScope.PROVISIONAL)) == 2
    assert town.store.views.paper_counts() == PaperCounts(provisional=2)
    centre.verify(TOWN)
    town.round()
    assert (mark(town, number), mark(town, later)) == (FINAL, PROVISIONAL)
    assert town.store.views.paper_counts() == PaperCounts(provisional=1)


def test_a_paper_that_is_drawn_later_is_final_when_that_is_checked_too(centre, town):
    number = town.takes()
    town.round()
    centre.verify(TOWN)
    town.round()
    [paper] = town.store.views.papers(number)
    with town.store.write() as uow:
        digest = uow.blobs.put(b"%PDF")
        fact = PaperMade(PaperKind.MATERIALS_RECEIPT, paper.number, digest, "materials_receipt", "")
        town.recorder.record(uow, "somebody", fact, town.clock.now(), number=number)
        uow.commit()
    assert mark(town, number) is PROVISIONAL
    assert town.store.views.paper_counts() == PaperCounts(provisional=1)
    town.round()
    centre.verify(TOWN)
    town.round()
    assert mark(town, number) is FINAL


def test_papers_of_other_stations_have_no_mark(centre, town, village):
    number = village.takes()
    village.hands(number, TOWN)
    village.round()
    town.round()
    town.round()
    assert [(row.station, row.mark) for row in town.store.views.papers(number)] == [(VILLAGE, None)] * 2
    assert town.store.views.paper_counts() == PaperCounts()


def test_what_was_done_to_a_case_that_had_been_given_away_makes_papers_that_must_be_called_back(centre, town, village):
    number = restored_where_a_case_was_given_away(centre, town, village)
    town.round()
    centre.verify(TOWN)
    town.round()
    marks = [row.mark for row in town.store.views.papers(number)]
    assert sorted(marks) == sorted([FINAL, FINAL, TO_RECALL])
    assert town.store.views.paper_counts() == PaperCounts(to_recall=1)
    assert listed(town, PaperScope.PROVISIONAL) == []
    assert listed(town, PaperScope.TO_RECALL) == [row.number for row in town.store.views.papers_to_recall(10)]
    assert [row.case_number for row in town.store.views.papers_to_recall(10)] == [number]
    assert recalled(town) == [number]
    assert town.store.views.counts(town.clock.now()).to_recall == 1


def test_what_came_too_early_stays_provisional_until_it_is_let_in(centre, town, village):
    """The village learns of the case by file, and meets the centre first."""
    number = town.takes()
    with town.store.read() as uow:
        taken = uow.journal.of_case(number)
    handed = town.hands(number, VILLAGE)
    village.knows(town, village)
    with village.store.write() as uow:
        village.sync._receiving.take(uow, [(one, None) for one in (*taken, handed)])
        uow.commit()
    village.hands(number, TOWN)
    village.round()
    village.round()
    centre.verify(VILLAGE)
    own = lambda: [row.mark for row in village.store.views.papers(number) if row.station == VILLAGE]  # noqa: E731
    assert own() == [PROVISIONAL]
    assert recalled(village) == []
    town.round()
    village.round()
    assert own() == [FINAL]


def test_what_an_administrator_settled_makes_papers_that_must_be_called_back(centre, town):
    """The case of another station, which nobody else knows."""
    number = town.takes(number="20260518000732000019")
    town.round()
    centre.verify(TOWN)
    town.round()
    assert mark(town, number) is PROVISIONAL
    with town.store.read() as uow:
        [aside] = uow.outbox.aside(9)
    centre.settle(TOWN, aside.epoch, aside.seq)
    town.round()
    assert mark(town, number) is TO_RECALL
    assert [one.is_final for one in town.sync.status().set_aside] == [True], "it does not count as let in"
    assert recalled(town) == [number]


def test_a_centre_that_forgot_what_was_settled_makes_the_paper_provisional_again(centre, town):
    number = town.takes(number="20260518000732000019")
    town.round()
    backup = centre.backup()
    with town.store.read() as uow:
        [aside] = uow.outbox.aside(9)
    centre.settle(TOWN, aside.epoch, aside.seq)
    town.round()
    centre.restore(backup)
    town.round()
    assert mark(town, number) is PROVISIONAL


# --- on a real counter ----------------------------------------------------------------------------------------------


def test_a_paper_that_must_be_called_back_is_declared_void_wherever_the_case_is(counter):
    case = handed_over(counter)
    notice = next(p for p in counter.papers.of_case(case.number) if p.kind is PaperKind.ACCEPTANCE_NOTICE)
    notice = set_aside_for_good(counter, notice)
    assert notice.mark is TO_RECALL
    assert counter.papers.counts().to_recall == 1
    row = counter.papers.void(notice, CLERK, "中心没有采用", SHEN)
    assert (row.state, row.mark) == (PaperState.VOIDED, None)
    assert counter.papers.counts().to_recall == 0
    with counter.papers._store.read() as uow:
        last = list(uow.journal.of_case(case.number))[-1].read()
    assert (last["kind"], last["header"]) == (PaperRecalled.__name__, None), "a note: the case is in other hands"
    assert counter.desk.file(case.number).case.holder == THERE


def test_a_paper_whose_case_left_every_view_is_declared_void_all_the_same(counter):
    case = accepted(counter, COMMITTED)
    receipt = next(p for p in counter.papers.of_case(case.number) if p.kind is PaperKind.MATERIALS_RECEIPT)
    receipt = set_aside_for_good(counter, receipt)
    assert counter.desk.find(case.number) == []
    assert counter.papers.void(receipt, CLERK, "中心没有采用", SHEN).state is PaperState.VOIDED


def test_the_printed_paper_does_not_change_when_it_becomes_final(counter):
    case = accepted(counter)
    paper = counter.papers.of_case(case.number)[0]
    before = counter.papers.pdf(paper, CLERK)
    with counter.papers._store.write() as uow:
        last = uow.journal.head()
        uow.outbox.save(SyncState(head=CentralHead(last.epoch, last.seq, last.hash), verified=(last.epoch, last.seq)))
        uow.commit()
    paper = counter.papers.find(paper.number)
    assert paper.mark is FINAL
    assert counter.papers.pdf(paper, CLERK) == before
