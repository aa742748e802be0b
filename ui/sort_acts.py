"""Sorts the pages of stacks by their separator sheets, in what lies open. Qt-free.

It is done by itself once all of a stack came and was read, whatever it came from; so a stack that was left, or that the
program ended over, is sorted when its draft or form is opened again. Adds to what is done with a scanner (``scan_acts``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.application import HandedIn, Page
from app.services.page_sorting import Sorting, separator_on, sort_pages
from ui.page_acts import PageFiles
from ui.scan_acts import ScanActs
from ui.scanned_stacks import put_together, sorted_in
from ui.scanning import Scans
from ui.surroundings import Surroundings
from ui.text import _, listed, ngettext


@dataclass(frozen=True, slots=True)
class SortsBy:
    """Which separator sheets mean something in what lies open."""

    item: str
    materials: Collection[str]
    case: str = ""
    """Number of the case, empty for a draft."""


class SortActs(ScanActs):
    """Acts on materials that can be sorted; sorting needs no act but the one that undoes it."""

    def __init__(self, around: Surroundings, source: PageFiles, scans: Scans) -> None:
        super().__init__(around, source, scans)
        self._told: set[str] = set()
        """Separators that name nothing here and that the clerk was told of."""

    # --- told by who derives -----------------------------------------------------------------------------------

    def _sorts_by(self) -> SortsBy | None:
        """Return what is sorted by; None while nothing may be moved."""
        raise NotImplementedError

    def _put_all(self, scanned: str, changed: Mapping[str, HandedIn]) -> None:
        """Keep what there is of several materials now, in the store as well."""
        raise NotImplementedError

    # --- sorting -----------------------------------------------------------------------------------------------

    def _look_at_stacks(self) -> None:
        sorts_by = self._sorts_by()
        if sorts_by is None or not self._scans.is_settled(self._key()):
            return
        for material, handed_in in dict(self._handed()).items():
            if any(separator_on(page) for page in handed_in.pages):
                self._sort(material, sorts_by)

    def _sort(self, scanned: str, by: SortsBy) -> None:
        """Let the pages of a material go to those that its separators name."""
        key, before = self._key(), dict(self._handed())
        sorting = sort_pages(before[scanned].pages, by.item, by.materials, case=by.case)
        changed = sorted_in(before, scanned, sorting)
        strange = {page.identity for page in sorting.strange}
        if changed:
            self._put_aside(scanned, sorting.others)
            self._move(scanned, changed)
            words = _sorted_words(sorting)
            self._navigator.notify(words, _("撤销"), lambda: self._unsort(key, before, scanned, changed, sorting))
        elif strange - self._told:
            self._navigator.notify(_("有分隔页不是本事项的，后面的页没有动"))
        self._told |= strange

    def _put_aside(self, scanned: str, pages: Sequence[Page]) -> None:
        """Let pages of other cases go to the stack in which those are sorted."""
        if pages:
            self._keep_now(scanned)
            self._counter.stacks.put_aside(self._place(scanned), pages)

    def _unsort(
        self,
        key: str,
        before: Mapping[str, HandedIn],
        scanned: str,
        changed: Mapping[str, HandedIn],
        sorting: Sorting,
    ) -> None:
        """Bring sorted pages back to where they were scanned, unless something else lies open by now."""
        if self._key() != key or self._sorts_by() is None:
            return
        others = {page.identity for page in sorting.others}
        if others:
            back = self._counter.stacks.take_back(self._place(scanned), sorting.others)
            others -= {page.identity for page in back}
        were = replace(before[scanned], pages=tuple(p for p in before[scanned].pages if p.identity not in others))
        self._move(scanned, put_together(self._handed(), {**before, scanned: were}, scanned, changed))

    def _move(self, scanned: str, changed: Mapping[str, HandedIn]) -> None:
        zoomed = self._pages_shown().zoomed
        if zoomed is not None and zoomed.material in changed:
            self.close_zoom()
        self._put_all(scanned, changed)
        self.load_thumbnails()


def _sorted_words(sorting: Sorting) -> str:
    words = []
    if count := len(sorting.materials) or not sorting.others:
        words.append(
            ngettext("已按分隔页分到 %(count)d 份材料", "已按分隔页分到 %(count)d 份材料", count) % {"count": count}
        )
    if count := len(sorting.others):
        said = ngettext(
            "%(count)d 页是别的办件的，放到“办件→扫一叠纸”里了",
            "%(count)d 页是别的办件的，放到“办件→扫一叠纸”里了",
            count,
        )
        words.append(said % {"count": count})
    if sorting.strange:
        words.append(_("有分隔页不是本事项的，后面的页没有动"))
    return listed(words, "；")
