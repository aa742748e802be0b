"""Puts a mark over the pages of a paper that was made before: 补打第 n 次 at its foot, 作废 across it.

The mark is a page of its own that is laid over the old one. The old page's content is not read and not written anew:
what was printed first is what is printed again. Loading this module loads pikepdf.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from app.papers.places import read_place
from app.services.errors import NotSignable
from app.services.ports import PlaceToSign

DrawMark = Callable[[list[tuple[float, float]]], bytes]
"""Draws a PDF with one page of the mark for each size (width, height) in points."""


@dataclass(frozen=True, slots=True)
class Room:
    """A place on a page, in points from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float


Rooms = Mapping[str, Room]
"""The places of one page where somebody signs, by their names in ``app.papers.places``."""
DrawSigned = Callable[[list[tuple[tuple[float, float], Rooms]]], bytes]
"""Draws a PDF with one page of what was written for each page's size and places."""


def signed_over(pdf: bytes, lines: Iterable[int], draw: DrawSigned) -> bytes:
    """Return ``pdf`` with what ``draw`` writes at its places; NotSignable when it has not all of ``lines``."""
    with pikepdf.open(BytesIO(pdf)) as paper:
        rooms = _rooms(paper)
    if not {*lines} <= {place.line for place in _places(rooms)}:
        raise NotSignable
    return laid_over(pdf, lambda sizes: draw(list(zip(sizes, rooms, strict=True))))


def places_in(pdf: bytes) -> tuple[PlaceToSign, ...]:
    """Return the lines of this very paper that can be signed on the screen, in order; older ones may have none.

    One that is signed electronically has none: what is laid over it would break that signature.
    """
    with pikepdf.open(BytesIO(pdf)) as paper:
        return () if _is_sealed(paper) else _places(_rooms(paper))


def _is_sealed(paper: pikepdf.Pdf) -> bool:
    return "/AcroForm" in paper.Root and bool(int(paper.Root.AcroForm.get("/SigFlags", 0)))


def _places(rooms: Iterable[Rooms]) -> tuple[PlaceToSign, ...]:
    named = (read_place(name) for page in rooms for name in page)
    places = {place.line: place for place in named if place}
    return tuple(places[line] for line in sorted(places))


def _rooms(paper: pikepdf.Pdf) -> list[dict[str, Room]]:
    """Return the places of each page, which stand in the PDF as named destinations."""
    rooms: list[dict[str, Room]] = [{} for _ in paper.pages]
    pages = [page.obj.objgen for page in paper.pages]
    for name, place in dict(paper.Root.get("/Dests", {})).items():
        page, fit, *edges = place
        if str(fit) == "/FitR" and page.objgen in pages:
            left, bottom, right, top = (float(edge) for edge in edges)
            label = str(name).removeprefix("/").partition(".")[0]
            rooms[pages.index(page.objgen)].setdefault(label, Room(left, bottom, right - left, top - bottom))
    return rooms


def laid_over(pdf: bytes, draw: DrawMark) -> bytes:
    """Return ``pdf`` with the page of a mark laid over each of its pages; a signature, which would not hold, is left out."""
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as paper:
        _unsign(paper)
        sizes = [_size(page) for page in paper.pages]
        with pikepdf.open(BytesIO(draw(sizes))) as marks:
            for page, mark in zip(paper.pages, marks.pages, strict=True):
                page.add_overlay(mark, None)
            paper.save(target)
    return target.getvalue()


def _unsign(paper: pikepdf.Pdf) -> None:
    """Take out what says that the document is signed: the copy that is made of it is another one."""
    for name in ("/AcroForm", "/Perms"):
        if name in paper.Root:
            del paper.Root[name]
    for page in paper.pages:
        if "/Annots" in page.obj:
            page.obj.Annots = pikepdf.Array([one for one in page.obj.Annots if one.get("/FT") != "/Sig"])


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """Return width and height as the page is shown: pages of scanned paper may be turned."""
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    size = right - left, top - bottom
    return size[::-1] if int(page.obj.get("/Rotate", 0)) % 180 else size
