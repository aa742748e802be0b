"""The pictures of seals that signed papers bear."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QLabel

from ui.settings.presenters.seals import SealsPresenter, SealsState
from ui.settings.section import Section, at_left
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.notices import Notice
from ui.widgets.texts import label

SIDE = 168
BODY_WIDTH = 420
EMPTY_FRAME = "border: 1px dashed palette(mid); border-radius: 8px;"


class SealsSection(Section):
    """One body at a time: its seal, or that it seals by hand."""

    key, icon = "seals", "circle-wavy-check"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("印章")

    def build(self) -> None:
        """Make the card."""
        self.presenter = SealsPresenter(self.around, self)
        self._body = QComboBox()
        self._body.setFixedWidth(theme().px(BODY_WIDTH))
        self._body.setAccessibleName(_("机关"))
        self._picture = QLabel()
        self._picture.setFixedSize(theme().px(SIDE), theme().px(SIDE))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setWordWrap(True)
        self._picture.setStyleSheet(EMPTY_FRAME)
        self._choose = ActionButton(_("选图片"), "", "image")
        self._remove = ActionButton(_("撤下"), "", "trash")
        self._reason = label("", "small")
        self._notice = Notice()
        self._lay_out()
        self._body.currentIndexChanged.connect(lambda _index: self.presenter.choose_body(self._body.currentText()))
        self._choose.fired.connect(self.presenter.choose_picture)
        self._remove.fired.connect(self.presenter.remove)

    def start(self) -> None:
        """Show the window's own body."""
        self.presenter.start()

    def render(self, state: SealsState) -> None:
        """Show ``state``."""
        self._body.blockSignals(True)
        if [self._body.itemText(place) for place in range(self._body.count())] != list(state.bodies):
            self._body.clear()
            self._body.addItems(list(state.bodies))
        self._body.setCurrentText(state.body)
        self._body.blockSignals(False)
        self._show_picture(state)
        usable = not state.why_not and not state.busy
        self._choose.set_usable(usable)
        self._remove.set_usable(usable and bool(state.picture))
        self._reason.setText(state.why_not)
        self._notice.show_words(state.message, "danger")

    def _show_picture(self, state: SealsState) -> None:
        shown = QPixmap()
        if state.picture:
            shown.loadFromData(state.picture)
            side = theme().px(SIDE - 16)
            smooth = Qt.TransformationMode.SmoothTransformation
            shown = shown.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            self._picture.setPixmap(shown)
        else:
            self._picture.setText("" if state.busy else _("没有图片，打印后盖章"))

    def _lay_out(self) -> None:
        words = "印章 公章 电子印章 图片 盖章 seal stamp picture"
        card = self.card(_("印章图片"), _("只印在有电子签名的证明和决定书上"))
        card.body.addLayout(at_left(label(_("机关"), "label"), self._body))
        self.findable("body", _("机关"), self._body, words)
        card.body.addLayout(at_left(self._picture))
        card.body.addLayout(at_left(self._choose, self._remove, self._reason))
        self.findable("picture", _("印章图片"), self._choose, words)
        card.body.addWidget(self._notice)
