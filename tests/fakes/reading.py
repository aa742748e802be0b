"""Recognition without models: what stands on a picture was told beforehand. Passes the contract of ``TextReader``."""

from collections.abc import Sequence

from app.services.errors import BadAttachment, ReadingFailed
from app.services.ports import Reading

SHORTEST = 40
"""Bytes, of a picture that has anything on it."""


class FakeTextReader:
    """Knows the pictures in ``papers``; every other JPEG or PNG shows nothing that is known."""

    def __init__(self) -> None:
        self.papers: dict[bytes, list[Reading]] = {}
        self.bombs: set[bytes] = set()
        self.is_broken = False
        """While true, the process dies over everything."""
        self.asked: list[tuple[bytes, ...]] = []
        self.warmed_up = 0

    def read(self, pictures: Sequence[bytes]) -> list[Reading]:
        self.asked.append(tuple(pictures))
        if self.is_broken:
            raise ReadingFailed
        for picture in pictures:
            if not picture:
                raise BadAttachment("damaged")
            if len(picture) < SHORTEST or not picture.startswith((b"\xff\xd8", b"\x89PNG")):
                raise BadAttachment("kind")
            if picture in self.bombs:
                raise BadAttachment("size")
        return [paper for picture in pictures for paper in self.papers.get(picture, [])]

    def warm_up(self) -> None:
        self.warmed_up += 1
        if self.is_broken:
            raise ReadingFailed

    def close(self) -> None:
        """There is no process."""
