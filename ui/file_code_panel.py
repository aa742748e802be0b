"""The panel over the window that tells the code of a case file, or asks for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.file_code import FileCodePresenter, FileCodeState
from ui.text import _, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import row_layout
from ui.widgets.fields import LineField
from ui.widgets.notices import Notice
from ui.widgets.overlay import Overlay
from ui.widgets.texts import Icon, label

WIDTH = 460
LONGEST = 40


class FileCodePanel(Overlay):
    """Signals: ``confirmed`` with what was typed, ``given_up``. One panel for one question."""

    confirmed = Signal(str)

    def __init__(self, stage: QStackedWidget) -> None:
        super().__init__(stage, WIDTH)
        self._title, self._what = label(_("文件口令"), "title"), label("", "soft")
        self._what.setWordWrap(True)
        self._code = label("", "title")
        self._code.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._code.setAccessibleName(_("文件口令"))
        self._typed = LineField(_("16 位数字"), longest=LONGEST)
        self._typed.setAccessibleName(_("文件口令"))
        self._notice = Notice()
        self._cancel = ActionButton(pgettext("act", "取消"), "Esc")
        self._confirm = ActionButton(_("收入"), "Return", "check", "primary")
        self._cancel.fired.connect(self.given_up)
        self._confirm.fired.connect(self._give)
        self._typed.onward.connect(self._give)
        self.dismissed.connect(self.deleteLater)
        self._lay_out()

    def connect_to(self, presenter: FileCodePresenter) -> None:
        """Let ``presenter`` decide."""
        self.confirmed.connect(presenter.confirm)
        self.given_up.connect(presenter.give_up)

    def render(self, state: FileCodeState) -> None:
        """Show ``state``."""
        self._code.setVisible(bool(state.code))
        self._code.setText(state.code.replace(" ", "   "))
        self._typed.setVisible(not state.code)
        self._what.setText(
            _("请记下，当面或打电话告诉收件的窗口，不要和 U 盘放在一起。只显示这一次；忘了就重新导出。")
            if state.code
            else _("导出的窗口记下了 16 位数字，请向那边问。空格可以不输。")
        )
        self._confirm.set_word(_("已记下，导出") if state.code else _("收入"))
        self._confirm.set_busy(state.is_busy)
        self._notice.show_words(state.message, "danger")

    def clear_code(self) -> None:
        """Forget what was typed and put the focus back."""
        self._typed.clear()
        (self._confirm if self._typed.isHidden() else self._typed).setFocus()

    def _give(self) -> None:
        self.confirmed.emit(self._typed.value())

    def _lay_out(self) -> None:
        head = row_layout(Icon("lock", "accent", 24), self._title)
        head.setSpacing(theme().px(12))
        head.addStretch(1)
        self.card.body.addLayout(head)
        for part in (self._what, self._code, self._typed, self._notice):
            self.card.body.addWidget(part)
        buttons = row_layout(self._cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._confirm)
        self.card.body.addLayout(buttons)
