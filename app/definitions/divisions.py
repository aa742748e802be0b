"""Reads divisions from a file with a line each: 12-digit code, comma, name."""

import re
from pathlib import Path

from app.domain.division import Divisions
from app.services.errors import BadDefinitions, DefinitionError

LARGEST_FILE = 64 * 1024 * 1024
_LINE = re.compile(r"([0-9]{12}),([^,\s][^,]{0,59})")


def read_divisions(path: Path) -> Divisions:
    """Return the divisions in a file; BadDefinitions with every line that is none, or when the file is too large."""
    if path.stat().st_size > LARGEST_FILE:
        raise BadDefinitions([DefinitionError(path.name, 1, "", "is larger than 64 MB")])
    names, errors = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match:
            names.append((match[1], match[2]))
        else:
            errors.append(DefinitionError(path.name, number, "", "must be a 12-digit code, a comma and a name"))
    if errors:
        raise BadDefinitions(errors)
    return Divisions(names)
