"""What a form is: the fields it asks for, what was filled in, what stands in the way. Qt-free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.application import HandedIn, Page
from app.domain.catalogue import Material
from app.services.ports import Picture
from ui.page_state import PagesShown


class Kind(StrEnum):
    """How a field is typed."""

    LINE = "line"
    TEXT = "text"
    """Several lines."""
    CHOICE = "choice"
    """One of a few, side by side."""
    MENU = "menu"
    """One of many."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; values are plain text, of a choice its code."""

    code: str
    label: str
    kind: Kind = Kind.LINE
    required: bool = True
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Code and words of each choice."""
    unit: str = ""
    longest: int = 200
    phrases: tuple[str, ...] = ()
    """What is usually written, to be taken over by a click."""
    was: str | None = None
    """What counts until now, shown as soon as something else stands here; None where nothing did."""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One line of a supplement notice as it is being written; ``place`` is empty for one that the clerk added."""

    place: str
    name: str
    what: str
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class HandedLine:
    """One thing that is to be handed in: a material of the checklist, or a field of the application's form."""

    code: str
    name: str
    why: str = ""
    material: Material | None = None
    """None for a field of the form, whose new value is typed."""
    is_pages: bool = False
    """Whether it is pages alone, of which nobody knows yet what they are."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the clerk has put into a form so far; kept as plain values when the form is left, dropped when it is done."""

    values: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[AskedLine, ...] = ()
    handed: Mapping[str, HandedIn] = field(default_factory=dict)
    """What was handed in, by the code of the material."""

    def value(self, code: str) -> str:
        """Return what stands in a field, without blanks at its ends."""
        return self.values.get(code, "").strip()

    def with_value(self, code: str, value: str) -> "Filled":
        """Return the same with another value."""
        return replace(self, values={**self.values, code: value})


@dataclass(frozen=True, slots=True)
class FormState:
    """What the screen of a form shows."""

    key: str
    """Tells one form from the next: another key builds the fields anew."""
    title: str
    word: str
    """On the button that does it."""
    fields: Sequence[Field]
    filled: Filled
    law: str = ""
    """What the law says, in small print under the title."""
    problems: Mapping[str, str] = field(default_factory=dict)
    """What stands in the way, by field; a place such as ``lines`` or ``handed`` for the rest."""
    tone: str = ""
    note: str = ""
    """What will follow, or a warning, with its tone."""
    is_danger: bool = False
    is_busy: bool = False
    is_begun: bool = False
    """Whether something was filled in that can be emptied again."""
    saved: str = ""
    """When what was filled in was kept."""
    save_error: str = ""
    lines_title: str = ""
    handed_title: str = ""
    handed: Sequence[HandedLine] = ()
    thumbnails: Mapping[Page, bytes] = field(default_factory=dict)
    busy_material: str = ""
    pages: PagesShown = field(default_factory=PagesShown)
    paper_title: str = ""
    """Empty for an act that makes no paper."""
    paper: Picture | None = None
    paper_page: int = 0
    paper_words: str = ""
