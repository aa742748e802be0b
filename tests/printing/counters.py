"""A counter whose printers are fakes that a test can look into."""

from copy import copy
from dataclasses import replace

from app.services.print_settings import PrintChoice
from app.services.printing import PrintingService
from tests.fakes.printers import OFFICE, MemoryPrinters
from tests.fakes.rolls import MemoryRolls, PlainSlips

ADDRESS = "tcp:192.0.2.9:9100"


def with_printers(counter, printers=None, rolls=None):
    """Return ``counter`` with printers in memory and a receipt printer, none of them chosen yet."""
    known = counter.printing
    printing = PrintingService(
        known._store,
        known._recorder,
        counter.station.code,
        counter.papers,
        known._content,
        known._maker,
        printers or MemoryPrinters(),
        rolls or MemoryRolls(ADDRESS),
        PlainSlips(),
    )
    overlays = copy(counter.overlays)
    overlays._printing = printing
    return replace(counter, printing=printing, overlays=overlays)


def choose(counter, **wishes):
    """Print everything on the office's printer."""
    counter.printing.settings.keep_usual(PrintChoice(OFFICE.key, OFFICE.name, **wishes))
