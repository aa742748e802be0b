"""The ways to have a paper judged that somebody brings, at the side: as a file, or under the document camera."""

from PySide6.QtCore import Signal

from ui.text import _
from ui.widgets.cards import Card, Row
from ui.widgets.texts import Icon, cap, label

ROW_HEIGHT = 44
FILE_KEY, CAMERA_KEY = "F9", "F10"
"""The room binds them, because they work wherever its cursor is."""


class CheckCard(Card):
    """A paper can be dropped anywhere in the room too."""

    file_asked = Signal()
    camera_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("核验证照"))
        self.flush()
        for icon, words, key, asked in (
            ("file-text", _("选文件，也可拖进来、粘贴"), FILE_KEY, self.file_asked),
            ("camera", _("放到高拍仪下"), CAMERA_KEY, self.camera_asked),
        ):
            row = Row(ROW_HEIGHT, first=key == FILE_KEY)
            row.inside.addWidget(Icon(icon))
            row.inside.addWidget(label(words))
            row.inside.addStretch(1)
            row.inside.addWidget(cap(key))
            row.fired.connect(asked)
            self.body.addWidget(row)
