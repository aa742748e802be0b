"""The helper process of a driver: one list of scanners or one scan, then it ends, and leaves nothing behind.

``python -m app.capture.scanners.process sane|escl|wia``. It is asked ``{"do": "devices"}`` or ``{"do": "scan", …}`` and tells
four times a second how far it is. After each page it waits for ``{"do": "next"}``: the page is durable then. Then comes
``{"did": "end"}`` or ``{"did": "trouble"}``, before anything is cleaned up. ``scanners`` is the other side.
"""

import os
import sys
from collections.abc import Sequence
from threading import Event, Lock, Thread
from typing import IO

from app.capture.inside import begin
from app.capture.messages import BrokenMessage, Message, read_message, write_message
from app.capture.scanners.driver import Driver, Job, Progress
from app.domain.plain import from_plain, to_plain
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports.scanning import ScanWish

PULSE_S = 0.25
MOST_MEMORY = 2 * 1024 * 1024 * 1024
"""Bytes of address space: drivers load libraries and map buffers, a page may have 240 million bytes."""


class Talk:
    """What is said to the window's process, from any thread, and what is heard of it."""

    def __init__(self, heard: IO[bytes], out: IO[bytes]) -> None:
        self._said = Lock()
        self._heard = heard
        self._out = out
        self.progress = Progress()
        self.may_feed = Event()

    def say(self, did: str, *parts: bytes, **header: object) -> None:
        """Say something; nobody to hear it ends the process."""
        with self._said:
            try:
                write_message(self._out, Message({"did": did, **header}, parts))
            except OSError:
                os._exit(1)

    def hear(self) -> Message | None:
        """Return what the other side says next, None when it closed or says what is no message."""
        try:
            return read_message(self._heard)
        except (BrokenMessage, OSError, ValueError):
            return None

    def pulse(self) -> None:
        """Say how far it is, again and again."""
        progress, ended = self.progress, Event()
        while not ended.wait(PULSE_S):
            self.say("pulse", page=progress.page, percent=progress.percent, moves=progress.moves)

    def listen(self, job: Job) -> None:
        """Hear of the next page until the other side stops the job or closes; then end it."""
        while message := self.hear():
            if message.header.get("do") == "next":
                self.may_feed.set()
            else:
                break
        self.progress.stop.set()
        self.may_feed.set()
        job.cancel()


def main() -> None:
    """Do what is asked, once."""
    talk = Talk(*begin(MOST_MEMORY))
    asked = talk.hear()
    if asked is None:
        return
    Thread(target=talk.pulse, daemon=True).start()
    try:
        driver = _driver(sys.argv[1:], asked.header.get("addresses", ()))
        if asked.header.get("do") == "devices":
            talk.say("devices", devices=[to_plain(device) for device in driver.devices()])
        else:
            _scan(driver, from_plain(ScanWish, asked.header["wish"]), talk)
    except ScannerFault as fault:
        talk.say("trouble", trouble=fault.trouble)
    except MemoryError:
        talk.say("trouble", trouble=ScannerTrouble.MEMORY)
    os._exit(0)  # a driver's own threads and handlers could keep it, and have nothing to say any more


def _scan(driver: Driver, wish: ScanWish, talk: Talk) -> None:
    job = driver.begin(wish, talk.progress)
    Thread(target=talk.listen, args=(job,), daemon=True).start()
    try:
        while page := job.next_page():
            talk.say("page", page.data, media_type=page.media_type, dpi=page.dpi)
            talk.may_feed.wait()
            talk.may_feed.clear()
            if talk.progress.stop.is_set():
                break
        talk.say("end")
    except ScannerFault as fault:
        talk.say("trouble", trouble=fault.trouble)
    except MemoryError:
        talk.say("trouble", trouble=ScannerTrouble.MEMORY)
    job.end()


def _driver(arguments: list[str], addresses: Sequence[str]) -> Driver:
    """Return the driver that was asked for; what it needs is loaded with it alone."""
    match arguments:
        case ["sane"]:
            from app.capture.scanners.sane import SaneDriver  # noqa: PLC0415

            return SaneDriver()
        case ["escl"]:
            from app.capture.scanners.escl import EsclDriver  # noqa: PLC0415

            return EsclDriver(addresses)
        case ["wia"]:
            from app.capture.scanners.wia import windows_driver  # noqa: PLC0415

            return windows_driver()
    raise ScannerFault(ScannerTrouble.DRIVER)


if __name__ == "__main__":
    main()
