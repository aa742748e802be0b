"""Judges a paper that somebody brings as a file, as a picture or in the hand, beside the window. Qt-free.

The code that a scanner types into the one field is the matter of ``proof_check``.
"""

from collections.abc import Callable, Sequence

from app.domain.verdict import Verdict
from app.services.ports import Handle, Photo
from ui.camera.state import PhotoLook
from ui.files import read_file
from ui.navigation import PaperOutlet
from ui.surroundings import Surroundings
from ui.text import _


class BroughtPaper:
    """One file at a time; ``show`` hears that one is being judged, ``tell`` gets what it came to."""

    def __init__(
        self,
        around: Surroundings,
        outlet: PaperOutlet,
        show: Callable[[bool], None],
        tell: Callable[[tuple[Verdict, ...]], None],
    ) -> None:
        self._around = around
        self._outlet = outlet
        self._show = show
        self._tell = tell
        self._is_judging = False
        self._reading: Handle | None = None

    def choose(self) -> None:
        """Judge a file that the clerk chooses."""
        path = (
            None
            if self._is_judging
            else self._outlet.choose_source(_("图片和 PDF (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"))
        )
        if path is not None:
            self._judge(lambda: read_file(path))

    def take(self, read: Callable[[], list[bytes]]) -> None:
        """Judge the one file or picture that ``read`` returns, which was dropped or pasted."""
        try:
            files = read()
        except Exception as error:  # noqa: BLE001  every failure is told
            self._around.navigator.report(error)
            return
        if len(files) > 1:
            self._around.navigator.notify(_("一次核验一份"))
        elif files:
            self._judge(lambda: files[0])

    def photograph(self) -> None:
        """Judge what is laid under the document camera; the picture is kept nowhere."""
        if not self._is_judging:
            self._around.navigator.open_camera(PhotoLook(_("核验证照"), self._look))

    def stop(self) -> None:
        """Judge no more: whoever brought it has gone, or it takes too long."""
        if not self._is_judging:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._end()
        self._around.counter.verifying.stop()

    def _look(self, photo: Photo) -> None:
        self._judge(lambda: photo.data)

    def _judge(self, read: Callable[[], bytes]) -> None:
        if self._is_judging:
            return
        self._is_judging = True
        self._show(True)
        of_file = self._around.counter.verifying.of_file
        self._reading = self._around.runner.run(lambda: of_file(read()), self._judged, self._failed)

    def _judged(self, verdicts: Sequence[Verdict]) -> None:
        self._end()
        self._tell(tuple(verdicts))

    def _failed(self, error: Exception) -> None:
        self._end()
        self._around.navigator.report(error)

    def _end(self) -> None:
        self._is_judging = False
        self._show(False)
