"""Live view of a document camera: time a frame and its parts, frames a second, and the helper process' memory.

python -m tests.bench.bench_camera [--width 3264 --height 2448] [--frames 100]

A film of our own stands in for the camera, so that frames come as fast as they are asked for.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import cv2

from app.capture.cameras.live import VideoCameras
from app.capture.cameras.looking import Watch, are_same, sheet_print
from app.capture.cameras.sheet import find_sheet
from app.capture.cameras.source import Source, for_screen, whole
from tests.bench.figures import tell
from tests.capture.cameras.films import film, lying


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=3264)
    parser.add_argument("--height", type=int, default=2448)
    parser.add_argument("--frames", type=int, default=100)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        size = (told.width, told.height)
        path = film(Path(folder) / "desk.avi", [lying(1, (told.frames + 20) / 10, size=size)], size)
        _live(Path(folder), told.frames)
        _parts(path, told.frames // 3)


def _live(folder: Path, count: int) -> None:
    """Play the film through the helper process, as the window does."""
    camera = VideoCameras(folder).open("film:desk.avi")
    frames = [camera.frame() for _ in range(3)]
    before_s, began = _computing_s(camera._helper.pid), time.perf_counter()
    took = [_timed(camera.frame) for _ in range(count)]
    computed_s, passed_s = _computing_s(camera._helper.pid) - before_s, time.perf_counter() - began
    size = f"{frames[0].width}×{frames[0].height}"
    tell(f"frame of {size} from the helper", took)
    print(f"{count / passed_s:.1f} frames/s, {computed_s / count * 1000:.1f} ms of computing in the helper a frame")
    tell("picture at full size", [_timed(camera.take) for _ in range(3)])
    print(
        f"memory of the helper: {_resident_mb(camera._helper.pid):.0f} MB, at most {_peak_mb(camera._helper.pid):.0f}"
    )
    camera.close()


def _parts(path: Path, count: int) -> None:
    """Time what the helper does with a frame."""
    cv2.setNumThreads(1)
    source, watch = Source(str(path), is_film=True), Watch()
    shots = [source.next() for _ in range(count)]
    pictures = [for_screen(shot, source.size) for shot in shots]
    corners = find_sheet(pictures[0])
    assert corners
    seen = sheet_print(pictures[0], corners)
    tell("decode for the screen", [_timed(lambda shot=shot: for_screen(shot, source.size)) for shot in shots])
    tell("find the sheet", [_timed(lambda picture=picture: find_sheet(picture)) for picture in pictures])
    tell("look (sheet and stillness)", [_timed(lambda one=one: watch.look(one, 0.0)) for one in pictures])
    tell(
        "compare with the sheet before",
        [_timed(lambda one=one: are_same(seen, sheet_print(one, corners))) for one in pictures],
    )
    tell("decode whole", [_timed(lambda shot=shot: whole(shot)) for shot in shots[:5]])


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _computing_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def _peak_mb(pid: int) -> float:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


if __name__ == "__main__":
    main()
