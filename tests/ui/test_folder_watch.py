"""The scanner's folder beside the window: files go to the material that waits, else they are offered once."""

from dataclasses import replace

import pytest

from app.services.kept_pages import PagePlace
from app.services.watched_folder import SETTLED_MS, WatchedFolderService
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.fakes.pages import BlankPages
from tests.fakes.scanner_folder import MemoryFolder
from tests.support import filled
from ui.folder_watch import PATIENCE, REST, FolderSign, FolderWatch
from ui.scan_news import key_of


class Desk:
    def __init__(self, counter):
        self.files, self.at_ms, self.taken, self.signs = MemoryFolder(), 0, [], []
        self.runner, self.navigator, self.draft = PatientRunner(), WrittenNavigator(), filled(counter)
        service = WatchedFolderService(
            counter.intake._store, counter.desk.now, lambda: self.at_ms, self.files, BlankPages()
        )
        self.counter = replace(counter, watched_folder=service)
        self.counter.devices.keep(watched_folder="scans")
        self.place = PagePlace("id_card", draft=self.draft.draft_id)
        self.fed = []
        self.watch = FolderWatch(self.counter, self.runner, self.navigator, self, self.signs.append)
        self.look()

    def came(self, place, page):
        self.taken.append((place, page))

    def feed(self, place):
        self.fed.append(place)

    def end_feeding(self, key):
        self.fed = [place for place in self.fed if key_of(place) != key]

    def look(self, times=1):
        for _ in range(times):
            self.watch.tick()
            self.runner.work()
            self.runner.work()
        return self

    def scanned(self, name="scan.pdf", data=b"%PDF-1.7"):
        self.files.save(name, data)
        self.look()
        self.at_ms += SETTLED_MS
        return self.look()

    @property
    def said(self):
        return [values for name, *values in self.navigator.went if name == "notify"]


@pytest.fixture
def desk(counter):
    return Desk(counter)


def test_files_go_to_the_material_that_waits_for_them(desk):
    desk.watch.wait_for(desk.place, "身份证")
    assert desk.signs[-1] == FolderSign(waits_for="身份证", place=desk.place)
    desk.runner.work()
    desk.scanned()
    ((place, page),) = desk.taken
    assert place == desk.place
    assert desk.counter.intake.resume(desk.draft.draft_id)[0].application.materials["id_card"].pages == (page,)
    assert desk.files.away


def test_files_that_nobody_waits_for_are_offered_once_and_taken_when_asked(desk):
    desk.scanned().look(3)
    assert len(desk.said) == 1
    assert not desk.taken
    desk.watch.wait_for(desk.place, "身份证")
    desk.runner.work()
    desk.runner.work()
    assert len(desk.taken) == 1


def test_files_that_are_not_wanted_stay_where_they_are(desk):
    desk.scanned()
    _words, _act, leave = desk.said[0]
    leave()
    desk.watch.wait_for(desk.place, "身份证")
    desk.look(2)
    assert not desk.taken
    assert list(desk.files.files) == ["scan.pdf"]


def test_waiting_ends_when_it_is_asked_for_again_or_takes_too_long(desk):
    desk.watch.wait_for(desk.place, "身份证")
    desk.watch.wait_for(desk.place, "身份证")
    assert desk.signs[-1] == FolderSign()
    desk.runner.work()
    desk.watch.wait_for(desk.place, "身份证")
    desk.look(PATIENCE)
    assert desk.signs[-1] == FolderSign()
    desk.scanned()
    assert not desk.taken


def test_without_a_folder_it_is_told_where_to_choose_one(desk):
    desk.counter.devices.keep(watched_folder="")
    desk.watch.wait_for(desk.place, "身份证")
    assert len(desk.said) == 1
    assert not desk.signs


def test_a_hostile_file_is_told_and_keeps_the_others_not_out(desk):
    desk.watch.wait_for(desk.place, "身份证")
    desk.runner.work()
    desk.files.save("first.pdf", b"MZ no scan")
    desk.scanned()
    assert len(desk.taken) == 1
    assert len(desk.navigator.errors) == 1
    desk.look(3)
    assert len(desk.navigator.errors) == 1


def test_a_draft_that_became_a_case_leaves_the_files_to_be_offered_anew(desk):
    desk.watch.wait_for(desk.place, "身份证")
    desk.runner.work()
    desk.counter.intake.discard(desk.draft)
    desk.scanned()
    assert desk.signs[-1] == FolderSign()
    assert not desk.files.away
    before = len(desk.said)
    desk.look()
    assert len(desk.said) == before + 1


def test_a_folder_that_vanishes_is_shown_and_goes_on(desk):
    desk.files.is_gone = True
    desk.look(2)
    assert desk.signs[-1].is_gone
    desk.files.is_gone = False
    desk.scanned()
    assert not desk.signs[-1].is_gone
    assert desk.said
    assert not desk.navigator.errors


def test_a_file_that_cannot_be_moved_is_told(desk):
    desk.watch.wait_for(desk.place, "身份证")
    desk.runner.work()
    desk.files.is_read_only = True
    desk.scanned().look(3)
    assert len(desk.taken) == 1
    assert "已收" in desk.said[-1][0]


def test_the_window_looks_into_the_folder_and_says_for_what_it_waits(window, tmp_path):
    draft = filled(window.counter)
    place = PagePlace("id_card", draft=draft.draft_id)
    window.open_draft(draft.draft_id)
    window.await_files(place, "身份证")
    assert window.current_name == "IntakeRoom"
    window._window.toast._act.click()  # without a folder it leads to where one is chosen
    assert window.built.settings.current == "devices"
    window.open_draft(draft.draft_id)
    window.counter.devices.keep(watched_folder=str(tmp_path))
    line = window.built.intake_room._scan_line
    window.await_files(place, "身份证")
    window.idle()
    assert window._strip._folder == FolderSign(waits_for="身份证", place=place)
    assert line.isVisible()
    line._wait_no_more.click()
    assert (window._strip._folder, line.isVisible()) == (FolderSign(), False)
    window.await_files(place, "身份证")
    window.idle()
    (tmp_path / "scan.png").write_bytes(b"x")
    window._minutes.look_into_folder()
    window.idle()
    assert window.counter.watched_folder.folder == str(tmp_path)
    window.await_files(PagePlace("id_card", draft=draft.draft_id), "身份证")
    assert window._strip._folder == FolderSign()
    window.await_files(PagePlace("id_card", draft=draft.draft_id), "身份证")
    window.lock()
    window._minutes.look_into_folder()
    assert window._minutes.folder.sign == FolderSign()  # whoever comes next has other papers


def test_files_are_one_stack_until_none_has_come_for_a_while(desk):
    desk.watch.wait_for(desk.place, "身份证")
    desk.scanned().look(REST - 2)
    assert desk.place in desk.fed
    desk.scanned("more.pdf").look(REST - 2)
    assert desk.place in desk.fed
    desk.look(2)
    assert desk.fed == []
    desk.scanned("another.pdf")
    assert desk.fed == [desk.place]
    desk.watch.stop_waiting()
    assert desk.fed == []
