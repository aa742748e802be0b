"""Pages of files from outside, and pictures of pages, for whoever takes them in or shows them."""

from app.domain.application import Page
from app.services.kept_pages import new_page
from app.services.ports import PageReader, Store
from app.services.sync_images import ImageService


class PageService:
    """Safe to use from any thread; each call takes a while."""

    def __init__(self, store: Store, reader: PageReader, images: ImageService) -> None:
        self._store = store
        self._reader = reader
        self._images = images

    def read(self, data: bytes) -> tuple[Page, ...]:
        """Keep the pages of a file for a case that is there already; BadAttachment when the file cannot be taken."""
        fresh = self._reader.read(data)
        with self._store.write() as uow:
            pages = tuple(new_page(uow.blobs.put(page.data), page.media_type) for page in fresh)
            uow.commit()
        return pages

    def picture(self, page: Page, width_px: int) -> bytes:
        """Return a page as PNG, at most ``width_px`` wide and turned as the clerk turned it.

        ImageElsewhere when it is kept at the centre alone and that is not reached; BadAttachment for a damaged one.
        """
        data = self._images.get(page.digest)
        return self._reader.thumbnail(data, page.media_type, page.turn, width_px)

    def picture_of(self, data: bytes, media_type: str, width_px: int) -> bytes:
        """Return a picture that is kept nowhere as PNG, at most ``width_px`` wide; BadAttachment when it is none."""
        return self._reader.thumbnail(data, media_type, 0, width_px)
