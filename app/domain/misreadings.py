"""Numbers that a machine has read off a picture: what check digit and birth date tell about a misread character.

A number is mended only where exactly one number fits: between two that fit nobody can choose but the person who looks at
the picture. What a number tells by itself is the business of ``app.domain.documents``.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from app.domain.documents import ID_LENGTH, Sex, birth_date, is_plausible_birth_date, sex
from app.domain.people import USCC_LENGTH, tidy_id_number

DIGITS = "0123456789"
CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Of unified social credit codes (GB 32100): no I, O, S, V, Z."""
LEAST_DIGITS = 14
"""Of what is taken for a number at all."""
_READ_AS_DIGITS = str.maketrans("OoDQUIl|!ZzSsBGbqgAT", "00000111122558669947")
"""What letters were where only digits stand."""
_READ_IN_CODES = str.maketrans("IO|!ZS", "101125")
_BIRTH = range(6, 14)
_DIGITS_ALIKE = ("0689", "08", "17", "14", "27", "38", "35", "39", "568", "59", "49", "69", "23")
_CODES_ALIKE = (
    *_DIGITS_ALIKE, "0DQUC", "8B", "3B", "5S", "2Z", "1LT", "6G", "CG", "UY", "UW", "MN", "HN", "HM", "EF", "PR", "BR", "KX",
    "RK", "XY", "9Q", "7T", "4A", "JU", "DP", "NW",
)  # fmt: skip
_ORGANISATION = slice(8, 17)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CODE_SHAPE = re.compile(r"[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}")


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number as read or mended: ``is_sound`` when its check digit and all else that is known agree with it."""

    text: str
    is_sound: bool
    is_repaired: bool = False


def read_resident_number(text: str, today: date, born: date | None = None, told: Sex | None = None) -> ReadNumber:
    """Return the identity number that was read as ``text``, mended where one misread character explains what is wrong.

    ``born`` and ``told`` are what was read beside it. A number whose check digit is right is believed against them.
    """
    number = _as_digits(text)
    if _is_identity(number, today):
        return ReadNumber(number, is_sound=True, is_repaired=number != tidy_id_number(text))
    fitting = {
        one
        for one in _one_off(number, _IDENTITY, _BIRTH if born else range(0))
        if _is_identity(one, today) and (not born or birth_date(one) == born) and (not told or sex(one) is told)
    }
    if len(fitting) == 1:
        return ReadNumber(fitting.pop(), is_sound=True, is_repaired=True)
    return ReadNumber(number, is_sound=False)


def read_credit_code(text: str) -> ReadNumber:
    """Return the unified social credit code that was read as ``text``, mended likewise by its two check digits.

    Codes of which only the one at the end is right are in use, so that this is enough where nothing was mended.
    """
    seen = tidy_id_number(text)
    code = _as_code(seen)
    if len(code) == USCC_LENGTH and uscc.is_valid(code):
        return ReadNumber(code, is_sound=True, is_repaired=code != seen)
    fitting = {
        one
        for one in _one_off(code, _CODE)
        if _CODE_SHAPE.fullmatch(one) and uscc.is_valid(one) and _organisation_agrees(one)
    }
    if len(fitting) == 1:
        return ReadNumber(fitting.pop(), is_sound=True, is_repaired=True)
    return ReadNumber(code, is_sound=False)


def looks_like_resident_number(text: str) -> bool:
    """Tell whether a line of text is an identity number, perhaps with a misread character or two."""
    tidy = tidy_id_number(text)
    return abs(len(tidy) - ID_LENGTH) <= 2 and sum(c in DIGITS for c in tidy) >= LEAST_DIGITS


def looks_like_credit_code(text: str) -> bool:
    """Tell whether a line of text is a unified social credit code, perhaps with a misread character or two."""
    tidy = tidy_id_number(text)
    return (
        abs(len(tidy) - USCC_LENGTH) <= 1 and tidy.isascii() and tidy.isalnum() and sum(c in DIGITS for c in tidy) >= 8
    )


def _as_digits(text: str) -> str:
    """Return the text with digits for the letters that they were taken for; only the last character may be an X."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    end = "X" if plain[-1:] in {"x", "×", "K", "k"} else plain[-1:]
    return plain[:-1].translate(_READ_AS_DIGITS) + end.translate(_READ_AS_DIGITS)


def _as_code(text: str) -> str:
    """Return the text with what such codes may hold; their third to eighth characters are digits."""
    code = text.translate(_READ_IN_CODES)
    return code[:2] + code[2:8].translate(_READ_AS_DIGITS) + code[8:]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of number is written, and which of its characters look alike."""

    length: int
    alphabet: str
    last: str
    """What may stand at the end."""
    alike: tuple[str, ...]

    def at(self, place: int) -> str:
        """Return what may stand at a place."""
        return self.last if place == self.length - 1 else self.alphabet


_IDENTITY = _Kind(ID_LENGTH, DIGITS, DIGITS + "X", _DIGITS_ALIKE)
_CODE = _Kind(USCC_LENGTH, CODE_CHARACTERS, CODE_CHARACTERS, _CODES_ALIKE)


def _one_off(text: str, kind: _Kind, free: range = range(0)) -> Iterator[str]:
    """Yield what was on the paper if one character was misread for one alike, was left out, or is too many.

    Where ``free`` is, something else tells what must stand there: any character may have been misread for any.
    """
    if len(text) == kind.length - 1:
        yield from (text[:at] + one + text[at:] for at in range(kind.length) for one in kind.at(at))
    elif len(text) == kind.length + 1:
        yield from (text[:at] + text[at + 1 :] for at in range(len(text)))
    elif len(text) == kind.length:
        for at, seen in enumerate(text):
            is_free = at in free or seen not in kind.at(at)
            likely = (one for one in kind.at(at) if is_free or _are_alike(seen, one, kind.alike))
            yield from (text[:at] + one + text[at + 1 :] for one in likely)


def _are_alike(one: str, other: str, alike: tuple[str, ...]) -> bool:
    return one != other and any(one in group and other in group for group in alike)


def _is_identity(number: str, today: date) -> bool:
    if len(number) != ID_LENGTH or not is_plausible_birth_date(birth_date(number), today):
        return False
    return mod_11_2.is_valid(number)


def _organisation_agrees(code: str) -> bool:
    """Tell whether the organisation's own number within a code has the check digit of GB 11714."""
    own = code[_ORGANISATION]
    total = sum(
        weight * _ORGANISATION_CHARACTERS.index(character)
        for weight, character in zip(_ORGANISATION_WEIGHTS, own[:8], strict=True)
    )
    return own[8] == "0123456789X0"[11 - total % 11]
