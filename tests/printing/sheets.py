"""Sheets to print."""

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas


def sheet(words: str, pages: int = 1) -> bytes:
    """Return a small PDF of A4 pages."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for page in range(pages):
        canvas.rect(72, 72, 72 * (1 + page), 72)
        canvas.setTitle(words)
        canvas.showPage()
    canvas.save()
    return made.getvalue()
