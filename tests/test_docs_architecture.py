"""docs/architecture.md names what is there."""

import re

from app.config import ROOT

PLAN = (ROOT / "docs" / "architecture.md").read_text("utf-8")
TOPS = ("app", "commands", "ui", "tests", "migrations")
FILE = re.compile(r"`([a-z_]+(?:/[a-z_0-9*.]+)*(?:/|\.py))`")


def is_there(name: str) -> bool:
    """Tell whether a name of the plan is that of a file or a folder; one without a folder may be anywhere."""
    place = name.rstrip("/")
    return any(ROOT.glob(place)) or ("/" not in place and any(any((ROOT / top).rglob(place)) for top in TOPS))


def test_every_file_and_folder_that_it_names_is_there():
    names = set(FILE.findall(PLAN))
    assert {"main.py", "app/domain/", "ui/rooms.py"} <= names
    assert [name for name in sorted(names) if not is_there(name)] == []


def test_every_room_of_the_application_is_on_it():
    rooms = {path.stem for path in (ROOT / "app").iterdir() if path.name not in {"__init__.py", "__pycache__"}}
    assert sorted(room for room in rooms if f"`app/{room}" not in PLAN) == []


def test_no_place_stands_in_two_rows():
    rows = re.findall(r"^\| (`[^|]+) \|", PLAN, re.MULTILINE)
    assert len(rows) == len(set(rows))
