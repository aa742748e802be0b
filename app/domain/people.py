"""Who applies: natural persons, organisations and who acts for them; names, telephones, and how these are masked.

What a document's number tells is the business of ``app.domain.documents``; whether somebody may act for another that of
``app.domain.representation``. Checks never gate a person: what may be right is a warning that the clerk can pass.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from stdnum.cn import uscc

from app.domain.documents import (
    FOREIGN,
    Document,
    Sex,
    birth_date,
    check_number,
    is_plausible_birth_date,
    sex,
    tells_birth_and_sex,
)
from app.domain.problem import Problem, Severity

APPLICANT = "applicant"
"""Where the fields of the applicant, or of the organisation's representative, stand."""
ALL_NEEDED = frozenset({"phone", "address"})
LONGEST_NAME = 50
LONGEST_FOREIGN_NAME = 120
"""The card of a foreigner carries 60 letters, but passports carry more, and a name is never cut."""
LONGEST_ORGANISATION = 120
LONGEST_ADDRESS = 120
MOBILE_LENGTH = 11
USCC_LENGTH = 18
SHORTEST_IDENTITY = 14
SHORTEST_SHOWN = 7
NAME_DOT = "·"
"""U+00B7, the separator of names that are transcribed from minority and foreign languages."""
IDEOGRAPHIC_PLANES = (0x20000, 0x3FFFF)

_SIGNS_IN_NAMES = frozenset({NAME_DOT, " ", "-", "'", "’", ".", "〇"})
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅．●", NAME_DOT))
_FULL_STOP_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s*\.\s*(?=[^\x00-\x7f])")
"""A full stop that was typed for U+00B7; the one of J. R. Smith stays."""
_MOBILE = re.compile(r"1[0-9]{10}")
_FIXED_LINE = re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}")


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
        """Return the birth date from the document's number, else as stated; None when nothing tells it."""
        told = birth_date(self.id_number) if tells_birth_and_sex(self.document, self.id_number) else None
        return told or self.stated_birth_date

    @property
    def sex(self) -> Sex | None:
        """Return the sex from the document's number, else as stated; None when nothing tells it."""
        told = sex(self.id_number) if tells_birth_and_sex(self.document, self.id_number) else None
        return told or self.stated_sex


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
    name = _FULL_STOP_IN_CHINESE.sub(NAME_DOT, unicodedata.normalize("NFC", text).translate(_DOTS))
    name = re.sub(rf"\s*{NAME_DOT}\s*", NAME_DOT, name)
    return " ".join(name.split())


def tidy_id_number(text: str) -> str:
    """Return an identity number in upper case ASCII without spaces (full-width digits become plain ones)."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def tidy_phone(text: str) -> str:
    """Return a telephone number without spaces, brackets or a leading +86."""
    digits = re.sub(r"[\s()（）]", "", unicodedata.normalize("NFKC", text))
    return digits.removeprefix("+86")


def tidy_person(person: Person) -> Person:
    """Return a person with name, numbers and texts as they will be kept."""
    return replace(
        person,
        name=tidy_name(person.name),
        id_number=tidy_id_number(person.id_number),
        phone=tidy_phone(person.phone),
        address=person.address.strip(),
        nationality=person.nationality.strip(),
    )


def tidy_organisation(organisation: Organisation) -> Organisation:
    """Return an organisation with name and code as they will be kept; full-width brackets stay in its name."""
    name = " ".join(unicodedata.normalize("NFC", organisation.name).split())
    return Organisation(name, tidy_id_number(organisation.uscc), organisation.address.strip())


def check_person(
    person: Person, today: date, at: str = APPLICANT, needed: frozenset[str] = ALL_NEEDED
) -> list[Problem]:
    """Return every remark on a person whose fields stand at ``at``, in the order of the screen.

    ``needed`` names which of telephone and address must be there; what is there is checked in any case.
    """
    phone = check_phone(person.phone, at) if person.phone or "phone" in needed else []
    address = check_address(person.address, at) if person.address or "address" in needed else []
    return [
        *check_name(person.name, at, LONGEST_FOREIGN_NAME if person.document in FOREIGN else LONGEST_NAME),
        *check_number(person.id_number, today, person.document, f"{at}.id_number"),
        *_check_stated(person, today, at),
        *phone,
        *address,
    ]


def _check_stated(person: Person, today: date, at: str) -> Iterator[Problem]:
    """Yield remarks on what has to be stated because the document's number does not tell it."""
    if person.document in FOREIGN and not person.nationality:
        yield Problem(f"{at}.nationality", "missing")
    if tells_birth_and_sex(person.document, person.id_number):
        return
    if person.stated_birth_date is None:
        yield Problem(f"{at}.stated_birth_date", "birth_date_untold")
    elif not is_plausible_birth_date(person.stated_birth_date, today):
        yield Problem(f"{at}.stated_birth_date", "impossible_birth_date")
    if person.stated_sex is None:
        yield Problem(f"{at}.stated_sex", "missing")


