"""Reads divisions from a text file with a line each: 12-digit code, comma, name."""

import re
from pathlib import Path

from app.definitions.lines import read_lines
from app.domain.division import Divisions
from app.services.errors import BadDefinitions, DefinitionError

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes; a prefecture with 1,400 divisions takes 40 thousand."""
_LINE = re.compile(r"([0-9]{12}),([^,\s][^,]{0,59})")


def read_divisions(path: Path) -> Divisions:
    """Return the divisions in a file; BadDefinitions with every line that is none or has a code for the second time."""
    names: dict[str, str] = {}
    remarks = []
    for number, line in read_lines(path, LARGEST_FILE):
        match = _LINE.fullmatch(line)
        if not match:
            remarks.append(DefinitionError(path.name, number, "", "must be a 12-digit code, a comma and a name"))
        elif match[1] in names:
            remarks.append(DefinitionError(path.name, number, "", f"has the code of {names[match[1]]} again"))
        else:
            names[match[1]] = match[2]
    if remarks:
        raise BadDefinitions(remarks)
    return Divisions(names.items())
