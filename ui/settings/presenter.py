"""Decides which section of the settings is shown and what the search finds; each section decides the rest. Qt-free."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ui.navigation import Navigator
from ui.settings.search import Setting, find


@dataclass(frozen=True, slots=True)
class SettingsState:
    """What the frame of the settings shows."""

    current: str = ""
    """Key of the section that is shown."""
    text: str = ""
    """What is searched for."""
    found: tuple[Setting, ...] = ()
    chosen: int = 0
    """Which of ``found`` Enter takes."""


class SettingsView(Protocol):
    """The screen of the settings."""

    def render(self, state: SettingsState) -> None:
        """Show ``state``."""
        ...

    def start_section(self, key: str) -> None:
        """Let a section come into sight and show things as they are now."""
        ...

    def leave_section(self, key: str) -> None:
        """Let a section forget what must not be kept."""
        ...

    def reach(self, setting: Setting) -> None:
        """Put the focus on a setting of the section that is shown."""
        ...


class SettingsPresenter:
    """Leads from section to section."""

    def __init__(self, navigator: Navigator, view: SettingsView) -> None:
        self._navigator = navigator
        self._view = view
        self._settings: tuple[Setting, ...] = ()
        self._sections: tuple[str, ...] = ()
        self._state = SettingsState()

    def know(self, sections: Sequence[str], settings: Sequence[Setting]) -> None:
        """Take note of what there is, in the order of the screen."""
        self._sections, self._settings = tuple(sections), tuple(settings)

    def start(self) -> None:
        """Show the section that was shown last, as things are now, and an empty search."""
        self._state = SettingsState(self._state.current or self._sections[0])
        self._view.render(self._state)
        self._view.start_section(self._state.current)

    def choose(self, section: str) -> None:
        """Show a section."""
        if section != self._state.current:
            self._view.leave_section(self._state.current)
        self._show(current=section, text="", found=(), chosen=0)
        self._view.start_section(section)

    @property
    def current(self) -> str:
        """Return the section that is shown, empty as long as the settings were not opened."""
        return self._state.current

    def return_to(self, section: str, key: str) -> None:
        """Show a section again, with the focus on its setting ``key`` where it has one of that name."""
        self.choose(section)
        for setting in self._settings:
            if (setting.section, setting.key) == (section, key):
                self._view.reach(setting)

    def step(self, by: int) -> None:
        """Show the section before or after the present one."""
        place = self._sections.index(self._state.current) + by
        self.choose(self._sections[place % len(self._sections)])

    def search(self, text: str) -> None:
        """Look for ``text`` in all sections."""
        self._show(text=text, found=find(self._settings, text), chosen=0)

    def move(self, by: int) -> None:
        """Choose another of the results; without results, another section."""
        if self._state.found:
            self._show(chosen=min(max(self._state.chosen + by, 0), len(self._state.found) - 1))
        elif not self._state.text:
            self.step(by)

    def take(self, place: int | None = None) -> None:
        """Go to a result, the chosen one without ``place``."""
        if self._state.found:
            setting = self._state.found[self._state.chosen if place is None else place]
            self.choose(setting.section)
            self._view.reach(setting)

    def step_back(self) -> None:
        """Empty the search, or leave the settings."""
        if self._state.text:
            self._show(text="", found=(), chosen=0)
        else:
            self._view.leave_section(self._state.current)
            self._navigator.home()

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._view.render(self._state)
