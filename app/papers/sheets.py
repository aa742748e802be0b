"""The sheets of paper: size, margins, and how much smaller type is set on them. All lengths are points."""

from dataclasses import dataclass

from app.domain.paper import PageSize

MM = 72 / 25.4
ACROSS_EDGE = 14 * MM


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; ``side``, ``top`` and ``bottom`` are its margins, ``scale`` turns sizes on A4 into sizes on it."""

    width: float
    height: float
    side: float
    top: float
    bottom: float
    scale: float
    seal: float
    """Diameter of the circle that a seal is put into; township and county seals measure up to 42 mm."""

    def across(self) -> "Sheet":
        """Return the sheet turned for wide tables, with the narrow margins of what nobody files on its side."""
        edge = min(self.side, ACROSS_EDGE)
        return Sheet(self.height, self.width, edge, edge, min(self.bottom, ACROSS_EDGE), self.scale, self.seal)

    @property
    def room(self) -> float:
        """Return the width between the margins."""
        return self.width - 2 * self.side

    @property
    def right(self) -> float:
        """Return where the right margin begins."""
        return self.width - self.side


SHEETS = {
    PageSize.A4: Sheet(210 * MM, 297 * MM, 24 * MM, 22 * MM, 16 * MM, 1.0, 42 * MM),
    PageSize.A5: Sheet(148 * MM, 210 * MM, 14 * MM, 12 * MM, 10 * MM, 0.77, 34 * MM),
}
