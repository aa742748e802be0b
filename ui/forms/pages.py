"""The pages of what is handed in with a form. Qt-free; what is done with pages anywhere is in ``page_acts``."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from app.domain.application import HandedIn, Page
from app.services.counter import Counter
from app.services.ports import Runner
from ui.forms.form import FormState
from ui.navigation import Navigator
from ui.page_acts import PageActs, PageFiles


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

    def show(self, **changes: object) -> None:
        """Show what nothing follows from."""
        ...


class FormPages(PageActs):
    """Pages of the materials of a form; they are in the store before the form is done, and swept when it never is."""

    def __init__(
        self, form: OpenForm, counter: Counter, runner: Runner, navigator: Navigator, source: PageFiles
    ) -> None:
        super().__init__(counter, runner, navigator, source)
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

    def _reading(self, material: str, files: Sequence[bytes]) -> Callable[[], Sequence[Page]]:  # noqa: ARG002  any material
        return lambda: [page for data in files for page in self._counter.intake.read_pages(data)]
