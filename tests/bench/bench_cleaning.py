"""Cleaning of page images: how long each step takes on one core, what pages weigh, and what the helper process needs.

python -m tests.bench.bench_cleaning [--rounds 10] [--only found upright steps pages memory sharpness]

Pages are papers of our own at 300 dpi on A4, scanned by code: skewed by 0.7 degrees, with noise, as JPEG of quality 90; the
certificate has a red seal, and the same form lies on a desk below a camera of 12 megapixels. Times are of the
processor and least of the rounds, because the machine does other things too.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

import cv2
import numpy as np

from app.capture.binding import PdfBinder
from app.capture.cleaning import content, light, placing, sheet, skew, upright
from app.capture.cleaning.cleaner import HelperCleaner
from app.capture.cleaning.page import _legible, cleaned
from app.capture.cleaning.picture import decoded, encoded, grey, shrunk
from app.capture.codes import codes_on
from app.services.ports import BoundPage, Colours
from tests.capture import drawn

KINDS = {"text": "notice", "form": "receipt", "certificate": "certificate"}
LYING = np.float32([[0.3, 0.08], [0.68, 0.12], [0.7, 0.9], [0.26, 0.86]])


def scanned(kind):
    """Return a page as a scanner gives it."""
    page = drawn.paper(KINDS[kind], 300)
    page = drawn.sealed(page) if kind == "certificate" else page
    return drawn.as_jpeg(drawn.noisy(drawn.skewed(page, 0.7), 3), 90)


def photographed():
    """Return the form on a desk, in the shade."""
    desk = drawn.on_desk(drawn.paper("receipt", 300), LYING, size=(4000, 3000), desk=(120, 90, 60))
    return drawn.as_jpeg(drawn.noisy(drawn.shaded(desk, 0.7), 3), 90)


def least(do, rounds):
    """Return the least milliseconds of the processor that ``do`` takes, and what it gives."""
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        made = do()
        spent.append((time.process_time() - began) * 1000)
    return min(spent), made


def steps(rounds):
    """Print how long each step takes for a page of text."""
    data = scanned("text")
    timed = {}

    def step(name, do):
        timed[name], made = least(do, rounds)
        return made

    picture = step("decode", lambda: decoded(data))
    small = step("look at it small", lambda: shrunk(picture, 1600))
    step("is it a page from border to border", lambda: sheet.fills(small))
    step("corners of a sheet (photographs)", lambda: sheet.corners(small))
    dull = grey(small)
    degrees = step("angle of the lines", lambda: skew.angle(dull))
    step("which way is up", lambda: upright.turn(dull))
    step("blank?", lambda: content.is_blank(dull))
    step("blurred?", lambda: content.is_blurred(dull))
    step("which colours", lambda: content.colours(small, 2, is_blurred=False))
    place = placing.levelled(placing.whole(picture), degrees)
    coloured = step("draw it straight, in colour", lambda: placing.drawn(picture, place))
    page = step("draw it straight, in grey", lambda: placing.drawn(grey(picture), place))
    even = step("even out the light, in colour", lambda: light.evened(coloured))
    plain = step("even out the light, in grey", lambda: light.evened(page, light.KEEPS_TEXT))
    step("bar codes", lambda: codes_on(_legible(plain)))
    lines = step("black and white", lambda: light.black_and_white(plain))
    step("encode JPEG, in colour", lambda: encoded(even))
    step("encode JPEG, in grey", lambda: encoded(plain))
    step("encode PNG of one bit", lambda: encoded(lines, black_and_white=True))
    for name, ms in timed.items():
        print(f"{name}: {ms:.1f} ms")


def pages(rounds):
    """Print what pages weigh in each mode, as an image and in a document, and how long they take."""
    for kind in KINDS:
        data = scanned(kind)
        for colours in (None, *Colours):
            ms, clean = least(lambda data=data, colours=colours: cleaned(data, colours, None), rounds)
            document = PdfBinder().bind([BoundPage(clean.data, clean.media_type)], kind)
            name = f"chosen: {clean.colours}" if colours is None else str(colours)
            print(f"{kind}, {name}: {len(clean.data) / 1000:.0f} kB, PDF {len(document) / 1000:.0f} kB, {ms:.0f} ms")
    data = photographed()
    ms, clean = least(lambda: cleaned(data, None, None), rounds)
    print(f"form on a desk, 12 megapixels, {clean.colours}: {len(clean.data) / 1000:.0f} kB, {ms:.0f} ms")


def memory(rounds):
    """Print the resident memory of the helper process, and how long a page takes through it by the clock."""
    cleaner = HelperCleaner()
    data = scanned("certificate")
    began = time.perf_counter()
    cleaner.clean(data)
    print(f"first page, with the start of the process: {(time.perf_counter() - began) * 1000:.0f} ms")
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        cleaner.clean(data)
        spent.append((time.perf_counter() - began) * 1000)
    print(f"a page through the process, by the clock: median {statistics.median(spent):.0f} ms")
    print(f"A4 in colour: {_resident(cleaner)}")
    large = drawn.as_jpeg(np.repeat(np.repeat(drawn.sealed(drawn.paper("certificate", 320)), 2, 0), 2, 1))
    cleaner.clean(large)
    print(f"the largest picture that is taken: {_resident(cleaner)}")
    cleaner.close()


def _resident(cleaner):
    told = dict(line.split(":", 1) for line in Path(f"/proc/{cleaner.pid}/status").read_text().splitlines())
    now, most = (int(told[key].split()[0]) // 1024 for key in ("VmRSS", "VmHWM"))
    return f"{now} MiB resident, {most} MiB at most"


def sharpness(_rounds):
    """Print what sharpness pages have that are blurred by so many millimetres; below SHARP they are told."""
    for kind, paper in KINDS.items():
        page = drawn.paper(paper, 300)
        for mm in (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7):
            soft = drawn.blurred(page, mm / 25.4 * 300) if mm else page
            found = content.sharpness(grey(shrunk(drawn.noisy(soft, 4), 1600)))
            print(f"{kind}, blurred by {mm} mm: {found:.2f} (told below {content.SHARP})")


DESKS = {
    "black": (20, 20, 22),
    "dark": (70, 60, 50),
    "wood": (150, 110, 70),
    "light wood": (205, 180, 150),
    "green": (60, 110, 80),
    "grey": (160, 160, 162),
    "light grey": (200, 200, 200),
}


def found(_rounds):
    """Print how many sheets are found on desks, every third in shade, and by how much of the diagonal corners are off."""
    random = np.random.default_rng(5)
    for name, desk in DESKS.items():
        off, missed = [], 0
        for number in range(12):
            corners = _thrown(random)
            page = drawn.paper(list(KINDS.values())[number % 3], 200)
            picture = drawn.on_desk(page, corners, desk=desk, grain=(4, 10)[number % 2], seed=number)
            picture = drawn.shaded(picture, 0.6) if number % 3 == 1 else picture
            small = shrunk(drawn.noisy(drawn.blurred(picture, 0.7), 4, number), 1600)
            seen = None if sheet.fills(small) else sheet.corners(small)
            if seen is None:
                missed += 1
            else:
                off.append(np.linalg.norm((seen / small.shape[1::-1] - corners) * (2400, 1800), axis=1).max() / 30)
        print(
            f"{name}: {missed} of 12 not found, corners off by {statistics.median(off):.2f} %, at most {max(off):.2f} %"
        )


def _thrown(random):
    """Return the corners of a sheet of A4 that was thrown on the desk, seen at a slant."""
    height = random.uniform(0.55, 0.85) * 1800
    half = np.array([height / 1.414, height]) / 2
    angle = np.deg2rad(random.uniform(-12, 12))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half @ turn + (1200, 900)
    return np.clip((corners + random.uniform(-40, 40, (4, 2))) / (2400, 1800), 0, 1)


def upright_again(_rounds):
    """Print how well pages that lie in four directions, askew by up to five degrees, are levelled and turned."""
    random = np.random.default_rng(0)
    off, wrong, left, count = [], 0, 0, 0
    for paper in KINDS.values():
        for dpi in (200, 300):
            for lies in (0, 90, 180, 270):
                for degrees in (0.0, float(random.uniform(-5, 5))):
                    page = drawn.noisy(drawn.skewed(drawn.turned(drawn.paper(paper, dpi), lies), degrees), 4)
                    small = shrunk(page, 1600)
                    found = skew.angle(grey(small))
                    place = placing.levelled(placing.whole(small), found)
                    turned = upright.turn(grey(placing.drawn(small, place)))
                    off.append(abs(found + degrees))
                    is_right = (turned + lies) % 360 == 0
                    left += not is_right and turned == 0
                    wrong += not is_right and turned != 0
                    count += 1
    print(
        f"{count} pages: {wrong} turned wrong, {left} left as they lay; angle off by {statistics.mean(off):.3f} degrees"
    )
    print(f"at most {max(off):.3f} degrees")


PARTS = {
    "found": found,
    "upright": upright_again,
    "steps": steps,
    "pages": pages,
    "memory": memory,
    "sharpness": sharpness,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    for part in asked.only:
        print(f"--- {part}")
        PARTS[part](asked.rounds)


if __name__ == "__main__":
    sys.exit(main())
