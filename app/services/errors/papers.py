"""Errors of making and printing papers."""

from app.domain.paper import PaperState
from app.services.errors.base import PaperFault, Refused


class NumberTaken(Refused):
    """By its pattern the next paper would get ``number``, which another one has; the caller has the pattern changed."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class PaperVoid(Refused):
    """The paper ``number`` counts no more and is neither printed nor signed; the caller reads the list again.

    ``state`` says how it ended: declared void, revoked on ``ground``, or replaced by the paper ``replaced_by``.
    """

    def __init__(self, number: str, state: PaperState, ground: str = "", replaced_by: str = "") -> None:
        super().__init__(number)
        self.number = number
        self.state = state
        self.ground = ground
        self.replaced_by = replaced_by


class NotSignable(Refused):
    """The paper cannot be signed on the screen: it is signed already, several sign it, or it has no place for that."""


class NotASeal(Refused):
    """A file is no picture of a seal: its ``fault`` is size, form, or coarse; the caller asks for another one."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class NoRoot(Refused):
    """A file holds no root certificate of a centre; the caller asks for another one."""


class BadRevocationList(Refused):
    """A text is no list of what was called back, or not this centre's; the caller goes on without one, and says so."""


class MissingGlyphs(PaperFault):
    """No font has ``characters``; the caller names them before anything is committed."""

    def __init__(self, characters: str) -> None:
        super().__init__(" ".join(f"U+{ord(character):04X}" for character in characters))
        self.characters = characters


class UnknownTemplate(PaperFault):
    """There is no paper template called ``template``."""

    def __init__(self, template: str) -> None:
        super().__init__(template)
        self.template = template
