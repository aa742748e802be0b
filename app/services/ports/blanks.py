"""What the services need of the ledger of blank forms."""

from dataclasses import dataclass
from typing import Protocol

from app.domain.blanks import Blank, BlankState


@dataclass(frozen=True, slots=True)
class BlankCounts:
    """How many blanks of one form the ledger has: 结存, 使用, 作废, 退回."""

    unused: int = 0
    used: int = 0
    spoiled: int = 0
    given_back: int = 0


class Blanks(Protocol):
    """The blank forms of this counter, as its own journal tells them."""

    def counts(self) -> dict[str, BlankCounts]:
        """Return the counts of every form that was ever received, by its name."""
        ...

    def next(self, form: str) -> Blank | None:
        """Return the blank that is to be used next: the first that was received; None when none is left."""
        ...

    def get(self, form: str, number: str) -> Blank | None:
        """Return one blank, None when the ledger has none of that number."""
        ...

    def before(self, form: str, number: str) -> list[Blank]:
        """Return the unused blanks that were to be used before that one, in order."""
        ...

    def of_paper(self, paper_number: str) -> list[Blank]:
        """Return the blanks that a paper was printed onto, in order; void ones too."""
        ...

    def page(self, form: str, state: BlankState | None, offset: int, limit: int) -> list[Blank]:
        """Return rows of a form's ledger in its order; those of one state, or all."""
        ...
