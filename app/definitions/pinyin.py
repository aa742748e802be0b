"""Readings of Chinese text and of people's names, by pypinyin with a table of surname readings."""

from itertools import islice, product
from pathlib import Path

from app.domain.item_search import Reading

MOST_READINGS = 6
LONGEST_NAME = 25
"""Characters of a name whose initials are searched for."""


def read_surnames(path: Path) -> dict[str, str]:
    """Return how surnames are read that are read otherwise elsewhere: 单 is shan, 尉迟 is yu chi."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return {surname: reading for surname, _, reading in pairs}


class Readings:
    """Implements the port ``Pinyin``."""

    def __init__(self, surnames: dict[str, str]) -> None:
        self._surnames = surnames
        self._longest = max(map(len, surnames), default=1)

    def readings(self, text: str) -> tuple[Reading, ...]:
        """Return the likeliest readings of ``text``, six at most, one syllable a character."""
        ways = _syllables(text)
        return tuple(islice(product(*ways), MOST_READINGS))

    def name_initials(self, name: str) -> tuple[str, ...]:
        """Return the initials that a person's name may have, six at most, such as ``zs`` for 张三."""
        surname, given = self._split(name[:LONGEST_NAME])
        first = "".join(syllable[0] for syllable in self._surnames.get(surname, "").split())
        if not first:
            given = surname + given
        endings = ("".join(syllable[0] for syllable in reading) for reading in self.readings(given))
        return tuple(dict.fromkeys(first + ending.lower() for ending in endings))

    def _split(self, name: str) -> tuple[str, str]:
        for length in range(self._longest, 0, -1):
            if name[:length] in self._surnames:
                return name[:length], name[length:]
        return "", name


def _syllables(text: str) -> list[list[str]]:
    """Return the readings of each character; one without a reading stands for itself."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  160 ms that log-in need not wait for

    ways: list[list[str]] = []
    for character in text:
        found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="default")
        ways.append(found[0] if found else [character])
    return ways
