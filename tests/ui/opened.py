"""A desktop that asks nobody, and a starter for a counter that is open already."""

from pathlib import Path
from typing import ClassVar

from app.services.starting import ProfileState
from ui.devices import Desktop


class Folder(Desktop):
    """Chooses what a test laid ready."""

    files: ClassVar[list[bytes]] = []
    target: ClassVar[Path | None] = None
    opened: ClassVar[list[tuple[str, bytes]]] = []

    def choose_pages(self):
        return self.files

    def choose_target(self, name, kinds):
        return self.target

    def choose_folder(self):
        return self.target

    def choose_source(self, kinds):
        return self.target

    def open_paper(self, name, pdf):
        self.opened.append((name, pdf))


class OneCounter:
    """A starter for a counter that is open already."""

    def __init__(self, counter):
        self.counter = counter

    def state(self):
        return ProfileState.READY

    def needs_passphrase(self):
        return False

    def open(self, passphrase=""):
        return self.counter
