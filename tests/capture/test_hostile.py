"""A small part of the campaign ``tests.campaigns.attachments``; docs/reliability.md has the figures of the whole."""

import json
import subprocess
import sys

import pytest

from app.capture.limits import MOST_MEMORY
from app.config import ROOT

FILES = 300
MOST_MEBIBYTES = MOST_MEMORY / 2**20


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the campaign forks")
def test_three_hundred_hostile_files_cost_a_sentence_each(tmp_path):
    command = [sys.executable, "-m", "tests.campaigns.attachments", "--count", str(FILES), "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    outcomes = [json.loads(line) for line in (tmp_path / "outcomes.jsonl").read_text().splitlines()]
    words = {outcome["word"] for outcome in outcomes}
    assert {"taken", "refused: kind", "refused: damaged", "refused: size"} <= words
    assert not [outcome for outcome in outcomes if outcome["word"].startswith("decoder raised")]
    assert max(outcome["mebibytes"] for outcome in outcomes) <= MOST_MEBIBYTES
