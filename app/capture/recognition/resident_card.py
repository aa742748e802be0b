"""Takes the fields of a resident card out of lines of text: where its sides lie, what stands on each. Plain Python.

Labels help where they were read and are done without where not: the number, the birth date and the sex show where all
else stands.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.capture.recognition.days import day_of, days_of
from app.capture.recognition.lines import Box, Fields, Found, Row, TextLine, rows_of, squeezed
from app.capture.recognition.traditional import simplified
from app.domain.documents import SEX_ON_PAPER, birth_date, sex
from app.domain.ethnicities import ethnicity_like
from app.domain.misreadings import ReadNumber, looks_like_resident_number, read_resident_number
from app.domain.people import NAME_DOT, tidy_name
from app.services.ports import ReadField

DOUBTFUL, MENDED = 0.3, 0.8
"""At most the confidence of a number that agrees with nothing, and of what a check has mended."""
NUMBER_WIDTH, NUMBER_LEFT, NUMBER_MIDDLE = 0.56, 0.335, 0.875
"""How wide the number is, where it begins and at what height it stands, as parts of the card's width and height."""
CARD_SHAPE = 54 / 85.6
VALUES_LEFT, PHOTO_LEFT, NAME_MIDDLE = 0.155, 0.62, 0.105
"""Where values begin and the photo does, as parts of the card's width; where the name stands, of its height."""
LABEL_LENGTH = 2
LEAST_FIELDS = 3
"""Of a card whose number was not read; what has fewer is something else."""
MOST_SPECKS = 2
"""Signs between the digits of a number; two days with their dots and dashes have five."""
NUMBER_LABEL = "身份号码"
TERMS = (5, 10, 20)
"""Years for which a card is valid."""

_NOT_HAN = re.compile(r"[^\u3400-\u9fff]{15,}$")
_NUMBER_NOISE = re.compile(r"[\s.,:;·'\"“”‘’_\-]")
_BETWEEN_DIGITS = re.compile(r"[0-9][.,·/-](?=[0-9])")
_BIRTH = re.compile(r"([0-9OoIlSBZ]{4})年?([0-9OoIlSBZ]{1,2})月([0-9OoIlSBZ]{1,2})")
_SEX = re.compile(r"([男女])")
_ETHNICITY = re.compile(r"(?:民族|民|族)([^族]+)族?$")
_NOT_A_NAME = re.compile(rf"[^{NAME_DOT}〇\u3400-\u9fff\U00020000-\U0003ffff]")
_NAME_LABEL = re.compile(r"^(?:姓名|姓.|名)[::]?")
_ADDRESS_LABEL = re.compile(r"^(?:住址|住|址)[::]?")
_ISSUER_LABEL = re.compile(r"^.{0,2}?(?:签发机关|发机关|签发机|机关)[::]?")
_BACK_WORDS = ("签发机关", "有效期限", "居民身份证")


def fronts(lines: Sequence[TextLine], today: date) -> list[Fields]:
    """Return the fields of every front side on a picture, from the top."""
    numbers = [line.box for line in lines if _number_in(line.text)]
    if not numbers:
        alone = front(lines, today)
        return [alone] if len(alone) >= LEAST_FIELDS else []
    return [front(_within(lines, _card_of(number)), today) for number in numbers]


def front(lines: Iterable[TextLine], today: date) -> Fields:
    """Return the fields of one front side, as far as they were read."""
    rows = rows_of(lines)
    number_at = next((i for i, row in enumerate(rows) if _is_numbers(row)), len(rows))
    number = rows[number_at] if number_at < len(rows) and _number_in(rows[number_at].text) else None
    card = _card_of(number.lines[-1].box) if number else None
    birth_at = next((i for i, row in enumerate(rows[:number_at]) if _BIRTH.search(row.text)), None)
    sex_at = next((i for i, row in enumerate(rows[:number_at]) if _has_sex(row.text)), None)
    fields = _birth(rows[birth_at]) if birth_at is not None else {}
    if sex_at is not None:
        fields |= _sex_and_ethnicity(rows[sex_at])
    fields |= _name(rows[: sex_at if sex_at is not None else birth_at or 0], card)
    if birth_at is not None:
        fields |= _address(rows[birth_at + 1 : number_at], card)
    if number:
        fields |= _number(number, fields, today)
    return fields


def back(lines: Iterable[TextLine]) -> Fields:
    """Return issuer and validity; empty when no back side is there."""
    rows = rows_of(lines)
    if not any(word in row.text for row in rows for word in _BACK_WORDS):
        return {}
    fields: Fields = {}
    for row in rows:
        days = None if _number_in(row.text) else days_of(row.text)
        if days and ReadField.VALID_FROM not in fields:
            fields |= _validity(row, days)
        elif ReadField.ISSUER not in fields and (match := _ISSUER_LABEL.search(row.text)):
            fields |= _issuer(row, row.text[match.end() :])
        elif ReadField.ISSUER not in fields and row.text.endswith("局"):
            fields |= _issuer(row, row.text)
    return fields


def _within(lines: Sequence[TextLine], region: Box) -> list[TextLine]:
    wider = region.grown(0.07 * region.width)
    return [line for line in lines if wider.holds(line.box.middle)]


def _card_of(number: Box) -> Box:
    """Return where the card lies whose number stands in a box; the box may begin with the number's label."""
    width = number.width / NUMBER_WIDTH
    height = width * CARD_SHAPE
    left = number.right - (NUMBER_LEFT + NUMBER_WIDTH) * width
    top = number.middle[1] - NUMBER_MIDDLE * height
    return Box(left, top, left + width, top + height)


def _is_numbers(row: Row) -> bool:
    """Tell whether the number stands in a row, or at least its label."""
    return NUMBER_LABEL in row.text or bool(_number_in(row.text))


