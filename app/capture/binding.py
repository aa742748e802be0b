"""The port ``PageBinder``: page images become one PDF, JPEG as it is, black and white as Group 4.

Light to import: img2pdf and pikepdf are loaded with the first document.
"""

import io
from collections.abc import Sequence
from typing import Any

from app.capture.limits import MOST_PIXELS
from app.services.errors import BadAttachment
from app.services.ports import BoundPage

POINTS_OF_A_MM = 72 / 25.4
A4 = (210 * POINTS_OF_A_MM, 297 * POINTS_OF_A_MM)
CARD_MM = (85.6, 54.0)
CARD_SHAPE = 0.05
"""How far a picture's shape may be off a card's for it to be shown as large as a card is."""
MAKER = "Lideng"


class PdfBinder:
    """Safe to use from any thread."""

    def bind(self, pages: Sequence[BoundPage], title: str) -> bytes:
        """Return a PDF with a sheet of A4 for each page; BadAttachment when one cannot be read.

        Its properties hold the title and the name of this program, no time, no person and no place.
        """
        import img2pdf  # noqa: PLC0415  start-up need not wait for it

        try:
            bound = img2pdf.convert(
                [_as_bound(page) for page in pages],
                engine=img2pdf.Engine.pikepdf,
                layout_fun=_on_a4,
                title=title,
                producer=MAKER,
                creator=MAKER,
                nodate=True,
            )
        except (
            OSError,
            ValueError,
            SyntaxError,
            TypeError,
            img2pdf.ImageOpenError,
            img2pdf.AlphaChannelError,
        ) as error:
            raise BadAttachment("damaged") from error
        return _turned(bound, [page.turn for page in pages])


def _as_bound(page: BoundPage) -> bytes:
    """Return the image as img2pdf takes it: a PNG would be kept as it is, which is a third larger than Group 4."""
    if page.media_type != "image/png":
        return page.data
    from PIL import Image  # noqa: PLC0415  start-up need not wait for it

    picture = Image.open(io.BytesIO(page.data), formats=("PNG",))
    if picture.width * picture.height > MOST_PIXELS:
        raise BadAttachment("size")
    if picture.mode != "1":
        return page.data
    target = io.BytesIO()
    picture.save(target, "TIFF")
    return target.getvalue()


def _on_a4(width: int, height: int, _resolution: Any) -> tuple[float, float, float, float]:  # noqa: ANN401  img2pdf's
    """Return the sheet's and the image's width and height in points: a card in its own size, everything else filled."""
    sheet = A4 if height >= width else A4[::-1]
    scale = min(sheet[0] / width, sheet[1] / height)
    if abs(max(width, height) / min(width, height) / (CARD_MM[0] / CARD_MM[1]) - 1) < CARD_SHAPE:
        sheet, scale = A4, CARD_MM[0] * POINTS_OF_A_MM / max(width, height)
    return *sheet, width * scale, height * scale


def _turned(document: bytes, turns: Sequence[int]) -> bytes:
    if not any(turns):
        return document
    import pikepdf  # noqa: PLC0415  start-up need not wait for it

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as pdf:
        for page, turn in zip(pdf.pages, turns, strict=True):
            page.rotate(turn, relative=False)
        pdf.save(target, deterministic_id=True)
    return target.getvalue()
