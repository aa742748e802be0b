"""The QR code of a certificate's proof, as it stands in the lower right corner of every page."""

from dataclasses import dataclass

from app.papers import code128, qr
from app.papers.pen import Pen

MODULE = 4 * code128.DOT
"""Four dots of a 203-dpi printer, 0.5 mm: smaller ones are lost on creased pages. The same on every sheet."""
USUAL_SIDE = 81
"""Modules of a code with about 630 letters, for a preview."""


@dataclass(frozen=True, slots=True)
class ProofCode:
    """A code that is set; without runs its place alone is shown."""

    side: int
    runs: tuple[qr.Run, ...]

    @property
    def size(self) -> float:
        """Return its width and height, without the white around it."""
        return self.side * MODULE

    @property
    def room(self) -> float:
        """Return its width with the white before it; what stands behind it is the margin."""
        return self.size + qr.QUIET * MODULE

    def draw(self, pen: Pen, right: float, top: float) -> None:
        """Draw it with its right edge at ``right``."""
        left = right - self.size
        if self.runs:
            pen.squares(self.runs, MODULE, left, top)
        else:
            pen.panel(left, top, self.size, self.size)


def proof_code(text: str, *, preview: bool) -> ProofCode | None:
    """Return the code of a proof, None without one; in a preview there is no proof yet, but its place."""
    if not text:
        return None
    if preview:
        return ProofCode(USUAL_SIDE, ())
    side, runs = qr.modules(text, qr.SEVENTH)
    return ProofCode(side, tuple(runs))
