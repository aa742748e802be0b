"""Puts a mark over the pages of a paper that was made before: 补打第 n 次 at its foot, 作废 across it.

The mark is a page of its own that is laid over the old one. The old page's content is not read and not written anew:
what was printed first is what is printed again. Loading this module loads pikepdf.
"""

from collections.abc import Callable
from io import BytesIO

import pikepdf

DrawMark = Callable[[list[tuple[float, float]]], bytes]
"""Draws a PDF with one page of the mark for each size (width, height) in points."""


def laid_over(pdf: bytes, draw: DrawMark) -> bytes:
    """Return ``pdf`` with the page of a mark laid over each of its pages."""
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as paper:
        sizes = [_size(page) for page in paper.pages]
        with pikepdf.open(BytesIO(draw(sizes))) as marks:
            for page, mark in zip(paper.pages, marks.pages, strict=True):
                page.add_overlay(mark, None)
            paper.save(target)
    return target.getvalue()


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return right - left, top - bottom
