"""The live view: what is taken by itself and by hand, and what is said while no picture comes."""

from dataclasses import replace

import pytest

from app.domain.application import Page
from app.services.device_settings import DeviceSettings
from app.services.errors import CameraTrouble, DiskFull
from tests.fakes.cameras import LIES, FakeCameras, frame
from tests.fakes.navigator import PatientRunner
from ui.camera.presenter import STEP, CameraPresenter
from ui.camera.state import WHOLE, PhotoLook, PhotoPlace
from ui.sentences import sentence

STILL = frame(still=True, new=True)
TAKEN = frame(still=True, new=False)
EMPTY = frame(sheet=False)
PAGE = Page("digest", "image/jpeg")


class Panel:
    def __init__(self):
        self.state, self.is_open, self.frames, self.pages = None, False, [], []

    def render(self, state):
        self.state = state

    def show_frame(self, frame):
        self.frames.append(frame)

    def add_taken(self, photo, corners):
        self.pages.append((photo, corners))

    def remove_taken(self, index):
        self.removed = self.pages.pop(index)

    def bring_back_taken(self, index):
        self.pages.insert(index, self.removed)

    def open(self):
        self.is_open = True

    def dismiss(self):
        self.is_open = False


class Devices:
    def __init__(self):
        self.settings = DeviceSettings()

    def read(self):
        return self.settings

    def keep(self, **changes):
        self.settings = replace(self.settings, **changes)
        return self.settings


class Desk:
    """A presenter with all that it leads, and the material that pages go to."""

    def __init__(self, *frames):
        self.cameras, self.devices, self.runner, self.panel = FakeCameras(*frames), Devices(), PatientRunner(), Panel()
        self.kept, self.fails, self.dropped, self.has_read = [], None, [], False
        place = PhotoPlace(
            "身份证", self._keep, lambda page, corners: self.kept.append((page, corners)), self._drop, read=self._read
        )
        self.presenter = CameraPresenter(self.cameras, self.devices, self.runner, self.panel, place)

    def _drop(self, page):
        self.dropped.append(page)
        return self.dropped.pop

    def _read(self):
        self.has_read = not self.panel.is_open

    def _keep(self, _photo):
        if self.fails:
            raise self.fails
        return PAGE

    def opened(self):
        self.presenter.open()
        return self.go(2)

    def go(self, steps=1):
        for _ in range(steps):
            self.runner.work()
        return self

    @property
    def state(self):
        return self.panel.state

    @property
    def camera(self):
        return self.cameras.opened[-1]


def test_a_sheet_that_lies_still_is_taken_by_itself_and_kept_before_the_next_frame():
    desk = Desk(EMPTY, STILL, TAKEN, EMPTY).opened().go(3)
    assert desk.camera.taken == 1
    assert not desk.kept
    desk.go()
    assert desk.kept == [(PAGE, None)]
    desk.go()
    assert desk.panel.frames == [EMPTY, STILL, TAKEN]
    assert desk.state.taken == len(desk.panel.pages) == 1


def test_a_page_that_was_taken_is_not_taken_again_by_itself_but_when_asked():
    desk = Desk(TAKEN, TAKEN, TAKEN).opened().go(2)
    assert not desk.camera.taken
    desk.presenter.take()
    desk.go(3)
    assert desk.kept == [(PAGE, None)]


def test_a_wrong_page_is_taken_away_and_comes_back_to_its_place():
    desk = Desk(STILL, STILL, EMPTY, EMPTY).opened().go(6)
    assert desk.state.taken == 2
    first, last = desk.panel.pages
    desk.presenter.take_away(0)
    assert (desk.panel.pages, desk.dropped, desk.state.taken, desk.state.can_bring_back) == ([last], [PAGE], 1, True)
    desk.presenter.bring_back()
    assert (desk.panel.pages, desk.dropped, desk.state.taken, desk.state.can_bring_back) == (
        [first, last],
        [],
        2,
        False,
    )
    desk.presenter.bring_back()
    desk.presenter.take_away()
    assert desk.panel.pages == [first]
    desk.presenter.take_away()
    desk.presenter.take_away()
    assert (desk.panel.pages, len(desk.dropped), desk.state.taken) == ([], 2, 0)


def test_what_was_taken_is_read_once_the_panel_is_gone_and_nothing_before_a_page_is_there():
    desk = Desk(EMPTY, STILL, EMPTY).opened()
    desk.presenter.read()
    assert desk.panel.is_open
    desk.go(4)
    desk.presenter.read()
    assert (desk.has_read, desk.panel.is_open) == (True, False)


def test_nothing_is_taken_by_itself_when_the_clerk_does_it():
    desk = Desk(STILL, STILL, STILL).opened()
    desk.presenter.set_automatic(on=False)
    desk.go(2)
    assert not desk.camera.taken
    assert not desk.devices.read().takes_by_itself


