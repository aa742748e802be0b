"""A folder into which a scanner saves files: which are complete, and how they become pages of a material.

A file is taken once. It is moved away only after its pages are durable, and is never deleted; what lay in the folder
before it was watched is left alone.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.application import HandedIn, Page, TakenHow
from app.services.errors import BadAttachment, FolderGone, NotFound
from app.services.kept_pages import PagePlace, change_handed_in, new_page
from app.services.ports import FoundFile, PageReader, ScannerFolder, Store

SETTLED_MS = 2000
"""A file that has not changed for so long is complete; a scanner that saves page by page writes all the time."""
LARGEST = 20 * 1024 * 1024
"""Bytes; as of any file from outside."""


@dataclass(frozen=True, slots=True)
class TakenFile:
    """What came of one file."""

    pages: tuple[Page, ...]
    """Those that are new; a page that the material has already is not added twice."""
    is_away: bool
    """Whether the file was moved into 已收; False where the folder does not let us."""


class WatchedFolderService:
    """All of it runs beside the window, one call at a time."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        uptime_ms: Callable[[], int],
        files: ScannerFolder,
        reader: PageReader,
    ) -> None:
        self._store = store
        self._now = now
        self._uptime_ms = uptime_ms
        self._files = files
        self._reader = reader
        self._folder, self._is_known = "", False
        self._settled: set[FoundFile] = set()
        """Files that nothing more is to be done with: old ones, those that were taken, refused or left."""
        self._seen: dict[FoundFile, int] = {}
        """When each of the others was seen first as it is."""

    def watch(self, folder: str) -> None:
        """Watch ``folder`` from now on, empty for none; what lies there at the first look is left alone."""
        self._folder, self._seen, self._settled = folder, {}, set()
        self._is_known = False

    def look(self) -> tuple[FoundFile, ...]:
        """Return the files that are complete and that nobody has placed, oldest first; FolderGone.

        A folder that comes back after it was gone is not taken for a new one.
        """
        if not self._folder:
            return ()
        if not self._is_known:
            self._settled, self._is_known = set(self._files.look(self._folder)), True
            return ()
        there = [file for file in self._files.look(self._folder) if file not in self._settled]
        now = self._uptime_ms()
        self._seen = {file: self._seen.get(file, now) for file in there}
        return tuple(file for file in there if file.size and now - self._seen[file] >= SETTLED_MS)

    def take(self, place: PagePlace, file: FoundFile) -> TakenFile:
        """Let the pages of a file become part of a material, in one commit, and put the file away.

        BadAttachment when it cannot be taken: it stays where it is and is not offered again. NotFound when draft, form
        or file are gone.
        """
        data = self._files.read(self._folder, file.name, LARGEST)
        try:
            fresh = self._reader.read(data)
        except BadAttachment:
            self._settled.add(file)
            raise
        with self._store.write() as uow:
            pages = tuple(new_page(uow.blobs.put(page.data), page.media_type, is_raw=True) for page in fresh)
            new: list[Page] = []
            change_handed_in(uow, place, lambda before: _with_new(before, pages, new), self._now())
            uow.commit()
        self._settled.add(file)
        return TakenFile(tuple(new), self._put_away(file))

    @property
    def folder(self) -> str:
        """Return the folder that is watched, empty for none."""
        return self._folder

    def leave(self, files: Sequence[FoundFile]) -> None:
        """Offer these files no more; they stay where they are."""
        self._settled.update(files)

    def _put_away(self, file: FoundFile) -> bool:
        try:
            self._files.put_away(self._folder, file.name)
        except (FolderGone, NotFound):
            return False
        return True


def _with_new(before: HandedIn, pages: Sequence[Page], new: list[Page]) -> HandedIn:
    """Return what was handed in with those pages of a file that it has not yet, which ``new`` hears of.

    A scanner may write the same file again with more pages; equal pages of one file are as many as it has of them.
    """
    known = Counter(page.original or page.digest for page in before.pages)
    for page in pages:
        if known[page.digest]:
            known[page.digest] -= 1
        else:
            new.append(page)
    return replace(before, pages=(*before.pages, *new), how=TakenHow.SCAN)
