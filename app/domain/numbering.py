"""Case numbers: how they are built, checked and shown. Those of papers are told in ``paper_numbering``.

Which number is next is asked of the store, inside the transaction that uses it; a number is never given out twice.
"""

from datetime import date

from stdnum.iso7064 import mod_97_10

from app.domain.errors import SeriesExhausted

CASE_NUMBER_LENGTH = 20
DAILY_CASES = 9999
STATION_CODE_LENGTH = 6
_STATION = slice(8, 14)


def case_number(day: date, station: str, sequence: int) -> str:
    """Return the 20-digit case number: YYYYMMDD, station (6 digits), daily sequence 1–9999, 2 check digits.

    The check digits follow ISO 7064 MOD 97-10, so that one wrong digit or two swapped ones never pass.
    SeriesExhausted when the sequence is beyond 9999.
    """
    if len(station) != STATION_CODE_LENGTH or not (station.isascii() and station.isdecimal()):
        raise ValueError("a station code has six digits")
    if not 1 <= sequence <= DAILY_CASES:
        raise SeriesExhausted
    stem = f"{day:%Y%m%d}{station}{sequence:04d}"
    return stem + mod_97_10.calc_check_digits(stem)


def daily_series(number: str) -> str:
    """Return the key of the series that counts the cases of ``number``'s day."""
    return f"case/{number[:8]}"


def daily_sequence(number: str) -> int:
    """Return the daily sequence (1–9999) in a case number."""
    return int(number[14:18])


def taken_by(number: str) -> str:
    """Return the code of the station that takes a case in under this number."""
    return number[_STATION]


def is_number_of(station: str, number: object) -> bool:
    """Tell whether ``station`` may take a case in under ``number``, as the centre sees it: check digits are for people."""
    has_form = isinstance(number, str) and len(number) == CASE_NUMBER_LENGTH and number.isascii() and number.isdecimal()
    return has_form and taken_by(str(number)) == station


def is_case_number(text: str) -> bool:
    """Tell whether ``text`` (spaces allowed) is a whole case number with right check digits."""
    digits = text.replace(" ", "")
    if len(digits) != CASE_NUMBER_LENGTH or not (digits.isascii() and digits.isdecimal()):
        return False
    return bool(mod_97_10.is_valid(digits))


def grouped(number: str) -> str:
    """Return a case number in groups for reading aloud: ``20261123 000731 0042 97``."""
    return f"{number[:8]} {number[8:14]} {number[14:18]} {number[18:]}".strip()
