"""How the clerk wants the window, and what lies open in it. No facts; the journal does not know them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.ports import Store

SMALLEST_TEXT = 100
LARGEST_TEXT = 150
SHORTEST_IDLE = 1
LONGEST_IDLE = 60
ON, OFF = "yes", "no"
COACHED = "coached/"
"""Before the login of whoever has been offered the guided first case."""
OPEN_DRAFT = "open_draft"
"""Who has which draft open and where the cursor stands in it; empty when nothing lies open."""


class Theme(StrEnum):
    """Which colours the window has; ``auto`` follows the system."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Language(StrEnum):
    """The languages of the window; papers are always Chinese."""

    CHINESE = "zh_CN"
    TRADITIONAL = "zh_TW"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Settings of this counter's window."""

    theme: Theme = Theme.LIGHT
    text_percent: int = SMALLEST_TEXT
    """100 to 150."""
    language: Language = Language.CHINESE
    idle_minutes: int = 10
    """1 to 60 minutes without a key or click lock the window."""
    high_contrast: bool = False
    """Black, white and few strong colours in place of the calm ones, light or dark."""

    @property
    def has_usual_look(self) -> bool:
        """Tell whether colours and text size are those in which the window opens."""
        usual = Preferences()
        looks = (self.theme, self.text_percent, self.high_contrast)
        return looks == (usual.theme, usual.text_percent, usual.high_contrast)


class PreferenceService:
    """Reads and keeps preferences; what is out of range or unknown falls back to the nearest that is not."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> Preferences:
        """Return what was kept, with defaults for the rest."""
        with self._store.read() as uow:
            kept = uow.preferences.all()
        usual = Preferences()
        return Preferences(
            theme=Theme(kept["theme"]) if kept.get("theme") in list(Theme) else usual.theme,
            text_percent=_between(kept.get("text_percent", ""), SMALLEST_TEXT, LARGEST_TEXT, usual.text_percent),
            language=Language(kept["language"]) if kept.get("language") in list(Language) else usual.language,
            high_contrast=kept.get("high_contrast") == ON,
            idle_minutes=_between(kept.get("idle_minutes", ""), SHORTEST_IDLE, LONGEST_IDLE, usual.idle_minutes),
        )

    def keep(self, preferences: Preferences) -> Preferences:
        """Keep ``preferences`` and return them."""
        with self._store.write() as uow:
            uow.preferences.set("theme", preferences.theme)
            uow.preferences.set("text_percent", str(preferences.text_percent))
            uow.preferences.set("language", preferences.language)
            uow.preferences.set("high_contrast", ON if preferences.high_contrast else OFF)
            uow.preferences.set("idle_minutes", str(preferences.idle_minutes))
            uow.commit()
        return preferences

    def was_coached(self, login: str) -> bool:
        """Tell whether the guided first case has been offered to ``login`` at this counter."""
        with self._store.read() as uow:
            return uow.preferences.all().get(COACHED + login) == ON

    def note_coached(self, login: str) -> None:
        """Remember that the guided first case has been offered to ``login``."""
        with self._store.write() as uow:
            uow.preferences.set(COACHED + login, ON)
            uow.commit()

    def left_open(self, login: str) -> tuple[str, str]:
        """Return the draft that ``login`` had open when the program ended without being closed, and its cursor's place.

        Both are empty when the window was closed, or somebody else was at it.
        """
        with self._store.read() as uow:
            who, draft_id, place = (*uow.preferences.all().get(OPEN_DRAFT, "").split("\n"), "", "")[:3]
        return (draft_id, place) if who == login else ("", "")

    def note_open(self, login: str, draft_id: str, place: str) -> None:
        """Remember that ``login`` has a draft open; an empty ``draft_id`` that nothing lies open any more."""
        noted = "\n".join((login, draft_id, place)) if draft_id else ""
        with self._store.write() as uow:
            if uow.preferences.all().get(OPEN_DRAFT, "") != noted:
                uow.preferences.set(OPEN_DRAFT, noted)
                uow.commit()


def _between(text: str, lowest: int, highest: int, usual: int) -> int:
    return min(max(int(text), lowest), highest) if text.isascii() and text.isdecimal() else usual
