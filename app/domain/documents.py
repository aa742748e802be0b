"""Documents that show who a person is (证件): the shapes of their numbers, and what a number tells by itself.

Checks never gate a person: a doubtful number is a warning that the clerk may pass with a reason. Identity numbers of 18
characters follow GB 11643-1999; their area code is never checked, because real cards carry codes that no published
list has: one resident in six who was born between 1950 and 1975 has such a number.
"""

import re
from datetime import date
from enum import StrEnum

from stdnum.iso7064 import mod_11_2

from app.domain.problem import Problem, Severity

ID_LENGTH = 18
OLDEST_YEARS = 130


class Sex(StrEnum):
    """Sex as the identity number tells it (GB/T 2261.1 codes 1 and 2)."""

    MALE = "male"
    FEMALE = "female"


SEX_ON_PAPER = {Sex.MALE: "男", Sex.FEMALE: "女"}


class Document(StrEnum):
    """What proves who a person is (证件类型)."""

    RESIDENT_CARD = "resident_card"
    """居民身份证"""
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit"
    """港澳台居民居住证, 18 characters that begin with 81, 82 or 83"""
    HK_MACAO_TRAVEL_PERMIT = "hk_macao_travel_permit"
    """港澳居民来往内地通行证"""
    TAIWAN_TRAVEL_PERMIT = "taiwan_travel_permit"
    """台湾居民来往大陆通行证"""
    FOREIGN_PERMANENT_RESIDENT_CARD = "foreign_permanent_resident_card"
    """外国人永久居留身份证, old (15 characters) and of 2023 (18 characters that begin with 9)"""
    PASSPORT = "passport"
    """护照"""


FOREIGN = frozenset({Document.FOREIGN_PERMANENT_RESIDENT_CARD, Document.PASSPORT})
"""Documents of people whose nationality has to be stated."""

_IDENTITY_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_FIRST_GENERATION = re.compile(r"[0-9]{15}")
_OLD_FOREIGN_CARD = re.compile(r"[A-Z]{3}[0-9]{12}")
_SHAPES = {
    Document.HK_MACAO_TRAVEL_PERMIT: re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})"),
    Document.TAIWAN_TRAVEL_PERMIT: re.compile(r"[0-9]{8}"),
    Document.PASSPORT: re.compile(r"[A-Z0-9]{5,20}"),
}
_BEGINNINGS = {
    Document.HMT_RESIDENCE_PERMIT: ("81", "82", "83"),
    Document.FOREIGN_PERMANENT_RESIDENT_CARD: ("9",),
}
"""How the identity numbers of other documents than the resident card begin."""


def document_of(id_number: str) -> Document | None:
    """Return the document that a number of 18 characters belongs to by its beginning, None for another shape."""
    if not _IDENTITY_NUMBER.fullmatch(id_number):
        return None
    return next((one for one, starts in _BEGINNINGS.items() if id_number.startswith(starts)), Document.RESIDENT_CARD)


def birth_date(id_number: str) -> date | None:
    """Return the date in digits 7–14 of an identity number, None when there is none."""
    if not _IDENTITY_NUMBER.fullmatch(id_number):
        return None
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def sex(id_number: str) -> Sex | None:
    """Return the sex that digit 17 tells (odd is male), None when the number has another shape."""
    if not _IDENTITY_NUMBER.fullmatch(id_number):
        return None
    return Sex.MALE if int(id_number[16]) % 2 else Sex.FEMALE


def modern_number(first_generation: str) -> str:
    """Return the number of 18 characters that replaced one of 15 digits (19 before the year, check digit behind)."""
    stem = f"{first_generation[:6]}19{first_generation[6:]}"
    return stem + str(mod_11_2.calc_check_digit(stem))


def tells_birth_and_sex(document: Document, number: str) -> bool:
    """Tell whether birth date and sex stand in a number, so that nobody has to state them.

    A short resident number is one that is still being typed or mended: it will tell them.
    """
    if document in {Document.RESIDENT_CARD, Document.HMT_RESIDENCE_PERMIT}:
        return True
    return document is Document.FOREIGN_PERMANENT_RESIDENT_CARD and bool(_IDENTITY_NUMBER.fullmatch(number))


def check_number(
    number: str, today: date, document: Document = Document.RESIDENT_CARD, place: str = ""
) -> list[Problem]:
    """Return the remarks on a document's number (tidied); an empty one is an error, everything else a warning."""
    place = place or "applicant.id_number"
    if not number:
        return [Problem(place, "missing")]
    if document in _SHAPES:
        return [] if _SHAPES[document].fullmatch(number) else [Problem(place, f"odd_{document}", Severity.WARNING)]
    if document is Document.FOREIGN_PERMANENT_RESIDENT_CARD and _OLD_FOREIGN_CARD.fullmatch(number):
        return []
    return _check_identity_number(number, today, document, place)


def _check_identity_number(number: str, today: date, document: Document, place: str) -> list[Problem]:
    if document is Document.RESIDENT_CARD and _FIRST_GENERATION.fullmatch(number):
        return [Problem(place, "first_generation", Severity.WARNING, {"modern": modern_number(number)})]
    if len(number) != ID_LENGTH:
        details = {"found": len(number), "expected": ID_LENGTH}
        return [Problem(place, "wrong_length", Severity.WARNING, details)]
    if not _IDENTITY_NUMBER.fullmatch(number):
        return [Problem(place, "wrong_characters", Severity.WARNING)]
    if not is_plausible_birth_date(birth_date(number), today):
        return [Problem(place, "impossible_birth_date", Severity.WARNING)]
    if not mod_11_2.is_valid(number):
        return [Problem(place, "check_digit", Severity.WARNING)]
    if (other := document_of(number)) is not document:
        return [Problem(place, "other_document", Severity.WARNING, {"document": str(other)})]
    return []


def is_plausible_birth_date(born: date | None, today: date) -> bool:
    """Tell whether somebody of today can have been born then."""
    return born is not None and today.year - OLDEST_YEARS <= born.year and born <= today


def age_on(day: date, born: date) -> int:
    """Return the age in full years (周岁) on ``day``; somebody born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
