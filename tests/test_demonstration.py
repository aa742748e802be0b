"""The demonstration's history: a case in every state, and a journal whose time never goes back."""

import pytest

from app.demonstration import CLERK, PASSWORD, SUPERVISOR, DemonstrationStarter
from app.domain.case import CaseState
from app.services.snapshots import CaseFilter


@pytest.fixture(scope="module")
def counter(cache):
    with DemonstrationStarter(cache) as starter:
        opened = starter.open()
        yield opened
        opened.close()


def test_there_is_a_case_in_every_state_and_with_every_mark(counter):
    rows = [lit.row for lit in counter.desk.page(CaseFilter(), 0, 500)]
    assert {row.state for row in rows} == set(CaseState)
    assert {(row.is_late, row.is_deemed, row.owed_by is not None) for row in rows} >= {
        (True, False, False),
        (False, True, False),
        (False, False, True),
    }


def test_the_board_reminds_of_what_waits(counter):
    assert {lit.row.state for lit in counter.desk.board().reminders} >= {CaseState.ACCEPTED, CaseState.SUPPLEMENT}


def test_time_never_goes_back(counter):
    with counter.intake._store.read() as uow:
        moments = [entry.read()["at"] for entry in uow.journal.entries()]
    assert moments == sorted(moments)


def test_a_colleague_can_confirm(counter):
    assert counter.operators.second_person(SUPERVISOR.login, PASSWORD, CLERK) == SUPERVISOR


def test_nothing_is_left_of_a_demonstration_that_is_broken_off(cache, monkeypatch):
    def stop(*_values):
        raise KeyboardInterrupt

    monkeypatch.setattr("app.demonstration.play_history", stop)
    starter = DemonstrationStarter(cache)
    with pytest.raises(KeyboardInterrupt), starter:
        pass
    assert not starter._folder.exists()
