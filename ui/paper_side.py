"""The right side of a room that makes papers: the paper as it will print, its title, its pages."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.services.ports import Picture
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import row_layout
from ui.widgets.flow import Flow
from ui.widgets.preview import PaperPreview
from ui.widgets.room import holding
from ui.widgets.texts import ShrinkingLabel, label

WIDTH = 436


class PaperSide(QFrame):
    """Shows one page of a paper; ``turned`` asks for another one, ``width_changed`` for a picture of another size."""

    turned = Signal(int)
    width_changed = Signal()

    def __init__(self, title: str = "", *, keys: bool = True) -> None:
        """Make the side; without ``keys`` pages are turned by touch or mouse alone."""
        super().__init__()
        self._keys = keys
        self.setProperty("role", "desk")
        self._title, self._page = ShrinkingLabel(title, "section"), label("", "small")
        self._preview = PaperPreview()
        self._preview.width_changed.connect(lambda _width: self.width_changed.emit())
        self._lay_out()

    @property
    def width_px(self) -> int:
        """Return how wide the picture of a page should be, in real pixels."""
        return self._preview.page_width_px

    def show_title(self, title: str) -> None:
        """Say which paper it is."""
        self._title.setText(title)

    def show_picture(self, picture: Picture, page: int) -> None:
        """Show ``page`` (from 0) of a paper."""
        self._preview.show_page(picture.width, picture.height, picture.pixels)
        self._page.setText(_("第 %(page)d / %(pages)d 页") % {"page": page + 1, "pages": picture.pages})

    def show_words(self, words: str) -> None:
        """Say why there is no paper."""
        self._preview.show_words(words)
        self._page.setText("")

    def _lay_out(self) -> None:
        buttons = row_layout()
        for word, key, step in ((_("上一页"), "PgUp", -1), (_("下一页"), "PgDown", 1)):
            button = ActionButton(word, key if self._keys else "", kind="quiet")
            button.fired.connect(lambda step=step: self.turned.emit(step))
            if not self._keys:
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            buttons.addWidget(button)
        title = row_layout(self._title, self._page)
        title.addStretch(1)
        head = Flow(holding(title), holding(buttons), spacing=4, pushed=True)
        head.setContentsMargins(theme().px(16), 0, theme().px(8), 0)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, theme().px(4), 0, 0)
        inside.setSpacing(0)
        inside.addLayout(head)
        inside.addWidget(self._preview, 1)
