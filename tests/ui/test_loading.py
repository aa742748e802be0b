"""Loading the rooms' code at the start."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QTimer

from ui.loading import IN_STEPS, InSteps, loading_of


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """Return a place where a test may put modules."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def put(name, text):
        (tmp_path / f"{name}.py").write_text(text)
        monkeypatch.delitem(sys.modules, name, raising=False)

    yield put
    for path in tmp_path.glob("*.py"):
        sys.modules.pop(path.stem, None)


def test_what_is_loaded_beside_the_window_knows_no_qt():
    code = """
import sys, types
qt = types.ModuleType("PySide6.QtCore")
qt.QObject, qt.QTimer = object, object
sys.modules["PySide6"], sys.modules["PySide6.QtCore"] = None, qt
from ui.loading import load_beside
load_beside()
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_between_two_modules_the_window_answers(modules, qtbot):
    seen = []
    modules("first_step", "")
    modules("second_step", "")
    loading = InSteps(loading_of(("first_step", "second_step")), lambda: seen.append("done"), seen.append)
    loading.start()
    QTimer.singleShot(0, lambda: seen.append("second_step" in sys.modules))
    qtbot.waitUntil(lambda: loading.is_done)
    assert seen == [False, "done"]
    assert {"first_step", "second_step"} <= sys.modules.keys()


def test_a_module_that_does_not_load_is_told_and_ends_it(modules, qtbot):
    failed = []
    modules("broken_step", "raise ValueError('broken')")
    loading = InSteps(loading_of(("broken_step", "never_reached")), lambda: failed.append("done"), failed.append)
    loading.start()
    qtbot.waitUntil(lambda: len(failed) > 0)
    assert [type(error) for error in failed] == [ValueError]
    assert not loading.is_done


def test_a_window_that_is_closed_meanwhile_loads_nothing_more(modules, qtbot):
    called = []
    modules("unwanted_step", "")
    loading = InSteps(loading_of(("unwanted_step",)), lambda: called.append("done"), called.append)
    loading.start()
    loading.stop()
    qtbot.wait(20)
    assert called == []
    assert "unwanted_step" not in sys.modules


def test_every_step_is_a_module_and_the_last_one_is_all_that_entering_needs():
    assert IN_STEPS[-1] == "ui.rooms"
    code = f"import importlib\nfor name in {IN_STEPS!r}: importlib.import_module(name)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