def _number_in(text: str) -> str:
    """Return what in a line looks like an identity number, empty when nothing does."""
    match = _NOT_HAN.search(squeezed(text))
    if match and len(_BETWEEN_DIGITS.findall(match.group())) > MOST_SPECKS:
        return ""
    number = _NUMBER_NOISE.sub("", match.group()) if match else ""
    return number if looks_like_resident_number(number) else ""


def _has_sex(text: str) -> bool:
    return bool(_SEX.search(text)) and any(sign in text for sign in "性别民族")


def _birth(row: Row) -> Fields:
    match = _BIRTH.search(row.text)
    day = day_of(*match.groups()) if match else None
    return {ReadField.BIRTH: row.found(day.isoformat())} if day else {}


def _sex_and_ethnicity(row: Row) -> Fields:
    fields: Fields = {}
    if match := _SEX.search(row.text):
        fields[ReadField.SEX] = row.found(match.group())
    told = _ETHNICITY.search(simplified(row.text[match.end() :] if match else row.text))
    if told:
        read = told.group(1)
        name = ethnicity_like(read)
        found = row.found(name or read, last=1)
        limit = DOUBTFUL if not name else MENDED if name != read else 1.0
        confidence = min(found.confidence, limit)
        fields[ReadField.ETHNICITY] = replace(found, confidence=confidence, is_repaired=bool(name) and name != read)
    return fields


def _name(above: Sequence[Row], card: Box | None) -> Fields:
    """Return the name: where it stands on the card, else with its label, else in the lowest row above the sex."""
    placed = [row for row in above if card and abs(row.middle - card.top - NAME_MIDDLE * card.height) < row.height]
    labelled = [row for row in above if row.text.startswith(("姓", "名"))]
    for row in (*placed, *labelled, *reversed(above)):
        found = _value(row, _NAME_LABEL, card)
        name = _NOT_A_NAME.sub("", tidy_name(found.text)).strip(NAME_DOT)
        if name:
            return {ReadField.NAME: replace(found, text=name)}
    return {}


def _address(rows: Sequence[Row], card: Box | None) -> Fields:
    """Return the address, whose lines end left of the photo; only the first has a label."""
    if card is not None:
        edge = card.left + PHOTO_LEFT * card.width
        rows = [Row(kept) for row in rows if (kept := tuple(one for one in row.lines if one.box.middle[0] < edge))]
    parts = [_value(row, _ADDRESS_LABEL, card if number == 0 else None) for number, row in enumerate(rows)]
    text = simplified("".join(part.text for part in parts))
    if not text:
        return {}
    boxes = tuple(box for part in parts for box in part.boxes)
    return {ReadField.ADDRESS: Found(text, min(part.confidence for part in parts), boxes)}


def _value(row: Row, label: re.Pattern[str], card: Box | None) -> Found:
    """Return what stands behind a label of two characters, which may be misread, a piece of its own, or missing."""
    edge = card.left + VALUES_LEFT * card.width if card else None
    kept = tuple(line for line in row.lines if edge is None or line.box.right > edge)
    if not kept:
        return row.found("")
    text = Row(kept).text
    named = label.sub("", text, count=1)
    if edge is not None and named == text and kept[0].box.left < edge - row.height:
        named = text[LABEL_LENGTH:]
    is_apart = len(kept) > 1 and not label.sub("", squeezed(kept[0].text), count=1)
    return Row(kept[is_apart:]).found(named)


def _number(row: Row, fields: Fields, today: date) -> Fields:
    """Return the number, and what it tells better than what was read of birth and sex."""
    seen_birth, seen_sex = fields.get(ReadField.BIRTH), fields.get(ReadField.SEX)
    born = date.fromisoformat(seen_birth.text) if seen_birth else None
    told = next((one for one, word in SEX_ON_PAPER.items() if seen_sex and word == seen_sex.text), None)
    number = read_resident_number(_number_in(row.text), today, born, told)
    found = row.found(number.text, last=1 if len(row.lines) > 1 else 0)
    if not number.is_sound:
        return {ReadField.NUMBER: replace(found, confidence=min(found.confidence, DOUBTFUL))}
    if number.is_repaired:
        found = replace(found, confidence=min(found.confidence, MENDED), is_repaired=True)
    return {ReadField.NUMBER: found, **_told_by(number, fields, found)}


def _told_by(number: ReadNumber, fields: Fields, found: Found) -> Fields:
    born, told = birth_date(number.text), sex(number.text)
    sure = {ReadField.BIRTH: born.isoformat() if born else "", ReadField.SEX: SEX_ON_PAPER[told] if told else ""}
    mended: Fields = {}
    for name, text in sure.items():
        seen = fields.get(name)
        if text and (seen is None or seen.text != text):
            boxes = seen.boxes if seen else found.boxes
            mended[name] = Found(text, min(found.confidence, MENDED), boxes, is_repaired=True)
    return mended


def _issuer(row: Row, text: str) -> Fields:
    return {ReadField.ISSUER: row.found(simplified(text), last=1 if len(row.lines) > 1 else 0)} if text else {}


def _validity(row: Row, days: tuple[date, date | None]) -> Fields:
    """Return from when to when; a term that no card has is a doubtful one."""
    since, until = days
    found = row.found(since.isoformat(), last=1 if len(row.lines) > 1 else 0)
    is_usual = until is None or (until.year - since.year in TERMS and until.month == since.month)
    if not is_usual:
        found = replace(found, confidence=min(found.confidence, DOUBTFUL))
    return {
        ReadField.VALID_FROM: found,
        ReadField.VALID_TO: replace(found, text=until.isoformat() if until else "长期"),
    }
