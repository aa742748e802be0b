"""What was handed in for one material as a document (材料 PDF): its pages in order, stamped where the original was seen.

The pages stay as the case has them: stamp and binding are made anew for each document.
"""

from app.domain.application import HandedIn
from app.services.paper_words import long_time
from app.services.people_named import People
from app.services.ports import BoundPage, PageBinder, PaperMaker, Store
from app.services.sync_images import ImageService

SEEN = "原件核对"


class MaterialDocuments:
    """Makes documents of materials; slow, never called on the window's thread."""

    def __init__(self, store: Store, own: str, images: ImageService, binder: PageBinder, maker: PaperMaker) -> None:
        self._store = store
        self._own = own
        self._images = images
        self._binder = binder
        self._maker = maker

    def document(self, handed_in: HandedIn, title: str, station: str) -> bytes:
        """Return the PDF of a material that has pages; ``station`` is the code of the one that took it in.

        ImageElsewhere when a page is kept at the centre alone and that is not reached, BadAttachment when one cannot
        be read.
        """
        pages = [BoundPage(self._images.get(page.digest), page.media_type, page.turn) for page in handed_in.pages]
        document = self._binder.bind(pages, title)
        if handed_in.checked_at is None:
            return document
        return self._maker.stamped(document, (SEEN, self._name(station, handed_in), long_time(handed_in.checked_at)))

    def _name(self, station: str, handed_in: HandedIn) -> str:
        with self._store.read() as uow:
            return People(uow, self._own, {station}).name(station, handed_in.checked_by)
