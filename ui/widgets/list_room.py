"""The frame of a room with a list: its name and acts on top, filters above the rows, and one of several panels beside."""

from collections.abc import Iterable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, column_layout, scrolled
from ui.widgets.flow import Flow
from ui.widgets.room import EDGE, RoomFrame, holding
from ui.widgets.texts import label

SIDE_WIDTH = 336

Act = tuple[str, str, str, SignalInstance]
"""Word, key, icon, and what is fired."""


class ListRoom(RoomFrame):
    """What the rooms of cases and of papers have in common on the screen."""

    def lay_out_header(self, name: str, count: QWidget, acts: Iterable[Act]) -> None:
        """Put the room's name, how many rows there are, and acts on top: in the middle where one line is enough."""
        buttons = Flow(spacing=4)
        for word, key, icon, asked in acts:
            button = ActionButton(word, key, icon, "quiet")
            button.fired.connect(asked)
            buttons.addWidget(button)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addLayout(buttons)
        middle.addStretch(1)
        self.header.addWidget(label(name, "title"))
        self.header.addWidget(count)
        self.header.addStretch(1)
        self.header.addLayout(middle)

    def lay_out_body(self, filters: QWidget, rows: Iterable[QWidget], panels: QStackedWidget) -> None:
        """Put ``filters`` above a card with ``rows``, and ``panels`` beside them."""
        card = Card()
        card.flush()
        for part in rows:
            card.body.addWidget(part)
        left = column_layout(filters, spacing=8)
        left.addWidget(card, 1)
        left.setContentsMargins(0, theme().px(16), 0, theme().px(16))
        self.body.setContentsMargins(theme().px(EDGE), 0, 0, 0)
        self.body.addLayout(left, 1)
        self.body.addWidget(self._made_side(panels))

    def _made_side(self, panels: QStackedWidget) -> QFrame:
        side = QFrame()
        side.setProperty("role", "side")
        self.keep_side(side, SIDE_WIDTH)
        inner = QVBoxLayout()
        inner.setContentsMargins(*(theme().px(n) for n in (20, 16, 20, 16)))
        inner.addWidget(panels)
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(scrolled(holding(inner)))
        return side
