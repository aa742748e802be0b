"""Receipt printers behind the port ``RollPrinters``: asked before, watched while, and asked again after a slip.

Light to import: python-escpos is loaded with the first slip.
"""

import time
from collections.abc import Sequence

from app.printing.escpos import ASK_ALL, CLEAR, FENCE, is_fence, is_low, real_time, trouble
from app.printing.roll_lines import Line, opened
from app.services.errors import PrinterFault, PrinterTrouble
from app.services.ports import RollPrinter, RollState, Strip

QUESTIONS = 3
ANSWER_S = 0.7
"""How long a printer may think about real-time questions; it answers at once."""
STALL_S = 8.0
"""A printer that takes no byte for so long stands still."""
PRINT_S = 12.0
"""A printer that is well and has not told by then that all is printed does not know how to tell."""
PAUSE_S = 0.1
SILENCES = 3
"""A printer that leaves so many questions in a row unanswered has gone."""


class EscposPrinters:
    """Opens the line anew with every call."""

    def state(self, printer: RollPrinter) -> RollState:
        """Return how a printer is; errors as of the port."""
        with opened(printer.address) as line:
            return _state(line)

    def print(self, printer: RollPrinter, strips: Sequence[Strip]) -> RollState:
        """Print a slip; errors as of the port."""
        from app.printing.slip_bytes import encoded  # noqa: PLC0415

        data = encoded(strips)
        with opened(printer.address) as line:
            before = _state(line)
            if before.trouble is not None:
                raise PrinterFault(before.trouble)
            try:
                _send(line, data + FENCE)
                return _printed(line) if before.answers else before
            except PrinterFault:
                line.write(CLEAR, ANSWER_S)  # else the rest would come out when the printer goes on
                raise


def _state(line: Line) -> RollState:
    return _told(_asked(line)[0])


def _asked(line: Line) -> tuple[list[int], bool]:
    """Ask how the printer is; return its answers, none when it gave not all of them, and whether FENCE was answered."""
    line.write(ASK_ALL, ANSWER_S)
    end, answers, has_printed = time.monotonic() + ANSWER_S, list[int](), False
    while len(answers) < QUESTIONS and (left := end - time.monotonic()) > 0:
        came = line.read(left)
        answers += real_time(came)
        has_printed |= any(map(is_fence, came))
    return (answers if len(answers) == QUESTIONS else []), has_printed


def _told(answers: Sequence[int]) -> RollState:
    return RollState(trouble(answers), is_low(answers)) if answers else RollState(answers=False)


def _send(line: Line, data: bytes) -> None:
    end = time.monotonic() + STALL_S
    while data:
        taken = line.write(data, max(0.0, end - time.monotonic()))
        if taken:
            data, end = data[taken:], time.monotonic() + STALL_S
        elif time.monotonic() >= end:
            raise PrinterFault(_state(line).trouble or PrinterTrouble.OFFLINE)


def _printed(line: Line) -> RollState:
    """Wait until all is printed and return how the printer is then."""
    end, silences = time.monotonic() + PRINT_S, 0
    while silences < SILENCES:
        answers, has_printed = _asked(line)
        state = _told(answers)
        if state.trouble is not None:
            raise PrinterFault(state.trouble)
        if has_printed or (answers and time.monotonic() >= end):
            return state
        silences = 0 if answers else silences + 1
        time.sleep(PAUSE_S)
    raise PrinterFault(PrinterTrouble.OFFLINE)
