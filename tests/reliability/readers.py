"""Reads the data files that do not change once in a process: campaigns open a counter hundreds of times."""

from functools import cache
from typing import Any
from unittest.mock import patch

from app import bootstrap
from app.config import RESOURCES

_READERS = {name: cache(getattr(bootstrap, name)) for name in ("read_calendar", "read_catalogue", "read_divisions")}


def read_once() -> Any:
    """Let a counter that is opened inside the block take the files as they were read before."""
    return patch.multiple(bootstrap, **_READERS)


def read_now() -> None:
    """Read the files that the program ships with, so that a process that forks has them."""
    _READERS["read_calendar"](RESOURCES / "calendar")
    _READERS["read_catalogue"](RESOURCES / "catalogue")
    _READERS["read_divisions"](RESOURCES / "divisions" / "divisions.csv")
