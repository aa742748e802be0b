"""What the services need to know of how Chinese is read aloud."""

from typing import Protocol

from app.domain.pile import Reading


class Pinyin(Protocol):
    """Readings of Chinese text in Latin letters, lower case."""

    def readings(self, text: str) -> tuple[Reading, ...]:
        """Return the likeliest readings of ``text``, six at most, one syllable a character."""
        ...

    def name_initials(self, name: str) -> tuple[str, ...]:
        """Return the initials that a person's name may have, such as ``zs`` for 张三."""
        ...