def check_name(name: str, at: str = APPLICANT, longest: int = LONGEST_NAME) -> list[Problem]:
    """Return the remarks on a name: missing, too long, or with signs that names do not have."""
    place = f"{at}.name"
    if not name:
        return [Problem(place, "missing")]
    if len(name) > longest:
        return [Problem(place, "too_long", details={"maximum": longest})]
    odd = "".join(dict.fromkeys(character for character in name if not _fits_a_name(character)))
    return [Problem(place, "odd_characters", Severity.WARNING, {"characters": odd})] if odd else []


def _fits_a_name(character: str) -> bool:
    """Letters, their marks, and every ideograph: planes 2 and 3 hold nothing else, also what Python does not know."""
    is_letter = unicodedata.category(character)[0] in "LM"
    return is_letter or character in _SIGNS_IN_NAMES or IDEOGRAPHIC_PLANES[0] <= ord(character) <= IDEOGRAPHIC_PLANES[1]


def check_organisation(organisation: Organisation) -> list[Problem]:
    """Return the remarks on an organisation's name, code and address.

    A doubtful code is a warning only: of 988 codes that authorities have published, 7 fail their own check digit.
    """
    name = organisation.name
    place = "organisation.name"
    long = Problem(place, "too_long", details={"maximum": LONGEST_ORGANISATION})
    return [
        *([] if name else [Problem(place, "missing")]),
        *([long] if len(name) > LONGEST_ORGANISATION else []),
        *_check_uscc(organisation.uscc),
        *check_address(organisation.address, "organisation"),
    ]


def _check_uscc(code: str) -> list[Problem]:
    place = "organisation.uscc"
    if not code:
        return [Problem(place, "missing")]
    if len(code) != USCC_LENGTH:
        details = {"found": len(code), "expected": USCC_LENGTH}
        return [Problem(place, "wrong_length", Severity.WARNING, details)]
    return [] if uscc.is_valid(code) else [Problem(place, "check_digit", Severity.WARNING)]


def check_phone(phone: str, at: str = APPLICANT) -> list[Problem]:
    """Return the remarks on a telephone number: missing, or neither a mobile nor a fixed line with area code."""
    place = f"{at}.phone"
    if not phone:
        return [Problem(place, "missing")]
    if _MOBILE.fullmatch(phone) or _FIXED_LINE.fullmatch(phone):
        return []
    if phone.startswith("1") and phone.isdecimal():
        return [Problem(place, "mobile_length", details={"found": len(phone), "expected": MOBILE_LENGTH})]
    return [Problem(place, "not_a_phone")]


def check_address(address: str, at: str = APPLICANT) -> list[Problem]:
    """Return the remarks on an address: missing or too long."""
    place = f"{at}.address"
    if not address:
        return [Problem(place, "missing")]
    if len(address) > LONGEST_ADDRESS:
        return [Problem(place, "too_long", details={"maximum": LONGEST_ADDRESS})]
    return []


def masked_name(name: str) -> str:
    """Return a name for lists and papers: the first character, then one ``*`` for each other, three at most."""
    return name[:1] + "*" * min(max(len(name) - 1, 0), 3)


def masked_id_number(number: str) -> str:
    """Return a document's number for lists and papers.

    Identity numbers keep their first six and last four characters, shorter ones such as passports and travel permits
    their first and last two, and what is shorter than seven is all masked. Codes of organisations are public: they are
    never masked.
    """
    if len(number) < SHORTEST_SHOWN:
        return "*" * len(number)
    front, back = (6, 4) if len(number) >= SHORTEST_IDENTITY else (2, 2)
    return number[:front] + "*" * (len(number) - front - back) + number[-back:]


def masked_phone(phone: str) -> str:
    """Return a telephone number with only the first three and last four digits; short ones are all masked."""
    if len(phone) < 8:
        return "*" * len(phone)
    return f"{phone[:3]}****{phone[-4:]}"
