"""What is done with a scanner and with scanned pages, at the intake and in forms. Qt-free.

Adds to what is done with pages anywhere (``page_acts``); who derives knows where a material's pages belong.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.domain.application import HandedIn, Page, TakenHow
from app.services.device_settings import DeviceSettings
from app.services.kept_pages import PagePlace
from app.services.ports.scanning import ScannedPage
from app.services.scanning import JPEG
from ui.camera.state import PhotoPlace
from ui.page_acts import PageActs, PageFiles
from ui.page_state import Look, PagesShown, Zoomed
from ui.scan_news import PageCame, PageChanged, PageStayed, PageWent
from ui.scanning import Scans
from ui.surroundings import Surroundings
from ui.text import _

ZOOM_PX = 1000


class ScanActs(PageActs):
    """Scanning, the page looked at closely, and who saw the originals."""

    def __init__(self, around: Surroundings, source: PageFiles, scans: Scans) -> None:
        super().__init__(around, source)
        self._session = around.session
        self._scans = scans
        scans.follow(self.look_at_scans)

    # --- told by who derives -----------------------------------------------------------------------------------

    def _place(self, material: str) -> PagePlace:
        """Return where the pages of a material belong."""
        raise NotImplementedError

    def _keep_now(self, material: str) -> bool:
        """Have what lies open in the store, so that pages can be added there; tell whether it is."""
        raise NotImplementedError

    def _called(self, material: str) -> str:
        """Return the name of a material."""
        raise NotImplementedError

    def _pages_shown(self) -> PagesShown:
        """Return what is shown of pages now."""
        raise NotImplementedError

    def _reading_of(self, _material: str) -> Callable[[], None] | None:
        """Return what reads the pages of a material as cards and licences, where that is done."""
        return None

    def _look_at_stacks(self) -> None:
        """Sort what was scanned by separator sheets, where that is done."""

    # --- scanning ----------------------------------------------------------------------------------------------

    def scan(self, material: str) -> None:
        """Scan into a material as the window is set; after an error this goes on behind what came."""
        self._start(material, None)

    def photograph(self, material: str) -> None:
        """Take pages of a material with the document camera."""
        if self._keep_now(material):
            place, key = self._place(material), self._key()
            self._scans.feed(place)
            self._navigator.open_camera(
                PhotoPlace(
                    self._called(material),
                    lambda photo: self._counter.scanning.keep(place, ScannedPage(photo.data, JPEG, dpi=0)),
                    lambda page, corners: self._scans.came(place, page, corners),
                    lambda page: self._take_out(key, place, page),
                    lambda: self._scans.end_feeding(key),
                    self._reading_of(material),
                )
            )

    def await_files(self, material: str) -> None:
        """Let the files that a scanner saves become pages of a material, or no more."""
        if self._keep_now(material):
            self._navigator.await_files(self._place(material), self._called(material))

    def go_on_scanning(self) -> None:
        """Scan on into the material whose scan stopped early, behind what came."""
        if scan := self._pages_shown().scan:
            self.scan(scan.place.material)

    def await_no_files(self) -> None:
        """Wait no more for the files that a scanner saves."""
        if material := self._scans.awaited(self._key()):
            self._navigator.await_files(self._place(material), self._called(material))

    def stop_scan(self) -> None:
        """End the scan, in the middle of a page, or say no more of one that has ended."""
        if self._scans.is_running:
            self._scans.stop()
        else:
            self._scans.dismiss()

    def show_settings(self) -> None:
        """Show how it is scanned, or no more."""
        shown = self._pages_shown()
        self._show_pages(settings=None if shown.settings else self._counter.devices.read())

    def set_scanning(self, name: str, value: object) -> None:
        """Change how it is scanned from now on."""
        self._show_pages(settings=self._counter.devices.keep(**{name: value}))

    def look_at_scans(self) -> None:
        """Take what came of a scan of what lies open here, and show how it stands."""
        if not self._key():
            return
        for news in self._scans.take(self._key()):
            if isinstance(news, PageCame):
                self._take_page(news)
            elif isinstance(news, PageChanged):
                self._take_change(news)
            elif isinstance(news, PageWent):
                self._take_away(news)
            else:
                self._take_failure(news)
        shown, after = self._pages_shown(), self._standing()
        if any(getattr(shown, name) != value for name, value in after.items()):
            self._show_pages(**after)
        self._look_at_stacks()

    def look_afresh(self) -> None:
        """Show what is known of the pages of what has just been opened."""
        names = {operator.login: operator.name for operator in self._counter.operators.everyone()}
        self._show_pages(names=names, **self._standing())
        for material, handed_in in self._handed().items():
            self._scans.clean_rest(self._place(material), handed_in.pages)
        self.look_at_scans()

    def is_scanning_here(self) -> bool:
        """Tell whether the scanner is at work for what lies open."""
        return self._scans.is_running and self._scans.shown(self._key()) is not None

    def when_clean(self, then: Callable[[], None], *others: str) -> None:
        """Go on with ``then`` once the pages of what lies open are clean, with ``others`` by their keys; not for ever.

        It is busy meanwhile. Nothing is done when something else lies open by then, or the window is locked.
        """
        key = self._key()
        self._end_stack()
        if not self._scans.is_cleaning({key, *others}):
            then()
            return
        self._show(is_busy=True)
        self._navigator.notify(_("整理中…"))
        self._scans.when_clean({key, *others}, lambda: self._go_on(key, then))

    # --- the page looked at closely ----------------------------------------------------------------------------

    def zoom(self, material: str, index: int) -> None:
        """Show a page large, with what can be done with it."""
        pages = self._pages(material)
        if pages:
            index = min(max(index, 0), len(pages) - 1)
            self._show_pages(zoomed=Zoomed(material, pages[index], index, len(pages)))
            self._draw_zoomed()

    def close_zoom(self) -> bool:
        """Look closely at nothing any more; tell whether something was looked at."""
        was_open = self._pages_shown().zoomed is not None
        if was_open:
            self._show_pages(zoomed=None)
        return was_open

    def zoom_beside(self, step: int) -> None:
        """Look at the next or previous page of the same material."""
        if zoomed := self._pages_shown().zoomed:
            self.zoom(zoomed.material, zoomed.index + step)

    def turn_zoomed(self) -> None:
        """Turn the page that is looked at."""
        if zoomed := self._pages_shown().zoomed:
            self.turn(zoomed.material, zoomed.index)
            self.zoom(zoomed.material, zoomed.index)

    def remove_zoomed(self) -> None:
        """Remove the page that is looked at and look at the one behind it."""
        if zoomed := self._pages_shown().zoomed:
            self.remove(zoomed.material, zoomed.index)
            self.close_zoom()
            self.zoom(zoomed.material, zoomed.index)

    def choose_look(self, look: Look) -> None:
        """Keep the page that is looked at as it came, or clean it again in other colours."""
        zoomed = self._pages_shown().zoomed
        if zoomed is None or not zoomed.was_scanned or zoomed.is_busy:
            return
        place = self._place(zoomed.material)
        self._show_pages(zoomed=replace(zoomed, is_busy=True))
        if look is Look.ORIGINAL:
            self._scans.take_original(place, zoomed.page)
        else:
            self._scans.clean(place, zoomed.page, look.colours)

    def scan_again(self) -> None:
        """Scan the page that is looked at anew; the new one takes its place."""
        if zoomed := self._pages_shown().zoomed:
            self.close_zoom()
            self._start(zoomed.material, zoomed.page)

    # --- originals ---------------------------------------------------------------------------------------------

    def check(self, material: str) -> None:
        """Say that the clerk has seen the original (原件核对), or take that back."""
        handed_in = self._handed().get(material, HandedIn())
        if not handed_in.is_there:
            self._navigator.notify(_("先收下这份材料，再核对原件"))
        elif handed_in.is_checked:
            self._put(material, replace(handed_in, checked_by="", checked_at=None))
        else:
            self._put(material, self._checked(handed_in))

    def check_all(self) -> None:
        """Say that the clerk has seen the originals of everything that is there; a short message offers to undo."""
        key, before = self._key(), dict(self._handed())
        missing = {
            material: handed_in
            for material, handed_in in before.items()
            if handed_in.is_there and not handed_in.is_checked and handed_in.how is not TakenHow.REUSED
        }
        for material, handed_in in missing.items():
            self._put(material, self._checked(handed_in))
        if missing:
            self._navigator.notify(_("材料都已核对原件"), _("撤销"), lambda: self._uncheck(key, missing))

    # --- inside ------------------------------------------------------------------------------------------------

    def _end_stack(self) -> None:
        """Take what came for all there is, also of a scan that broke off, so that it is sorted first."""
        scan = self._scans.shown(self._key())
        self._scans.end_feeding(self._key())
        if scan is not None and scan.error:
            self._scans.dismiss()

    def _standing(self) -> dict[str, object]:
        """Return how it stands with what comes in, as ``PagesShown`` has it."""
        scan, awaited = self._scans.shown(self._key()), self._scans.awaited(self._key())
        return {
            "scan": scan,
            "scanned": self._called(scan.place.material) if scan else "",
            "awaited": self._called(awaited) if awaited else "",
        }

    def _go_on(self, key: str, then: Callable[[], None]) -> None:
        if self._key() == key:
            self._show(is_busy=False)
            self.look_at_scans()  # a stack with separators was not sorted while it was busy
            if self._session.operator is not None:
                then()

    def _start(self, material: str, instead_of: Page | None) -> None:
        if self._scans.is_running:
            self._navigator.notify(_("正在扫描，扫完再扫下一份"))
        elif self._keep_now(material):
            self._scans.start(self._place(material), self._settings().wish(), instead_of)

    def _settings(self) -> DeviceSettings:
        return self._counter.devices.read()  # not what is shown: the section of the devices may have changed it since

    def _take_out(self, key: str, place: PagePlace, page: Page) -> Callable[[], None]:
        """Take a page away that has just come, and return what brings it back, unless something else lies open then."""
        pages = self._pages(place.material) if self._key() == key else []
        identities = [one.identity for one in pages]
        if page.identity not in identities:
            return _nothing
        index = identities.index(page.identity)
        removed = pages.pop(index)
        self._put_pages(place.material, pages)
        return lambda: self._bring_back(key, place, index, removed)

    def _bring_back(self, key: str, place: PagePlace, index: int, page: Page) -> None:
        """Put a page back that was taken away; one that was away when its turn came is cleaned now."""
        self._put_back(key, place.material, index, page)
        if self._key() == key and page.is_raw and self._keep_now(place.material):
            self._scans.clean(place, page)

    def _take_page(self, news: PageCame) -> None:
        pages = self._pages(news.material)
        identities = [page.identity for page in pages]
        if news.page.identity in identities:
            return  # the draft was read from the store meanwhile
        if news.instead_of is not None and news.instead_of.identity in identities:
            pages[identities.index(news.instead_of.identity)] = news.page
        else:
            pages.append(news.page)
        before = self._handed().get(news.material, HandedIn())
        self._put(news.material, replace(before, pages=tuple(pages), how=TakenHow.SCAN))
        self.load_thumbnails()

    def _take_change(self, news: PageChanged) -> None:
        pages = self._pages(news.material)
        identities = [page.identity for page in pages]
        if news.before.identity in identities:
            place = identities.index(news.before.identity)
            pages[place] = replace(news.after, turn=pages[place].turn)
            self._put_pages(news.material, pages)
        zoomed = self._pages_shown().zoomed
        if zoomed is not None and zoomed.page.identity == news.before.identity:
            self.zoom(zoomed.material, zoomed.index)

    def _take_away(self, news: PageWent) -> None:
        pages = self._pages(news.material)
        left = [page for page in pages if page.identity != news.page.identity]
        if left != pages:
            self.close_zoom()
            self._put_pages(news.material, left)

    def _take_failure(self, news: PageStayed) -> None:
        zoomed = self._pages_shown().zoomed
        if zoomed is not None and zoomed.page.identity == news.page.identity:
            self._show_pages(zoomed=replace(zoomed, is_busy=False))

    def _draw_zoomed(self) -> None:
        zoomed = self._pages_shown().zoomed
        if zoomed is not None:
            self._runner.run(
                lambda: self._counter.pages.picture(zoomed.page, ZOOM_PX),
                lambda picture: self._show_zoomed(zoomed.page, picture),
                self._navigator.report,
            )

    def _show_zoomed(self, page: Page, picture: bytes) -> None:
        if not self._key():
            return
        zoomed = self._pages_shown().zoomed
        if zoomed is not None and zoomed.page == page:
            self._show_pages(zoomed=replace(zoomed, picture=picture))

    def _checked(self, handed_in: HandedIn) -> HandedIn:
        return replace(handed_in, checked_by=self._session.clerk.login, checked_at=self._counter.desk.now())

    def _uncheck(self, key: str, before: Mapping[str, HandedIn]) -> None:
        if self._key() == key:
            for material in before:
                there = self._handed().get(material, HandedIn())
                self._put(material, replace(there, checked_by="", checked_at=None))

    def _show_pages(self, **changes: object) -> None:
        self._show(pages=replace(self._pages_shown(), **changes))  # type: ignore[arg-type]

    def _put_pages(self, material: str, pages: Sequence[Page]) -> None:
        """Keep the pages that there are now; who saw an original saw it of what was there."""
        super()._put_pages(material, pages)
        after = self._handed().get(material, HandedIn())
        if after != after.still_checked():
            self._put(material, after.still_checked())


def _nothing() -> None:
    """Bring nothing back: the page was not there any more."""
