"""Reads text files that have an entry a line; empty lines and those that begin with # say nothing."""

from pathlib import Path

from app.services.errors import BadDefinitions, DefinitionError


def read_lines(path: Path, largest: int) -> list[tuple[int, str]]:
    """Return the lines that say something, with their numbers.

    BadDefinitions when the file has more than ``largest`` bytes or is not UTF-8.
    """
    with path.open("rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise BadDefinitions([DefinitionError(path.name, 1, "", f"is larger than {largest // 1024} kB")])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadDefinitions([DefinitionError(path.name, line, "", "is not text in UTF-8")]) from error
    numbered = ((number, line.strip()) for number, line in enumerate(text.split("\n"), 1))
    return [(number, line) for number, line in numbered if line and not line.startswith("#")]
