"""A film stands in for the camera: the same helper process and the same VideoCapture, opened by another name."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.capture.cameras import live
from app.capture.cameras.live import HelperCamera, VideoCameras
from app.services.errors import CameraFault, CameraTrouble
from app.services.ports import Frame, Photo
from tests.capture.cameras.films import SHEET, booklet, film, lying, text

A, B = 1, 2


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("films")
    film(folder / "booklet.avi", booklet([A, B, A], 1.0))
    film(folder / "once.avi", [lying(A, 0.5)])
    large = (3264, 2448)
    film(folder / "large.avi", [lying(A, 0.2, size=large)], large, noise=0)
    (folder / "broken.avi").write_bytes(b"RIFF\x00\x00\x00\x00AVI LIST")
    return folder


@pytest.fixture
def cameras(films: Path) -> VideoCameras:
    return VideoCameras(films)


@pytest.fixture
def on(cameras: VideoCameras) -> Iterator[list[HelperCamera]]:
    opened: list[HelperCamera] = []
    yield opened
    for camera in opened:
        camera.close()


def opened(cameras: VideoCameras, on: list[HelperCamera], name: str) -> HelperCamera:
    on.append(cameras.open(f"film:{name}.avi"))
    return on[-1]


def played(camera: HelperCamera) -> tuple[list[Frame], list[Photo]]:
    """Take a picture whenever another sheet lies still, until the film ends."""
    frames, photos = [], []
    with pytest.raises(CameraFault) as ended:
        while True:
            frames.append(camera.frame())
            if frames[-1].is_still and frames[-1].is_new:
                photos.append(camera.take())
    assert ended.value.trouble is CameraTrouble.GONE
    return frames, photos


def page_of(photo: Photo) -> int:
    """Return which page of text is on a photo."""
    picture = cv2.imdecode(np.frombuffer(photo.data, np.uint8), cv2.IMREAD_COLOR)
    height, width = picture.shape[:2]
    assert photo.corners is not None
    lies = np.array([(corner.x * width, corner.y * height) for corner in photo.corners], np.float32)
    flat = np.array([(0, 0), (200, 0), (200, 280), (0, 280)], np.float32)
    seen = cv2.warpPerspective(picture, cv2.getPerspectiveTransform(lies, flat), (200, 280))
    unlike = {page: np.abs(cv2.resize(text(page), (200, 280)).astype(int) - seen).mean() for page in (A, B)}
    return min(unlike, key=lambda page: unlike[page])


def test_each_page_of_a_booklet_is_taken_once(cameras: VideoCameras, on: list[HelperCamera]) -> None:
    _, photos = played(opened(cameras, on, "booklet"))
    assert [page_of(photo) for photo in photos] == [A, B, A]


def test_the_sheet_is_found_where_it_lies(cameras: VideoCameras, on: list[HelperCamera]) -> None:
    camera = opened(cameras, on, "once")
    for seen, off in ((camera.frame().corners, 0.01), (camera.take().corners, 0.005)):
        assert seen is not None
        for corner, (x, y) in zip(seen, SHEET, strict=True):
            assert abs(corner.x - x) < off
            assert abs(corner.y - y) < off


def test_a_frame_fits_the_screen_and_a_photo_is_whole(cameras: VideoCameras, on: list[HelperCamera]) -> None:
    camera = opened(cameras, on, "large")
    frame = camera.frame()
    assert (frame.width, frame.height, len(frame.pixels)) == (816, 612, 816 * 612 * 4)
    picture = cv2.imdecode(np.frombuffer(camera.take().data, np.uint8), cv2.IMREAD_COLOR)
    assert picture.shape == (2448, 3264, 3)


def test_a_driver_that_crashes_costs_one_message(cameras: VideoCameras, on: list[HelperCamera]) -> None:
    camera = opened(cameras, on, "once")
    os.kill(camera._helper.pid, signal.SIGKILL)
    for _ in range(2):  # it stays off, and starts no second process by itself
        with pytest.raises(CameraFault):
            camera.frame()
    assert not camera._helper.is_running
    assert opened(cameras, on, "once").frame().corners


def test_a_driver_that_hangs_is_killed(films: Path, monkeypatch: pytest.MonkeyPatch, on: list[HelperCamera]) -> None:
    monkeypatch.setattr(live, "LONGEST_FRAME_S", 0.2)
    camera = opened(VideoCameras(films, "tests.capture.cameras.hanging"), on, "once")
    with pytest.raises(CameraFault) as fault:
        camera.frame()
    assert fault.value.trouble is CameraTrouble.DRIVER
    assert not camera._helper.is_running


def test_a_film_that_is_none_is_gone(cameras: VideoCameras) -> None:
    assert trouble_at(cameras, "film:broken.avi") is CameraTrouble.GONE


@pytest.mark.parametrize("key", ["film:missing.avi", "film:../../etc/passwd", "film:/dev/video0"])
def test_no_film_is_opened_but_those_that_were_laid_ready(cameras: VideoCameras, key: str) -> None:
    assert trouble_at(cameras, key) is CameraTrouble.GONE
    assert trouble_at(VideoCameras(), key) is CameraTrouble.GONE


def trouble_at(cameras: VideoCameras, key: str) -> CameraTrouble:
    with pytest.raises(CameraFault) as fault:
        cameras.open(key)
    return fault.value.trouble
