"""Cleaning of page images: how long each step takes on one core, what pages weigh, and what the helper process needs.

python -m tests.bench.bench_cleaning [--rounds 10] [--only steps pages memory sharpness]

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
    told = dict(line.split(":", 1) for line in Path(f"/proc/{cleaner._helper.pid}/status").read_text().splitlines())
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


PARTS = {"steps": steps, "pages": pages, "memory": memory, "sharpness": sharpness}


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
