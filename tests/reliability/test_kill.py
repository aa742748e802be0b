"""The program is killed at random moments of mixed jobs; ``tests.campaigns.kill`` does so more often."""

import json
import os
import signal
import subprocess
import sys

import pytest

from app.config import ROOT
from tests.reliability.killing import KINDS
from tests.support import Place, place_in

KILLS = 17


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="forks for every kill")
def test_kill_9_at_random_moments_of_every_kind_of_job_loses_nothing(place: Place):
    folders = [str(place.settings.profile), str(place.settings.cache)]
    command = [sys.executable, "-m", "tests.reliability.killing", *folders, str(KILLS), "9"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["cases"] > 0
    assert found["entries"] > KILLS > len(KINDS)


def test_the_lock_goes_with_the_process(place: Place):
    program = (
        "import sys, time; from pathlib import Path; from tests.support import place_in\n"
        "with place_in(Path(sys.argv[1]), Path(sys.argv[2])).opened():\n"
        "    print('open', flush=True)\n"
        "    time.sleep(60)\n"
    )
    folders = [str(place.settings.profile), str(place.settings.cache)]
    process = subprocess.Popen([sys.executable, "-c", program, *folders], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "open\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    again = place_in(place.settings.profile, place.settings.cache)
    with again.opened() as counter:
        assert counter.ledger.verify().entries > 0
