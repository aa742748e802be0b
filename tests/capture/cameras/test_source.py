"""Why a camera does not open is asked of the system itself, before OpenCV waits for it."""

import errno
from pathlib import Path

import pytest

from app.capture.cameras.source import ensure_free
from app.services.errors import CameraFault, CameraTrouble


def trouble_of(path: Path) -> CameraTrouble:
    with pytest.raises(CameraFault) as fault:
        ensure_free(str(path))
    return fault.value.trouble


def test_a_camera_without_a_device_is_gone(tmp_path: Path) -> None:
    assert trouble_of(tmp_path / "video7") is CameraTrouble.GONE


def test_what_is_no_camera_is_told(tmp_path: Path) -> None:
    (tmp_path / "video0").write_bytes(b"no camera")
    assert trouble_of(tmp_path / "video0") is CameraTrouble.DRIVER


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (errno.EBUSY, CameraTrouble.BUSY),
        (errno.EACCES, CameraTrouble.DENIED),
        (errno.ENODEV, CameraTrouble.GONE),
        (errno.EIO, CameraTrouble.DRIVER),
    ],
)
def test_each_refusal_of_the_system_has_its_kind(
    number: int, trouble: CameraTrouble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr("fcntl.ioctl", refuse)
    (tmp_path / "video0").touch()
    assert trouble_of(tmp_path / "video0") is trouble
