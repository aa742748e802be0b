"""Cameras: the fake one, and a film below the real helper process."""

from collections.abc import Iterator

import pytest

from app.capture.cameras.live import VideoCameras
from app.services.errors import CameraFault, CameraTrouble
from app.services.ports import Cameras, LiveCamera
from tests.capture.cameras.films import film, lying
from tests.fakes.cameras import FakeCameras, frame


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> VideoCameras:
    folder = tmp_path_factory.mktemp("films")
    film(folder / "desk.avi", [lying(1, 0.4)])
    return VideoCameras(folder)


@pytest.fixture(params=["fake", "film"])
def cameras(request: pytest.FixtureRequest) -> Cameras:
    if request.param == "fake":
        return FakeCameras(*[frame()] * 4)
    return request.getfixturevalue("filmed")


@pytest.fixture
def camera(cameras: Cameras) -> Iterator[LiveCamera]:
    camera = cameras.open(cameras.devices()[-1].key)
    yield camera
    camera.close()


def test_frames_come_until_the_camera_is_gone_and_then_it_is_off(camera: LiveCamera) -> None:
    seen = camera.frame()
    assert len(seen.pixels) == seen.width * seen.height * 4
    assert seen.corners is not None
    with pytest.raises(CameraFault) as gone:
        while True:
            camera.frame()
    assert gone.value.trouble is CameraTrouble.GONE
    with pytest.raises(CameraFault):
        camera.take()


def test_a_photo_is_a_jpeg_with_the_place_of_the_sheet(camera: LiveCamera) -> None:
    camera.frame()
    photo = camera.take()
    assert photo.data.startswith(b"\xff\xd8")
    assert photo.corners is not None


def test_a_camera_that_was_closed_is_off(camera: LiveCamera) -> None:
    camera.close()
    for ask in (camera.frame, camera.take):
        with pytest.raises(CameraFault):
            ask()


def test_a_camera_that_is_not_there_is_gone(cameras: Cameras) -> None:
    with pytest.raises(CameraFault) as gone:
        cameras.open("film:unknown.avi")
    assert gone.value.trouble is CameraTrouble.GONE
