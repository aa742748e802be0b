"""The panel over the window in which pages are taken with a document camera."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap, QPolygonF
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.services.ports import CameraInfo, Corners, Frame, Photo
from ui.camera.picture import CameraPicture, decoded
from ui.camera.presenter import CameraPresenter
from ui.camera.state import CameraState
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import clear, row_layout, scrolled
from ui.widgets.choices import Segments
from ui.widgets.flow import Flow
from ui.widgets.keys import EnterButton, bind
from ui.widgets.notices import Notice
from ui.widgets.overlay import EDGE, Overlay
from ui.widgets.room import holding
from ui.widgets.texts import Icon, label

WIDTH = 1280
SIDE = 264
THUMBNAIL = 64
LONGEST_NAME = 18
AUTOMATIC, BY_HAND = "automatic", "by_hand"


class CameraPanel(Overlay):
    """Signals say what is wanted; Esc goes one step back, ``given_up`` is the window's. One panel for one material."""

    back_wanted = Signal()
    take_wanted = Signal()
    freeze_wanted = Signal()
    automatic_chosen = Signal(bool)
    camera_chosen = Signal(str)
    removal_wanted = Signal(int)
    return_wanted = Signal()
    reading_wanted = Signal()

    def __init__(self, stage: QStackedWidget) -> None:
        super().__init__(stage, WIDTH)
        self._title = label("", "title")
        self._picture = CameraPicture(_("高拍仪的画面"))
        self._hint, self._notice = label("", "soft"), Notice()
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._how = Segments([(AUTOMATIC, _("自动拍")), (BY_HAND, _("手动拍"))])
        self._how.chosen.connect(lambda value: self.automatic_chosen.emit(value == AUTOMATIC))
        self._choices = QVBoxLayout()
        self._cameras: Segments | None = None
        self._listed: tuple[CameraInfo, ...] = ()
        self._count = label("", "section")
        self._pages = Flow(spacing=6)
        self._taken: list[TakenPage] = []
        self._removed: TakenPage | None = None
        self._remove = ActionButton(_("删除"), "Delete", "trash", "quiet")
        self._return = ActionButton(_("撤销"), "Ctrl+Z", "arrow-u-up-left", "quiet")
        self._read = ActionButton(_("读证件"), "Alt+C", "identification-card")
        self._remove.fired.connect(lambda: self.removal_wanted.emit(self._chosen))
        self._return.fired.connect(self.return_wanted)
        self._read.fired.connect(self.reading_wanted)
        for button in (self._remove, self._return):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key works wherever the focus is, and a click leaves it
        self._freeze = ActionButton(_("定格"), "F8", "pause-circle")
        self._take = ActionButton(_("拍"), "Space", "camera", "primary")
        self._close = ActionButton(_("完成"), "Esc")
        self._freeze.fired.connect(self.freeze_wanted)
        self._take.fired.connect(self.take_wanted)
        self._close.fired.connect(self.back_wanted)
        bind(self, "Return", _("拍"), self.take_wanted.emit)
        bind(self, "F7", _("自动拍、手动拍"), self._change_how)
        self.dismissed.connect(self.deleteLater)
        self._lay_out()

    def connect_to(self, presenter: CameraPresenter) -> None:
        """Let ``presenter`` decide."""
        self.take_wanted.connect(presenter.take)
        self.freeze_wanted.connect(presenter.freeze)
        self.automatic_chosen.connect(lambda on: presenter.set_automatic(on=on))
        self.camera_chosen.connect(presenter.choose)
        self.back_wanted.connect(presenter.back)
        self.given_up.connect(presenter.close)
        self.removal_wanted.connect(presenter.take_away)
        self.return_wanted.connect(presenter.bring_back)
        self.reading_wanted.connect(presenter.read)
        self._picture.corner_chosen.connect(presenter.choose_corner)
        self._picture.corner_moved.connect(presenter.move_corner)
        self._picture.nudged.connect(presenter.nudge)

    def render(self, state: CameraState) -> None:
        """Show ``state``."""
        self._title.setText(_("高拍 %(name)s") % {"name": state.name})
        self._hint.setText(state.hint)
        self._hint.setVisible(bool(state.hint) and state.is_on)
        self._notice.show_words(state.message, "danger")
        self._how.set_value(AUTOMATIC if state.is_automatic else BY_HAND)
        self._picture.show_frozen(state.frozen)
        if not state.is_on:
            self._picture.show_words(state.hint)
        self._take.set_word(_("再试一次") if not state.is_on and state.message else _("拍"))
        self._take.set_usable(state.is_on or bool(state.message))
        self._freeze.set_usable(state.is_on and state.frozen is None)
        self._close.set_word(_("返回画面") if state.frozen else _("完成"))
        taken = ngettext("拍了 %(count)d 页", "拍了 %(count)d 页", state.taken) % {"count": state.taken}
        self._count.setText(taken if state.taken else "")
        self._remove.set_usable(state.taken > 0)
        self._return.set_usable(state.can_bring_back)
        self._read.set_usable(state.taken > 0 and state.frozen is None)
        for part, is_shown in (
            (self._remove, bool(state.taken or state.can_bring_back)),
            (self._return, state.can_bring_back),
            (self._read, state.can_read),
        ):
            part.setVisible(is_shown)
        self._show_cameras(state)

    def show_frame(self, frame: Frame) -> None:
        """Show a frame of the live view with the sheet that was found."""
        self._picture.show_frame(frame)

    @property
    def sees_sheet(self) -> bool:
        """Tell whether a sheet lies in the live view."""
        return self._picture.sees_sheet

    def add_taken(self, photo: Photo, corners: Corners) -> None:
        """Show a page among those that were taken."""
        image = decoded(photo.data, theme().px(THUMBNAIL) * 3)
        points = [QPointF(corner.x * image.width(), corner.y * image.height()) for corner in corners]
        seen = QPolygonF(points).boundingRect().intersected(QRectF(image.rect())).toAlignedRect()
        self._taken.append(TakenPage(QPixmap.fromImage(image.copy(seen))))
        self._pages.addWidget(self._taken[-1])
        self._number()

    def remove_taken(self, index: int) -> None:
        """Show a page no more among those that were taken; whoever was at it goes to the one behind it."""
        if self._removed is not None:
            self._removed.deleteLater()
        self._removed = removed = self._taken.pop(index)
        had_focus = removed.hasFocus()
        removed.hide()
        if had_focus:
            (self._taken[min(index, len(self._taken) - 1)] if self._taken else self._picture).setFocus()
        self._number()

    def bring_back_taken(self, index: int) -> None:
        """Show the page again that was removed last, at its place."""
        if self._removed is not None:
            self._taken.insert(index, self._removed)
            self._removed.show()
            self._removed = None
            self._number()

    def open(self) -> None:
        """Lie over the window; the picture has the focus, so that keys reach it."""
        super().open()
        self._picture.setFocus()

    def _show_cameras(self, state: CameraState) -> None:
        """Let one of several cameras be chosen."""
        if state.cameras != self._listed:
            self._listed = state.cameras
            clear(self._choices)
            self._cameras = Segments([(one.key, _called(one, n)) for n, one in enumerate(state.cameras, start=1)])
            self._cameras.chosen.connect(self.camera_chosen)
            self._choices.addWidget(self._cameras)
            self._cameras.setVisible(len(state.cameras) > 1)
        if self._cameras is not None:
            self._cameras.set_value(state.camera)

    @property
    def _chosen(self) -> int:
        """Return the page that has the focus by its place, -1 for none."""
        return next((place for place, page in enumerate(self._taken) if page.hasFocus()), -1)

    def _number(self) -> None:
        """Call the pages by their places."""
        for number, page in enumerate(self._taken, start=1):
            page.setAccessibleName(_("第 %(number)d 页") % {"number": number})
            page.setToolTip(page.accessibleName())

    def _change_how(self) -> None:
        self._how.choose(BY_HAND if self._how.value() == AUTOMATIC else AUTOMATIC)

    def _fit(self) -> None:
        super()._fit()
        self.card.setFixedHeight(self._stage.height() - 2 * EDGE)

    def _lay_out(self) -> None:
        head = row_layout(Icon("camera", "accent", 24), self._title)
        head.setSpacing(theme().px(12))
        head.addStretch(1)
        self.card.body.addLayout(head)
        beside = row_layout(self._picture, self._side())
        beside.setSpacing(theme().px(16))
        beside.setStretch(0, 1)
        self.card.body.addLayout(beside, 1)
        buttons = row_layout(self._close, self._freeze)
        buttons.addStretch(1)
        buttons.addWidget(self._read)
        buttons.addWidget(self._take)
        self.card.body.addLayout(buttons)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(theme().px(SIDE))
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme().px(8))
        inner = QWidget()
        inner.setLayout(self._pages)
        inside.addWidget(self._how)
        inside.addLayout(self._choices)
        for part in (self._hint, self._notice, self._count):
            inside.addWidget(part)
        inside.addWidget(holding(Flow(self._remove, self._return, spacing=4)))
        inside.addWidget(scrolled(inner), 1)
        return side


class TakenPage(EnterButton):
    """A page that was taken, small; it takes the focus, so that Delete is known to mean this one."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        side = theme().px(THUMBNAIL)
        aspect, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        small = picture.scaled(side, side, aspect, smooth)
        self.setIcon(QIcon(small))
        self.setIconSize(small.size())


def _called(camera: CameraInfo, number: int) -> str:
    """Return a name that fits; where the system tells none, cameras are counted."""
    name = camera.name or _("摄像头 %(number)d") % {"number": number}
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
