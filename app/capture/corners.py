"""Corners of a sheet as they go through messages between processes."""

from collections.abc import Sequence

from app.services.ports import Corner, Corners


def to_places(corners: Corners | None) -> list[tuple[float, float]] | None:
    """Return corners as pairs of numbers."""
    return [(corner.x, corner.y) for corner in corners] if corners else None


def from_places(places: Sequence[Sequence[float]] | None) -> Corners | None:
    """Return the corners that ``to_places`` made pairs of."""
    if places is None:
        return None
    first, second, third, fourth = (Corner(x, y) for x, y in places)
    return first, second, third, fourth
