"""Decides what a change of the window's look does. Qt-free."""

from dataclasses import replace
from typing import Protocol

from app.services.preferences import Preferences
from ui.settings.around import Around


class LookView(Protocol):
    """The section with the look of the window."""

    def render(self, preferences: Preferences) -> None:
        """Show what is chosen."""
        ...


class LookPresenter:
    """Changes take effect at once and are kept; there is no button to apply them."""

    def __init__(self, around: Around, view: LookView) -> None:
        self._around = around
        self._view = view
        self._preferences = around.counter.preferences.read()

    def start(self) -> None:
        """Show what is chosen."""
        self._preferences = self._around.counter.preferences.read()
        self._view.render(self._preferences)

    def change(self, **changes: object) -> None:
        """Keep some preferences and let the window follow."""
        try:
            kept = self._around.counter.preferences.keep(replace(self._preferences, **changes))  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001  every failure is shown; the window keeps its old look
            self._around.navigator.report(error)
            return
        self._preferences = kept
        self._around.apply(kept)
        self._view.render(kept)
