"""What is laid over the room that is shown for one act: the document camera, a paper to be signed, the code of a file.

Other persons' passwords are asked for by ``ui.presence``.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.domain.application import Page
from app.services.counter import Counter
from app.services.ports import Corners, Runner
from app.services.snapshots import PaperRow
from ui.camera.panel import CameraPanel
from ui.camera.presenter import CameraPresenter
from ui.camera.state import PhotoLook, PhotoPlace
from ui.file_code import FileCodePresenter
from ui.file_code_panel import FileCodePanel
from ui.main_window import MainWindow
from ui.navigation import Session
from ui.signing.panel import SigningPanel
from ui.signing.presenter import SigningPresenter


class Panels:
    """Holds what decides in each panel as long as it lies there: a signal alone would not keep it."""

    def __init__(
        self,
        counter: Counter,
        session: Session,
        runner: Runner,
        window: MainWindow,
        hold_off: Callable[[], None],
        report: Callable[[Exception], None],
    ) -> None:
        """``hold_off`` keeps the window from being locked, as somebody is there; ``report`` tells what went wrong."""
        self._counter = counter
        self._session = session
        self._runner = runner
        self._window = window
        self._hold_off = hold_off
        self._report = report
        self._camera: CameraPresenter | None = None
        self._signing: SigningPresenter | None = None
        self._file_code: FileCodePresenter | None = None

    def use(self, counter: Counter) -> None:
        """Serve another counter from the next time on."""
        self._counter = counter

    def open_camera(self, place: PhotoPlace | PhotoLook) -> None:
        """Show the live view; somebody is there as long as pages are taken, though no key is pressed."""
        panel = CameraPanel(self._window.stage)
        if isinstance(place, PhotoPlace):
            place = self._awake(place)
        self._camera = CameraPresenter(self._counter.cameras, self._counter.devices, self._runner, panel, place)
        panel.connect_to(self._camera)
        self._camera.open()

    def _awake(self, place: PhotoPlace) -> PhotoPlace:
        """Return the place with a clerk who is there whenever a page comes."""

        def kept(page: Page, corners: Corners | None) -> None:
            self._hold_off()
            place.kept(page, corners)

        return replace(place, kept=kept)

    def open_signing(self, paper: PaperRow, signed: Callable[[PaperRow], None]) -> None:
        """Lay a paper before whoever signs it."""
        panel = SigningPanel(self._window.stage)
        clerk = self._session.clerk
        self._signing = SigningPresenter(self._counter, clerk, self._runner, panel, paper, signed, self._report)
        panel.connect_to(self._signing)
        self._signing.open()

    def tell_file_code(self, code: str, then: Callable[[], None]) -> None:
        """Show the code of a file that is to be written."""
        self._for_code().tell(code, then)

    def ask_file_code(self, take: Callable[[str], Any], then: Callable[[Any], None]) -> None:
        """Ask for the code of a file until ``take`` knows it."""
        self._for_code().ask(take, then)

    def leave(self) -> None:
        """Take the paper from before whoever signs it: the window is closed."""
        if self._signing is not None:
            self._signing.leave()

    def _for_code(self) -> FileCodePresenter:
        panel = FileCodePanel(self._window.stage)
        self._file_code = FileCodePresenter(self._runner, panel, self._report)
        panel.connect_to(self._file_code)
        return self._file_code
