"""Whose seal is drawn on signed papers."""

from types import SimpleNamespace

import pytest

from tests.papers.test_seal import as_file, seal
from ui.settings.presenters.seals import SealsPresenter


@pytest.fixture
def seals(around, view, runner):
    around.files = SimpleNamespace(source=None, choose_source=lambda _kinds: around.files.source)
    presenter = SealsPresenter(around, view)
    presenter.start()
    runner.work()
    return presenter


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "seal.png"
    file.write_bytes(as_file(seal()))
    return file


def renewed(around, presenter, runner):
    runner.work()
    runner.work()
    around.counter = around.counter.again()
    presenter.start()
    runner.work()


def test_the_windows_own_body_comes_first_and_seals_by_hand(seals, view, counter):
    assert view.state.body == view.state.bodies[0] == counter.station.body
    assert len(view.state.bodies) > 1
    assert view.state.picture == b""


def test_a_picture_is_kept_and_counts_from_then_on(seals, around, view, counter, runner, picture):
    around.files.source = picture
    seals.choose_picture()
    renewed(around, seals, runner)
    assert view.state.picture.startswith(b"\x89PNG")
    assert [seal.body for seal in counter.stations.read().seals] == [counter.station.body]


def test_it_can_be_taken_away_again(seals, around, view, counter, runner, picture):
    around.files.source = picture
    seals.choose_picture()
    renewed(around, seals, runner)
    seals.remove()
    renewed(around, seals, runner)
    assert view.state.picture == b""
    assert counter.stations.read().seals == ()


def test_each_body_has_its_own(seals, around, view, counter, runner, picture):
    other = view.state.bodies[1]
    seals.choose_body(other)
    runner.work()
    around.files.source = picture
    seals.choose_picture()
    renewed(around, seals, runner)
    assert view.state.picture == b""
    assert [seal.body for seal in counter.stations.read().seals] == [other]


def test_a_file_that_is_no_seal_is_told_and_nothing_changes(seals, around, view, counter, runner, tmp_path):
    (tmp_path / "no.png").write_bytes(b"no picture")
    around.files.source = tmp_path / "no.png"
    seals.choose_picture()
    runner.work()
    assert "不是印章图片" in view.state.message
    assert counter.stations.read().seals == ()


def test_a_file_that_has_gone_is_told(seals, around, view, runner, tmp_path):
    around.files.source = tmp_path / "gone.png"
    seals.choose_picture()
    runner.work()
    assert view.state.message
    assert not view.state.busy


def test_nothing_happens_when_no_file_is_chosen(seals, around, view, runner):
    around.files.source = None
    seals.choose_picture()
    assert not view.state.busy
