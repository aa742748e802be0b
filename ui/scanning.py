"""Scanning beside the window: one scan at a time, then the cleaning of its pages, and what rooms are told of both. Qt-free.

One for the window. Rooms follow it; they are built again when the language changes, it is not. What a scanner gives is in
the store before anybody here hears of it, so a room that was left misses nothing: it reads the draft again.
"""

import logging
from collections import Counter as Tally
from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from app.domain.application import Page
from app.services.counter import Counter
from app.services.errors import ScannerFault
from app.services.kept_pages import PagePlace
from app.services.ports import Runner
from app.services.ports.page_cleaning import Corners
from app.services.ports.scanning import Colours, ScanWish
from app.services.scanning import Cleaned
from ui.progress import Stopped
from ui.scan_news import News, PageCame, PageChanged, PageStayed, PageWent, Scan, key_of
from ui.scan_work import Work, scan_in
from ui.warm_reading import WarmReading

log = logging.getLogger(__name__)

LOOK_MS = 150
"""How often ``tick`` is to be called while something is done."""
LONGEST_WAIT_MS = 10_000
"""How long an act waits for pages that are being cleaned; then it goes on with what is there."""


class Scans:
    """``wake`` has ``tick`` called every LOOK_MS from then on, until it returns that nothing is done any more."""

    def __init__(
        self,
        counter: Counter,
        runner: Runner,
        wake: Callable[[], None],
        found: Callable[[str], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._counter = counter
        self._runner = runner
        self._wake = wake
        self._found = found
        self._failed = failed
        self._followers: list[Callable[[], None]] = []
        self._work: Work | None = None
        self._to_clean: deque[tuple[PagePlace, Page, Corners | None]] = deque()
        self._being_cleaned = ""
        """Key of the draft or form of which a page is being cleaned, empty for none."""
        self._being_changed: Tally[str] = Tally()
        """How many pages of a draft or form are made anew because the clerk wants them otherwise, by its key."""
        self._waiting: list[_Wait] = []
        self._news: list[tuple[str, News]] = []
        self._fed: set[str] = set()
        """Keys of drafts and forms into which a camera or a folder is putting a stack, page by page."""
        self._asked: set[str] = set()
        """Identities of the pages that were ever to be cleaned here."""
        self._warm = WarmReading(runner)
        self._awaits: PagePlace | None = None
        self.scan: Scan | None = None
        """The scan that runs, or the last one as long as there is something to say of it."""

    def use(self, counter: Counter) -> None:
        """Scan for another counter from the next time on."""
        self.stop()
        self._counter = counter

    def follow(self, follower: Callable[[], None]) -> None:
        """Call ``follower`` whenever there is news."""
        self._followers.append(follower)

    def forget_followers(self) -> None:
        """Tell nobody any more: the rooms are built again."""
        self._followers.clear()

    @property
    def is_running(self) -> bool:
        """Tell whether the scanner is at work for this window."""
        return self.scan is not None and self.scan.is_running

    def shown(self, key: str) -> Scan | None:
        """Return the scan when it is about the draft or form with this key."""
        return self.scan if self.scan is not None and key_of(self.scan.place) == key else None

    def awaited(self, key: str) -> str:
        """Return the material of a draft or form for which the files of a scanner are waited for, empty for none."""
        return self._awaits.material if self._awaits is not None and key_of(self._awaits) == key else ""

    def take(self, key: str) -> list[News]:
        """Return what is new of a draft or form, oldest first; it is told once."""
        mine = [news for where, news in self._news if where == key]
        self._news = [(where, news) for where, news in self._news if where != key]
        return mine

    def is_settled(self, key: str) -> bool:
        """Tell whether all of a stack came that is put into a draft or form, and was read.

        A scan that broke off may go on as long as its error is shown.
        """
        scan = self.shown(key)
        is_over = scan is None or not (scan.is_running or scan.error)
        return is_over and key not in self._fed and not self.is_cleaning({key})

    # --- acts --------------------------------------------------------------------------------------------------

    def start(self, place: PagePlace, wish: ScanWish, instead_of: Page | None = None) -> None:
        """Begin a scan; nothing may run. Without a scanner in ``wish`` the one that is meant is taken and remembered."""
        work = self._work = Work()
        self.scan = Scan(place, wish, instead_of)
        counter = self._counter
        self._runner.run(
            lambda: scan_in(counter, work, place, wish, instead_of),
            lambda _count: self._ended(work, None),
            lambda error: self._ended(work, error),
        )
        self._warm.begin(counter)
        self._wake()
        self._tell()

    def stop(self) -> None:
        """Let the scan end, in the middle of a page; what was kept stays."""
        if self._work is not None:
            self._work.is_stopped = True

    def came(self, place: PagePlace, page: Page, corners: Corners | None = None) -> None:
        """Take note of a page that is kept already and came from elsewhere, a camera or a folder; clean it in its turn.

        ``corners`` are those that the clerk has seen, None to have them found.
        """
        self._news.append((key_of(place), PageCame(place.material, page)))
        self._clean_later(place, page, corners)
        self._clean_next()
        self._wake()
        self._tell()

    def arrived(self, place: PagePlace, page: Page) -> None:
        """Take note of a page that is kept and clean already and came from another draft or form."""
        self._news.append((key_of(place), PageCame(place.material, page)))
        self._tell()

    def went(self, place: PagePlace, page: Page) -> None:
        """Take note of a page that is in a draft or form no more."""
        self._news.append((key_of(place), PageWent(place.material, page)))
        self._tell()

    def clean_rest(self, place: PagePlace, pages: Iterable[Page]) -> None:
        """Clean those of ``pages`` whose cleaning broke off with the program."""
        for page in pages:
            if page.is_raw:
                self._clean_later(place, page)
        if self._to_clean:
            self._clean_next()
            self._wake()

    def feed(self, place: PagePlace) -> None:
        """Take note that a stack is put into a draft or form, page by page, until ``end_feeding``."""
        self._fed.add(key_of(place))
        self._warm.begin(self._counter)

    def end_feeding(self, key: str) -> None:
        """Take note that no more of a stack comes."""
        if key in self._fed:
            self._fed.discard(key)
            self._tell()

    def await_files(self, place: PagePlace | None) -> None:
        """Take note of where the files go that a scanner saves, None while nobody waits for them."""
        if place != self._awaits:
            self._awaits = place
            self._tell()

    def is_cleaning(self, keys: Collection[str]) -> bool:
        """Tell whether a page of one of these drafts or forms is yet to be cleaned, or made anew."""
        waits = any(key_of(place) in keys for place, _page, _corners in self._to_clean)
        return waits or self._being_cleaned in keys or any(self._being_changed[key] for key in keys)

    def when_clean(self, keys: Collection[str], then: Callable[[], None]) -> None:
        """Call ``then`` when no page of these drafts or forms is yet to be cleaned, after LONGEST_WAIT_MS in any case."""
        self._waiting.append(_Wait(keys, then))
        self._wake()

    def dismiss(self) -> None:
        """Say no more of a scan that has ended."""
        if not self.is_running:
            self.scan = None
            self._tell()
            self._wake()

    def clean(self, place: PagePlace, page: Page, colours: Colours | None = None) -> None:
        """Clean a page again as the clerk wants it."""
        counter = self._counter
        self._being_changed[key_of(place)] += 1
        self._runner.run(
            lambda: counter.scanning.clean(place, page, colours=colours),
            lambda cleaned: self._changed(place, page, cleaned.page),
            lambda error: self._stayed(place, page, error),
        )

    def take_original(self, place: PagePlace, page: Page) -> None:
        """Go back to what a page was made from."""
        counter = self._counter
        self._being_changed[key_of(place)] += 1
        self._runner.run(
            lambda: counter.scanning.take_original(place, page),
            lambda raw: self._changed(place, page, raw),
            lambda error: self._stayed(place, page, error),
        )

    # --- looking -----------------------------------------------------------------------------------------------

    def tick(self) -> bool:
        """Tell what came since the last time; return whether something is still done."""
        if self.scan is not None and self._work is not None:
            self._follow_work(self.scan, self._work)
        self._clean_next()
        self._end_waits()
        return bool(self.is_running or self._being_cleaned or self._waiting)

    def _follow_work(self, scan: Scan, work: Work) -> None:
        came = []
        while work.kept:
            came.append(work.kept.popleft())
        for page in came:
            self._news.append((key_of(scan.place), PageCame(scan.place.material, page, scan.instead_of)))
            self._clean_later(scan.place, page)
        after = replace(scan, page=work.page, percent=work.percent, kept=scan.kept + len(came))
        if after != scan:
            self.scan = after
            self._tell()

    def _ended(self, work: Work, error: Exception | None) -> None:
        if self.scan is None or work is not self._work:
            return
        self._follow_work(self.scan, work)
        self._work = None
        error = None if isinstance(error, Stopped) else error
        if error is not None and not isinstance(error, ScannerFault):
            self._failed(error)
        log.info("scan ended after %d pages, %s", self.scan.kept, type(error).__name__ if error else "as wanted")
        self.scan = replace(self.scan, is_running=False, error=error)
        self._tell()
        self._clean_next()
        self._wake()

    # --- cleaning ----------------------------------------------------------------------------------------------

    def _clean_later(self, place: PagePlace, page: Page, corners: Corners | None = None) -> None:
        if page.identity not in self._asked:
            self._asked.add(page.identity)
            self._to_clean.append((place, page, corners))

    def _clean_next(self) -> None:
        """Clean the next page, one at a time: the cleaner is one process, and the window needs threads too."""
        if self._being_cleaned or not self._to_clean:
            return
        place, page, corners = self._to_clean.popleft()
        self._being_cleaned = key_of(place)
        counter, colours = self._counter, self._counter.devices.read().colours
        self._runner.run(
            lambda: counter.scanning.clean(place, page, colours=colours, corners=corners),
            lambda cleaned: self._cleaned(place, page, cleaned),
            self._not_cleaned,
        )

    def _end_waits(self) -> None:
        """Call those who have waited for long enough."""
        waiting, self._waiting = self._waiting, []
        for wait in waiting:
            wait.left_ms -= LOOK_MS
            if wait.left_ms > 0 and self.is_cleaning(wait.keys):
                self._waiting.append(wait)
            else:
                wait.then()

    def _cleaned(self, place: PagePlace, page: Page, cleaned: Cleaned) -> None:
        self._being_cleaned = ""
        self._exchanged(place, page, cleaned.page)
        for code in cleaned.codes:
            self._found(code.text)
        self._clean_next()

    def _not_cleaned(self, error: Exception) -> None:
        """Leave a page as it is that cannot be cleaned; it is there, and the clerk sees it."""
        self._being_cleaned = ""
        log.warning("a page could not be cleaned", exc_info=error)
        self._tell()
        self._clean_next()

    def _changed(self, place: PagePlace, before: Page, after: Page) -> None:
        self._being_changed[key_of(place)] -= 1
        self._exchanged(place, before, after)

    def _stayed(self, place: PagePlace, page: Page, error: Exception) -> None:
        self._being_changed[key_of(place)] -= 1
        self._news.append((key_of(place), PageStayed(page)))
        self._tell()
        self._failed(error)

    def _exchanged(self, place: PagePlace, before: Page, after: Page) -> None:
        self._news.append((key_of(place), PageChanged(place.material, before, after)))
        self._tell()

    def _tell(self) -> None:
        for follower in self._followers:
            follower()
        if not (self.is_running or self._being_cleaned):
            self._news.clear()  # nobody has it open: whoever opens it reads it from the store


@dataclass(slots=True)
class _Wait:
    """An act that waits for pages to be cleaned."""

    keys: Collection[str]
    then: Callable[[], None]
    left_ms: int = LONGEST_WAIT_MS
