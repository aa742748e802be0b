"""The program is killed at every step of making a certificate anew; ``tests.campaigns.steps`` kills more acts."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest

from app.config import ROOT
from app.security.authority import Authority
from tests.support import MONDAY, Place, certify


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="forks for every kill")
def test_kill_9_at_every_step_of_a_replacement_leaves_it_done_or_not_done(place: Place, tmp_path):
    authority = Authority.make("示例市政务服务中心", MONDAY - timedelta(days=10))
    certify(place, authority)
    (tmp_path / "root.pem").write_text(authority.root, encoding="utf-8")
    folders = [str(place.settings.profile), str(place.settings.cache), str(tmp_path / "root.pem"), "replace"]
    command = [sys.executable, "-m", "tests.reliability.steps", *folders]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout) == {"act": "replace", "kills": 2}
