"""The ``SlipMaker`` of this program. Light to import: fonts are opened with the first slip."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from app.papers.fonts import FontSet, standard_fonts
from app.services.ports import Row, Strip

if TYPE_CHECKING:
    from app.papers.roll import RollSetter


class RollSlipMaker:
    """Sets slips; safe to call from any thread."""

    def __init__(self, fonts: Callable[[], FontSet] = standard_fonts) -> None:
        self._fonts = fonts
        self._lock = Lock()
        self._loaded: RollSetter | None = None

    def strips(self, rows: Sequence[Row], dots: int, *, types_han: bool) -> tuple[Strip, ...]:
        """Return the lines of a slip; errors as of the port."""
        return tuple(self._setter.strips(rows, dots, types_han=types_han))

    @property
    def _setter(self) -> "RollSetter":
        with self._lock:
            if self._loaded is None:
                # Only counters with a receipt printer need it.
                from app.papers.roll import RollSetter  # noqa: PLC0415

                self._loaded = RollSetter(self._fonts())
            return self._loaded
