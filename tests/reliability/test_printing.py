"""The program is killed between any two steps of printing; every paper comes out of a real CUPS once."""

import json
import subprocess
import sys

import pytest

from app.config import ROOT
from tests.printing.cupsd import IS_THERE, cups
from tests.reliability.prints import MOMENTS
from tests.support import Place

PAPERS = 2
"""Of a case: the receipt and the notice."""


@pytest.mark.slow
@pytest.mark.skipif(not IS_THERE, reason="CUPS is not installed")
def test_kill_9_between_any_two_steps_of_printing_prints_every_paper_once(place: Place):
    with cups() as server:
        server.queue("office")
        folders = [str(place.settings.profile), str(place.settings.cache)]
        command = [sys.executable, "-m", "tests.reliability.prints", *folders]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, env=server.environment, timeout=200
        )
        assert done.returncode == 0, done.stdout + done.stderr
        told = [json.loads(line) for line in done.stdout.splitlines()]
        assert {one["moment"]: one["printed_again"] for one in told} == {
            "lay": PAPERS,
            "_record_print": PAPERS,
            "start": PAPERS - 1,
            "_start": PAPERS - 1,
        }
        assert len(list(server.out.glob("*.pdf"))) == PAPERS * len(MOMENTS)
