"""How a change of this window's data is recorded, taken up by the window, and undone. Qt-free."""

from collections.abc import Callable

from app.domain.station import Station
from app.services.ports import Runner
from ui.settings.around import Around
from ui.text import _


class StationChange:
    """Shared by the sections that change the station; ``failed`` of an act gets what went wrong."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def record(self, before: Station, after: Station, failed: Callable[[Exception], None]) -> None:
        """Record ``after`` beside the window, let the window go on with it, and offer to undo."""
        navigator = self._around.navigator

        def undo() -> None:
            self._run(self._around.lasting, before, lambda: navigator.notify(_("已改回")), navigator.report)

        def tell() -> None:
            navigator.notify(_("已更改，从下一件、下一份文书起生效"), _("撤销"), undo)

        self._run(self._around.runner, after, tell, failed)

    def _run(
        self, runner: Runner, station: Station, then: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        by, stations = self._around.session.clerk, self._around.counter.stations
        runner.run(lambda: stations.change(by, station), lambda _nothing: self._around.renew(then), failed)
