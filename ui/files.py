"""Files that the clerk names, read whole where they are not too large. Qt-free."""

from pathlib import Path

from app.services.errors import BadAttachment

LARGEST_FILE = 20 * 1024 * 1024


def read_file(path: Path) -> bytes:
    """Return a file's bytes; BadAttachment when it is too large or cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BadAttachment("damaged") from error
    if len(data) > LARGEST_FILE:
        raise BadAttachment("size", LARGEST_FILE // (1024 * 1024))
    return data
