from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.demonstration import CLERK
from app.domain.operators import Operator
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.support import MONDAY
from ui.backup_words import sign
from ui.navigation import Session
from ui.settings.presenters.backup import BackupPresenter
from ui.settings.presenters.recovery import RecoveryPresenter


class View:
    state = sheet = None

    def render(self, state):
        self.state = state

    def render_recovery(self, state):
        self.sheet = state


class Files:
    """Chooses what a test laid ready, and remembers what was opened."""

    def __init__(self, folder):
        self.folder = folder
        self.file = None
        self.opened = []

    def choose_folder(self):
        return self.folder

    def choose_target(self, name, _kinds):
        return self.file or (self.folder / name if self.folder else None)

    def choose_source(self, _kinds):
        return self.file

    def open_paper(self, name, pdf):
        self.opened.append((name, pdf))


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "second"
    folder.mkdir()
    return Files(folder)


@pytest.fixture
def runner():
    return PatientRunner()


@pytest.fixture
def around(counter, runner, files):
    return SimpleNamespace(
        counter=counter, session=Session(CLERK), runner=runner, navigator=WrittenNavigator(), files=files
    )


@pytest.fixture
def view():
    return View()


@pytest.fixture
def backup(around, view):
    presenter = BackupPresenter(around, view)
    presenter.start()
    return presenter


@pytest.fixture
def recovery(around, view):
    presenter = RecoveryPresenter(around, view)
    presenter.start()
    return presenter


def test_a_second_place_is_kept_and_can_be_forgotten(backup, files, counter, view):
    backup.choose_folder()
    backup.change(every_hours=8, keep=30)
    plan = counter.backups.status().plan
    assert (plan.folder, plan.every_hours, plan.keep) == (files.folder, 8, 30)
    assert view.state.status.plan == plan
    assert view.state.trouble, "it is on the same disk as the counter"
    backup.forget_folder()
    assert counter.backups.status().plan.folder is None


def test_choosing_no_folder_changes_nothing(backup, files, counter):
    files.folder = None
    backup.choose_folder()
    backup.back_up()
    assert counter.backups.status().plan.folder is None
    assert not backup.state.busy


def test_a_backup_by_hand_is_told_with_what_it_is_of(backup, files, runner, view):
    backup.back_up()
    assert view.state.busy
    runner.work()
    assert not view.state.busy
    assert "000731" in view.state.message
    assert view.state.status.last_good_at - MONDAY < timedelta(minutes=1)
    assert len(list(files.folder.iterdir())) == 1


def test_a_backup_that_is_stopped_leaves_nothing(backup, files, runner, view):
    backup.back_up()
    backup.stop()
    runner.work()
    assert view.state.tone == "good"
    assert list(files.folder.iterdir()) == []


def test_progress_is_shown_when_it_has_moved(backup, runner, view):
    backup.back_up()
    backup._progress.tell(1, 4)
    backup.poll()
    assert view.state.percent == 25
    runner.work()


def test_a_drill_of_a_good_backup_and_of_another_file(backup, files, runner, view):
    backup.back_up()
    runner.work()
    files.file = next(files.folder.iterdir())
    backup.drill()
    runner.work()
    assert "可以恢复" in view.state.message
    files.file.write_bytes(b"no backup")
    backup.drill()
    runner.work()
    assert view.state.tone == "danger"


def test_a_folder_that_is_gone_is_told(backup, files, runner, view):
    files.file = files.folder / "gone" / "b.lideng"
    backup.back_up()
    runner.work()
    assert (view.state.tone, view.state.busy) == ("danger", False)


def test_who_may_not_back_up_is_told_why(around, view):
    around.session.operator = Operator("clerk", "某某")
    presenter = BackupPresenter(around, view)
    presenter.start()
    presenter.choose_folder()
    assert view.state.why_not
    assert view.state.tone == "danger"
    assert around.counter.backups.status().plan.folder is None


def test_a_sheet_is_in_force_only_after_it_was_printed(recovery, counter, files, runner, view):
    recovery.draw()
    runner.work()
    assert files.opened[0][1].startswith(b"%PDF")
    assert (view.sheet.sheet, view.sheet.drawn) == ("", files.opened[0][0])
    recovery.put_in_force()
    assert (view.sheet.sheet, view.sheet.drawn) == (files.opened[0][0], "")
    assert counter.recovery.sheet == files.opened[0][0]


@pytest.mark.parametrize("way", ["throw_away", "leave"])
def test_a_sheet_that_is_thrown_away_or_left_opens_nothing(recovery, counter, runner, view, way):
    recovery.draw()
    runner.work()
    getattr(recovery, way)()
    recovery.put_in_force()
    recovery.start()
    assert (counter.recovery.sheet, view.sheet.drawn) == ("", "")


def test_the_strip_says_nothing_of_good_backups_and_warns_of_old_ones(backup, counter, files, runner, place):
    assert sign(counter.backups.status()) is None, "nobody has begun with backups"
    backup.choose_folder()
    counter.backups.run_due()
    assert sign(counter.backups.status()) is None
    place.clock.set(MONDAY + timedelta(days=3))
    assert sign(counter.backups.status())[2] == "warn"
    assert sign(None) is None
    files.folder.joinpath(next(files.folder.iterdir()).name).unlink()
    files.folder.rmdir()
    counter.backups.run_due()
    assert "不在" in sign(counter.backups.status())[1]
