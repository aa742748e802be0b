"""A card reader over a pty at the speed of its wire: from a card laid on to the fields of the window; idle polling.

    python -m tests.bench.bench_card_reader [--cards 30] [--idle-s 20]

The simulator answers at once and at 115,200 baud; a real reader takes up to a second and a half for the card itself.
"""

import argparse
import os
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.capture.card_readers import lines
from app.capture.card_readers.reader import SerialCardReader
from app.demonstration import PASSWORD
from app.services.ports import ReaderPort
from tests.bench.figures import tell
from tests.capture.card_readers.blocks import block
from tests.capture.card_readers.simulator import WIRE_BYTES_S, ReaderSimulator
from tests.capture.card_readers.watched import Told
from tests.support import CERTIFICATE, new_place
from tests.ui.opened import Folder, OneCounter
from ui.start import Start

LONGEST_S = 30


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cards", type=int, default=30)
    parser.add_argument("--idle-s", type=int, default=20)
    asked = parser.parse_args()
    begun = time.perf_counter()
    lines.ports()
    print(f"first list of ports, with loading pyserial: {(time.perf_counter() - begun) * 1000:.1f} ms")
    begun = time.perf_counter()
    for _time in range(20):
        lines.ports()
    print(f"list of ports: {(time.perf_counter() - begun) * 1000 / 20:.2f} ms")
    with ReaderSimulator(WIRE_BYTES_S) as simulator:
        idle("a reader without a card", simulator, [ReaderPort(simulator.path)], asked.idle_s)
        idle("no reader", simulator, [], asked.idle_s)
        in_window(simulator, asked.cards)


def idle(name: str, simulator: ReaderSimulator, ports: list[ReaderPort], seconds: int) -> None:
    """Print how much of a core the reader's thread takes while nothing happens."""
    reader, told = SerialCardReader(usb=lambda: ports or lines.usb_ports()), Told()
    reader.watch(told.card, told.state)
    time.sleep(1)
    (thread,) = [thread for thread in threading.enumerate() if thread.name == "card reader"]
    clock = time.pthread_getcpuclockid(thread.ident)
    begun, asked = time.clock_gettime(clock), len(simulator.heard)
    time.sleep(seconds)
    share = (time.clock_gettime(clock) - begun) / seconds
    reader.close()
    print(f"{name}: {share:.2%} of a core, {(len(simulator.heard) - asked) / 10 / seconds:.1f} questions a second")


def in_window(simulator: ReaderSimulator, cards: int) -> None:
    """Print how long it takes from a card laid on to the fields of the intake."""
    folder = Path(tempfile.mkdtemp())
    place = new_place(folder / "profile", folder / "cache")
    with place.opened() as opened:
        counter = replace(opened, card_reader=SerialCardReader(usb=lambda: [ReaderPort(simulator.path)]))
        start = Start(lambda: OneCounter(counter), folder / "cache", desktop=Folder)
        start.open()
        _wait(lambda: start.rooms is not None)
        _wait(lambda: QApplication.focusWidget() is not None)
        QTest.keyClicks(QApplication.focusWidget(), PASSWORD)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        _wait(lambda: start.rooms.current_name == "CounterRoom")
        took = [_laid(start, simulator) for _card in range(cards)]
        counter.card_reader.close()
        start.close()
    tell("from a card laid on to the fields of the intake", took)


def _laid(start: Start, simulator: ReaderSimulator) -> float:
    start.rooms.open_item(CERTIFICATE)
    _rest(0.3)
    begun = time.perf_counter()
    simulator.lay(block())
    _wait(lambda: start.rooms.built.intake_room.fields.get("applicant.name").editor.text() == "丁珊瑚")
    QApplication.processEvents()
    took = time.perf_counter() - begun
    simulator.lift()
    start.rooms.built.intake.discard()
    _rest(0.6)
    return took


def _rest(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.002)


def _wait(until) -> None:
    end = time.monotonic() + LONGEST_S
    while not until():
        if time.monotonic() > end:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.0005)


if __name__ == "__main__":
    main()
