"""The panel over the window in which a paper is read and signed, or in which the clerk sees how that goes on elsewhere."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.paper_side import PaperSide
from ui.screens import other_screens
from ui.signing.applicant import ApplicantScreen
from ui.signing.pad import SignaturePad
from ui.signing.presenter import SigningPresenter
from ui.signing.signer_chips import SignerChips
from ui.signing.state import SigningState
from ui.signing.words import asked
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
    """Signals: ``sign_wanted`` with what was written or None, and what the clerk asks for. One panel for one paper.

    ``given_up`` tells that the panel has to go for something else; ``dropped`` that the clerk wants no signature.
    """

    sign_wanted = Signal(object)
    dropped = Signal()
    screens_changed = Signal()
    move_wanted = Signal(str)

    def __init__(self, stage: QStackedWidget) -> None:
        super().__init__(stage, WIDTH)
        self._title = label("", "title")
        self._paper = PaperSide()
        self._who, self._where = label("", "section"), label("", "small")
        for words in (self._who, self._where):
            words.setWordWrap(True)
        self._chips = SignerChips()
        self._pad = SignaturePad(_("签名的地方"), _("用笔、手指或鼠标在线上签名"))
        self._notice = Notice()
        self._applicant: ApplicantScreen | None = None
        self._standing = ""
        """The screen on which the applicant signs."""
        self._undo = ActionButton(_("撤销一笔"), "Ctrl+Z", "arrow-u-up-left")
        self._clear = ActionButton(_("重写"), "Del", "x")
        self._skip = ActionButton(_("先不签"), "F6")
        self._move = ActionButton(_("换一块屏幕"), "F8")
        self._sign = ActionButton(_("签好了"), "Return", "check", "primary")
        self._keep = ActionButton(_("保存签名"), "F9", "check")
        self._cancel = ActionButton(_("不签了"), "Esc")
        self._undo.fired.connect(self._take_back)
        self._clear.fired.connect(self.begin_afresh)
        self._sign.fired.connect(lambda: self.sign_wanted.emit(self._writing.written()))
        self._cancel.fired.connect(self.dropped)
        self._pad.changed.connect(self._follow)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(0)
        self.dismissed.connect(self._end)
        application = QGuiApplication.instance()
        for came_or_went in (application.screenAdded, application.screenRemoved):
            came_or_went.connect(self._look_at_screens)
        self._lay_out()
        self._follow()

    def connect_to(self, presenter: SigningPresenter) -> None:
        """Let ``presenter`` decide."""
        self._presenter = presenter
        self.sign_wanted.connect(presenter.sign)
        self.dropped.connect(presenter.give_up)
        self.given_up.connect(presenter.leave)
        self._chips.chosen.connect(lambda place: presenter.choose(int(place)))
        self._skip.fired.connect(presenter.skip)
        self._keep.fired.connect(presenter.finish)
        self._move.fired.connect(self._ask_to_move)
        self.move_wanted.connect(presenter.move)
        self.screens_changed.connect(presenter.screens_changed)
        self._paper.turned.connect(presenter.turn)
        self._paper.width_changed.connect(self._redraw.start)
        self._redraw.timeout.connect(presenter.draw)

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of a page should be, in real pixels: as the larger of both screens needs it."""
        return max(self._paper.width_px, self._applicant.paper_width_px if self._applicant else 0)

    @property
    def other_screens(self) -> tuple[str, ...]:
        """Return the names of the attached screens beside that of the window."""
        return tuple(other_screens(self._stage.window()))

    def render(self, state: SigningState) -> None:
        """Show ``state``."""
        self._title.setText(_("签 %(paper)s") % {"paper": state.title})
        self._who.setText(asked(state.signer))
        self._chips.show_signers(state)
        if state.picture is not None:
            self._paper.show_picture(state.picture, state.page)
        self._screens = ("", *state.screens)
        self._stand_on(state.screen)
        self._where.setVisible(bool(state.screen))
        self._where.setText(_("正在对着申请人的屏幕（%(screen)s）上签，这里同时看得到。") % {"screen": state.screen})
        self._move.setVisible(bool(state.screens))
        self._skip.setVisible(len(state.signers) > 1)
        self._skip.set_usable(state.signer is not None)
        self._keep.setVisible(state.waits_for_clerk)
        self._keep.set_usable(bool(state.signed))
        for button in (self._sign, self._keep):
            button.set_busy(state.is_busy)
        self._sign.setVisible(state.signer is not None)
        if state.signer is None:
            self._keep.setFocus()
        self._notice.show_words(state.message, "warn")
        self._pad.mirror(is_mirror=self._applicant is not None or state.signer is None)
        if self._applicant is not None:
            self._applicant.render(state)

    def begin_afresh(self) -> None:
        """Let the next one write on an empty pad."""
        self._writing.clear()

    def open(self) -> None:
        """Lie over the window."""
        super().open()
        self._sign.setFocus()
        _ask_for_every_movement(wanted=True)

    def _take_back(self) -> None:
        self._writing.undo()

    @property
    def _writing(self) -> SignaturePad:
        """Return the pad on which somebody writes."""
        return self._applicant.pad if self._applicant is not None else self._pad

    def _stand_on(self, name: str) -> None:
        """Let the applicant sign on the screen of this name, or here."""
        if name == self._standing:
            return
        screen = other_screens(self._stage.window()).get(name)
        before, self._applicant, self._standing = self._applicant, None, name if screen else ""
        if before is not None:
            self._pad.show_what_lies_on(before.pad)
            before.hide()
            before.deleteLater()
        if screen is not None:
            self._applicant = self._made_applicant()
            self._applicant.pad.show_what_lies_on(self._pad)
            self._applicant.stand_on(screen)

    def _made_applicant(self) -> ApplicantScreen:
        made = ApplicantScreen()
        made.sign_wanted.connect(self.sign_wanted)
        made.turned.connect(self._paper.turned)
        made.width_changed.connect(self._redraw.start)
        made.pad.changed.connect(lambda: self._pad.show_what_lies_on(made.pad))
        return made

    def _ask_to_move(self) -> None:
        """Go on to the next screen, the window's own among them."""
        place = self._screens.index(self._standing) if self._standing in self._screens else 0
        self.move_wanted.emit(self._screens[(place + 1) % len(self._screens)])

    def _look_at_screens(self) -> None:
        if not self.isHidden():
            self.screens_changed.emit()

    def _end(self) -> None:
        self._stand_on("")
        _ask_for_every_movement(wanted=False)
        self.deleteLater()

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
        for part in (self._who, self._chips, self._where, self._notice):
            inside.addWidget(part)
        inside.addWidget(self._pad, 1)
        buttons = (self._cancel, self._move, self._skip, self._clear, self._undo, self._keep, self._sign)
        inside.addLayout(Flow(*buttons, pushed=True))
        return side


def _ask_for_every_movement(*, wanted: bool) -> None:
    """Let X11 leave no movement out: a signature would get corners. Nothing else needs them all."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, on=not wanted)
