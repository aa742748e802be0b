"""Hostile scanners: whatever one answers or promises costs a sentence, and what is taken is a page.

    nice .venv/bin/python -m tests.campaigns.scanners --count 20000
    nice .venv/bin/python -m tests.campaigns.scanners --only 4711     one scanner of it

Scanners are made by number. Those of even numbers are of the network: they give the right answers of an eSCL scanner, some
of them damaged, headers included. Those of odd numbers are drivers of SANE that promise one shape of a page and give
another, or a status. The exit code is 1 when anything else than a ScannerFault was raised, or a page cannot be read.
"""

import argparse
import io
import random
import socket
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from threading import Thread
from unittest import mock

from PIL import Image

from app.capture.limits import MOST_PIXELS
from app.capture.scanners import escl
from app.capture.scanners.driver import Job, Progress
from app.capture.scanners.escl import EsclDriver
from app.capture.scanners.sane import SaneJob
from app.capture.scanners.sane_terms import FrameShape, Status
from app.services.errors import ScannerFault
from app.services.ports.scanning import Feeding, ScannedPage, ScanWish
from tests.campaigns.mutations import mutated
from tests.capture.scanners.escl_server import CAPABILITIES, INPUT, STATUS, sheet
from tests.capture.scanners.scripted import ScriptedDevice

REPORT_EVERY = 1000
MOST_PAGES = 30
SLOW_S = 5
DAMAGED_SHARE = 0.5
"""Of the answers of a scanner of the network."""
EVIL = (-(2**31), -1, 0, 1, 7, 8, 9, 16, 40, 41, 255, 65_500, 65_501, 2**20, 2**31 - 1)


