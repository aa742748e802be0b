"""A device of SANE that does as a test says."""

from app.capture.scanners.sane_terms import FrameShape, Status, ensure

GREY = FrameShape(0, True, 40, 40, 30, 8)
"""Of 40 by 30 pixels."""


CHUNK = 333
"""Bytes of a reading: no line ends there."""


class ScriptedDevice:
    """Gives what it is told to: for each page its status, its shape and how many bytes it has."""

    def __init__(self, *pages, later=None):
        self.pages = list(pages)
        self.later = later
        """The shape as it is known at the end."""
        self.ended = []

    def options(self):
        return {}

    def start(self):
        status, self.now, self.left = self.pages.pop(0) if self.pages else (Status.NO_DOCUMENTS, GREY, 0)
        self.read_any = False
        ensure(status)

    def shape(self):
        return self.later if self.later and self.read_any else self.now

    def read(self):
        self.read_any = True
        size, self.left = min(self.left, CHUNK), max(0, self.left - CHUNK)
        return b"\x7f" * size if size else None

    def cancel(self):
        self.ended.append("cancel")

    def close(self):
        self.ended.append("close")
