"""The panel over the window in which somebody reads a paper and signs it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.paper_side import PaperSide
from ui.signing.pad import SignaturePad
from ui.signing.presenter import SigningPresenter, SigningState
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import row_layout
from ui.widgets.flow import Flow
from ui.widgets.notices import Notice
from ui.widgets.overlay import EDGE, Overlay
from ui.widgets.texts import Icon, label

WIDTH = 1280
PAPER_WIDTH = 480


class SigningPanel(Overlay):
    """Signals: ``sign_wanted`` with what was written or None, ``given_up``. One panel for one paper."""

    sign_wanted = Signal(object)

    def __init__(self, stage: QStackedWidget) -> None:
        super().__init__(stage, WIDTH)
        self._title = label("", "title")
        self._paper = PaperSide()
        self._who = label("", "section")
        self._who.setWordWrap(True)
        self._pad = SignaturePad(_("签名的地方"), _("用笔、手指或鼠标在线上签名"))
        self._notice = Notice()
        self._undo = ActionButton(_("撤销一笔"), "Ctrl+Z", "arrow-u-up-left")
        self._clear = ActionButton(_("重写"), "Del", "x")
        self._sign = ActionButton(_("签好了"), "Return", "check", "primary")
        self._cancel = ActionButton(_("不签了"), "Esc")
        self._undo.fired.connect(self._pad.undo)
        self._clear.fired.connect(self._pad.clear)
        self._sign.fired.connect(lambda: self.sign_wanted.emit(self._pad.written()))
        self._cancel.fired.connect(self.given_up)
        self._pad.changed.connect(self._follow)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(0)
        self.dismissed.connect(self.deleteLater)
        self._lay_out()
        self._follow()

    def connect_to(self, presenter: SigningPresenter) -> None:
        """Let ``presenter`` decide."""
        self.sign_wanted.connect(presenter.sign)
        self.given_up.connect(presenter.give_up)
        self._paper.turned.connect(presenter.turn)
        self._paper.width_changed.connect(self._redraw.start)
        self._redraw.timeout.connect(presenter.draw)

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of a page should be, in real pixels."""
        return self._paper.width_px

    def render(self, state: SigningState) -> None:
        """Show ``state``."""
        self._title.setText(_("签 %(paper)s") % {"paper": state.title})
        self._who.setText(_("请%(name)s看过左边的文书，在下面签名。") % {"name": state.signer})
        if state.picture is not None:
            self._paper.show_picture(state.picture, state.page)
        self._sign.set_busy(state.is_busy)
        self._notice.show_words(state.message, "warn")

    def open(self) -> None:
        """Lie over the window."""
        super().open()
        self._sign.setFocus()

    def _follow(self) -> None:
        for button in (self._undo, self._clear):
            button.set_usable(not self._pad.is_empty)

    def _fit(self) -> None:
        super()._fit()
        self.card.setFixedHeight(self._stage.height() - 2 * EDGE)
        self._paper.setFixedWidth(min(theme().px(PAPER_WIDTH), self.card.width() * 2 // 5))

    def _lay_out(self) -> None:
        head = row_layout(Icon("pencil-line", "accent", 24), self._title)
        head.setSpacing(theme().px(12))
        head.addStretch(1)
        self.card.body.addLayout(head)
        beside = row_layout(self._paper, self._side())
        beside.setSpacing(theme().px(16))
        beside.setStretch(1, 1)
        self.card.body.addLayout(beside, 1)

    def _side(self) -> QWidget:
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme().px(12))
        for part in (self._who, self._notice):
            inside.addWidget(part)
        inside.addWidget(self._pad, 1)
        inside.addLayout(Flow(self._cancel, self._clear, self._undo, self._sign, pushed=True))
        return side
