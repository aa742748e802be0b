"""Reads what stands on pictures of identity cards and business licences: pages of a draft, or files that nobody keeps.

What is read is a proposal. Nothing of it is recorded here; the intake lets a person take it.
"""

from collections.abc import Sequence
from datetime import date

from app.domain.application import Page
from app.services.errors import ImageElsewhere, NotAParty, NotFound
from app.services.ports import PageReader, ReadField, Reading, TextReader
from app.services.sync_images import ImageService

MOST_PICTURES = 4
"""A paper's pages that are looked at; both sides of two cards."""


class RecognitionService:
    """Slow, a second or two a picture: called beside the window only."""

    def __init__(self, reader: TextReader, pages: PageReader, images: ImageService) -> None:
        self._reader = reader
        self._pages = pages
        self._images = images

    def read_pages(self, pages: Sequence[Page]) -> list[Reading]:
        """Return what stands on kept pages; as they were scanned where that is still there, for cleaning takes tints away.

        BadAttachment when a picture cannot be decoded, ImageElsewhere when a page is not here, ReadingFailed when the
        reading broke off.
        """
        return self._reader.read([self._picture(page) for page in pages[:MOST_PICTURES]])

    def read_files(self, files: Sequence[bytes]) -> list[Reading]:
        """Return what stands on files from outside, which are decoded like every attachment and not kept."""
        pictures = [page.data for data in files for page in self._pages.read(data)]
        return self._reader.read(pictures[:MOST_PICTURES])

    def warm_up(self) -> None:
        """Load what reads, so that the first paper need not wait; ReadingFailed when that broke off.

        Some hundred megabytes, which go again after a while without a paper.
        """
        self._reader.warm_up()

    def _picture(self, page: Page) -> bytes:
        if page.original:
            try:
                return self._images.get(page.original)
            except (NotFound, NotAParty, ImageElsewhere):
                pass  # only a draft keeps it
        return self._images.get(page.digest)


def ended_on(reading: Reading, today: date) -> date | None:
    """Return until when a paper says that it was valid, None when that day has not passed or it names none."""
    until = reading.fields.get(ReadField.VALID_TO)
    try:
        day = date.fromisoformat(until.text) if until else None
    except ValueError:
        return None  # 长期
    return day if day and day < today else None
