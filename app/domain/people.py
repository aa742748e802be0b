"""Natural persons at the counter: their identity numbers, names and telephones, and how these are masked.

Checks never gate a person: a doubtful number is a warning that the clerk may pass with a reason, because real cards
carry area codes that no published list has. Identity numbers follow GB 11643-1999.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.iso7064 import mod_11_2

from app.domain.problem import Problem, Severity

ID_LENGTH = 18
LONGEST_NAME = 50
LONGEST_ADDRESS = 120
OLDEST_YEARS = 130
MOBILE_LENGTH = 11
NAME_DOT = "·"
"""U+00B7, the separator of names that are transcribed from minority and foreign languages."""
IDEOGRAPHIC_PLANES = (0x20000, 0x3FFFF)

_SIGNS_IN_NAMES = frozenset({NAME_DOT, " ", "-", "'", "〇"})
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅．.●", NAME_DOT))
_ID_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_MOBILE = re.compile(r"1[0-9]{10}")
_FIXED_LINE = re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}")


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


@dataclass(frozen=True, slots=True)
class Person:
    """A natural person as accepted: tidy name, number of the document, telephone, household address (户籍地址).

    ``stated_birth_date`` and ``stated_sex`` are typed where the document's number does not tell them.
    """

    name: str
    id_number: str
    phone: str = ""
    address: str = ""
    document: Document = Document.RESIDENT_CARD
    stated_birth_date: date | None = None
    stated_sex: Sex | None = None
    nationality: str = ""
    """Country or region as typed, empty for citizens with a resident card."""

    @property
    def birth_date(self) -> date | None:
        """Return the birth date from the identity number, else as stated; None when nothing tells it."""
        return birth_date(self.id_number) or self.stated_birth_date

    @property
    def sex(self) -> Sex | None:
        """Return the sex from the identity number, else as stated; None when nothing tells it."""
        return sex(self.id_number) or self.stated_sex


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that applies (法人和其他组织); the case's ``applicant`` is then its representative."""

    name: str
    uscc: str
    """Unified social credit code (统一社会信用代码), 18 characters."""
    address: str = ""


class AgentKind(StrEnum):
    """In what right somebody acts for the applicant."""

    MANDATED = "mandated"
    """委托代理人, with a mandate (委托书)"""
    GUARDIAN = "guardian"
    """监护人 of a minor or of an adult without full capacity (民法典 Art. 19–24)"""
    VILLAGE_AGENT = "village_agent"
    """村（社区）代办员"""


@dataclass(frozen=True, slots=True)
class Agent:
    """Who acts for the applicant (代办人): the person, in what right, and how that is shown."""

    person: Person
    kind: AgentKind = AgentKind.MANDATED
    relation: str = ""
    """To the applicant, such as 父亲 or 同事."""
    mandate: str = ""
    """Number of the mandate (委托书), or the name of the document that shows the guardianship."""
    scope: str = ""
    """What the agent may do, as the mandate says it."""


def tidy_name(text: str) -> str:
    """Return a name in NFC without outer or doubled spaces, with U+00B7 for every kind of dot people type."""
    name = unicodedata.normalize("NFC", text).translate(_DOTS)
    name = re.sub(rf"\s*{NAME_DOT}\s*", NAME_DOT, name)
    return " ".join(name.split())


def tidy_id_number(text: str) -> str:
    """Return an identity number in upper case ASCII without spaces (full-width digits become plain ones)."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def tidy_phone(text: str) -> str:
    """Return a telephone number without spaces, brackets or a leading +86."""
    digits = re.sub(r"[\s()（）]", "", unicodedata.normalize("NFKC", text))
    return digits.removeprefix("+86")


def birth_date(id_number: str) -> date | None:
    """Return the date in digits 7–14 of an identity number, None when there is none."""
    if not _ID_SHAPE.fullmatch(id_number):
        return None
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def sex(id_number: str) -> Sex | None:
    """Return the sex that digit 17 tells (odd is male), None when the number has another shape."""
    if not _ID_SHAPE.fullmatch(id_number):
        return None
    return Sex.MALE if int(id_number[16]) % 2 else Sex.FEMALE


def check_person(person: Person, today: date) -> list[Problem]:
    """Return every remark on a person's name, identity number, telephone and address."""
    return [
        *check_name(person.name),
        *check_id_number(person.id_number, today),
        *check_phone(person.phone),
        *check_address(person.address),
    ]


