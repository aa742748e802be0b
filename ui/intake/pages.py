"""What is handed in: sheets counted and pages attached, turned, moved, removed and looked at closely. Qt-free."""

from collections.abc import Callable

from app.domain.application import HandedIn, Page
from app.domain.catalogue import Need
from app.services.errors import NotFound
from app.services.intake import IntakeService
from app.services.ports import Runner
from ui.intake.draft import OpenDraft
from ui.intake.state import PageSource, Zoomed
from ui.navigation import Navigator
from ui.text import _, ngettext

THUMBNAIL_PX = 120
ZOOM_PX = 1000


class Materials:
    """Everything that the clerk does on the checklist; a material is named by its code, a page by its place."""

    def __init__(
        self, draft: OpenDraft, intake: IntakeService, runner: Runner, navigator: Navigator, source: PageSource
    ) -> None:
        self._draft = draft
        self._intake = intake
        self._runner = runner
        self._navigator = navigator
        self._source = source
        self._removed: Callable[[], None] | None = None

    # --- sheets ------------------------------------------------------------------------------------------------

    def count(self, material: str, originals: int, copies: int) -> None:
        """Say how many originals and copies were handed in."""
        self._put(material, self._draft.state.handed_in(material).with_sheets(originals, copies))

    def toggle(self, material: str) -> None:
        """Mark a material as handed in just as it is asked for, or as not there."""
        before = self._draft.state.handed_in(material)
        if before.originals or before.copies:
            self._put(material, before.with_sheets(0, 0))
        else:
            self._put(material, self._as_asked(material))

    def take_all(self) -> None:
        """Mark every needed material that is not there yet as handed in just as it is asked for."""
        state = self._draft.state
        application = state.application
        for material in state.item.materials:
            if material.need is Need.NEEDED and not application.handed_in(material).is_there:
                application = application.with_material(material.code, self._as_asked(material.code))
        self._draft.change(application)

    def _as_asked(self, code: str) -> HandedIn:
        asked = self._draft.state.item.material(code)
        return self._draft.state.handed_in(code).with_sheets(asked.originals or int(not asked.copies), asked.copies)

    # --- taking pages in ---------------------------------------------------------------------------------------

    def choose(self, material: str = "") -> None:
        """Add pages of files that the clerk chooses, to the material that is missing first when none is named."""
        self._attach(material, self._source.choose_pages)

    def paste(self, material: str = "") -> None:
        """Add what is on the clipboard."""
        self._attach(material, self._source.pasted_pages)

    def drop(self, material: str, read: Callable[[], list[bytes]]) -> None:
        """Add what was dropped on a material."""
        self._attach(material, read)

    def _attach(self, material: str, read: Callable[[], list[bytes]]) -> None:
        state = self._draft.state
        material = material or self._first_missing()
        if state.busy_material or state.is_busy or not material:
            return
        try:
            files = read()
        except Exception as error:  # noqa: BLE001  every failure is told; nothing was taken in
            self._navigator.report(error)
            return
        if files and self._draft.save(always=True):
            self._take_in(state.draft.draft_id, material, files)

    def _first_missing(self) -> str:
        state = self._draft.state
        codes = [material.code for material in state.item.materials]
        return next((code for code in codes if not state.handed_in(code).is_there), codes[0] if codes else "")

    def _take_in(self, draft_id: str, material: str, files: list[bytes]) -> None:
        """Take one file after the other in, so that each is kept before the next one is read."""
        if self._draft.is_still(draft_id):
            self._draft.show(busy_material=material if files else "")
        if not files:
            return
        self._runner.run(
            lambda: self._intake.take_in(files[0]),
            lambda pages: self._taken_in(draft_id, material, pages, files[1:]),
            lambda error: self._not_taken_in(draft_id, error),
        )

    def _taken_in(self, draft_id: str, material: str, pages: tuple[Page, ...], rest: list[bytes]) -> None:
        if self._draft.is_still(draft_id):
            before = self._draft.state.handed_in(material)
            self._put(material, before.with_pages(before.pages + pages))
            self.load_thumbnails()
        elif not self._kept_elsewhere(draft_id, material, pages):
            return
        self._take_in(draft_id, material, rest)

    def _kept_elsewhere(self, draft_id: str, material: str, pages: tuple[Page, ...]) -> bool:
        """Add pages to a draft that was left meanwhile; one that was thrown away needs none."""
        try:
            self._intake.add_pages(draft_id, material, pages)
        except NotFound:
            return False
        except Exception as error:  # noqa: BLE001  told; the files are still where they came from
            self._navigator.report(error)
            return False
        return True

    def _not_taken_in(self, draft_id: str, error: Exception) -> None:
        if self._draft.is_still(draft_id):
            self._draft.show(busy_material="")
        self._navigator.report(error)

    # --- pages that are there ----------------------------------------------------------------------------------

    def turn(self, material: str, index: int) -> None:
        """Turn a page by 90° clockwise."""
        pages = list(self._draft.state.handed_in(material).pages)
        pages[index] = pages[index].turned()
        self._put_pages(material, pages)

    def move(self, material: str, index: int, step: int) -> None:
        """Move a page ``step`` places to the right, or to the left when negative."""
        pages = list(self._draft.state.handed_in(material).pages)
        target = index + step
        if 0 <= target < len(pages):
            pages.insert(target, pages.pop(index))
            self._put_pages(material, pages)

    def remove(self, material: str, index: int) -> None:
        """Remove a page; a short message and ``undo`` offer to bring it back."""
        draft_id = self._draft.state.draft.draft_id
        pages = list(self._draft.state.handed_in(material).pages)
        page = pages.pop(index)
        self._put_pages(material, pages)
        self._removed = lambda: self._bring_back(draft_id, material, index, page)
        words = ngettext("已删除 %(count)d 页", "已删除 %(count)d 页", 1) % {"count": 1}
        self._navigator.notify(words, _("撤销 Ctrl+Z"), self.undo)

    def undo(self) -> None:
        """Bring the page back that was removed last."""
        removed, self._removed = self._removed, None
        if removed:
            removed()

    def _bring_back(self, draft_id: str, material: str, index: int, page: Page) -> None:
        if self._draft.is_still(draft_id):
            pages = list(self._draft.state.handed_in(material).pages)
            pages.insert(index, page)
            self._put_pages(material, pages)

    # --- looking at pages --------------------------------------------------------------------------------------

    def zoom(self, material: str, index: int) -> None:
        """Show a page large."""
        pages = self._draft.state.handed_in(material).pages
        if 0 <= index < len(pages):
            self._picture(pages[index], ZOOM_PX, lambda png: self._draft.show(zoomed=Zoomed(material, index, png)))

    def zoom_on(self, step: int) -> None:
        """Show the next or the previous page of the same material large."""
        zoomed = self._draft.state.zoomed
        if zoomed:
            self.zoom(zoomed.material, zoomed.index + step)

    def turn_zoomed(self) -> None:
        """Turn the page that is shown large."""
        zoomed = self._draft.state.zoomed
        if zoomed:
            self.turn(zoomed.material, zoomed.index)
            self.zoom(zoomed.material, zoomed.index)

    def unzoom(self) -> None:
        """Go back from the large page to the checklist."""
        self._draft.show(zoomed=None)

    def load_thumbnails(self) -> None:
        """Draw the thumbnails that are not there yet."""
        state = self._draft.state
        for handed_in in state.application.materials.values():
            for page in handed_in.pages:
                if page not in state.thumbnails:
                    self._picture(page, THUMBNAIL_PX, lambda png, page=page: self._show_thumbnail(page, png))

    def _show_thumbnail(self, page: Page, png: bytes) -> None:
        self._draft.show(thumbnails={**self._draft.state.thumbnails, page: png})

    def _picture(self, page: Page, width_px: int, done: Callable[[bytes], None]) -> None:
        draft_id = self._draft.state.draft.draft_id
        self._runner.run(
            lambda: self._intake.page_picture(page, width_px),
            lambda png: done(png) if self._draft.is_still(draft_id) else None,
            self._navigator.report,
        )

    def _put(self, material: str, handed_in: HandedIn) -> None:
        self._draft.change(self._draft.state.application.with_material(material, handed_in))

    def _put_pages(self, material: str, pages: list[Page]) -> None:
        self._put(material, self._draft.state.handed_in(material).with_pages(tuple(pages)))
        self.load_thumbnails()
