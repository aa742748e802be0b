"""The section of the devices: what is found, what is chosen, a page to test, and what to do when nothing answers."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from app.services.card_photos import CardPhotoService
from app.services.errors import PhotoTrouble, ScannerFault, ScannerTrouble
from app.services.ports import CameraInfo
from app.services.ports.scanning import Feeding
from tests.fakes.card_reading import PORT, FakePhotoDecoder, with_photos
from tests.fakes.scanners import FLATBED
from tests.ui.scans import with_scanner
from ui.settings.presenters.devices import DevicesPresenter

OTHER = replace(FLATBED, key="fake:1", name="Fictitious 200")


class Cameras:
    def devices(self):
        return [CameraInfo("usb-1", "Fictitious camera")]


@pytest.fixture
def opened(around, view, runner):
    """Return what opens the section over a scanner laid with sheets."""

    def open_(*feeder, devices=(FLATBED, OTHER)):
        around.files = SimpleNamespace(screens=lambda: ("HDMI-1",))
        around.counter = replace(with_scanner(around.counter, *feeder, devices=devices), cameras=Cameras())
        presenter = DevicesPresenter(around, view)
        presenter.start()
        runner.work()
        return presenter

    return open_


def test_devices_are_looked_for_once_and_chosen_by_name(opened, view, around):
    presenter = opened()
    assert ([one.name for one in view.state.scanners], view.state.cameras[0].key) == (
        [FLATBED.name, OTHER.name],
        "usb-1",
    )
    presenter.choose_scanner(OTHER.name)
    presenter.choose_camera("Fictitious camera")
    presenter.change(feeding=Feeding.BOTH_SIDES)
    kept = around.counter.devices.read()
    assert (kept.scanner, kept.camera, kept.feeding) == (OTHER.key, "usb-1", Feeding.BOTH_SIDES)
    assert view.state.scanner == OTHER
    presenter.start()
    assert not view.state.is_looking


def test_which_of_several_scanners_is_meant_has_to_be_said(opened, view):
    presenter = opened()
    assert view.state.scanner is None
    presenter.test()
    assert (view.state.is_testing, view.state.tone) == (False, "warn")
    presenter.choose_scanner(FLATBED.name)
    assert view.state.scanner == FLATBED


def test_a_scanner_that_does_not_answer_is_told(opened, view, runner):
    presenter = opened(devices=())
    assert (view.state.scanner, view.state.has_looked) == (None, True)
    presenter.test()
    assert view.state.tone == "warn"
    presenter._around.counter.scanning._scanner.found = ScannerFault(ScannerTrouble.DRIVER)
    presenter.look()
    runner.work()
    assert (view.state.is_looking, "驱动" in view.state.message) == (False, True)


def test_scanners_of_the_network_are_named_by_their_addresses(opened, view, around, runner):
    presenter = opened()
    presenter.type_addresses("192.0.2.7， 192.0.2.8")
    presenter.keep_addresses()
    runner.work()
    assert around.counter.devices.read().network_scanners == ("192.0.2.7", "192.0.2.8")
    presenter.start()
    assert view.state.address == "192.0.2.7 192.0.2.8"


def test_a_page_is_scanned_to_test_and_kept_nowhere(opened, view, runner, sample_png):
    presenter = opened(sample_png, devices=(FLATBED,))
    presenter.test()
    assert view.state.is_testing
    runner.work()
    assert (view.state.tone, view.state.picture[:4]) == ("good", b"\x89PNG")
    presenter.test()
    runner.work()
    assert (view.state.tone, view.state.picture) == ("warn", b"")


def test_the_card_reader_is_looked_for_where_the_clerk_says(opened, view, around):
    presenter = opened()
    presenter.choose_port(PORT.device)
    assert (around.counter.card_reader.chosen, around.counter.devices.read().card_reader) == (PORT.device, PORT.device)


def test_the_screen_before_the_applicant_is_chosen_by_name(opened, view, around):
    presenter = opened()
    assert view.state.screens == ("HDMI-1",)
    presenter.change(signing_screen="HDMI-1")
    assert (view.state.settings.signing_screen, around.counter.devices.read().signing_screen) == ("HDMI-1", "HDMI-1")


def test_a_folder_is_chosen_and_left(opened, around, tmp_path):
    presenter = opened()
    around.files.choose_folder = lambda: tmp_path
    presenter.choose_folder()
    assert around.counter.devices.read().watched_folder == str(tmp_path)
    presenter.forget_folder()
    assert around.counter.devices.read().watched_folder == ""


def test_a_library_for_photos_is_chosen_looked_at_and_left(opened, around, view, runner, tmp_path):
    presenter = opened()
    assert view.state.photos == "没有选身份证照片解码程序，读卡时不显示照片"
    around.files = SimpleNamespace(choose_source=lambda _kinds: tmp_path / "lib.so")
    counter = around.counter
    for trouble, said in ((None, "可用"), (PhotoTrouble.UNUSABLE, "64 位")):
        decoder = FakePhotoDecoder({str(tmp_path / "lib.so"): trouble})
        around.counter = replace(counter, card_photos=CardPhotoService(decoder, counter.devices))
        presenter.choose_photo_library()
        runner.work()
        assert said in view.state.photos
    assert counter.devices.read().photo_library == str(tmp_path / "lib.so")
    presenter.forget_photo_library()
    assert (counter.devices.read().photo_library, view.state.photos[:2]) == ("", "没有")


def test_what_is_said_of_a_library_that_was_left_meanwhile_is_dropped(opened, around, view, runner):
    presenter = opened()
    around.counter = with_photos(around.counter)
    presenter.change(photo_library="/opt/fictitious/libphoto.so")
    presenter._look_at_photos()
    presenter.forget_photo_library()
    runner.work()
    assert view.state.photos[:2] == "没有"
