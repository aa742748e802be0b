"""Tables that load by page, beside the window: a million rows scroll as ten do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.icons import pixmap
from ui.theme import theme
from ui.widgets.signs import LIGHT_ICONS, TONE_TOKENS

PAGE = 100
CELL_EDGE = 24
KEPT_PAGES = 20
Index = QModelIndex | QPersistentModelIndex
LIGHT_ROLE = Qt.ItemDataRole.UserRole
KEY_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its key, its cells, and the tone and words of the light in its first column."""

    key: str
    cells: tuple[str, ...]
    tone: str = ""


TakeRows = Callable[[Sequence[TableRow]], None]
Load = Callable[[int, int, TakeRows], None]
"""Asks for the rows from an offset, as many as a limit allows; they are handed over now or later."""
COMING = "…"


class PagedModel(QAbstractTableModel):
    """Asks for rows by page when they come into sight and keeps the last few pages.

    ``came`` names the first and the last row of a page that has come; until then its rows stand empty.
    """

    came = Signal(int, int)

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = heads
        self._count = 0
        self._load: Load = lambda _offset, _limit, _take: None
        self._pages: dict[int, Sequence[TableRow]] = {}
        self._asked: set[int] = set()
        self._round = 0

    def reset(self, count: int, load: Load) -> None:
        """Show ``count`` rows that ``load`` gives; pages that were asked for before are dropped when they come."""
        self.beginResetModel()
        self._count, self._load, self._pages, self._asked = count, load, {}, set()
        self._round += 1
        self.endResetModel()

    def row(self, index: int) -> TableRow | None:
        """Return a row, None while it is on its way or when it has gone since it was counted."""
        page, place = divmod(index, PAGE)
        if page not in self._pages:
            self._ask(page)
        rows = self._pages.get(page, ())
        return rows[place] if place < len(rows) else None

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        turn = self._round
        self._load(page * PAGE, PAGE, lambda rows: self._take(page, rows) if turn == self._round else None)

    def _take(self, page: int, rows: Sequence[TableRow]) -> None:
        while len(self._pages) >= KEPT_PAGES:
            forgotten = next(iter(self._pages))
            del self._pages[forgotten]
            self._asked.discard(forgotten)
        self._pages[page] = rows
        first, last = page * PAGE, min((page + 1) * PAGE, self._count) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._heads) - 1))
        self.came.emit(first, last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  Qt's name and default
        """Return how many rows there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  Qt's name and default
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's words, and the tone of the light in the first column."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return COMING if role == Qt.ItemDataRole.DisplayRole and index.isValid() else None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return row.cells[index.column()]
        if role == LIGHT_ROLE and index.column() == 0:
            return row.tone
        return row.key if role == KEY_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802
        """Return a column's head."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _LightDelegate(QStyledItemDelegate):
    """Draws the first column as lights."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground as usual and the light over it."""
        tone = index.data(LIGHT_ROLE)
        if not tone:
            super().paint(painter, option, index)
            return
        empty = QStyleOptionViewItem(option)
        self.initStyleOption(empty, index)
        empty.text = ""  # type: ignore[attr-defined]
        view = empty.widget  # type: ignore[attr-defined]
        view.style().drawControl(view.style().ControlElement.CE_ItemViewItem, empty, painter, view)
        self._draw(painter, option.rect, tone, index.data())  # type: ignore[attr-defined]

    def _draw(self, painter: QPainter, cell: QRect, tone: str, words: str) -> None:
        look = theme()
        font = QFont(painter.font())
        font.setPixelSize(look.px(13))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(words) + look.px(36)
        height = look.px(24)
        place = QRectF(cell.x() + look.px(10), cell.y() + (cell.height() - height) / 2, width, height)
        wash = {"good": "good-wash", "warn": "warn-wash", "danger": "danger-wash"}.get(tone, "neutral-wash")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.colour(wash)))
        painter.drawRoundedRect(place, look.px(4), look.px(4))
        colour = look.colour(TONE_TOKENS[tone])
        size = look.px(14)
        picture = pixmap(LIGHT_ICONS[tone], colour, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(int(place.x()) + look.px(8), int(place.center().y() - size / 2), picture)
        painter.setPen(QColor(colour))
        painter.drawText(place.adjusted(look.px(28), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class PagedTable(QTableView):
    """A table on a ``PagedModel``.

    ``taken`` tells the key of the row that Enter or a double click took, ``current_changed`` of the row under the
    cursor, ``in_sight`` the first and the last row that can be seen (from 0).
    """

    taken = Signal(str)
    current_changed = Signal(str)
    in_sight = Signal(int, int)

    def __init__(self, model: PagedModel, widths: Sequence[int], stretch: int, samples: Sequence[str] = ()) -> None:
        """Give columns ``widths`` px at 100 %, and more where the head or a sample of what they show needs it."""
        super().__init__()
        self.setModel(model)
        self.setItemDelegateForColumn(0, _LightDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().px(40))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in enumerate(widths):
            head = str(model.headerData(column, Qt.Orientation.Horizontal))
            words = (head, samples[column]) if column < len(samples) else (head,)
            needed = max(self.fontMetrics().horizontalAdvance(one) for one in words) + theme().px(CELL_EDGE)
            self.setColumnWidth(column, max(theme().px(width), needed))
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._take)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_sight())
        model.came.connect(self._tell_came)
        self.selectionModel().currentRowChanged.connect(lambda index, _old: self._tell(index))

    def current_key(self) -> str:
        """Return the key of the current row, empty for none and while it is on its way."""
        return self.currentIndex().data(KEY_ROLE) or ""

    def choose_row(self, row: int) -> None:
        """Make ``row`` (from 0), or the last one when there are fewer, the current one."""
        count = self.model().rowCount()
        if count:
            self.selectRow(min(max(row, 0), count - 1))
        self._tell_sight()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Take the current row at Enter; Home and End lead to the first and the last row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self.currentIndex())
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.choose_row(0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Tell what can be seen now."""
        super().resizeEvent(event)
        self._tell_sight()

    def _take(self, index: QModelIndex) -> None:
        if index.isValid() and (key := index.data(KEY_ROLE)):
            self.taken.emit(key)

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid() and (key := index.data(KEY_ROLE)):
            self.current_changed.emit(key)

    def _tell_came(self, first: int, last: int) -> None:
        if first <= self.currentIndex().row() <= last:
            self._tell(self.currentIndex())

    def _tell_sight(self) -> None:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first >= 0:
            self.in_sight.emit(first, last if last >= 0 else self.model().rowCount() - 1)
