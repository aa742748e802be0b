"""The root of a centre in a file: its certificate (PEM) alone, the authority's file, or an invitation."""

import json
from pathlib import Path

from app.security.trust import RootTrust
from app.services.errors import NoRoot

LARGEST = 64 * 1024


def root_in(path: Path) -> str:
    """Return the root certificate (PEM) in a file; NoRoot, and OSError of whoever reads files."""
    try:
        text = path.read_bytes()[:LARGEST].decode()
        root = json.loads(text)["root"] if text.lstrip().startswith("{") else text
        RootTrust(root)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NoRoot from error
    return str(root)
