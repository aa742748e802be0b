"""The names of the printers that this PC knows, for whoever only looks; none is no error."""

import sys

from app.printing.cups import CupsPrinters
from app.printing.windows import names
from app.services.errors import PrinterFault


def printer_names() -> tuple[str, ...]:
    """Return the names of the printers, sorted; nothing when there is none or nobody to ask."""
    if sys.platform == "win32":
        return tuple(sorted(names()))
    try:
        return tuple(sorted(one.name for one in CupsPrinters().printers()))
    except PrinterFault:
        return ()
