"""A list that is wholly there, as a table: the rows it shows change, the row under the cursor stays."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.theme import theme
from ui.widgets.cards import Empty, column_layout
from ui.widgets.room import holding
from ui.widgets.table import PagedModel, PagedTable, TableRow

LEAST_STRETCH = 160


class Listing(QFrame):
    """``table`` tells which row is chosen; nothing to show is a sentence that helps."""

    def __init__(
        self, name: str, heads: Sequence[str], widths: Sequence[int], stretch: int, samples: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._model = PagedModel(list(heads))
        self.table = PagedTable(self._model, widths, stretch, samples)
        self.table.setAccessibleName(name)
        self._stretch = stretch
        self._giving: tuple[int, ...] = ()
        self._empty = Empty("files", "")
        nothing = column_layout(self._empty)
        nothing.addStretch(1)
        self._nothing = holding(nothing)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        inside.addWidget(self._nothing)

    def give_way(self, columns: Sequence[int]) -> None:
        """Leave ``columns`` out, the first one first, where the one that stretches would have too little room."""
        self._giving = tuple(columns)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        for column in self._giving:
            self.table.setColumnHidden(column, False)
        for column in self._giving:
            if self._room_left() < theme().px(LEAST_STRETCH):
                self.table.setColumnHidden(column, True)

    def _room_left(self) -> int:
        fixed = (column for column in range(self._model.columnCount()) if column != self._stretch)
        return self.width() - sum(self.table.columnWidth(column) for column in fixed)

    def show_rows(self, rows: Sequence[TableRow], chosen: str, empty: str) -> None:
        """Show ``rows`` with ``chosen`` under the cursor, or the sentence ``empty`` where there are none.

        The table tells at once which row is under the cursor now, so a view shows its list last.
        """
        row = self.table.currentIndex().row()
        self._model.reset(len(rows), lambda offset, limit, take: take(rows[offset : offset + limit]))
        self.table.setVisible(bool(rows))
        self._empty.show_words(empty)
        self._nothing.setVisible(not rows)
        kept = next((place for place, one in enumerate(rows) if one.key == chosen), max(row, 0))
        self.table.choose_row(kept)
