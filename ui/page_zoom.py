"""A page of a material looked at closely, with everything that can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget

from ui.page_state import Look, PagesShown, Zoomed
from ui.scan_acts import ScanActs
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import column_layout, row_layout
from ui.widgets.choices import Segments
from ui.widgets.flow import Flow, together
from ui.widgets.keys import bind
from ui.widgets.room import HEADER_HEIGHT, holding
from ui.widgets.texts import Icon, label

READ_KEY = "Alt+C"
LOOK_KEYS = {
    "O": Look.ORIGINAL,
    "A": Look.AUTOMATIC,
    "C": Look.COLOUR,
    "G": Look.GREY,
    "B": Look.BLACK_AND_WHITE,
}


class PageZoom(QFrame):
    """Covers a room but for its header; the room's Esc closes it. It has the keyboard as long as it is there."""

    turned = Signal()
    removed = Signal()
    scan_asked = Signal()
    look_chosen = Signal(str)
    beside_asked = Signal(int)
    read_asked = Signal()

    def __init__(self, room: QWidget, header_height: int = HEADER_HEIGHT, *, reads: bool = False) -> None:
        """Begin hidden; ``reads`` tells that the room reads cards and licences, and has bound the key for it."""
        super().__init__(room)
        self._reads = reads
        self._header_height = header_height
        self.setProperty("role", "zoom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("放大的一页"))
        self._before: QWidget | None = None
        self._picture, self._pixmap = QLabel(), QPixmap()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumSize(1, 1)
        self._title, self._remarks, self._sign = (
            label("", "section"),
            label("", "", "warn"),
            Icon("warning-fill", "warn", 16),
        )
        self._looks = Segments(
            [
                (Look.ORIGINAL, _("原图 O")),
                (Look.AUTOMATIC, _("自动 A")),
                (Look.COLOUR, _("彩色 C")),
                (Look.GREY, _("灰度 G")),
                (Look.BLACK_AND_WHITE, _("黑白 B")),
            ]
        )
        self._looks.chosen.connect(self.look_chosen)
        self._again = ActionButton(_("重扫这一页"), "S", "file-arrow-down", "quiet")
        self._again.fired.connect(self.scan_asked)
        self._lay_out()
        self.hide()

    def connect_to(self, pages: ScanActs) -> None:
        """Let ``pages`` do what is asked for."""
        self.turned.connect(pages.turn_zoomed)
        self.removed.connect(pages.remove_zoomed)
        self.scan_asked.connect(pages.scan_again)
        self.look_chosen.connect(lambda look: pages.choose_look(Look(look)))
        self.beside_asked.connect(pages.zoom_beside)

    def show_page(self, shown: PagesShown) -> None:
        """Show the page that is looked at; None hides everything and gives the focus back."""
        zoomed = shown.zoomed
        if zoomed is None:
            self._go_away()
            return
        self._title.setText(
            _("第 %(number)d 页，共 %(count)d 页") % {"number": zoomed.index + 1, "count": zoomed.count}
        )
        remarks = shown.remarks_of(zoomed.page)
        self._remarks.setText(_("整理中…") if zoomed.is_busy else remarks)
        self._sign.setVisible(bool(remarks) and not zoomed.is_busy)
        for part in (self._kept_as, self._again):
            part.setVisible(zoomed.was_scanned)
        self._looks.set_value(shown.look_of(zoomed.page))
        self._looks.setEnabled(not zoomed.is_busy)
        self._come(zoomed)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  Qt's name
        """Let Tab go round here: what is covered could be changed unseen."""
        stops = [part for part in self.findChildren(QPushButton) if _takes_tab(part)]
        here = next((place for place, part in enumerate(stops) if part.hasFocus()), -1 if forward else 0)
        if stops:
            stops[(here + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def resizeEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Let the picture have the room that there is."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _come(self, zoomed: Zoomed) -> None:
        room = self.parentWidget()
        self.setGeometry(room.rect().adjusted(0, theme().px(self._header_height), 0, 0))
        if zoomed.picture:
            self._pixmap.loadFromData(zoomed.picture)
        self.raise_()
        if not self.isVisible():
            self._before = QApplication.focusWidget()
            self.show()
            self.setFocus()
        self._fit()

    def _go_away(self) -> None:
        if self.isHidden():
            return
        self.hide()
        self._pixmap = QPixmap()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()

    def _fit(self) -> None:
        if self._pixmap.isNull():
            self._picture.clear()
            return
        ratio = self.devicePixelRatioF()
        picture = self._pixmap.scaled(
            self._picture.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        picture.setDevicePixelRatio(ratio)
        self._picture.setPixmap(picture)

    def _lay_out(self) -> None:
        self._kept_as = together(label(_("存为"), "small"), self._looks)
        turn = ActionButton(_("旋转"), "R", "arrow-clockwise", "quiet")
        turn.fired.connect(self.turned)
        remove = ActionButton(_("删除"), "Delete", "trash", "quiet")
        remove.fired.connect(self.removed)
        for key, step, words in (("Left", -1, _("上一页")), ("Right", 1, _("下一页"))):
            bind(self, key, words, lambda step=step: self.beside_asked.emit(step))
        for key, look in LOOK_KEYS.items():
            bind(self, key, _("存为 %(key)s") % {"key": key}, lambda look=look: self._choose(look))
        words = row_layout(self._title, self._sign, self._remarks)
        words.addStretch(1)
        read = ActionButton(_("读证件"), READ_KEY, "identification-card", "quiet", binds=False)
        read.fired.connect(self.read_asked)
        acts = Flow(self._kept_as, turn, self._again, *([read] if self._reads else []), remove)
        inside = column_layout(holding(words), holding(acts), spacing=4)
        inside.addWidget(self._picture, 1)
        inside.setContentsMargins(*(theme().px(n) for n in (24, 8, 24, 8)))
        self.setLayout(inside)

    def _choose(self, look: Look) -> None:
        if self._kept_as.isVisibleTo(self) and self._looks.isEnabled():
            self.look_chosen.emit(look)


def _takes_tab(part: QWidget) -> bool:
    return part.isVisible() and part.isEnabled() and bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
