"""The ledger of blank forms, read inside one transaction on the driver's connection."""

from sqlcipher3.dbapi2 import Connection

from app.domain.blanks import Blank, BlankState
from app.domain.clock import parse_stamp
from app.services.ports import BlankCounts

_COUNTS = "SELECT form, state, count(*) FROM blanks GROUP BY form, state ORDER BY form"
_BLANK = "SELECT form, number, state, received_at, source, changed_at, operator, paper_number, reason, approved_by FROM blanks"
_NEXT = f"{_BLANK} WHERE form = ? AND state = 'unused' ORDER BY id LIMIT 1"
_GET = f"{_BLANK} WHERE form = ? AND number = ?"
_BEFORE = (
    f"{_BLANK} WHERE form = :form AND state = 'unused'"
    " AND id < (SELECT id FROM blanks WHERE form = :form AND number = :number) ORDER BY id"
)
_OF_PAPER = f"{_BLANK} WHERE paper_number = ? AND paper_number != '' ORDER BY id"
_PAGE = f"{_BLANK} WHERE form = ? AND ? IN ('', state) ORDER BY id LIMIT ? OFFSET ?"


class StoredBlanks:
    """Implements the port ``Blanks``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self) -> dict[str, BlankCounts]:
        """Return the counts of every form that was ever received, by its name."""
        counted: dict[str, dict[str, int]] = {}
        for form, state, count in self._connection.execute(_COUNTS):
            counted.setdefault(form, {})[state] = count
        return {form: BlankCounts(**by_state) for form, by_state in counted.items()}

    def next(self, form: str) -> Blank | None:
        """Return the blank that is to be used next, None when none is left."""
        return next(iter(self._read(_NEXT, (form,))), None)

    def get(self, form: str, number: str) -> Blank | None:
        """Return one blank, None when the ledger has none of that number."""
        return next(iter(self._read(_GET, (form, number))), None)

    def before(self, form: str, number: str) -> list[Blank]:
        """Return the unused blanks that were to be used before that one, in order."""
        return self._read(_BEFORE, {"form": form, "number": number})

    def of_paper(self, paper_number: str) -> list[Blank]:
        """Return the blanks that a paper was printed onto, in order."""
        return self._read(_OF_PAPER, (paper_number,))

    def page(self, form: str, state: BlankState | None, offset: int, limit: int) -> list[Blank]:
        """Return rows of a form's ledger in its order."""
        return self._read(_PAGE, (form, state or "", limit, offset))

    def _read(self, query: str, values: tuple[object, ...] | dict[str, str]) -> list[Blank]:
        return [
            Blank(form, number, BlankState(state), parse_stamp(received), source, parse_stamp(changed), *rest)
            for form, number, state, received, source, changed, *rest in self._connection.execute(query, values)
        ]
