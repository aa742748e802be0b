"""Papers that were opened outside: gone with the window, and with the next start where it was killed."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ui.opened_papers import LOCK, OpenedPapers, clear_leftovers

LEFT = """
import os, sys
from pathlib import Path
from ui.opened_papers import OpenedPapers
papers = OpenedPapers(Path(sys.argv[1]))
print(papers.keep("paper.pdf", b"%PDF"), flush=True)
if sys.argv[2] == "killed":
    os.kill(os.getpid(), 9)
sys.stdin.read()
"""


def another(place, end):
    """Start another program that opens a paper, and return it with the path of the copy."""
    command = [sys.executable, "-c", LEFT, str(place), end]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return program, program.stdout.readline().strip()


def end(program):
    program.communicate()


def test_a_copy_is_private_and_goes_with_the_window(tmp_path):
    papers = OpenedPapers(tmp_path)
    path = papers.keep("paper.pdf", b"%PDF")
    assert path.read_bytes() == b"%PDF"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    papers.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Linux does")
def test_what_a_killed_program_left_is_removed_at_the_next_start_and_what_a_living_one_has_open_is_not(tmp_path):
    killed, left = another(tmp_path, "killed")
    end(killed)
    assert Path(left).exists()
    living, has_open = another(tmp_path, "lives")  # its start clears what the first left
    assert not Path(left).exists()
    papers = OpenedPapers(tmp_path)
    assert Path(has_open).exists()
    end(living)
    assert clear_leftovers(tmp_path) == 0
    papers.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there the place is the user's own")
def test_what_is_not_ours_is_left_alone(tmp_path):
    for name in ("lideng-no-lock", "lideng-open-to-all", "lideng-linked"):
        (tmp_path / name).mkdir(mode=0o700)
        (tmp_path / name / "paper.pdf").write_bytes(b"%PDF")
    (tmp_path / "lideng-open-to-all" / LOCK).touch()
    (tmp_path / "lideng-open-to-all").chmod(0o777)
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o700)
    (outside / LOCK).touch()
    (tmp_path / "lideng-link").symlink_to(outside)
    (tmp_path / "lideng-linked" / LOCK).symlink_to(outside / LOCK)
    (tmp_path / "lideng-file").touch()
    before = sorted(path.name for path in tmp_path.iterdir())
    assert clear_leftovers(tmp_path) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == before
