"""Pages a minute from SANE's device for tests to durable, what of it is ours, and the memory of the driver's process.

python -m tests.bench.bench_scanner [--feeders 2] [--dpi 300] [--cleaned]

The device gives ten sheets of A4 as fast as it can. Ours is what a page takes beyond the device's own calls, which are
timed in a process of this one without anything else: making a picture of it, carrying it over, keeping it in an
encrypted store. ``--cleaned`` cleans each page in its own process beside the scan, as the window does.
"""

import argparse
import os
import random
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image, ImageDraw

from app.capture.scanners.driver import Progress
from app.capture.scanners.raw_pages import RawFrame, encode
from app.capture.scanners.sane import SaneDriver
from app.capture.scanners.sane_terms import Frame, FrameShape
from app.capture.scanners.scanners import Scanners
from app.services.kept_pages import PagePlace
from app.services.ports.scanning import Colours, Feeding, ScanWish
from app.services.scanning import ScanningService
from tests.fakes.scanners import FakeCleaner
from tests.support import filled, new_place

DEVICE = "test:0"
PATTERN = 'number_of_devices 1\ngeometry_max 300\ntest-picture "Color pattern"\n'
AIM_A_MINUTE = 40
AIM_OWN_S = 1.5
KIB = 1024


def peak_mb(pid):
    """Return the largest memory that a process has had."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return max((int(line.split()[1]) / KIB for line in lines if line.startswith("VmHWM")), default=0.0)


def device_alone_s(wish):
    """Return seconds a page that the device's calls take, without making pictures of what they give."""
    job = SaneDriver().begin(ScanWish(DEVICE, wish.feeding, wish.colours, wish.dpi), Progress())
    pages, begun = 0, time.perf_counter()
    while True:
        try:
            job._device.start()
        except Exception:  # noqa: BLE001  no paper
            break
        while job._device.read() is not None:
            pass
        pages += 1
    seconds = time.perf_counter() - begun
    job.end()
    return seconds / pages


def scanned(counter, wish, feeders, cleaner):
    """Scan whole feeders into drafts; return pages, seconds, seconds of each commit, and the helper's peak in MB."""
    scanners, commits, peak = Scanners(), [], 0.0
    service = ScanningService(counter.intake._store, counter.desk.now, scanners, cleaner)
    keep = service.keep

    def timed(place, page, **more):
        begun = time.perf_counter()
        kept = keep(place, page, **more)
        commits.append(time.perf_counter() - begun)
        return kept

    service.keep = timed
    pages, begun = 0, time.perf_counter()
    with ThreadPoolExecutor(1) as beside:
        for _feeder in range(feeders):
            place = PagePlace("id_card", draft=filled(counter).draft_id)

            def kept(page, place=place):
                nonlocal peak
                peak = max(peak, peak_mb(scanners.helper_pid))
                if not isinstance(cleaner, FakeCleaner):
                    beside.submit(service.clean, place, page)

            pages += service.scan(place, wish, kept)
        durable_s = time.perf_counter() - begun
    all_s = time.perf_counter() - begun
    service.close()
    return pages, durable_s, all_s, commits, peak


def page_like(mode):
    """Return a frame of A4 at 300 dpi that is as hard to compress as a scanned page: letters on noise."""
    noise = Image.effect_noise((2480, 3508), 12).point(lambda value: min(255, value + 110))
    draw, chance = ImageDraw.Draw(noise), random.Random(3)
    for _ in range(2500):
        x, y = chance.randrange(100, 2350), chance.randrange(100, 3400)
        draw.rectangle((x, y, x + chance.randrange(2, 40), y + chance.randrange(2, 40)), outline=20)
    picture = noise.convert(mode)
    frame = Frame.RGB if mode == "RGB" else Frame.GREY
    depth = 1 if mode == "1" else 8
    data = picture.tobytes()
    return RawFrame(FrameShape(frame, True, len(data) // 3508, 2480, 3508, depth), data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeders", type=int, default=2)
    parser.add_argument("--dpi", type=int, default=300)
    parser.add_argument("--cleaned", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "dll.conf").write_text("test\n")
        (folder / "test.conf").write_text(PATTERN)
        os.environ["SANE_CONFIG_DIR"] = name
        for mode in ("RGB", "L", "1"):
            frame = page_like(mode)
            begun = time.perf_counter()
            page = encode([frame], asked.dpi)
            took_ms = 1000 * (time.perf_counter() - begun)
            print(f"encoding a noisy page, {mode}: {took_ms:.0f} ms, {len(page.data):,} bytes")
        with new_place(folder / "profile", folder / "cache").opened() as counter:
            for colours in Colours:
                wish = ScanWish(f"sane:{DEVICE}", Feeding.FEEDER, colours, asked.dpi)
                measure(counter, wish, asked)


def measure(counter, wish, asked):
    """Print the figures of one kind of pages."""
    alone_s = device_alone_s(wish)
    cleaner = real_cleaner() if asked.cleaned else FakeCleaner()
    pages, durable_s, all_s, commits, peak = scanned(counter, wish, asked.feeders, cleaner)
    own_s = durable_s / pages - alone_s
    print(
        f"{wish.colours}: {60 * pages / durable_s:.0f} pages a minute to durable ({pages} pages, aim {AIM_A_MINUTE}),"
        f" {1000 * durable_s / pages:.0f} ms a page, of which ours {1000 * own_s:.0f} (aim {1000 * AIM_OWN_S:.0f}),"
        f" commit {1000 * sum(commits) / len(commits):.0f}; with the rest of the cleaning {60 * pages / all_s:.0f} a minute;"
        f" helper {peak:.0f} MB",
        flush=True,
    )


def real_cleaner():
    """Return what cleans pages in the product."""
    from app.capture.cleaning.cleaner import HelperCleaner  # noqa: PLC0415  asked for

    return HelperCleaner()


if __name__ == "__main__":
    main()
