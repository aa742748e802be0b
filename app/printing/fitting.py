"""Whether a document is too large for the sheet that was chosen, so that it has to be made smaller to come out whole."""

import io
import re

_MEASURE = re.compile(r"_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)$")
"""How self-describing names of media end (PWG 5101.1)."""
POINTS = {"mm": 72 / 25.4, "in": 72.0}
SLACK_PT = 3.0
"""Sizes are rounded to whole millimetres in names and to whole points in documents."""


def is_too_large(pdf: bytes, size: str) -> bool:
    """Tell whether the first page of ``pdf`` is larger than a medium, whichever way it lies; not for a medium without measures."""
    measure = _MEASURE.search(size)
    if measure is None:
        return False
    import pikepdf  # noqa: PLC0415  it takes longer to load than most papers to print

    with pikepdf.open(io.BytesIO(pdf)) as document:
        left, bottom, right, top = (float(edge) for edge in document.pages[0].mediabox)
    sheet = sorted(float(side) * POINTS[measure[3]] for side in (measure[1], measure[2]))
    page = sorted((right - left, top - bottom))
    return any(side > room + SLACK_PT for side, room in zip(page, sheet, strict=True))
