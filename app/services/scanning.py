"""Scanning: pages from a scanner or a camera into a draft or a form, each durable before the next is fed, then cleaned.

A page is kept as it came. Cleaning makes another picture of it, beside it; the page names the clean one and remembers
what it was made from, so that the clerk can go back to it until the case is received.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.application import HandedIn, Page, PageRemark, TakenHow
from app.domain.separators import read_separator
from app.services.errors import NotFound, ScannerFault, ScannerTrouble
from app.services.kept_pages import PagePlace, change_handed_in, new_page
from app.services.ports import Store
from app.services.ports.page_cleaning import Corners, FoundCode, PageCleaner
from app.services.ports.scanning import Colours, Feeding, ScannedPage, Scanner, ScannerInfo, ScanWish
from app.services.progress import Tell, silent

JPEG, PNG = "image/jpeg", "image/png"
PNG_BEGINS = b"\x89PNG"
Kept = Callable[[Page], None]
"""Hears of every page once it is durable, on the thread that scans."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page after cleaning, and what was found on it."""

    page: Page
    colours: Colours
    remarks: frozenset[PageRemark]
    corners: Corners | None
    codes: tuple[FoundCode, ...]


class _Enough(Exception):
    """One page was wanted, and it is kept."""


class ScanningService:
    """What can take long runs beside the window: ``devices``, ``scan`` and ``clean``."""

    def __init__(self, store: Store, now: Callable[[], datetime], scanner: Scanner, cleaner: PageCleaner) -> None:
        self._store = store
        self._now = now
        self._scanner = scanner
        self._cleaner = cleaner

    def devices(self) -> Sequence[ScannerInfo]:
        """Return the scanners that answer now; ScannerFault when no driver can be asked at all."""
        return self._scanner.devices()

    def scan(
        self, place: PagePlace, wish: ScanWish, kept: Kept, tell: Tell = silent, *, instead_of: Page | None = None
    ) -> int:
        """Scan into a material and return how many pages came; ``instead_of`` one page only one is scanned.

        The draft or form has been saved before. ScannerFault says by its kind what to do; what ``tell`` raises stops
        the scan, also in the middle of a page. Pages that were kept stay, whatever happens.
        """
        count = 0

        def keep(scanned: ScannedPage) -> None:
            nonlocal count
            is_back = wish.feeding is Feeding.BOTH_SIDES and count % 2 == 1
            page = self.keep(place, scanned, instead_of=instead_of, is_back=is_back)
            count += 1
            kept(page)
            if instead_of is not None:
                raise _Enough

        with suppress(_Enough):
            self._scanner.scan(wish, keep, tell)
        return count

    def keep(
        self, place: PagePlace, scanned: ScannedPage, *, instead_of: Page | None = None, is_back: bool = False
    ) -> Page:
        """Make a page durable and part of a material, in one commit; NotFound when draft or form are gone."""
        with self._store.write() as uow:
            page = new_page(uow.blobs.put(scanned.data), scanned.media_type, is_raw=True, is_back=is_back)
            change_handed_in(uow, place, lambda before: _with_page(before, page, instead_of), self._now())
            uow.commit()
        return page

    def clean(
        self, place: PagePlace, page: Page, *, colours: Colours | None = None, corners: Corners | None = None
    ) -> Cleaned:
        """Clean a page from what it was made from, and let it take the page's place; options as of ``PageCleaner``.

        BadAttachment when it cannot be read, ReadingFailed when cleaning broke: the page is as it was.
        """
        raw = page.original or page.digest
        with self._store.read() as uow:
            data = uow.blobs.get(raw)
        made = self._cleaner.clean(data, colours=colours, corners=corners)
        with self._store.write() as uow:
            clean = replace(
                page,
                digest=uow.blobs.put(made.data),
                media_type=made.media_type,
                original=raw,
                is_raw=False,
                codes=_separators(made.codes) if page.is_raw else page.codes,
                remarks=tuple(remark for remark in PageRemark if remark in made.remarks),
                kept_as=colours.value if colours else "",
            )
            try:
                change_handed_in(uow, place, lambda before: _exchanged(before, page, clean), self._now())
            except NotFound:
                return Cleaned(page, made.colours, made.remarks, made.corners, made.codes)  # a case was made of it
            uow.commit()
        return Cleaned(clean, made.colours, made.remarks, made.corners, made.codes)

    def test(self, wish: ScanWish) -> ScannedPage:
        """Scan one page that is not kept; ScannerFault also when none came."""
        came: list[ScannedPage] = []

        def keep(page: ScannedPage) -> None:
            came.append(page)
            raise _Enough

        with suppress(_Enough):
            self._scanner.scan(wish, keep)
        if not came:
            raise ScannerFault(ScannerTrouble.NO_PAPER)
        return came[0]

    def take_original(self, place: PagePlace, page: Page) -> Page:
        """Let the picture that a page was made from take its place, and return it; NotFound when it is gone."""
        with self._store.write() as uow:
            data = uow.blobs.get(page.original)
            media_type = PNG if data.startswith(PNG_BEGINS) else JPEG
            raw = replace(page, digest=page.original, media_type=media_type, remarks=(), kept_as="")
            change_handed_in(uow, place, lambda before: _exchanged(before, page, raw), self._now())
            uow.commit()
        return raw

    def close(self) -> None:
        """End the helper processes."""
        self._scanner.close()
        self._cleaner.close()


def meant(devices: Sequence[ScannerInfo]) -> ScannerInfo | None:
    """Return the scanner that is meant where none was chosen: the only one, else the only one at this PC; None for doubt.

    One of the network may be a neighbour's, or a stranger's.
    """
    local = [device for device in devices if device.is_local]
    candidates = local or devices
    return candidates[0] if len(candidates) == 1 else None


def _separators(codes: Sequence[FoundCode]) -> tuple[str, ...]:
    return tuple(code.text for code in codes if read_separator(code.text))


def _with_page(before: HandedIn, page: Page, instead_of: Page | None) -> HandedIn:
    """Return what was handed in with one page more, or with ``page`` where another was."""
    if instead_of is not None and instead_of.identity in {one.identity for one in before.pages}:
        pages = (page if one.identity == instead_of.identity else one for one in before.pages)
        return replace(before, pages=tuple(pages))
    return replace(before, pages=(*before.pages, page), how=TakenHow.SCAN)


def _exchanged(before: HandedIn, page: Page, other: Page) -> HandedIn:
    """Return what was handed in with ``other`` in place of ``page``; a page that was turned meanwhile stays turned."""
    pages = (replace(other, turn=one.turn) if one.identity == page.identity else one for one in before.pages)
    return replace(before, pages=tuple(pages))
