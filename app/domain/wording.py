"""Text with places: what a paper template says, before the values of one paper are filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_GROUP = re.compile(r"\[([^\[\]]*)\]")
_SIGNS = re.compile(r"[\[\]{}]")


@dataclass(frozen=True, slots=True)
class Wording:
    """Text in which ``{name}`` is a place and ``[...]`` is left out when a place inside has no value.

    ``兹证明{name}[，{sex}]。`` with a name alone becomes ``兹证明林小禾。``. ValueError when braces or brackets do not
    pair, or when a bracket holds no place.
    """

    text: str

    def __post_init__(self) -> None:
        groups = _GROUP.findall(self.text)
        if not all(_PLACE.search(group) for group in groups):
            raise ValueError("square brackets hold no {place}")
        if _SIGNS.search(_PLACE.sub("", _GROUP.sub(r"\1", self.text))):
            raise ValueError("brackets do not pair, or a place is not written in small letters, digits and _")

    @property
    def places(self) -> tuple[str, ...]:
        """Return the names of the places, in order."""
        return tuple(_PLACE.findall(self.text))

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with its places filled; a place without a value becomes nothing."""

        def group(match: re.Match[str]) -> str:
            inside = match[1]
            return inside if all(values.get(place) for place in _PLACE.findall(inside)) else ""

        return _PLACE.sub(lambda match: values.get(match[1], ""), _GROUP.sub(group, self.text))

    def is_empty(self, values: Mapping[str, str]) -> bool:
        """Tell whether there are places and none of them has a value."""
        return bool(self.places) and not any(values.get(place) for place in self.places)
