"""Finds a setting by words, whatever language the window speaks. Qt-free."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set: where it stands, what it is called, and more words that it is found by."""

    section: str
    key: str
    name: str
    section_name: str
    words: str = ""
    """Chinese and English, separated by spaces; never shown."""


def find(settings: Iterable[Setting], text: str) -> tuple[Setting, ...]:
    """Return the settings that have every word of ``text``, those whose own name has the first word before others."""
    wanted = text.casefold().split()
    if not wanted:
        return ()
    found = [setting for setting in settings if all(word in _haystack(setting) for word in wanted)]
    return tuple(sorted(found, key=lambda setting: wanted[0] not in setting.name.casefold()))


def _haystack(setting: Setting) -> str:
    return f"{setting.name} {setting.section_name} {setting.words}".casefold()
