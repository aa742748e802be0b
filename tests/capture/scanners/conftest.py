"""SANE's own device for tests, with a configuration that a test writes: no other driver is asked."""

import sys

import pytest

from app.capture.scanners.scanners import Patience, Scanners

A4_AND_MORE = "number_of_devices 1\ngeometry_max 300\n"
DEVICE = "sane:test:0"


@pytest.fixture
def sane_test(tmp_path, monkeypatch):
    """Return what sets the device up, such as ``sane_test("depth 16")``."""
    if sys.platform != "linux":
        pytest.skip("there is SANE on Linux only")

    def set_up(*lines):
        folder = tmp_path / "sane.d"
        folder.mkdir(exist_ok=True)
        (folder / "dll.conf").write_text("test\n")
        (folder / "test.conf").write_text(A4_AND_MORE + "".join(f"{line}\n" for line in lines))
        monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))

    set_up()
    return set_up


@pytest.fixture
def scanners():
    made = Scanners(patience=Patience(silent_s=20, end_s=5))
    yield made
    made.close()
