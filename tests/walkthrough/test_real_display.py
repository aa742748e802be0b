"""The walkthrough in a real X window: whatever differs between off screen and a display shows here."""

import os
import shutil
import subprocess
import sys

import pytest

from app.config import ROOT


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="needs a virtual X display")
def test_it_comes_to_its_end_in_a_real_window(tmp_path):
    command = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1366x768x24", sys.executable, "main.py"]
    environment = os.environ | {"QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path), "QT_DEBUG_PLUGINS": ""}
    done = subprocess.run(
        [*command, "demo", "--out", str(tmp_path / "out")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "summary.json").exists()
