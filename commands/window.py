"""The window of this counter, which opens without a command."""

import argparse
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from app.config import Settings

if TYPE_CHECKING:
    from app.at_devices import PageSources
    from app.bootstrap import ProfileStarter


def window(_called: argparse.Namespace, settings: Settings) -> int:
    """Open the window and stay until it is closed."""
    from ui.start import run_window  # noqa: PLC0415

    def starter() -> "ProfileStarter":
        from app.bootstrap import ProfileStarter  # noqa: PLC0415

        return ProfileStarter(settings, sources=_sources())

    return run_window(starter, settings.cache)


def _sources() -> "PageSources":
    """Return where pages come from and go to; on Windows it is Qt that prints."""
    from app.at_devices import THIS_PC  # noqa: PLC0415

    if sys.platform != "win32":
        return THIS_PC
    from ui.qt_printers import QtPrinters  # noqa: PLC0415

    return replace(THIS_PC, printers=lambda _own, pages: QtPrinters(pages))
