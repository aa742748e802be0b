"""How a change of this window's data is recorded, taken up by the window, and undone. Qt-free."""

from collections.abc import Callable

from app.domain.station import Station
from ui.settings.around import Around
from ui.text import _


class StationChange:
    """Shared by the sections that change the station; ``failed`` of an act gets what went wrong."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def record(self, before: Station, after: Station, failed: Callable[[Exception], None]) -> None:
        """Record ``after`` beside the window, let the window go on with it, and offer to undo."""
        notify = self._around.navigator.notify

        def undo() -> None:
            self._run(before, lambda: notify(_("已改回")), failed)

        self._run(after, lambda: notify(_("已更改，从下一件、下一份文书起生效"), _("撤销"), undo), failed)

    def _run(self, station: Station, then: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        by = self._around.session.clerk

        def done(_nothing: object) -> None:
            self._around.renew()
            then()

        self._around.runner.run(lambda: self._around.counter.stations.change(by, station), done, failed)
