"""What every form of a room has to say and to do. Qt-free."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.operators import Operator
from app.services.ports import Picture
from ui.forms.form import Field, Filled, HandedLine, Kind
from ui.text import _


class Form(ABC):
    """One form: what it asks for and what it does. Everything but ``paper`` and ``do`` must be quick."""

    key = ""
    title = ""
    word = ""
    law = ""
    makes = ""
    """What the paper is called, empty when none is made."""
    is_danger = False
    second_person = ""
    """What a second person is asked to confirm, empty when none is needed."""
    lines_title = ""
    handed_title = ""
    item = ""
    """Code of the item whose separator sheets sort what is scanned into the form."""
    is_lasting = False
    """Whether what was filled in outlives the act, which changes it in the store."""
    case_number = ""
    """Number of the case that the form is about, where it is about one: its separator sheet means the form itself."""

    def start(self) -> Filled:
        """Return what stands in the form when it is opened for the first time."""
        return Filled()

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Return the fields; which there are may follow from what was filled in."""
        return ()

    def handed(self) -> Sequence[HandedLine]:
        """Return what may be handed in."""
        return ()

    def confirmed_by_second(self, filled: Filled) -> str:
        """Return what a second person is asked to confirm, empty when none is needed; it may follow from what was filled in."""
        return self.second_person

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Return what stands in the way, by place."""
        return {field.code: missing_words(field) for field in self.fields(filled) if is_missing(field, filled)}

    def note(self, filled: Filled) -> tuple[str, str]:
        """Return tone and words of what will follow, or of a warning."""
        return "", ""

    def paper(self, filled: Filled, clerk: Operator, width_px: int, page: int) -> Picture | None:
        """Return the picture of the paper as it would be made now; called beside the window."""
        return None

    @abstractmethod
    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> Any:  # noqa: ANN401  the room knows
        """Do it; called beside the window, and only when no problem is left."""


def is_missing(field: Field, filled: Filled) -> bool:
    """Tell whether a field that has to be filled in is empty."""
    return field.required and not filled.value(field.code)


def missing_words(field: Field) -> str:
    """Return what to say of an empty field."""
    chosen = field.kind in {Kind.CHOICE, Kind.MENU}
    return (_("请选择%(name)s") if chosen else _("请填写%(name)s")) % {"name": field.label}
