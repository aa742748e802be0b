"""The devices of the demonstration keep the promises of their ports, and stand behind those of this PC."""

import io

import pytest
from PIL import Image

from app.pretended import camera as cameras
from app.pretended import scanner as scanners
from app.services.errors import CameraFault, ScannerFault, ScannerTrouble
from app.services.ports import Colours, Feeding, ScanWish
from tests.fakes.cameras import FakeCameras
from tests.fakes.scanners import FakeScanner

SHADES = (40, 120, 200)


class Stop(Exception):
    """What a window raises that wants no more."""


@pytest.fixture(autouse=True)
def three_papers(monkeypatch):
    def laid():
        return [Image.new("RGB", (210, 297), (shade, shade, shade)) for shade in SHADES]

    monkeypatch.setattr(scanners, "papers", laid)
    monkeypatch.setattr(cameras, "papers", laid)
    monkeypatch.setattr(cameras, "FRAME_S", 0)


def shades(scanner, feeding, key=scanners.KEY, colours=Colours.COLOUR):
    kept = []
    assert scanner.scan(ScanWish(key, feeding, colours), kept.append) == len(kept)
    return [Image.open(io.BytesIO(page.data)).convert("L").getpixel((9, 9)) for page in kept]


def test_the_flatbed_has_the_next_paper_and_the_feeder_what_is_left_of_them():
    scanner = scanners.PretendedScanner(page_s=0)
    assert shades(scanner, Feeding.FLATBED) == [40]
    assert shades(scanner, Feeding.FEEDER, colours=Colours.GREY) == [120, 200]
    assert shades(scanner, Feeding.FEEDER) == list(SHADES)


def test_a_scan_that_is_stopped_keeps_what_came():
    kept = []

    def tell(page, _percent):
        if page == 2:
            raise Stop

    with pytest.raises(Stop):
        scanners.PretendedScanner(page_s=0).scan(ScanWish(scanners.KEY, Feeding.FEEDER), kept.append, tell)
    assert len(kept) == 1


def test_scanners_of_this_pc_come_first_and_scan_themselves():
    own = FakeScanner([b"\xff\xd8 own sheet"])
    scanner = scanners.PretendedScanner(own, page_s=0)
    first, last = scanner.devices()
    assert (first, last.name) == (own.found[0], "演示扫描仪")
    kept = []
    scanner.scan(ScanWish(first.key, Feeding.FEEDER), kept.append)
    assert [page.data for page in kept] == [b"\xff\xd8 own sheet"]


def test_a_scanner_that_is_not_there_is_gone():
    with pytest.raises(ScannerFault) as gone:
        scanners.PretendedScanner(page_s=0).scan(ScanWish("sane:other"), lambda _page: None)
    assert gone.value.trouble is ScannerTrouble.GONE


def test_a_paper_lies_still_is_taken_and_the_next_one_is_laid():
    camera = cameras.PretendedCameras().open(cameras.KEY)
    seen = until(camera, lambda frame: frame.is_still and frame.corners)
    assert len(seen.pixels) == seen.width * seen.height * 4
    photo = camera.take()
    assert (photo.data[:2], photo.corners) == (b"\xff\xd8", seen.corners)
    assert camera.frame().corners is None
    assert until(camera, lambda frame: frame.corners).corners != seen.corners


def test_corners_are_where_the_paper_is():
    camera = cameras.PretendedCameras().open(cameras.KEY)
    frame = until(camera, lambda frame: frame.corners)
    picture = Image.frombytes("RGB", (frame.width, frame.height), frame.pixels, "raw", "BGRX")
    for corner in frame.corners:
        inside = (corner.x * 0.94 + 0.03, corner.y * 0.94 + 0.03)
        assert picture.getpixel((inside[0] * frame.width, inside[1] * frame.height))[0] == pytest.approx(40, abs=6)


def until(camera, holds):
    return next(frame for frame in (camera.frame() for _number in range(60)) if holds(frame))


def test_a_camera_that_was_closed_is_off_and_another_one_is_that_of_this_pc():
    own = FakeCameras()
    several = cameras.PretendedCameras(own)
    assert [one.key for one in several.devices()] == ["desk", cameras.KEY]
    several.open("desk")
    assert len(own.opened) == 1
    camera = several.open(cameras.KEY)
    camera.close()
    with pytest.raises(CameraFault):
        camera.frame()
    with pytest.raises(CameraFault):
        cameras.PretendedCameras().open("desk")
