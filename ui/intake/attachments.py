"""The part of the intake that deals with pages: attaching, turning, moving, removing, looking at them. Qt-free."""

from collections.abc import Callable
from dataclasses import replace

from app.domain.application import HandedIn, Page
from app.services.counter import Counter
from app.services.ports import Draft, Runner
from ui.intake.practice import holds_back
from ui.intake.sheet import Sheet
from ui.intake.state import PageSource
from ui.navigation import Navigator
from ui.text import _

THUMBNAIL_PX = 120
ZOOM_PX = 1000


class Attachments:
    """Pages of the materials of the sheet."""

    def __init__(
        self,
        sheet: Sheet,
        counter: Counter,
        runner: Runner,
        navigator: Navigator,
        source: PageSource,
        save: Callable[[], None],
    ) -> None:
        self._sheet = sheet
        self._counter = counter
        self._runner = runner
        self._navigator = navigator
        self._source = source
        self._save = save

    def choose(self, material: str) -> None:
        """Add pages of files that the clerk chooses."""
        self._attach(material, self._source.choose_pages)

    def paste(self, material: str) -> None:
        """Add what is on the clipboard."""
        self._attach(material, self._source.pasted_pages)

    def drop(self, material: str, read: Callable[[], list[bytes]]) -> None:
        """Add what was dropped on a material."""
        self._attach(material, read)

    def turn(self, material: str, index: int) -> None:
        """Turn a page by 90° clockwise."""
        pages = self._pages(material)
        pages[index] = pages[index].turned()
        self._put(material, pages)

    def move(self, material: str, index: int, step: int) -> None:
        """Move a page to the left or right."""
        pages = self._pages(material)
        target = index + step
        if 0 <= target < len(pages):
            pages[index], pages[target] = pages[target], pages[index]
            self._put(material, pages)

    def remove(self, material: str, index: int) -> None:
        """Remove a page; a short message offers to undo."""
        draft_id, before = self._sheet.now().draft.draft_id, self._pages(material)
        self._put(material, before[:index] + before[index + 1 :])
        self._navigator.notify(_("已删除 1 页"), _("撤销"), lambda: self._put_back(draft_id, material, before))

    def zoom(self, material: str, index: int) -> None:
        """Show a page large."""
        page = self._pages(material)[index]
        self._runner.run(
            lambda: self._counter.intake.page_picture(page, ZOOM_PX),
            lambda picture: self._sheet.show(zoomed=picture),
            self._navigator.report,
        )

    def load_thumbnails(self) -> None:
        """Have every page that has no thumbnail yet drawn."""
        state = self._sheet.now()
        for handed_in in state.application.materials.values():
            for page in handed_in.pages:
                if page not in state.thumbnails:
                    self._load_thumbnail(page)

    @property
    def count(self) -> int:
        """Return how many pages are attached."""
        return sum(len(handed_in.pages) for handed_in in self._sheet.now().application.materials.values())

    def _load_thumbnail(self, page: Page) -> None:
        self._runner.run(
            lambda: self._counter.intake.page_picture(page, THUMBNAIL_PX),
            lambda picture: self._show_thumbnail(page, picture),
            self._navigator.report,
        )

    def _show_thumbnail(self, page: Page, picture: bytes) -> None:
        if self._sheet.is_open:
            self._sheet.show(thumbnails={**self._sheet.now().thumbnails, page: picture})

    def _pages(self, material: str) -> list[Page]:
        return list(self._sheet.now().handed_in(material).pages)

    def _put(self, material: str, pages: list[Page]) -> None:
        state = self._sheet.now()
        after = replace(state.handed_in(material), pages=tuple(pages))
        materials = {**state.application.materials, material: after}
        self._sheet.change(replace(state.application, materials=materials))
        self.load_thumbnails()

    def _put_back(self, draft_id: str, material: str, pages: list[Page]) -> None:
        """Bring removed pages back, unless another draft is open by now."""
        if self._sheet.is_of(draft_id):
            self._put(material, pages)

    def _attach(self, material: str, read: Callable[[], list[bytes]]) -> None:
        if holds_back(self._sheet, self._navigator):
            return
        try:
            files = read()
        except Exception as error:  # noqa: BLE001  every failure is told; nothing was taken in
            self._navigator.report(error)
            return
        if not files or self._sheet.now().busy_material:
            return
        draft = self._sheet.now().draft
        self._save()
        self._sheet.show(busy_material=material)
        self._runner.run(
            lambda: self._read_in(draft, material, files),
            lambda fresh: self._attached(draft.draft_id, material, fresh),
            self._not_attached,
        )

    def _read_in(self, draft: Draft, material: str, files: list[bytes]) -> tuple[Page, ...]:
        before = draft.application.materials.get(material, HandedIn()).pages
        for data in files:
            draft = self._counter.intake.attach(draft, material, data)
        return draft.application.materials[material].pages[len(before) :]

    def _attached(self, draft_id: str, material: str, fresh: tuple[Page, ...]) -> None:
        """Show the new pages; a draft that was left meanwhile has them in the store already."""
        if self._sheet.is_of(draft_id):
            self._sheet.show(busy_material="")
            self._put(material, [*self._pages(material), *fresh])

    def _not_attached(self, error: Exception) -> None:
        self._sheet.show(busy_material="")
        self._navigator.report(error)