def check_name(name: str) -> list[Problem]:
    """Return the remarks on a name: missing, too long, or with signs that names do not have."""
    place = "applicant.name"
    if not name:
        return [Problem(place, "missing")]
    if len(name) > LONGEST_NAME:
        return [Problem(place, "too_long", details={"maximum": LONGEST_NAME})]
    odd = "".join(dict.fromkeys(character for character in name if not _fits_a_name(character)))
    return [Problem(place, "odd_characters", Severity.WARNING, {"characters": odd})] if odd else []


def _fits_a_name(character: str) -> bool:
    """Letters, their marks, and every ideograph: planes 2 and 3 hold nothing else, also what Python does not know."""
    is_letter = unicodedata.category(character)[0] in "LM"
    return is_letter or character in _SIGNS_IN_NAMES or IDEOGRAPHIC_PLANES[0] <= ord(character) <= IDEOGRAPHIC_PLANES[1]


def check_id_number(id_number: str, today: date) -> list[Problem]:
    """Return the remarks on an identity number: length, signs, date, check digit (MOD 11-2)."""
    place = "applicant.id_number"
    if not id_number:
        return [Problem(place, "missing")]
    if len(id_number) != ID_LENGTH:
        details = {"found": len(id_number), "expected": ID_LENGTH}
        return [Problem(place, "wrong_length", Severity.WARNING, details)]
    if not _ID_SHAPE.fullmatch(id_number):
        return [Problem(place, "wrong_characters", Severity.WARNING)]
    born = birth_date(id_number)
    if born is None or not (today.year - OLDEST_YEARS <= born.year and born <= today):
        return [Problem(place, "impossible_birth_date", Severity.WARNING)]
    if not mod_11_2.is_valid(id_number):
        return [Problem(place, "check_digit", Severity.WARNING)]
    return []


def check_phone(phone: str) -> list[Problem]:
    """Return the remarks on a telephone number: missing, or neither a mobile nor a fixed line with area code."""
    place = "applicant.phone"
    if not phone:
        return [Problem(place, "missing")]
    if _MOBILE.fullmatch(phone) or _FIXED_LINE.fullmatch(phone):
        return []
    if phone.startswith("1") and phone.isdecimal():
        return [Problem(place, "mobile_length", details={"found": len(phone), "expected": MOBILE_LENGTH})]
    return [Problem(place, "not_a_phone")]


def check_address(address: str) -> list[Problem]:
    """Return the remarks on the household address: missing or too long."""
    place = "applicant.address"
    if not address:
        return [Problem(place, "missing")]
    if len(address) > LONGEST_ADDRESS:
        return [Problem(place, "too_long", details={"maximum": LONGEST_ADDRESS})]
    return []


def masked_name(name: str) -> str:
    """Return a name for lists and papers: the first character, then one ``*`` for each other, three at most."""
    return name[:1] + "*" * min(max(len(name) - 1, 0), 3)


def masked_id_number(id_number: str) -> str:
    """Return an identity number with only the first six and last four characters; short ones are all masked."""
    if len(id_number) < 14:
        return "*" * len(id_number)
    return id_number[:6] + "*" * (len(id_number) - 10) + id_number[-4:]


def masked_phone(phone: str) -> str:
    """Return a telephone number with only the first three and last four digits; short ones are all masked."""
    if len(phone) < 8:
        return "*" * len(phone)
    return f"{phone[:3]}****{phone[-4:]}"
