"""Files that a scanner saves: taken once, when complete, and moved away only after their pages are durable."""

import pytest

from app.domain.application import TakenHow
from app.services.errors import BadAttachment, FolderGone, NotFound
from app.services.kept_pages import PagePlace
from app.services.watched_folder import LARGEST, SETTLED_MS, WatchedFolderService
from tests.fakes.pages import BlankPages
from tests.fakes.scanner_folder import MemoryFolder
from tests.support import filled

PDF, PNG = b"%PDF-1.7 scan", b"\x89PNG scan"


class Reader(BlankPages):
    """Reads each file as one page of its own."""

    def read(self, data):
        (page,) = super().read(data)
        return [type(page)(page.data + data, page.media_type)]


class Scans:
    """The service over a draft, and a folder into which files come."""

    def __init__(self, counter):
        self.counter, self.files, self.at_ms = counter, MemoryFolder(), 0
        self.draft = filled(counter)
        self.place = PagePlace("id_card", draft=self.draft.draft_id)
        self.store = counter.intake._store
        self.service = WatchedFolderService(self.store, counter.desk.now, lambda: self.at_ms, self.files, Reader())

    def settle(self):
        """Look, wait until nothing is written any more, and look again."""
        self.service.look()
        self.at_ms += SETTLED_MS
        return self.service.look()

    @property
    def kept(self):
        return self.counter.intake.resume(self.draft.draft_id)[0].application.materials["id_card"]


@pytest.fixture
def scans(counter):
    made = Scans(counter)
    made.service.watch("scans")
    made.service.look()
    return made


def test_a_file_becomes_pages_and_is_put_away(scans):
    scans.files.save("scan.pdf", PDF)
    (file,) = scans.settle()
    taken = scans.service.take(scans.place, file)
    assert scans.kept.pages == taken.pages
    assert scans.kept.how is TakenHow.SCAN
    assert taken.is_away
    assert scans.files.away == {"scan.pdf": PDF}
    assert scans.settle() == ()


def test_a_file_is_complete_when_it_has_not_changed_for_a_while(scans):
    for part in (PDF[:3], PDF[:6], PDF):
        scans.files.save("scan.pdf", part)
        assert scans.service.look() == ()
        scans.at_ms += SETTLED_MS - 1
        assert scans.service.look() == ()
    scans.at_ms += 1
    assert [file.size for file in scans.service.look()] == [len(PDF)]


def test_an_empty_file_is_not_complete(scans):
    scans.files.save("scan.pdf", b"")
    assert scans.settle() == ()


def test_what_lay_there_before_is_left_alone(counter):
    scans = Scans(counter)
    for number in range(500):
        scans.files.save(f"old {number}.pdf", PDF)
    scans.service.watch("scans")
    assert scans.service.look() == ()
    scans.files.save("new.pdf", PDF)
    scans.files.save("old 7.pdf", PNG)  # written again: a new scan under an old name
    assert [file.name for file in scans.settle()] == ["new.pdf", "old 7.pdf"]


def test_a_page_that_the_material_has_is_not_added_twice(scans):
    for name in ("scan.pdf", "scan (1).pdf"):
        scans.files.save(name, PDF)
    first, second = (scans.service.take(scans.place, file) for file in scans.settle())
    assert (len(first.pages), len(second.pages), len(scans.kept.pages)) == (1, 0, 1)
    assert len(scans.files.away) == 2


def test_equal_pages_of_one_file_are_as_many_as_it_has(scans, monkeypatch):
    monkeypatch.setattr(Reader, "read", lambda _self, data: BlankPages().read(data) * data.count(b"|"))
    for written, taken in (PDF + b"||", 2), (PDF + b"|||", 1):
        scans.files.save("scan.pdf", written)
        (file,) = scans.settle()
        assert len(scans.service.take(scans.place, file).pages) == taken
    assert len({page.identity for page in scans.kept.pages}) == 3


def test_a_folder_that_vanishes_is_told_and_goes_on_when_it_is_back(scans):
    scans.files.save("before.pdf", PDF)
    scans.files.is_gone = True
    with pytest.raises(FolderGone):
        scans.service.look()
    scans.files.is_gone = False
    assert [file.name for file in scans.settle()] == ["before.pdf"]


def test_a_folder_that_is_not_there_yet_is_known_from_its_first_look_on(counter):
    scans = Scans(counter)
    scans.files.save("old.pdf", PDF)
    scans.files.is_gone = True
    scans.service.watch("scans")
    with pytest.raises(FolderGone):
        scans.service.look()
    scans.files.is_gone = False
    assert scans.settle() == ()
    scans.files.save("new.pdf", PDF)
    assert [file.name for file in scans.settle()] == ["new.pdf"]


def test_a_file_that_cannot_be_moved_is_taken_once_all_the_same(scans):
    scans.files.save("scan.pdf", PDF)
    scans.files.is_read_only = True
    (file,) = scans.settle()
    assert not scans.service.take(scans.place, file).is_away
    assert len(scans.kept.pages) == 1
    assert scans.settle() == ()


@pytest.mark.parametrize("data", [b"MZ no picture", PDF + b"x" * LARGEST])
def test_a_hostile_file_stays_where_it_is_and_is_not_offered_again(scans, data):
    scans.files.save("scan.pdf", data)
    (file,) = scans.settle()
    with pytest.raises(BadAttachment):
        scans.service.take(scans.place, file)
    assert scans.settle() == ()
    assert list(scans.files.files) == ["scan.pdf"]


def test_a_file_is_moved_only_after_its_pages_are_durable(scans):
    scans.files.save("scan.pdf", PDF)
    (file,) = scans.settle()
    scans.counter.intake.discard(scans.draft)
    with pytest.raises(NotFound):
        scans.service.take(scans.place, file)
    assert not scans.files.away
    assert scans.settle() == (file,)  # for another material


def test_files_that_nobody_wants_are_offered_no_more(scans):
    scans.files.save("scan.pdf", PDF)
    scans.service.leave(scans.settle())
    assert scans.settle() == ()


def test_nothing_is_looked_at_without_a_folder(counter):
    assert Scans(counter).service.look() == ()
