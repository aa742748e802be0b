"""Which cameras Linux tells of."""

from pathlib import Path

from app.capture.cameras.listing import films_in, linux_cameras
from app.services.ports import CameraInfo


def device(kinds: Path, node: str, name: str, index: int) -> None:
    (kinds / node).mkdir(parents=True)
    (kinds / node / "name").write_text(f"{name}\n")
    (kinds / node / "index").write_text(f"{index}\n")


def test_a_camera_is_listed_once_by_its_name_and_lasting_link(tmp_path: Path) -> None:
    kinds, links, dev = tmp_path / "class", tmp_path / "by-id", tmp_path / "dev"
    device(kinds, "video10", "良田高拍仪", 0)
    device(kinds, "video2", "Built-in", 0)
    device(kinds, "video3", "Built-in", 1)  # its metadata
    links.mkdir()
    dev.mkdir()
    (dev / "video10").touch()
    (links / "usb-camera-video-index0").symlink_to(dev / "video10")
    assert linux_cameras(kinds, links) == [
        CameraInfo("/dev/video2", "Built-in"),
        CameraInfo(str(links / "usb-camera-video-index0"), "良田高拍仪"),
    ]


def test_a_pc_without_cameras_has_none(tmp_path: Path) -> None:
    assert linux_cameras(tmp_path / "class", tmp_path / "by-id") == []
    assert films_in(None) == []
