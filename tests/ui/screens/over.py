"""Screens of the settings, and what lies over a room: help, hand-over, camera, signature, faults."""

from dataclasses import replace

from app.demonstration import CLERK
from app.domain.application import Page
from app.domain.paper import PaperKind
from app.services.errors import DiskFull, WrongFileCode
from app.services.ports import CameraInfo, Photo
from tests.fakes.cameras import LIES, small_jpeg
from tests.support import COMMITTED, PERSON, filled
from ui.camera.panel import CameraPanel
from ui.camera.state import CameraState, Frozen, PhotoPlace
from ui.file_code_panel import FileCodePanel
from ui.settings.sections import SECTIONS
from ui.signing.panel import SigningPanel


def _section(key):
    def show(rooms):
        rooms.open_settings()
        rooms.built.settings.choose(key)

    return show


def _settings_found(rooms):
    rooms.open_settings()
    rooms.built.settings.search("a")


def _help(rooms):
    rooms.home()
    rooms._window.show_help()


def _coaching(rooms):
    rooms.built.coach.start()
    rooms.open_item(COMMITTED)
    rooms.built.coach.look()


def _hand_over(rooms):
    rooms.home()
    rooms._presence.hand_over()


def _file_code(rooms):
    rooms.home()
    rooms.tell_file_code("4821 9037 5516 2240", lambda: None)


def _file_code_asked(rooms):
    def take(_code):
        raise WrongFileCode

    rooms.home()
    rooms.ask_file_code(take, lambda _taken: None)
    rooms._window.stage.findChildren(FileCodePanel)[-1].confirmed.emit("4821")


def _camera(rooms):
    """Show the live view with a page taken and a picture that stands still."""
    rooms.home()
    rooms.open_camera(
        PhotoPlace(
            "居民身份证",
            lambda _photo: Page("", "image/jpeg"),
            lambda _page, _corners: None,
            lambda _page: bool,
            read=bool,
        )
    )
    panel = rooms._window.stage.findChildren(CameraPanel)[-1]
    rooms.idle()
    photo = Photo(small_jpeg(), LIES)
    panel.add_taken(photo, LIES)
    cameras = (CameraInfo("a", "Document camera"), CameraInfo("b", "Integrated camera"))
    panel.render(
        CameraState(
            "居民身份证",
            cameras,
            "a",
            is_on=True,
            frozen=Frozen(photo, LIES),
            hint="4",
            taken=1,
            can_bring_back=True,
            can_read=True,
        )
    )


def _no_camera(rooms):
    rooms.home()
    rooms.open_camera(
        PhotoPlace(
            "居民身份证", lambda _photo: Page("", "image/jpeg"), lambda _page, _corners: None, lambda _page: bool
        )
    )


def _signing(rooms):
    rooms.home()
    item, draft = rooms.counter.catalogue.item(COMMITTED), filled(rooms.counter, COMMITTED)
    together = replace(draft.application, co_applicants=(replace(PERSON, name="王知远"),))
    paper = rooms.counter.forms.prepare(PaperKind.PLEDGE, replace(draft, application=together), item, CLERK)
    rooms.open_signing(paper, lambda _paper: None)
    rooms.idle()
    rooms._window.stage.findChildren(SigningPanel)[-1].sign_wanted.emit(None)


def _locked(rooms):
    rooms.home()
    rooms.lock()


def _fault(rooms):
    rooms.home()
    rooms.report(DiskFull())


def _toast(rooms):
    rooms.home()
    rooms.notify("某某的居住证明已交付，台账已记下这一步", "撤销", lambda: None)


SCREENS = {
    "coaching": _coaching,
    **{f"settings {kind.key}": _section(kind.key) for kind in SECTIONS},
    "settings found": _settings_found,
    "help": _help,
    "hand over": _hand_over,
    "file code": _file_code,
    "file code asked": _file_code_asked,
    "camera": _camera,
    "camera gone": _no_camera,
    "signing": _signing,
    "fault": _fault,
    "toast": _toast,
    "locked": _locked,
}
