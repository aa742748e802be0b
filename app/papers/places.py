"""What the places of a finished PDF are called where somebody signs by hand, and which line each belongs to.

They stand in the PDF as named destinations, so that the paper itself says for ever who signs where: a later template
changes nothing of it.
"""

from app.domain.paper import SignerRole
from app.domain.paper_template import SignatureLine
from app.services.ports import PlaceToSign

SIGNATURE, NOTE, DATE = "signature", "signed-on", "dated"
PARTS = 4


def place_of(line: int, told: SignatureLine) -> str:
    """Return what the place of the ink of a line is called."""
    return f"{SIGNATURE}-{line}-{told.role}-{told.of}"


def note_of(line: int) -> str:
    """Return what the place is called where the paper says that this line was signed on the screen, and when."""
    return f"{NOTE}-{line}"


def read_place(name: str) -> PlaceToSign | None:
    """Return which line's ink stands at a place, None for any other; papers of an earlier time have one line."""
    parts = name.split("-")
    if name == SIGNATURE:
        return PlaceToSign(1)
    if parts[0] != SIGNATURE or len(parts) != PARTS or parts[2] not in list(SignerRole):
        return None
    return PlaceToSign(int(parts[1]), SignerRole(parts[2]), int(parts[3])) if (parts[1] + parts[3]).isdigit() else None


def read_note(name: str) -> int:
    """Return which line's note stands at a place, 0 for any other."""
    if name == NOTE:
        return 1
    line = name.removeprefix(f"{NOTE}-")
    return int(line) if line.isdigit() else 0
