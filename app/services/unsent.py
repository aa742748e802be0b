"""What this counter could not send, as files that an administrator takes in at the centre (``central take-in``).

The journal goes whole, so that it can be checked from end to end; of page images only those that the centre lacks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.operators import Operator
from app.services.ledger import LedgerService
from app.services.ports import Store
from app.services.progress import Tell, silent

WriteImages = Callable[[Path, str, Sequence[tuple[str, str]], Callable[[str], bytes], Tell], None]
"""Writes images, given by digest and case, beside an exported journal, whole or not at all."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What was written for the centre."""

    entries: int
    images: int


class UnsentService:
    """Hands what the centre lacks to an administrator."""

    def __init__(self, store: Store, station: str, ledger: LedgerService, write_images: WriteImages) -> None:
        self._store = store
        self._station = station
        self._ledger = ledger
        self._write_images = write_images

    def export(self, path: Path, by: Operator | None = None, tell: Tell = silent) -> Handed:
        """Write the journal to ``path`` and the images that the centre lacks beside it; None is the command line.

        As the ledger's ``export``; where no image is lacking there is no second file. DiskFull, PlaceUnavailable.
        """
        verified = self._ledger.export(path, by, tell)
        with self._store.read() as uow:
            lacking = [(image.digest, image.case_number) for image in uow.outbox.unsent_images()]
        if lacking:
            self._write_images(path, self._station, lacking, self._image, tell)
        return Handed(verified.entries, len(lacking))

    def _image(self, digest: str) -> bytes:
        with self._store.read() as uow:
            return uow.blobs.get(digest)
