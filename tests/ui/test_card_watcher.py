"""What the card reader's thread tells comes on the window's thread."""

import threading
from dataclasses import replace

from app.capture.card_readers.reader import SerialCardReader
from app.services.ports import ReaderPort, ReaderState
from tests.capture.card_readers.blocks import block
from tests.capture.card_readers.simulator import ReaderSimulator
from tests.capture.card_readers.watched import QUICK
from ui.card_watcher import CardWatcher
from ui.main_window import MainWindow


class Cards:
    """Takes note of what comes, and on which thread."""

    is_open = True

    def __init__(self):
        self.came = []

    def laid(self, card):
        self.came.append((card.name, threading.current_thread()))

    def told(self, state):
        self.came.append((state, threading.current_thread()))


def test_a_card_of_a_real_reader_comes_on_the_windows_thread(counter, qtbot):
    with ReaderSimulator() as simulator:
        reader = SerialCardReader(usb=lambda: [ReaderPort(simulator.path)], pace=QUICK)
        cards, window = Cards(), MainWindow("", "")
        watcher = CardWatcher(cards, replace(counter, card_reader=reader), window)
        watcher.watch()
        simulator.lay(block())
        qtbot.waitUntil(lambda: len(cards.came) == 4)
        reader.close()
    words = [word for word, _thread in cards.came]
    assert words == [ReaderState.READY, ReaderState.READING, "丁珊瑚", ReaderState.READY]
    assert {thread for _word, thread in cards.came} == {threading.main_thread()}
