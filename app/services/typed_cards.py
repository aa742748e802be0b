"""What a card reader types that pretends to be a keyboard. Pure.

Such readers are set up by their makers' programs, and each in its own way: fields one after another with tabs, line ends
or ``|`` between them, with or without their names, in any order, ended by Enter. So fields are known by what stands in
them. A name and a number whose check digit is right make a card; whatever else cannot be told apart stays empty. A number
alone is none: readers that type no more are typing into the field where somebody put the cursor.
"""

import re
from collections.abc import Sequence
from datetime import date

from app.domain.documents import Document, Sex, birth_date, check_number, document_of, sex
from app.domain.ethnicities import ETHNICITIES
from app.domain.people import tidy_id_number
from app.services.ports.card_reading import CardKind, IdentityCard

MOST_SIGNS = 600
_BETWEEN = re.compile(r"[\t\r\n|]+")
_NAME_LABEL = "姓名"
_LABEL = re.compile(
    rf"({_NAME_LABEL}|性别|民族|出生日期|出生年月|出生|住址|地址|公民身份号码|公民身份证号码|身份证号码|身份证号|证件号码"
    r"|签发机关|发证机关|有效期限|有效日期|有效期|起始日期|截止日期)\s*[:：]?\s*"
)
_NAME = re.compile(r"[^\d:：，。（）()]{2,30}")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_DAY = re.compile(r"(\d{4})[.\-/年]?(\d{2})[.\-/月]?(\d{2})日?")
_FOR_EVER = "长期"
_OF_DAYS = re.compile(r"[年月日至]|长期")
_NATION = "族"
_POLICE = "公安"
_KINDS = {
    Document.RESIDENT_CARD: CardKind.RESIDENT,
    Document.HMT_RESIDENCE_PERMIT: CardKind.HMT_RESIDENCE,
    Document.FOREIGN_PERMANENT_RESIDENT_CARD: CardKind.FOREIGNER_2023,
}
_SEXES = {Sex.MALE: "男", Sex.FEMALE: "女"}


def typed_card(text: str, today: date) -> IdentityCard | None:
    """Return the card that was typed in one go, None when it was something else."""
    if len(text) > MOST_SIGNS:
        return None
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    fields = [_LABEL.sub("", part, count=1).strip() for part in parts]
    number = next((found for field in fields if (found := _number(field, today))), "")
    name = _name(parts, fields)
    document = document_of(number)
    if not (name and document):
        return None
    left = [field for field in fields if field != name and not _number(field, today)]
    told, born = sex(number), birth_date(number)
    valid_from, valid_to = _validity(left, born)
    return IdentityCard(
        kind=_KINDS[document],
        name=name,
        number=number,
        sex=_SEXES[told] if told else "",
        birth=born,
        ethnicity=next((field.removesuffix(_NATION) for field in left if _is_ethnicity(field)), ""),
        address=max((field for field in left if _is_address(field)), key=len, default=""),
        issuer=next((field for field in left if _POLICE in field), ""),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _name(parts: Sequence[str], fields: Sequence[str]) -> str:
    """Return what is called a name, else the first that can be one."""
    called = [field for part, field in zip(parts, fields, strict=True) if part.startswith(_NAME_LABEL)]
    return next((field for field in (*called, *fields) if _is_name(field)), "")


def _number(part: str, today: date) -> str:
    number = tidy_id_number(part)
    document = document_of(number)
    return number if document and not check_number(number, today, document) else ""


def _is_name(part: str) -> bool:
    return bool(_NAME.fullmatch(part)) and not _is_ethnicity(part) and _POLICE not in part and part != _FOR_EVER


def _is_ethnicity(part: str) -> bool:
    return part.removesuffix(_NATION) in ETHNICITIES


def _is_address(part: str) -> bool:
    return len(part) > 4 and bool(_HAN.search(_OF_DAYS.sub("", part))) and _POLICE not in part


def _validity(fields: Sequence[str], born: date | None) -> tuple[date | None, date | None]:
    """Return both days of a validity, the only days beside that of birth; anything else is none."""
    days: list[date] = []
    for_ever = any(field.endswith(_FOR_EVER) for field in fields)
    for field in fields:
        if not _HAN.search(_OF_DAYS.sub("", field)):
            days += [day for found in _DAY.finditer(field) if (day := _day(*found.groups())) and day != born]
    if len(days) == 1 and for_ever:
        return days[0], None
    return (days[0], days[1]) if len(days) == 2 and days[0] < days[1] and not for_ever else (None, None)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
