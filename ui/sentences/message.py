"""What is said of an error, and how a table of sentences is written. The sentences stand beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ui.text import _


@dataclass(frozen=True, slots=True)
class Message:
    """What to say of an error: what happened, what is safe, what to do now."""

    what: str
    safe: str
    do: str

    @property
    def text(self) -> str:
        """Return the three as one text."""
        return " ".join(part for part in (self.what, self.safe, self.do) if part)


Sentences = Mapping[type[BaseException], Callable[[Any], Message]]
"""For each kind of error what makes its message; read when it is said, so that it follows the language."""


def plain(words: Callable[[], tuple[str, str, str]]) -> Callable[[Any], Message]:
    """Return what says ``words`` of an error whose fields need not be told."""
    return lambda _error: Message(*words())


def kept() -> str:
    """Return that nothing of what was typed is lost."""
    return _("已填写的内容没有丢失。")
