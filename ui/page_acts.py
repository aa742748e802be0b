"""What is done with the pages of materials: attaching, turning, moving, removing. Qt-free.

The intake and every form do it in the same way; who derives knows what lies open and where its pages are kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from app.domain.application import HandedIn, Page
from ui.surroundings import Surroundings
from ui.text import _

THUMBNAIL_PX = 120


class PageFiles(Protocol):
    """Where page files come from: a dialog or the clipboard."""

    def choose_pages(self) -> list[bytes]:
        """Return the contents of chosen files."""
        ...

    def pasted_pages(self) -> list[bytes]:
        """Return what is on the clipboard."""
        ...


class PageActs:
    """Acts on the materials of what lies open, each called by its code."""

    def __init__(self, around: Surroundings, source: PageFiles) -> None:
        self._counter, self._runner, self._navigator = around.counter, around.runner, around.navigator
        self._source = source

    # --- told by who derives -----------------------------------------------------------------------------------

    def _key(self) -> str:
        """Return what tells that which lies open from anything else; empty when nothing does."""
        raise NotImplementedError

    def _handed(self) -> Mapping[str, HandedIn]:
        """Return what was handed in, by material."""
        raise NotImplementedError

    def _shown(self) -> tuple[Mapping[Page, bytes], str]:
        """Return the thumbnails, and the material a file of which is being read, empty for none."""
        raise NotImplementedError

    def _put(self, material: str, handed_in: HandedIn) -> None:
        """Keep what there is of a material now."""
        raise NotImplementedError

    def _show(self, **changes: object) -> None:
        """Show ``thumbnails`` or ``busy_material``."""
        raise NotImplementedError

    def _reading(self, material: str, files: Sequence[bytes]) -> Callable[[], Sequence[Page]]:
        """Return what reads files into pages, to be run beside the window."""
        raise NotImplementedError

    # --- acts --------------------------------------------------------------------------------------------------

    def choose(self, material: str) -> None:
        """Add pages of files that the clerk chooses."""
        self.drop(material, self._source.choose_pages)

    def paste(self, material: str) -> None:
        """Add what is on the clipboard."""
        self.drop(material, self._source.pasted_pages)

    def drop(self, material: str, read: Callable[[], list[bytes]]) -> None:
        """Add the files that ``read`` returns, such as those that were dropped on a material."""
        try:
            files = read()
        except Exception as error:  # noqa: BLE001  every failure is told; nothing was taken in
            self._navigator.report(error)
            return
        if not files or self._shown()[1]:
            return
        key, reading = self._key(), self._reading(material, files)
        self._show(busy_material=material)
        self._runner.run(reading, lambda pages: self._attached(key, material, pages), self._not_attached)

    def turn(self, material: str, index: int) -> None:
        """Turn a page by 90° clockwise."""
        pages = self._pages(material)
        pages[index] = pages[index].turned()
        self._put_pages(material, pages)

    def move(self, material: str, index: int, step: int) -> None:
        """Move a page to the left or right."""
        pages = self._pages(material)
        target = index + step
        if 0 <= target < len(pages):
            pages[index], pages[target] = pages[target], pages[index]
            self._put_pages(material, pages)

    def remove(self, material: str, index: int) -> None:
        """Remove a page; a short message offers to undo."""
        key, before = self._key(), self._pages(material)
        self._put_pages(material, before[:index] + before[index + 1 :])
        self._navigator.notify(_("已删除 1 页"), _("撤销"), lambda: self._put_back(key, material, index, before[index]))

    def page(self, material: str, index: int) -> Page:
        """Return one page of a material."""
        return self._pages(material)[index]

    def load_thumbnails(self) -> None:
        """Have every page that has no thumbnail yet drawn."""
        for handed_in in self._handed().values():
            for page in handed_in.pages:
                if page not in self._shown()[0]:
                    self._load_thumbnail(page)

    # --- inside ------------------------------------------------------------------------------------------------

    def _pages(self, material: str) -> list[Page]:
        return list(self._handed().get(material, HandedIn()).pages)

    def _put_pages(self, material: str, pages: Sequence[Page]) -> None:
        before = self._handed().get(material, HandedIn())
        self._put(material, replace(before, pages=tuple(pages)))
        self.load_thumbnails()

    def _put_back(self, key: str, material: str, index: int, page: Page) -> None:
        """Bring a removed page back among those that are there now, unless something else lies open by now."""
        if self._key() == key:
            pages = self._pages(material)
            self._put_pages(material, [*pages[:index], page, *pages[index:]])

    def _attached(self, key: str, material: str, pages: Sequence[Page]) -> None:
        """Show the new pages, unless something else lies open by now."""
        if self._key() == key:
            self._show(busy_material="")
            before = self._pages(material)
            there = {page.identity for page in before}  # the draft may have been read from the store meanwhile
            self._put_pages(material, [*before, *(page for page in pages if page.identity not in there)])

    def _not_attached(self, error: Exception) -> None:
        self._show(busy_material="")
        self._navigator.report(error)

    def _load_thumbnail(self, page: Page) -> None:
        self._runner.run(
            lambda: self._counter.pages.picture(page, THUMBNAIL_PX),
            lambda picture: self._show_thumbnail(page, picture),
            self._navigator.report,
        )

    def _show_thumbnail(self, page: Page, picture: bytes) -> None:
        if self._key():
            self._show(thumbnails={**self._shown()[0], page: picture})
