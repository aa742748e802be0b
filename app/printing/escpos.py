"""What is asked of a receipt printer in ESC/POS, and what its status bytes say. Nothing is sent here."""

from collections.abc import Iterable, Sequence

from app.services.errors import PrinterTrouble

DLE_EOT = b"\x10\x04"
ASK_ALL = b"".join(DLE_EOT + bytes([n]) for n in (1, 2, 4))
"""Real-time questions: the printer's state, why it is off line, what the paper sensors see."""
FENCE = b"\x1dr\x01"
"""Answered when all before it is printed."""
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""Forget what was sent and is not printed; real-time, so it is heard by a printer that stands still."""
_REAL_TIME_MASK, _REAL_TIME = 0x93, 0x12
_FENCE_MASK = 0x90
_OFF_LINE = 0x08
_COVER_OPEN, _PAPER_END_STOP, _ERROR = 0x04, 0x20, 0x40
_NEAR_END, _PAPER_END = 0x0C, 0x60


def real_time(answers: Iterable[int]) -> list[int]:
    """Return the answers to real-time questions among what came."""
    return [byte for byte in answers if byte & _REAL_TIME_MASK == _REAL_TIME]


def is_fence(byte: int) -> bool:
    """Tell whether a byte answers FENCE."""
    return byte & _FENCE_MASK == 0


def trouble(answers: Sequence[int]) -> PrinterTrouble | None:
    """Return what the three answers to ASK_ALL tell of, the plainest first."""
    state, cause, paper = answers
    if paper & _PAPER_END == _PAPER_END or (state & _OFF_LINE and cause & _PAPER_END_STOP):
        return PrinterTrouble.NO_PAPER
    if not state & _OFF_LINE:
        return None
    if cause & _COVER_OPEN:
        return PrinterTrouble.COVER_OPEN
    return PrinterTrouble.JAM if cause & _ERROR else PrinterTrouble.OFFLINE


def is_low(answers: Sequence[int]) -> bool:
    """Tell whether the roll is near its end."""
    return bool(answers[2] & _NEAR_END)
