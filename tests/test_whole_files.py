"""Files that are written whole or not at all, and every writer that relies on it."""

import errno
import os
import re
from pathlib import Path

import pytest

from app.services.errors import DiskFull, PlaceUnavailable
from app.whole_files import place_errors, written_whole


def full(*_arguments):
    raise OSError(errno.ENOSPC, "No space left on device")


def write(path, text="new"):
    with place_errors(path.parent), written_whole(path) as fresh:
        fresh.write_text(text)


def test_a_file_takes_its_place_in_one_step_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "paper.txt"
    path.write_text("old")
    with written_whole(path) as fresh:
        fresh.write_text("new")
        assert path.read_text() == "old"
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("paper.txt", "new")]


@pytest.mark.parametrize("step", ["write_text", "fsync", "replace"])
def test_a_full_disk_leaves_what_was_there_and_no_half_file(tmp_path, monkeypatch, step):
    path = tmp_path / "paper.txt"
    path.write_text("old")
    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync") if step == "fsync" else (Path, step)), full)
        with pytest.raises(DiskFull):
            write(path)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("paper.txt", "old")]


def test_a_writer_that_gives_up_leaves_no_half_file(tmp_path):
    with pytest.raises(KeyboardInterrupt), written_whole(tmp_path / "paper.txt") as fresh:
        fresh.write_text("half")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_what_a_crash_left_beside_it_does_not_stand_in_the_way(tmp_path):
    (tmp_path / "keys.part").write_text("half")
    with written_whole(tmp_path / "keys", is_private=True) as fresh:
        assert fresh.read_bytes() == b""
        fresh.write_bytes(b"whole")
    assert (tmp_path / "keys").read_bytes() == b"whole"


@pytest.mark.skipif(os.name == "nt", reason="no such rights on Windows")
def test_a_private_file_is_its_owners_from_the_beginning(tmp_path):
    with written_whole(tmp_path / "keys", is_private=True) as fresh:
        assert fresh.stat().st_mode & 0o777 == 0o600
        fresh.write_bytes(b"secret")
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600


def test_a_place_that_is_gone_is_named(tmp_path):
    with pytest.raises(PlaceUnavailable) as told:
        write(tmp_path / "gone" / "paper.txt")
    assert told.value.folder == tmp_path / "gone"


def test_nobody_else_syncs_files_by_hand():
    """A new writer uses this one. What extracts a backup writes into a folder of its own."""
    by_hand = {
        path.name
        for path in (Path(__file__).resolve().parent.parent / "app").rglob("*.py")
        if re.search(r"\bos\.fsync\(", path.read_text("utf-8"))
    }
    assert by_hand == {"whole_files.py", "backup_file.py"}
