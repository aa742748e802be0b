"""The folder on the disk: what is no scan, and a share that does not answer."""

import os
from threading import Event

import pytest

from app.capture import scanner_folder
from app.capture.scanner_folder import FileFolder
from app.services.errors import FolderGone, NotFound


def test_links_folders_hidden_and_other_files_are_left_out(tmp_path):
    (tmp_path / "secret.pdf").write_bytes(b"not a scan")
    scans = tmp_path / "scans"
    (scans / "folder.pdf").mkdir(parents=True)
    (scans / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    os.mkfifo(scans / "pipe.pdf")
    for name in (".hidden.pdf", "~writing.pdf", "notes.txt", "scan.pdf.part", "SCAN.PDF"):
        (scans / name).write_bytes(b"data")
    assert [file.name for file in FileFolder().look(str(scans))] == ["SCAN.PDF"]


def test_a_link_or_a_pipe_that_comes_into_the_place_of_a_file_is_not_read(tmp_path):
    (tmp_path / "secret.pdf").write_bytes(b"not a scan")
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    os.mkfifo(scans / "pipe.pdf")
    for name in ("link.pdf", "pipe.pdf"):
        with pytest.raises(NotFound):
            FileFolder().read(str(scans), name, 100)


def test_a_share_that_does_not_answer_is_gone_and_asked_again_only_when_it_did(tmp_path, monkeypatch):
    answers, asked = Event(), []

    def found(folder):
        asked.append(folder)
        answers.wait(60)
        return []

    monkeypatch.setattr(scanner_folder, "_found", found)
    files = FileFolder(longest_s=0.01)
    for _ in range(3):
        with pytest.raises(FolderGone):
            files.look(str(tmp_path))
    assert len(asked) == 1
    answers.set()
    files._thread.join(60)
    files._longest_s = 60
    assert files.look(str(tmp_path)) == []
