import pytest

from app.domain.operators import Operator
from ui.settings.presenters.journal import JournalPresenter


@pytest.fixture
def journal(around, view):
    presenter = JournalPresenter(around, view)
    presenter.start()
    return presenter


def test_a_check_says_what_it_does_and_what_it_found(journal, view, runner):
    journal.verify()
    assert view.state.doing
    assert view.state.can_stop
    runner.work()
    assert (view.state.doing, view.state.is_sound) == ("", True)


def test_a_check_that_was_stopped_says_nothing_later(journal, view, runner):
    journal.verify()
    journal.stop()
    runner.work()
    assert (view.state.doing, view.state.is_sound, view.state.message) == ("", None, "")


def test_two_at_a_time_are_one(journal, runner, counter):
    journal.verify()
    journal.verify()
    assert len(runner._waiting) == 1


def test_a_clerk_reads_that_the_journal_is_not_theirs_to_export(journal, around, view, runner, tmp_path):
    around.session.operator = Operator("luoshoutian", "罗守田")
    journal.export_to(tmp_path / "journal.jsonl")
    runner.work()
    assert "权限" in view.state.message
    assert not (tmp_path / "journal.jsonl").exists()
