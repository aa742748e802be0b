from types import SimpleNamespace

import pytest

from app.domain.operators import Operator
from app.services import progress
from app.storage.image_file import images_beside
from tests.fakes.sync_service import at_a_centre
from tests.support import accepted_with_page
from ui.settings.presenters.journal import JournalPresenter


@pytest.fixture
def journal(around, view):
    presenter = JournalPresenter(around, view)
    presenter.start()
    return presenter


def test_a_check_says_what_it_does_and_what_it_found(journal, view, runner):
    journal.verify()
    assert view.state.doing
    runner.work()
    assert (view.state.doing, view.state.is_sound) == ("", True)


@pytest.fixture
def often(monkeypatch):
    """Let work tell how far it is at every entry."""
    monkeypatch.setattr(progress, "STEP", 1)


@pytest.mark.usefixtures("often")
def test_how_far_a_check_is_can_be_asked_while_it_runs(journal, view, runner):
    journal.verify()
    runner.work()
    journal._show(doing="正在核对台账")
    journal.poll()
    assert view.state.percent == 100


@pytest.mark.usefixtures("often")
def test_a_check_that_was_stopped_says_only_that(journal, view, runner):
    journal.verify()
    journal.stop()
    runner.work()
    assert (view.state.doing, view.state.is_sound) == ("", None)
    assert "已停止" in view.state.message


@pytest.mark.usefixtures("often")
def test_an_export_that_was_stopped_leaves_no_file(journal, view, runner, tmp_path):
    journal.export_to(tmp_path / "journal.jsonl")
    journal.stop()
    runner.work()
    assert "已停止" in view.state.message
    assert list(tmp_path.glob("journal.jsonl*")) == []


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


def test_what_the_centre_lacks_is_written_for_its_administrator(journal, around, view, runner, tmp_path):
    case = accepted_with_page(around.counter, b"page")
    around.files = SimpleNamespace(choose_target=lambda _name, _kinds: tmp_path / "journal.jsonl")
    journal.hand_over()
    assert view.state.doing
    runner.work()
    assert "图片 1 张" in view.state.message
    assert {one.name for one in tmp_path.iterdir() if one.name.startswith("journal")} == {
        "journal.jsonl",
        "journal.jsonl.images",
    }
    (image,) = images_beside(tmp_path / "journal.jsonl")
    assert (image.case_number, image.data, image.is_sound) == (case.number, b"page", True)


def test_only_a_counter_with_a_centre_offers_to_hand_over(journal, view, around):
    assert not view.state.has_centre
    around.counter = at_a_centre(around.counter)
    journal.start()
    assert view.state.has_centre
