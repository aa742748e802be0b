"""The pages of what is handed in with a form. Qt-free; what is done with pages anywhere is in ``page_acts``."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from app.domain.application import HandedIn, Page
from app.services.kept_pages import PagePlace
from ui.forms.form import FormState
from ui.page_acts import PageFiles
from ui.page_state import PagesShown
from ui.scanning import Scans
from ui.sort_acts import SortActs, SortsBy
from ui.surroundings import Surroundings


class OpenForm(Protocol):
    """The form that lies open."""

    @property
    def is_open(self) -> bool:
        """Tell whether a form lies open."""
        ...

    @property
    def state(self) -> FormState:
        """Return what is shown of it."""
        ...

    def put_handed(self, material: str, handed_in: HandedIn) -> None:
        """Keep what there is of a material now."""
        ...

    @property
    def sorts_by(self) -> SortsBy | None:
        """Return which separator sheets mean something in it; None for none."""
        ...

    def put_all_handed(self, changed: Mapping[str, HandedIn]) -> None:
        """Keep what there is of several materials now."""
        ...

    def keep_now(self) -> bool:
        """Keep in the store what was filled in; tell whether it is there."""
        ...

    def show(self, **changes: object) -> None:
        """Show what nothing follows from."""
        ...


class FormPages(SortActs):
    """Pages of the materials of a form; they are in the store before the form is done, and swept when it never is."""

    def __init__(self, form: OpenForm, around: Surroundings, source: PageFiles, scans: Scans) -> None:
        super().__init__(around, source, scans)
        self._form = form

    def _key(self) -> str:
        return self._form.state.key if self._form.is_open else ""

    def _handed(self) -> Mapping[str, HandedIn]:
        return self._form.state.filled.handed

    def _shown(self) -> tuple[Mapping[Page, bytes], str]:
        return self._form.state.thumbnails, self._form.state.busy_material

    def _put(self, material: str, handed_in: HandedIn) -> None:
        self._form.put_handed(material, handed_in)

    def _show(self, **changes: object) -> None:
        self._form.show(**changes)

    def _place(self, material: str) -> PagePlace:
        about, _colon, name = self._key().rpartition(":")
        return PagePlace(material, about=about, form=name)

    def _called(self, material: str) -> str:
        return next((line.name for line in self._form.state.handed if line.code == material), "")

    def _pages_shown(self) -> PagesShown:
        return self._form.state.pages

    def _keep_now(self, material: str) -> bool:
        self._put(material, self._handed().get(material, HandedIn()))
        return self._form.keep_now()

    def _sorts_by(self) -> SortsBy | None:
        return None if self._form.state.is_busy else self._form.sorts_by

    def _put_all(self, scanned: str, changed: Mapping[str, HandedIn]) -> None:  # noqa: ARG002  any material
        self._form.put_all_handed(changed)
        self._form.keep_now()

    def _reading(self, material: str, files: Sequence[bytes]) -> Callable[[], Sequence[Page]]:  # noqa: ARG002  any material
        return lambda: [page for data in files for page in self._counter.pages.read(data)]
