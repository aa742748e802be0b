from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from app.demonstration import CLERK
from app.services.errors import DiskFull
from app.services.findings import Finding, Grade
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from ui.navigation import Session
from ui.settings.presenters.support import SupportPresenter


class View:
    state = None

    def render(self, state):
        self.state = state


class Kept:
    """A support service that finds what it is told to."""

    def __init__(self, *findings):
        self.findings = list(findings)

    def examine(self):
        return self.findings

    def make(self, path):
        raise DiskFull


def shown(support, target=None):
    around = SimpleNamespace(
        counter=SimpleNamespace(support=support),
        session=Session(CLERK),
        runner=PatientRunner(),
        navigator=WrittenNavigator(),
        files=SimpleNamespace(choose_target=lambda _name, _kinds: target),
    )
    at = SimpleNamespace(view=View(), runner=around.runner)
    at.presenter = SupportPresenter(around, at.view)
    at.presenter.start()
    return at


def test_what_was_found_is_listed_with_the_worst_first():
    at = shown(Kept(Finding("keyring"), Finding("clock_silent", Grade.LOOK), Finding("no_fonts", Grade.BAD)))
    at.presenter.look()
    assert at.view.state.busy
    at.runner.work()
    assert [tone for tone, _words in at.view.state.found] == ["danger", "warn", "good"]
    assert (at.view.state.message, at.view.state.tone, at.view.state.busy) == ("2 项要看一下", "warn", False)


def test_when_all_is_well_it_says_so():
    at = shown(Kept(Finding("keyring")))
    at.presenter.look()
    at.runner.work()
    assert (at.view.state.message, at.view.state.tone) == ("一切正常", "good")


def test_the_file_is_saved_where_the_clerk_says(counter, tmp_path):
    at = shown(counter.support, tmp_path / "help.zip")
    at.presenter.save()
    at.runner.work()
    assert "没有个人信息" in at.view.state.message
    assert len(at.view.state.found) > 5
    with ZipFile(tmp_path / "help.zip") as archive:
        assert "summary.json" in archive.namelist()


def test_without_a_place_nothing_happens(counter):
    at = shown(counter.support)
    at.presenter.save()
    at.runner.work()
    assert (at.view.state.message, at.view.state.busy) == ("", False)


@pytest.mark.parametrize("again", ["look", "save"])
def test_what_runs_is_not_started_twice(again):
    at = shown(Kept(Finding("keyring")), target="somewhere")
    at.presenter.look()
    getattr(at.presenter, again)()
    at.runner.work()
    assert at.view.state.message == "一切正常"


def test_a_disk_that_is_full_is_told(tmp_path):
    at = shown(Kept(), tmp_path / "help.zip")
    at.presenter.save()
    at.runner.work()
    assert (at.view.state.tone, at.view.state.busy) == ("danger", False)
