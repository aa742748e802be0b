"""Code 128 as bars: encoded by python-barcode, measured in modules, drawn by the pen."""

from itertools import groupby

import barcode

DOT = 72 / 203
"""One dot of a 203-dpi printer, in points; a module is a whole number of dots, so that no bar is rounded."""
MODULE = 3 * DOT
"""0.375 mm; 2 dots is the least that a 200-dpi scan still reads."""
QUIET = 10 * MODULE
"""The white that the code needs on either side (ISO/IEC 15417)."""


def bars(digits: str) -> list[tuple[int, int]]:
    """Return the bars of a Code 128 symbol as (start, width) in modules."""
    modules = barcode.get("code128", digits).build()[0]
    found, start = [], 0
    for sign, run in groupby(modules):
        width = len(list(run))
        if sign == "1":
            found.append((start, width))
        start += width
    return found


def width(symbol: list[tuple[int, int]]) -> float:
    """Return the width of ``symbol`` in points, without its quiet zones."""
    start, last = symbol[-1]
    return (start + last) * MODULE