def main() -> int:
    """Run the campaign that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first scanner")
    parser.add_argument("--only", type=int, nargs="+", help="numbers of the only scanners")
    called = parser.parse_args()
    numbers = called.only or range(called.first, called.first + called.count)
    outcomes, failed, slowest, begun = Counter[str](), [], (0.0, 0), time.monotonic()
    with quick():
        for done, number in enumerate(numbers, start=1):
            at = time.monotonic()
            try:
                outcomes[outcome(number)] += 1
            except Exception:  # noqa: BLE001  that is what is looked for
                traceback.print_exc()
                failed.append(number)
            slowest = max(slowest, (time.monotonic() - at, number))
            if done % REPORT_EVERY == 0:
                print(f"{done} in {time.monotonic() - begun:.0f} s, failed: {failed}", flush=True)
    print(f"{sum(outcomes.values())} scanners, slowest {slowest[0]:.1f} s (number {slowest[1]}), failed: {failed}")
    for what, count in outcomes.most_common():
        print(f"{count:7} {what}")
    return bool(failed) or slowest[0] > SLOW_S


@contextmanager
def quick() -> Iterator[None]:
    """Let nobody wait long for a page that does not come."""
    with mock.patch.multiple(escl, AGAIN_S=0.01, LONGEST_PAGE_S=0.5):
        yield


def outcome(number: int) -> str:
    """Return what came of a scan from the scanner of that number; whatever is not expected is raised."""
    chance = random.Random(f"scanner {number}")
    return _network(chance) if number % 2 == 0 else _driver(chance)


def _network(chance: random.Random) -> str:
    with _answering(chance) as address:
        feeding = chance.choice(list(Feeding))
        return "network: " + _scanned(lambda: EsclDriver().begin(ScanWish(address, feeding), Progress()))


def _driver(chance: random.Random) -> str:
    pages = [_promise(chance) for _ in range(chance.randint(1, 3))]
    later = _shape(chance) if chance.random() < 0.3 else None
    device = ScriptedDevice(*pages, later=later)
    return "driver: " + _scanned(lambda: SaneJob(device, ScanWish("odd", Feeding.FEEDER), Progress()))


def _scanned(begin: Callable[[], Job]) -> str:
    pages = 0
    try:
        job = begin()
        while (page := job.next_page()) and pages < MOST_PAGES:
            pages += 1
            _look_at(page)
        job.end()
    except ScannerFault as fault:
        return fault.trouble
    return "whole" if pages else "nothing"


def _look_at(page: ScannedPage) -> None:
    picture = Image.open(io.BytesIO(page.data), formats=("JPEG", "PNG"))
    assert picture.width * picture.height <= MOST_PIXELS
    picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
    picture.load()


# --- drivers of SANE ----------------------------------------------------------------------------------------------


def _promise(chance: random.Random) -> tuple[int, FrameShape, int]:
    """Return a status, the shape that is promised, and how many bytes come."""
    shape = _shape(chance)
    right = max(0, min(shape.bytes_a_line * shape.lines, 3_000_000))
    status = chance.choice(list(Status)) if chance.random() < 0.2 else Status.GOOD
    return (
        status,
        shape,
        chance.choice((right, right, right, max(0, right - 1), right + 1, 0, chance.randrange(100_000))),
    )


def _shape(chance: random.Random) -> FrameShape:
    good = [
        chance.choice((0, 0, 1, 2, 3, 4)),
        chance.random() < 0.9,
        0,
        chance.randint(1, 300),
        chance.randint(1, 400),
        8,
    ]
    good[5] = chance.choice((1, 8, 8, 16))
    good[2] = -(-good[3] * good[5] * (3 if good[0] == 1 else 1) // 8) + chance.choice((0, 0, 1, 2, 3))
    if chance.random() < 0.1:
        good[4] = -1
    for place in range(6):
        if chance.random() < 0.08:
            good[place] = chance.choice(EVIL)
    return FrameShape(*good)


# --- scanners of the network --------------------------------------------------------------------------------------


def _answers() -> dict[bytes, list[bytes]]:
    """Return the right answers, by how a request begins."""
    return {
        b"GET /eSCL/ScannerCapabilities": [_http(200, CAPABILITIES.format(input=INPUT).encode())],
        b"POST": [_http(201, b"", b"Location: http://127.0.0.1/eSCL/ScanJobs/1\r\n")],
        b"GET /eSCL/ScanJobs": [
            _http(200, sheet(1, (310, 438)), b"Content-Type: image/jpeg\r\n"),
            _http(503, b"", b"Retry-After: 0\r\n"),
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + _chunked(sheet(2, (310, 438))),
            _http(404, b""),
        ],
        b"GET /eSCL/ScannerStatus": [_http(200, STATUS.format(state="Idle", adf="ScannerAdfEmpty").encode())],
        b"DELETE": [_http(200, b"")],
    }


def _http(status: int, body: bytes, headers: bytes = b"") -> bytes:
    return b"HTTP/1.1 %d Told\r\n%sContent-Length: %d\r\n\r\n%s" % (status, headers, len(body), body)


def _chunked(data: bytes) -> bytes:
    parts = [data[start:end] for start, end in pairwise((*range(0, len(data), 2000), len(data)))]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


ANSWERS = _answers()
ALL_ANSWERS = [answer for answers in ANSWERS.values() for answer in answers]


@contextmanager
def _answering(chance: random.Random) -> Iterator[str]:
    """Serve one scanner, and return its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        serving = Thread(target=_serve, args=(server, chance), daemon=True)
        serving.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/eSCL"
        server.shutdown(socket.SHUT_RDWR)
        serving.join()


def _serve(server: socket.socket, chance: random.Random) -> None:
    pages = 0
    while True:
        try:
            link, _peer = server.accept()
        except OSError:
            return
        with link:
            try:
                asked = link.recv(65_536)
                link.sendall(_answer(asked, pages, chance))
            except OSError:
                continue
        pages += asked.startswith(b"GET /eSCL/ScanJobs")


def _answer(asked: bytes, pages: int, chance: random.Random) -> bytes:
    right = next((answers for begins, answers in ANSWERS.items() if asked.startswith(begins)), [_http(404, b"")])
    answer = right[min(pages, len(right) - 1)]
    return mutated(answer, ALL_ANSWERS, chance) if chance.random() < DAMAGED_SHARE else answer


if __name__ == "__main__":
    sys.exit(main())
