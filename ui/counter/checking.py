"""The ways to have a paper judged that somebody brings, at the side: as a file, or under the document camera."""

from PySide6.QtCore import Signal

from ui.text import _, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card

FILE_KEY, CAMERA_KEY = "F9", "F10"
"""The room binds them, because they work wherever its cursor is."""


class CheckCard(Card):
    """One line, so that the side needs no scrolling; a paper can be dropped anywhere in the room too."""

    file_asked = Signal()
    camera_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("核验证照"))
        self.head.setContentsMargins(*(theme().px(n) for n in (16, 6, 8, 6)))
        self.body.setContentsMargins(0, 0, 0, 0)
        for words, hint, key, asked in (
            (pgettext("check", "文件"), _("选文件，也可拖进来、粘贴"), FILE_KEY, self.file_asked),
            (pgettext("check", "高拍仪"), _("放到高拍仪下"), CAMERA_KEY, self.camera_asked),
        ):
            way = ActionButton(words, key, kind="quiet", binds=False)
            way.setToolTip(hint)
            way.fired.connect(asked)
            self.head.addWidget(way)
