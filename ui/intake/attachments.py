"""The pages of the draft that lies open at the intake. Qt-free; what is done with pages anywhere is in ``page_acts``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.domain.application import HandedIn, Page
from app.domain.paper import PaperKind
from app.services.kept_pages import PagePlace
from app.services.ports import Draft
from ui.intake.practice import holds_back
from ui.intake.sheet import Sheet
from ui.intake.state import PageSource
from ui.page_state import PagesShown
from ui.printing import print_plain
from ui.scanning import Scans
from ui.sort_acts import SortActs, SortsBy
from ui.surroundings import Surroundings


class Attachments(SortActs):
    """Pages of the materials of the sheet; new ones are kept with their draft at once."""

    def __init__(
        self,
        sheet: Sheet,
        around: Surroundings,
        source: PageSource,
        scans: Scans,
        save: Callable[[], None],
        is_in_use: Callable[[], bool],
        read: Callable[[str], None],
    ) -> None:
        """``is_in_use`` tells whether a case is made of the draft as it was: then nothing is sorted in it.

        ``read`` reads the pages of a material as cards and licences.
        """
        super().__init__(around, source, scans)
        self._sheet = sheet
        self._around, self._outlet = around, source
        self._save = save
        self._is_in_use = is_in_use
        self._read = read

    def drop(self, material: str, read: Callable[[], list[bytes]]) -> None:
        """Add the files that ``read`` returns; a practice draft takes none, nor one that is being accepted."""
        if not self._sheet.now().is_busy and not holds_back(self._sheet, self._navigator):
            super().drop(material, read)

    def scan(self, material: str) -> None:
        """Scan into a material; a practice draft takes no page, nor one that is being accepted."""
        if not self._sheet.now().is_busy and not holds_back(self._sheet, self._navigator):
            super().scan(material)

    def photograph(self, material: str) -> None:
        """Take pages with the document camera; not into a practice draft, nor one that is being accepted."""
        if not self._sheet.now().is_busy and not holds_back(self._sheet, self._navigator):
            super().photograph(material)

    def await_files(self, material: str) -> None:
        """Wait for the files of a scanner; not for a practice draft, nor one that is being accepted."""
        if not self._sheet.now().is_busy and not holds_back(self._sheet, self._navigator):
            super().await_files(material)

    def print_separator(self, material: str) -> None:
        """Print the separator sheet of a material, to be printed once for every case of the item."""
        item, clerk = self._sheet.now().item, self._session.clerk

        def draw() -> bytes:
            return self._counter.separating.material_sheet(item, material, clerk)

        print_plain(self._around, self._outlet, PaperKind.SEPARATOR_SHEET, f"{item.code}-{material}", draw)

    @property
    def count(self) -> int:
        """Return how many pages are attached."""
        return sum(len(handed_in.pages) for handed_in in self._handed().values())

    def _key(self) -> str:
        return self._sheet.now().draft.draft_id if self._sheet.is_open else ""

    def _handed(self) -> Mapping[str, HandedIn]:
        return self._sheet.now().application.materials

    def _shown(self) -> tuple[Mapping[Page, bytes], str]:
        return self._sheet.now().thumbnails, self._sheet.now().busy_material

    def _put(self, material: str, handed_in: HandedIn) -> None:
        application = self._sheet.now().application
        self._sheet.change(replace(application, materials={**application.materials, material: handed_in}))

    def _show(self, **changes: object) -> None:
        self._sheet.show(**changes)

    def _place(self, material: str) -> PagePlace:
        return PagePlace(material, draft=self._key())

    def _called(self, material: str) -> str:
        return next((one.name for one in self._sheet.now().item.materials if one.code == material), "")

    def _pages_shown(self) -> PagesShown:
        return self._sheet.now().pages

    def _reading_of(self, material: str) -> Callable[[], None]:
        return lambda: self.when_clean(lambda: self._read(material))

    def _keep_now(self, material: str) -> bool:  # noqa: ARG002  any material
        self._sheet.unsaved = True
        self._save()
        return not self._sheet.unsaved

    def _sorts_by(self) -> SortsBy | None:
        if self._is_in_use():
            return None
        item = self._sheet.now().item
        return SortsBy(item.code, {material.code for material in item.materials})

    def _put_all(self, scanned: str, changed: Mapping[str, HandedIn]) -> None:
        application = self._sheet.now().application
        self._sheet.change(replace(application, materials={**application.materials, **changed}))
        self._keep_now(scanned)

    def _reading(self, material: str, files: Sequence[bytes]) -> Callable[[], Sequence[Page]]:
        self._keep_now(material)
        draft = self._sheet.now().draft
        return lambda: self._read_in(draft, material, files)

    def _read_in(self, draft: Draft, material: str, files: Sequence[bytes]) -> tuple[Page, ...]:
        """Read files into the draft; it has the pages in the store also when it was left meanwhile."""
        before = draft.application.materials.get(material, HandedIn()).pages
        for data in files:
            draft = self._counter.intake.attach(draft, material, data)
        return draft.application.materials[material].pages[len(before) :]
