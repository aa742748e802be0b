"""Receipt printers in memory, and slips whose lines are the rows as they are."""

from app.services.errors import MissingGlyphs, PrinterFault, PrinterTrouble
from app.services.ports import Bits, Look, RollState, Strip


class MemoryRolls:
    """Implements ``RollPrinters``; ``slips`` holds the texts of what was printed, by address."""

    def __init__(self, *addresses):
        self.states = {address: RollState() for address in addresses}
        self.slips = {address: [] for address in addresses}

    def state(self, printer):
        if printer.address not in self.states:
            raise PrinterFault(PrinterTrouble.OFFLINE)
        return self.states[printer.address]

    def print(self, printer, strips):
        state = self.state(printer)
        if state.trouble is not None:
            raise PrinterFault(state.trouble)
        self.slips[printer.address].append([strip.text for strip in strips])
        return state


class PlainSlips:
    """Implements ``SlipMaker`` for text that fits; what is not typed has a picture of one dot."""

    def strips(self, rows, dots, *, types_han):
        if missing := "".join(c for row in rows for c in row.text if c == "\U0003fffd"):
            raise MissingGlyphs(missing[:1])
        return tuple(
            Strip(row.text, row.look, None if self._is_typed(row, types_han) else Bits(8, 1, b"\x80")) for row in rows
        )

    def _is_typed(self, row, types_han):
        if row.look in {Look.RULE, Look.CODE}:
            return False
        return row.text.isascii() or (types_han and all(c < "\U00010000" and c != "㛃" for c in row.text))
