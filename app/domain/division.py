"""Administrative divisions (行政区划): 12-digit codes of 2+2+2+3+3 digits, right-padded with 0, and their names."""

from collections.abc import Iterable
from dataclasses import dataclass

CODE_LENGTH = 12
PARENT_LENGTHS = (9, 6, 4, 2)


@dataclass(frozen=True, slots=True)
class Division:
    """One division with the names from its county down, such as 示范县云溪镇柳湾村."""

    code: str
    name: str
    full_name: str


class Divisions:
    """All divisions of an area, ready to be suggested while an address is typed."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take ``names`` as pairs of code and name; a division's parents may come in any order."""
        by_code = dict(names)
        self._names = by_code
        self._all = tuple(Division(code, name, _full_name(code, by_code)) for code, name in sorted(by_code.items()))

    def __len__(self) -> int:
        """Return how many divisions there are."""
        return len(self._all)

    def full_name(self, code: str) -> str:
        """Return the names from the county down to ``code``, empty for one that is not known here."""
        return _full_name(code, self._names) if code in self._names else ""

    def suggest(self, typed: str, limit: int = 6) -> list[Division]:
        """Return divisions whose name begins with ``typed``, then those that hold it anywhere in their full name."""
        text = typed.strip()
        if not text:
            return []
        starting = [division for division in self._all if division.name.startswith(text)]
        inside = [d for d in self._all if text in d.full_name and not d.name.startswith(text)]
        return (starting + inside)[:limit]


def _full_name(code: str, names: dict[str, str]) -> str:
    """Return the names from the county (or what is the highest here) down to ``code``."""
    parents = [code[:length].ljust(CODE_LENGTH, "0") for length in PARENT_LENGTHS]
    chain = dict.fromkeys([code, *parents])
    return "".join(reversed([names[part] for part in chain if part in names]))
