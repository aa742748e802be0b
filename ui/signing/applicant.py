"""The screen before the applicant: the paper large, what it is, one plain sentence, and where to sign.

It takes no keys – the keyboard is the clerk's – and decides nothing. What is written on it the panel in the window shows
at the same time, so that nothing is lost with the screen.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QScreen
from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.paper_side import PaperSide
from ui.signing.pad import SignaturePad
from ui.signing.state import SigningState
from ui.signing.words import asked
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import row_layout
from ui.widgets.texts import label

EDGE = 24
HEIGHT = 64
"""Of a button that is hit with a finger or a pen."""


class ApplicantScreen(QWidget):
    """``sign_wanted`` with what was written or None; ``turned`` asks for another page, ``width_changed`` for a picture."""

    sign_wanted = Signal(object)
    turned = Signal(int)
    width_changed = Signal()

    def __init__(self) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        super().__init__(None, flags | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "room")
        self._title, self._asked = label("", "huge"), label("", "title")
        for words in (self._title, self._asked):
            words.setWordWrap(True)
        self._paper = PaperSide(keys=False)
        self.pad = SignaturePad(_("签名的地方"), _("用笔、手指或鼠标在线上签名"))
        self._undo = _large(ActionButton(_("撤销一笔"), "", "arrow-u-up-left"))
        self._clear = _large(ActionButton(_("重写"), "", "x"))
        self._sign = _large(ActionButton(_("签好了"), "", "check", "primary"))
        self._undo.fired.connect(self.pad.undo)
        self._clear.fired.connect(self.pad.clear)
        self._sign.fired.connect(lambda: self.sign_wanted.emit(self.pad.written()))
        self._paper.turned.connect(self.turned)
        self._paper.width_changed.connect(self.width_changed)
        self.pad.changed.connect(self._follow)
        self._lay_out()
        self._follow()

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of a page should be, in real pixels."""
        return self._paper.width_px

    def stand_on(self, screen: QScreen) -> None:
        """Cover ``screen``; the window keeps the keyboard."""
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()  # showFullScreen() would ask for the keyboard

    def render(self, state: SigningState) -> None:
        """Show ``state``."""
        self._title.setText(state.title)
        self._asked.setText(asked(state.signer) if state.signer else _("谢谢，请稍等。"))
        if state.picture is not None:
            self._paper.show_picture(state.picture, state.page)
        self._side.setEnabled(state.signer is not None)
        self._sign.set_busy(state.is_busy)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Lay paper and pad side by side, on an upright screen one below the other."""
        super().resizeEvent(event)
        is_upright = self.height() > self.width()
        directions = QBoxLayout.Direction
        self._parts.setDirection(directions.TopToBottom if is_upright else directions.LeftToRight)

    def _follow(self) -> None:
        for button in (self._undo, self._clear):
            button.set_usable(not self.pad.is_empty)

    def _lay_out(self) -> None:
        self._side = QWidget()
        inside = QVBoxLayout(self._side)
        inside.setContentsMargins(*(theme().px(EDGE) for _edge in range(4)))
        inside.setSpacing(theme().px(16))
        inside.addWidget(self._title)
        inside.addWidget(self._asked)
        inside.addWidget(self.pad, 1)
        buttons = row_layout(self._clear, self._undo)
        buttons.addStretch(1)
        buttons.addWidget(self._sign)
        inside.addLayout(buttons)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it is as large as the screen
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        self._parts.addWidget(self._paper, 1)
        self._parts.addWidget(self._side, 1)


def _large(button: ActionButton) -> ActionButton:
    button.setMinimumHeight(theme().px(HEIGHT))
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
