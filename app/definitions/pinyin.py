"""Readings of Chinese text and of people's names, by pypinyin with a table of surname readings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.definitions.lines import read_lines
from app.domain.pile import Reading
from app.services.errors import BadDefinitions, DefinitionError

LARGEST_FILE = 64 * 1024
MOST_READINGS = 6
LONGEST_NAME = 25
"""Characters of a name whose initials are searched for."""
_LINE = re.compile(r"(\S{1,4}) ([a-z]+(?: [a-z]+)*)")

Surnames = Mapping[str, Sequence[Reading]]
Ranks = tuple[int, ...]
"""Which of its readings each character has, 0 for the usual one."""


def read_surnames(path: Path) -> Surnames:
    """Return how surnames are read that are read otherwise elsewhere: 单 is shan, 尉迟 is yu chi, 覃 is qin or tan.

    BadDefinitions with every line that is no surname with one syllable a character.
    """
    surnames: dict[str, list[Reading]] = {}
    remarks = []
    for number, line in read_lines(path, LARGEST_FILE):
        match = _LINE.fullmatch(line)
        if match and len(match[1]) == len(match[2].split()):
            surnames.setdefault(match[1], []).append(tuple(match[2].split()))
        else:
            remarks.append(DefinitionError(path.name, number, "", "must be a surname and a syllable a character"))
    if remarks:
        raise BadDefinitions(remarks)
    return surnames


class Readings:
    """Implements the port ``Pinyin``."""

    def __init__(self, surnames: Surnames) -> None:
        self._surnames = surnames
        self._longest = max(map(len, surnames), default=1)

    def readings(self, text: str) -> tuple[Reading, ...]:
        """Return the likeliest readings of ``text``, six at most, one syllable a character."""
        return tuple(_likeliest(_syllables(text)))

    def name_initials(self, name: str) -> tuple[str, ...]:
        """Return the initials that a person's name may have, six at most, such as ``zs`` for 张三."""
        surname, given = self._surname(name[:LONGEST_NAME])
        initials = [_initials(ways) for ways in surname + [_syllables(character)[0] for character in given]]
        return tuple("".join(way) for way in _likeliest([ways for ways in initials if ways]) if way)

    def _surname(self, name: str) -> tuple[list[list[str]], str]:
        """Return the readings of the surname's characters, and the given name.

        A surname that is not in the table is one character in its usual reading: its rare ones would crowd out those
        of the given name.
        """
        for length in range(self._longest, 0, -1):
            if name[:length] in self._surnames:
                return [list(ways) for ways in zip(*self._surnames[name[:length]], strict=True)], name[length:]
        return [ways[:1] for ways in _syllables(name[:1])], name[1:]


def _likeliest(ways: Sequence[Sequence[str]]) -> list[Reading]:
    """Return six combinations at most, those first that differ least from every character's usual reading."""
    found = [(0,) * len(ways)]
    for ranks in found:  # which grows by what is one step further off
        found += [further for further in _one_step_further(ranks, ways) if further not in found]
        if len(found) >= MOST_READINGS:
            break
    return [tuple(way[rank] for way, rank in zip(ways, ranks, strict=True)) for ranks in found[:MOST_READINGS]]


def _one_step_further(ranks: Ranks, ways: Sequence[Sequence[str]]) -> Iterator[Ranks]:
    for place, rank in enumerate(ranks):
        if rank + 1 < len(ways[place]):
            yield (*ranks[:place], rank + 1, *ranks[place + 1 :])


def _initials(ways: Sequence[str]) -> list[str]:
    """Return each initial once; none for a separator such as ·."""
    return list(dict.fromkeys(way[0] for way in ways if way[0].isalnum()))


def _syllables(text: str) -> list[list[str]]:
    """Return the readings of each character; one without a reading stands for itself."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  160 ms that log-in need not wait for

    found: list[list[str]] = pinyin(text, style=Style.NORMAL, heteronym=True, errors=_alone)
    return [[way.lower() for way in ways] for ways in found]


def _alone(characters: str) -> Any:  # noqa: ANN401  pypinyin declares a str and takes a list of them
    return list(characters)
