"""A scanner's folder: one in memory and one on the disk."""

import pytest

from app.capture.scanner_folder import AWAY, FileFolder
from app.services.errors import FolderGone, NotFound
from tests.fakes.scanner_folder import MemoryFolder

RARE = "𬭎 身份证·正面 (1).JPG"


class OnDisk:
    """The real folder, with a scanner that saves into it."""

    def __init__(self, path):
        self.path = path
        self.files = FileFolder()
        self._clock = 10**18

    def save(self, name, data):
        import os  # noqa: PLC0415  this alone needs it

        self._clock += 10**9
        (self.path / name).write_bytes(data)
        os.utime(self.path / name, ns=(self._clock, self._clock))

    @property
    def away(self):
        return {one.name: one.read_bytes() for one in (self.path / AWAY).iterdir()}

    def remove(self):
        self.path.rmdir()


class InMemory:
    """The fake one."""

    def __init__(self, _path):
        self.files = MemoryFolder()
        self.save, self.path = self.files.save, "anywhere"

    @property
    def away(self):
        return self.files.away

    def remove(self):
        self.files.is_gone = True


@pytest.fixture(params=[InMemory, OnDisk])
def folder(request, tmp_path):
    (tmp_path / "scans").mkdir()
    return request.param(tmp_path / "scans")


def names(folder):
    return [file.name for file in folder.files.look(str(folder.path))]


def test_files_are_found_oldest_first_whatever_their_names(folder):
    for name in ("b.pdf", RARE, "a.tif"):
        folder.save(name, b"data")
    assert names(folder) == ["b.pdf", RARE, "a.tif"]
    assert folder.files.read(str(folder.path), RARE, 10) == b"data"


def test_a_file_that_is_written_again_is_another_one(folder):
    folder.save("scan.pdf", b"one")
    before = folder.files.look(str(folder.path))
    folder.save("scan.pdf", b"two")
    assert folder.files.look(str(folder.path)) != before


def test_no_more_of_a_file_is_read_than_shows_that_it_is_too_large(folder):
    folder.save("scan.pdf", b"x" * 1000)
    assert len(folder.files.read(str(folder.path), "scan.pdf", 100)) == 101


def test_what_was_put_away_is_kept_beside_what_has_its_name(folder):
    for data in (b"first", b"second"):
        folder.save(RARE, data)
        folder.files.put_away(str(folder.path), RARE)
    assert names(folder) == []
    assert folder.away == {RARE: b"first", RARE.replace("(1)", "(1) (2)"): b"second"}


def test_a_file_that_was_taken_away_is_told_from_a_folder_that_was(folder):
    for act in (lambda: folder.files.read(str(folder.path), "a.pdf", 9),):
        with pytest.raises(NotFound):
            act()
    folder.remove()
    for act in (lambda: folder.files.look(str(folder.path)), lambda: folder.files.read(str(folder.path), "a.pdf", 9)):
        with pytest.raises(FolderGone):
            act()
