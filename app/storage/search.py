"""Full-text search over cases and people, fast for a million of them.

FTS5 with one token a character, so that any part of a name is a phrase; numbers are one token each, stored once more
reversed, so that a search from the end is a prefix search too. What is typed never becomes query syntax: every token
is quoted.
"""

import re
from collections.abc import Iterable

from app.domain.people import tidy_id_number, tidy_name

LONGEST_QUERY = 60
SHORTEST_NUMBER = 3
BETWEEN_NAMES = "0"
"""A token that no search for a name asks for."""
_NUMBER = re.compile(r"[0-9A-Z]*[0-9][0-9A-Z]*")
"""Identity numbers, but also passports, travel permits and codes of organisations: ASCII with a digit in it."""
_LETTERS = re.compile(r"[a-z]+")
_WORD = re.compile(r"\w")


def characters(text: str) -> str:
    """Return ``text`` as one token a character, marks left out."""
    return " ".join(_WORD.findall(text.lower()))


def case_tokens(
    names: Iterable[str], initials: Iterable[str], number: str, id_numbers: Iterable[str], phone: str
) -> dict[str, str]:
    """Return the columns of ``case_search`` for one case; several names are kept apart, so that none runs into another."""
    numbers = [number, *id_numbers, phone]
    return {
        "name": f" {BETWEEN_NAMES} ".join(characters(name) for name in names),
        "ini": " ".join(initials),
        "num": " ".join(filter(None, [*numbers, number[8:]])),
        "rev": " ".join(text[::-1] for text in numbers if text),
    }


def case_query(text: str) -> str:
    """Return the FTS5 query for what was typed in the one field; empty when nothing can be searched for."""
    typed = tidy_name(text[:LONGEST_QUERY])
    digits = tidy_id_number(typed)
    if _NUMBER.fullmatch(digits):
        short = len(digits) < SHORTEST_NUMBER
        return "" if short else f'num:"{digits}"* OR rev:"{digits[::-1]}"*'
    if _LETTERS.fullmatch(typed.lower()):
        return f'ini:"{typed.lower()}"* OR {_name_query(typed)}'
    return _name_query(typed)


def people_query(text: str) -> str:
    """Return the FTS5 query for an applicant by name, initials or the beginning of a document's number."""
    typed = tidy_name(text[:LONGEST_QUERY])
    digits = tidy_id_number(typed)
    if _NUMBER.fullmatch(digits):
        return "" if len(digits) < SHORTEST_NUMBER else f'num:"{digits}"*'
    if _LETTERS.fullmatch(typed.lower()):
        return f'ini:"{typed.lower()}"* OR {_name_query(typed)}'
    return _name_query(typed)


def _name_query(typed: str) -> str:
    phrase = characters(typed)
    return f'name:"{phrase}"' if phrase else ""


def organisation_query(text: str) -> str:
    """Return the FTS5 query for an organisation by a part of its name or the beginning of its code."""
    typed = text[:LONGEST_QUERY]
    code = tidy_id_number(typed)
    if _NUMBER.fullmatch(code):
        return "" if len(code) < SHORTEST_NUMBER else f'num:"{code}"*'
    return _name_query(typed)
