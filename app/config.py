"""Where a counter's data lives and how the program was called: the only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
"""Data files that ship with the program."""
MIGRATIONS = ROOT / "migrations"
PROGRAM = "Lideng"
VERSION = "0.1.0"
OWN_DATA = ("calendar", "catalogue", "divisions", "papers")
"""Folders of data files that a counter may have of its own, beside its store."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a start needs to know; nothing of it changes while the program runs."""

    profile: Path
    """Folder of this counter's store and keys."""
    cache: Path
    """Folder of what can be made again: fonts for the screen."""
    language: str = ""
    """Asked for by LIDENG_LANG; empty leaves it to the counter's own setting."""
    central: str = field(default="", repr=False)
    """Address of the central database for its administrator's commands, from LIDENG_CENTRAL; it may hold a password."""

    films: Path | None = None
    """Folder of films that stand in for cameras, from LIDENG_FILMS, for who tests or develops without one."""

    @property
    def store(self) -> Path:
        """Return the path of the encrypted database."""
        return self.profile / "station.db"

    def definitions(self, name: str) -> Path:
        """Return the folder ``name`` of data files: the counter's own beside its store, else the one that ships."""
        return self.own(name) if self.own(name).is_dir() else RESOURCES / name

    def own(self, name: str) -> Path:
        """Return the folder ``name`` beside the counter's store, whether it is there or not."""
        return self.profile / name

    @property
    def logs(self) -> Path:
        """Return the folder of the program's logs."""
        return self.profile / "logs"


def read_settings(profile: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings: ``profile`` as given, else LIDENG_PROFILE, else the platform's place for user data."""
    named = environment.get("LIDENG_PROFILE")
    films = environment.get("LIDENG_FILMS")
    usual = Path(platformdirs.user_data_dir(PROGRAM, appauthor=False))
    return Settings(
        profile=(profile or (Path(named) if named else usual)).expanduser().absolute(),
        cache=Path(platformdirs.user_cache_dir(PROGRAM, appauthor=False)),
        language=environment.get("LIDENG_LANG", ""),
        central=environment.get("LIDENG_CENTRAL", ""),
        films=Path(films).expanduser().absolute() if films else None,
    )
