"""Breaks a column of pieces into pages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.papers.pen import Pen

Draw = Callable[[Pen, float], None]
"""Draws a piece whose top is at the given height."""


def nothing(_pen: Pen, _top: float) -> None:
    """Draw white space."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is never broken: its height, how it is drawn, and how it stands with its neighbours."""

    height: float
    draw: Draw = nothing
    keep: bool = False
    """Whether the next piece must stand on the same page."""
    head: "Piece | None" = None
    """What is drawn above it when it begins a page."""

    @property
    def is_space(self) -> bool:
        """Tell whether it is white space, which no page begins with."""
        return self.draw is nothing


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and the height that its top stands at."""

    piece: Piece
    top: float


def paginate(pieces: Iterable[Piece], top: float, bottom: float) -> list[list[Placed]]:
    """Return the pages; a group that is kept together but higher than a page is broken all the same."""
    pages: list[list[Placed]] = [[]]
    at = top
    for group in _groups(pieces):
        if pages[-1] and at + _height(group) > bottom:
            pages.append([])
            at = top
        for piece in group:
            at = _place(pages, piece, at, top, bottom)
    return pages


def _groups(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keep:
            yield group
            group = []
    if group:
        yield group


def _height(group: list[Piece]) -> float:
    return sum(piece.height for piece in group)


def _place(pages: list[list[Placed]], piece: Piece, at: float, top: float, bottom: float) -> float:
    """Put ``piece`` on the last page, or on a new one when it does not fit; return where the next one begins."""
    if pages[-1] and at + piece.height > bottom:
        pages.append([])
        at = top
    if not pages[-1]:
        if piece.is_space:
            return at
        if piece.head:
            pages[-1].append(Placed(piece.head, at))
            at += piece.head.height
    pages[-1].append(Placed(piece, at))
    return at + piece.height
