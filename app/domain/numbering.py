"""Case numbers and paper numbers: how they are built, checked and shown.

Which number is next is asked of the store, inside the transaction that uses it; a number is never given out twice.
"""

from dataclasses import dataclass
from datetime import date

from stdnum.iso7064 import mod_97_10

from app.domain.paper import PaperKind

CASE_NUMBER_LENGTH = 20
DAILY_CASES = 9999
STATION_CODE_LENGTH = 6


class SeriesExhausted(Exception):
    """A day's series of case numbers is used up; the caller tells the clerk to go on at another window."""


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


def is_case_number(text: str) -> bool:
    """Tell whether ``text`` (spaces allowed) is a whole case number with right check digits."""
    digits = text.replace(" ", "")
    if len(digits) != CASE_NUMBER_LENGTH or not (digits.isascii() and digits.isdecimal()):
        return False
    return bool(mod_97_10.is_valid(digits))


def grouped(number: str) -> str:
    """Return a case number in groups for reading aloud: ``20261123 000731 0042 97``."""
    return f"{number[:8]} {number[8:14]} {number[14:18]} {number[18:]}".strip()


@dataclass(frozen=True, slots=True)
class PaperSeries:
    """One gapless series of paper numbers: issuing prefix, kind of paper, year."""

    prefix: str
    kind: PaperKind
    year: int

    @property
    def key(self) -> str:
        """Return the name under which the series is counted."""
        return f"{self.prefix}/{self.kind}/{self.year}"


SERIES_WORDS = {
    PaperKind.MATERIALS_RECEIPT: "收",
    PaperKind.ACCEPTANCE_NOTICE: "受",
    PaperKind.CERTIFICATE: "证",
    PaperKind.SUPPLEMENT_NOTICE: "补",
    PaperKind.SUPPLEMENT_RECEIPT: "补收",
    PaperKind.NON_ACCEPTANCE_NOTICE: "不受",
    PaperKind.GRANT_DECISION: "准",
    PaperKind.REFUSAL_DECISION: "不准",
    PaperKind.EXTENSION_NOTICE: "延",
    PaperKind.SUSPENSION_NOTICE: "特",
    PaperKind.SERVICE_RECEIPT: "送",
    PaperKind.COLLECTION_SLIP: "取",
    PaperKind.WITHDRAWAL_FORM: "撤",
    PaperKind.RETURN_SLIP: "退",
    PaperKind.FORWARDING_SLIP: "转",
    PaperKind.MANDATE: "委",
    PaperKind.PLEDGE: "诺",
    PaperKind.PRIVACY_NOTICE: "个",
    PaperKind.INQUIRY_SLIP: "咨",
    PaperKind.DAY_REPORT: "日",
}


def paper_number(series: PaperSeries, serial: int, pattern: str) -> str:
    """Return a paper's number by ``pattern``, whose places are prefix, word, year and serial (from 1).

    The usual pattern ``{prefix}{word}〔{year}〕{serial:06}号`` gives 云溪3收〔2026〕000412号. KeyError or ValueError
    when the pattern has a place that does not exist; settings check it before they keep it.
    """
    if serial < 1:
        raise ValueError("serials start at 1")
    word = SERIES_WORDS[series.kind]
    return pattern.format(prefix=series.prefix, word=word, year=series.year, serial=serial)