def test_without_edges_the_picture_stands_still_until_the_corners_are_right():
    desk = Desk(EMPTY, EMPTY, EMPTY).opened()
    desk.presenter.take()
    desk.go(2)
    assert desk.state.frozen.corners == WHOLE
    assert not desk.kept
    desk.presenter.choose_corner(2)
    desk.presenter.nudge(3, -1)
    desk.presenter.move_corner(0, -0.4, 0.5)
    corners = desk.state.frozen.corners
    assert (corners[2].x, corners[2].y) == pytest.approx((WHOLE[2].x + 3 * STEP, WHOLE[2].y - STEP))
    assert (corners[0].x, corners[0].y) == (0.0, 0.5)
    desk.presenter.take()
    desk.go()
    assert desk.kept == [(PAGE, corners)]
    assert desk.state.frozen is None


def test_a_frozen_picture_asks_for_no_frames_and_esc_lets_it_go():
    desk = Desk(STILL, *[TAKEN] * 5).opened()
    desk.presenter.set_automatic(on=False)
    desk.presenter.freeze()
    desk.go(5)
    assert desk.state.frozen.corners == LIES
    assert len(desk.panel.frames) == 1
    desk.presenter.back()
    desk.go()
    assert desk.state.frozen is None
    assert len(desk.panel.frames) == 2
    assert desk.panel.is_open
    assert not desk.kept


def test_esc_on_the_live_view_switches_the_camera_off():
    desk = Desk(EMPTY, EMPTY).opened()
    desk.presenter.back()
    desk.go(3)
    assert not desk.panel.is_open
    assert not desk.camera.is_on


def test_a_window_that_is_locked_leaves_no_camera_on_and_no_picture_in_sight():
    desk = Desk(EMPTY, EMPTY).opened()
    desk.presenter.freeze()
    desk.go(2)
    desk.presenter.close()
    desk.go()
    assert not desk.panel.is_open
    assert not desk.camera.is_on


def test_a_camera_that_opens_after_the_panel_was_closed_is_switched_off():
    desk = Desk(EMPTY)
    desk.presenter.open()
    desk.go()
    desk.presenter.back()
    desk.go(2)
    assert not desk.camera.is_on


@pytest.mark.parametrize("trouble", list(CameraTrouble))
def test_a_camera_that_does_not_open_is_told_and_tried_again(trouble):
    desk = Desk(EMPTY, EMPTY)
    desk.cameras.refuses = trouble
    desk.opened()
    assert desk.state.message
    assert not desk.state.is_on
    desk.cameras.refuses = None
    desk.presenter.take()
    desk.go(3)
    assert desk.panel.frames == [EMPTY]
    assert not desk.state.message


def test_a_camera_that_goes_in_the_middle_leaves_the_pages_that_were_taken():
    desk = Desk(STILL, CameraTrouble.GONE).opened().go(4)
    assert desk.state.message
    assert desk.kept == [(PAGE, None)]
    assert desk.state.taken == 1


def test_a_page_that_cannot_be_kept_stands_there_until_it_can():
    desk = Desk(STILL, TAKEN, TAKEN).opened()
    desk.fails = DiskFull()
    desk.go(3)
    assert desk.state.message == sentence(DiskFull()).text
    assert desk.state.frozen.corners == LIES
    desk.fails = None
    desk.presenter.take()
    desk.go()
    assert desk.kept == [(PAGE, LIES)]
    assert not desk.state.message


def test_the_camera_that_was_chosen_is_used_the_next_time():
    desk = Desk(EMPTY, EMPTY).opened()
    desk.presenter.choose("another")
    assert desk.devices.read().camera == "another"
    assert not desk.state.is_on
    desk.go(2)
    assert desk.state.message


def test_keys_that_come_twice_take_one_page():
    desk = Desk(*[TAKEN] * 5).opened()
    for _ in range(3):  # the frame, the picture and its keeping
        desk.presenter.take()
        desk.go()
    desk.go(2)
    assert desk.camera.taken == 1
    assert len(desk.kept) == 1


def test_it_is_told_what_to_do():
    desk = Desk(EMPTY, frame(), TAKEN).opened()
    said = [desk.go().state.hint for _ in range(3)]
    assert len(set(said)) == 3


@pytest.mark.parametrize("seen", [STILL, EMPTY], ids=["lies still", "without edges"])
def test_a_picture_that_is_only_looked_at_is_kept_nowhere_and_the_panel_goes_away(seen):
    desk, looked = Desk(EMPTY, seen, seen, EMPTY), []
    place = PhotoLook("核验", lambda photo: looked.append((photo, desk.panel.is_open)))
    desk.presenter = CameraPresenter(desk.cameras, desk.devices, desk.runner, desk.panel, place)
    desk.opened()
    desk.presenter.take()
    desk.go(4)
    assert [is_open for _photo, is_open in looked] == [False]
    assert not desk.camera.is_on
    assert desk.kept == []
